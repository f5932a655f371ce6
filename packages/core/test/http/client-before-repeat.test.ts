import * as z from 'zod';
import { expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import type { HttpCall } from '../../src/http/call.ts';
import { createHttpClient } from '../../src/http/client.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';
import { json, networkError, scriptedFetch, status, type Step } from './scripted-fetch.ts';

/** What a call that looks before its repeats ends as, how often it was sent and how often it looked. */
async function sent(
  steps: readonly Step[],
  look: () => Promise<void>,
  safety: HttpCall<unknown>['safety'] = 'repeatable',
) {
  const script = scriptedFetch(...steps);
  const http = createHttpClient({
    system: 'shop',
    baseUrl: 'https://shop.invalid/api',
    explain: () => undefined,
    fetch: script.fetch,
    clock: testClock(),
    random: () => 0.5,
    breaker: false,
  });
  let looks = 0;
  const beforeRepeat = async () => {
    looks += 1;
    await look();
  };
  const call = { operation: 'prices.push', method: 'POST', path: 'prices', safety, answer: z.unknown() } as const;
  const end = await http.send({ ...call, beforeRepeat }).then(
    () => 'ok',
    (error: unknown) => error,
  );
  return { end, sends: script.seen.length, looks };
}

it('a call whose answer was lost is sent again after a look', async () => {
  expect(await sent([networkError('ECONNRESET'), json({})], async () => {})).toEqual({ end: 'ok', sends: 2, looks: 1 });
});

it('nobody looks after a clean no, nor before a read', async () => {
  expect(await sent([status(429), json({})], async () => {})).toEqual({ end: 'ok', sends: 2, looks: 0 });
  const read = await sent([networkError('ECONNRESET'), json({})], async () => {}, 'read');
  expect(read).toEqual({ end: 'ok', sends: 2, looks: 0 });
});

it('what the look says ends the call, and nothing is sent', async () => {
  const newer = new CommerceError({ code: 'write.uncertain', message: 'Another price stands there.' });
  const { end, sends } = await sent([networkError('ECONNRESET'), json({})], () => Promise.reject(newer));
  expect(end).toBe(newer);
  expect(sends).toBe(1);
});

it.each(['network.unreachable', 'platform.throttled', 'circuit.open'] as const)(
  'a look that ends as %s leaves the write in doubt, and nothing is sent',
  async (code) => {
    const error = new CommerceError({ code, message: 'It was not seen.' });
    const { end, sends, looks } = await sent([networkError('ECONNRESET'), json({})], () => Promise.reject(error));
    expect(end).toMatchObject({ code: 'write.uncertain', cause: error });
    expect([sends, looks]).toEqual([1, 1]);
  },
);
