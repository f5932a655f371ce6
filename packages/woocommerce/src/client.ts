import {
  createHttpClient,
  systemRandom,
  toBase64,
  type HttpReply,
  type ReadOptions,
  type Safety,
  type Usage,
} from '@crossdock/core';
import type * as z from 'zod';
import { explainAs } from './errors.ts';
import { jsonInBody } from './json-in-body.ts';
import { oauthSigner } from './oauth.ts';
import type { WooCommerceSettings } from './options.ts';

/** How one route is asked. Paths begin behind `/wp-json/`: `wc/v3/orders`. */
interface WooCall<T> {
  readonly operation: string;
  readonly answer: z.ZodType<T>;
  readonly search?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly options?: ReadOptions | undefined;
}

/** A call that changes something. */
interface WooWrite<T> extends WooCall<T> {
  readonly json: unknown;
  readonly safety: Exclude<Safety, 'read'>;
}

/** A call by its method, with the whole of its answer. */
interface WooSend {
  <T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    call: WooCall<T> & { readonly safety: Safety; readonly json?: unknown },
  ): Promise<HttpReply<T>>;
}

export interface WooClient {
  readonly send: WooSend;
  get<T>(path: string, call: WooCall<T>): Promise<HttpReply<T>>;
  post<T>(path: string, call: WooWrite<T>): Promise<T>;
  put<T>(path: string, call: WooWrite<T>): Promise<T>;
  delete<T>(path: string, call: Omit<WooWrite<T>, 'json'>): Promise<T>;
  usage(): readonly Usage[];
}

/** The name of the one allowance, where the host has one. */
const requests = 'requests';

export function wooClient(settings: WooCommerceSettings): WooClient {
  const { system, rate, runtime } = settings;
  const isPlain = settings.permalinks === 'plain';
  const http = createHttpClient({
    ...runtime,
    system,
    baseUrl: isPlain ? settings.url : `${settings.url}/wp-json`,
    timeoutMs: settings.timeoutMs,
    sign: signerOf(settings),
    explain: explainAs(system, settings.clock),
    jsonIn: jsonInBody,
    // A host has a handful of PHP workers, which it shares with the shop's buyers, and says nowhere how many: it is learnt.
    simultaneousCalls: { most: settings.concurrency, start: 2 },
    ...(rate && {
      buckets: { [requests]: { kind: 'sliding-window', capacity: rate.requests, windowMs: rate.perMs } },
      // A host that counts by the hour is waited for as well: who stands behind two full windows still gets through.
      allowanceWaitMs: Math.max(60_000, Math.ceil(rate.perMs * 2.5)),
    }),
  });
  const bucket = rate && { name: requests, cost: 1 };

  function send<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    { operation, options = {}, search, ...call }: WooCall<T> & { readonly safety: Safety; readonly json?: unknown },
  ): Promise<HttpReply<T>> {
    const { lane, signal } = options;
    const place = isPlain ? { path: plainPath(path, search) } : { path, search };
    return http.send({ ...call, ...place, operation, method, bucket, lane, signal });
  }

  return {
    send,
    get: (path, call) => send('GET', path, { ...call, safety: 'read' }),
    post: async (path, call) => (await send('POST', path, call)).data,
    put: async (path, call) => (await send('PUT', path, call)).data,
    delete: async (path, call) => (await send('DELETE', path, call)).data,
    usage: http.usage,
  };
}

/**
 * A route where there is nothing below /wp-json. WooCommerce looks at keys only where the address holds that word, and does
 * not mind where it stands. compared with WooCommerce 10.5.0, 2026-11-26
 */
function plainPath(path: string, search: WooCall<unknown>['search']): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search ?? {})) if (value !== undefined) query.append(name, String(value));
  const more = query.size === 0 ? '' : `&${query.toString()}`;
  return `?rest_route=/${path}${more}&_=wp-json/wc/`;
}

/** Over TLS the key itself, else a signature: over http WooCommerce ignores keys. recorded on 10.0.2, 2026-11-23 */
function signerOf({ url, consumerKey, consumerSecret, clock, runtime }: WooCommerceSettings) {
  if (url.startsWith('http:')) {
    return oauthSigner({ consumerKey, consumerSecret, clock, random: runtime.random ?? systemRandom });
  }
  const basic = `Basic ${toBase64(new TextEncoder().encode(`${consumerKey}:${consumerSecret}`))}`;
  return (request: Request): Request => {
    const signed = new Request(request);
    signed.headers.set('authorization', basic);
    return signed;
  };
}
