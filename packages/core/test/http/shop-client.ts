import * as z from 'zod';
import type { HttpCall } from '../../src/http/call.ts';
import { createHttpClient } from '../../src/http/client.ts';
import type { HttpClientOptions } from '../../src/http/options.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';
import { scriptedFetch, type Step } from './scripted-fetch.ts';

/** A secret that must not turn up anywhere. */
export const canary = 'c4n4ry-t0ken';
const anything = z.unknown();

export function call(rest: Partial<HttpCall<unknown>> = {}): HttpCall<unknown> {
  return { operation: 'orders.pull', method: 'GET', path: 'orders', safety: 'read', answer: anything, ...rest };
}

export function client(steps: readonly Step[], options: Partial<HttpClientOptions> = {}) {
  const script = scriptedFetch(...steps);
  const clock = testClock();
  const http = createHttpClient({
    system: 'shop',
    baseUrl: 'https://shop.invalid/api',
    explain: () => undefined,
    fetch: script.fetch,
    clock,
    random: () => 0.5,
    ...options,
  });
  return { http, clock, seen: script.seen };
}

export async function caught(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
}

/** All texts that can be reached from an error: own properties whether enumerable or not, causes, nested errors. */
export function everythingIn(error: unknown, visited = new Set<unknown>()): string {
  if (typeof error === 'string') return error;
  if (typeof error !== 'object' || error === null || visited.has(error)) return '';
  visited.add(error);
  const parts = Reflect.ownKeys(error).map((key) => `${String(key)} ${everythingIn(Reflect.get(error, key), visited)}`);
  if (error instanceof Request) parts.push(error.url);
  return parts.join('\n');
}
