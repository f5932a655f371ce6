import { systemClock, systemRandom, toBase64 } from '@crossdock/core';
import * as z from 'zod';
import { oauthSigner } from '../../src/oauth.ts';
import type { Access } from './access.ts';

/** What a shop answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Asks for a path behind `/wp-json/wc/v3`, as it is written. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Answered>;

export type ShopHand = ReturnType<typeof shopHand>;

/** What a person does in the shop, and looks at: its API without the connector. */
export function shopHand(access: Access) {
  const signed = signerOf(access);
  return { signed, ask, read, write, count, all };

  async function ask(...[method, path, body]: Parameters<Ask>): Promise<Answered> {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) };
    const request = await signed(new Request(`${access.url}/wp-json/wc/v3${path}`, { method, headers, ...text }));
    const answer = await fetch(request);
    const said = await answer.text();
    return { status: answer.status, headers: answer.headers, body: said === '' ? undefined : JSON.parse(said) };
  }

  async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(expectGood(await ask('GET', path), `GET ${path}`));
  }

  async function write<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, schema: z.ZodType<T>, body?: unknown) {
    return schema.parse(expectGood(await ask(method, path, body), `${method} ${path}`));
  }

  /** How many a list has. */
  async function count(path: string): Promise<number> {
    const answer = await ask('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=1&_fields=id`);
    expectGood(answer, `GET ${path}`);
    return Number(answer.headers.get('x-wp-total'));
  }

  /** The ids of everything that a list has, the oldest first. */
  async function all(path: string): Promise<readonly number[]> {
    const ids: number[] = [];
    for (let page = 1; ; page++) {
      const query = `${path.includes('?') ? '&' : '?'}per_page=100&orderby=id&order=asc&_fields=id&page=${page}`;
      const rows = await read(`${path}${query}`, z.array(withId));
      if (rows.length === 0) return ids;
      ids.push(...rows.map(({ id }) => id));
    }
  }
}

export const withId = z.object({ id: z.int() });
const refusal = z.object({ code: z.union([z.string(), z.number()]) });

function expectGood({ status, body }: Answered, what: string): unknown {
  if (status < 300) return body;
  const said = refusal.safeParse(body);
  throw new Error(`The scene was not set: ${what} was answered ${status} "${said.success ? said.data.code : ''}".`);
}

/** Over TLS the key itself, else a signature of now: a shop takes none of another hour. */
function signerOf({ url, consumerKey, consumerSecret }: Access): (request: Request) => Promise<Request> {
  const sign = url.startsWith('http:')
    ? oauthSigner({ consumerKey, consumerSecret, clock: systemClock, random: systemRandom })
    : undefined;
  const basic = `Basic ${toBase64(new TextEncoder().encode(`${consumerKey}:${consumerSecret}`))}`;
  return async (request) => {
    if (sign) return sign(request);
    request.headers.set('authorization', basic);
    return request;
  };
}
