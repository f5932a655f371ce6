import { createHttpClient, type HttpClient } from '@crossdock/core';
import { explainAs } from './errors.ts';
import type { ShipBobSettings } from './options.ts';

/** The name of the one allowance: ShipBob counts all calls of one user and application together. */
export const requests = { name: 'requests', cost: 1 } as const;

/** The client for one account. Every call carries the token and the channel. */
export function createClient(settings: ShipBobSettings): HttpClient {
  const { system, token, channelId, timeoutMs, runtime } = settings;
  return createHttpClient({
    ...runtime,
    system,
    baseUrl: baseOf(settings),
    timeoutMs,
    async sign(request) {
      const value = typeof token === 'string' ? token : await token();
      request.headers.set('authorization', `Bearer ${value}`);
      request.headers.set('shipbob_channel_id', channelId);
      return request;
    },
    explain: explainAs(system, typeof token === 'function'),
    // 150 requests in any minute. developer.shipbob.com, rate limit, read 2026-11-23.
    buckets: { [requests.name]: { kind: 'sliding-window', capacity: 150, windowMs: 60_000 } },
    // Two windows and a half: whoever stands behind two full minutes of calls still gets through.
    allowanceWaitMs: 150_000,
    learn({ headers }) {
      const available = countOf(headers.get('x-remaining-calls'));
      return available === undefined ? [] : [{ name: requests.name, available }];
    },
  });
}

/** Where the API of this version is. Ends in a slash. */
export function baseOf({ origin, apiVersion }: Pick<ShipBobSettings, 'origin' | 'apiVersion'>): string {
  return `${origin}/${apiVersion}/`;
}

function countOf(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header.trim()) ? Number(header) : undefined;
}
