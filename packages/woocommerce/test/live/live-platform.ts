import { bench, door, testClock, webhookFeed, type FakePlatform } from '@crossdock/testing';
import type { Given } from '@crossdock/testing/conformance';
import type { WooCommerceOptions } from '../../src/index.ts';
import type { LiveShop } from './live-shop.ts';
import { operationOf } from './lost-answers.ts';

/** What the laws have in the real shop: a number, by which one law's keys and names are told from the next one's. */
export interface LiveState {
  readonly number: number;
  /** Statuses that a connector sees in place of those that orders have. */
  readonly strange: Map<number, string>;
}

/** The real shop as the laws see it. */
export type LivePlatform = FakePlatform<LiveState>;

/**
 * A platform whose answers are the real shop's. Faults are put between the connector and the shop. Its clock begins at
 * the present moment and skips every wait between calls, but the shop's own clock does not go on with it: what a law says
 * of a moment that passes at the platform cannot be tried here.
 */
export function livePlatforms(shop: LiveShop) {
  let made = 0;
  return () => {
    const number = ++made;
    const clock = testClock({ startAt: new Date().toISOString() });
    const parts = bench({ clock, seed: number });
    const origin = new URL(shop.access.url).origin;
    const state: LiveState = { number, strange: new Map() };
    const fetch = door(parts, {
      origin,
      operation: operationOf,
      async handle(request) {
        const answer = await globalThis.fetch(await resigned(shop, request));
        const text = await answer.text();
        const headers = new Headers(answer.headers);
        // The text is unpacked already.
        for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name);
        return new Response(spoiled(text, state.strange), { status: answer.status, headers });
      },
      throttled: (seconds) => new Response('', { status: 429, headers: { 'retry-after': String(seconds) } }),
    });
    const webhooks = webhookFeed({ clock, random: parts.random, retryDelaysMs: [], timeoutMs: 1000 });
    const platform: LivePlatform = { name: 'woocommerce', origin, fetch, state, ...parts, webhooks };
    const options: Partial<WooCommerceOptions> = { fetch, clock };
    return { platform, connect: (given?: Given) => shop.connect({ ...options, ...given }) };
  };
}

/** A shop without TLS takes a signature of its own hour alone, and the law's clock may be another day already. */
async function resigned({ hand, access }: LiveShop, request: Request): Promise<Request> {
  if (!access.url.startsWith('http:')) return request;
  request.headers.delete('authorization');
  return hand.signed(request);
}

/** Orders that look otherwise than the shop keeps them, as after a plugin brought statuses of its own. */
function spoiled(text: string, strange: ReadonlyMap<number, string>): string {
  if (strange.size === 0 || !/^[[{]/.test(text)) return text;
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) => {
    if (!isOrder(value)) return value;
    const status = strange.get(value.id);
    return status === undefined ? value : { ...value, status };
  });
}

function isOrder(value: unknown): value is { readonly id: number; readonly status: string } {
  return typeof value === 'object' && value !== null && 'order_key' in value && 'id' in value;
}
