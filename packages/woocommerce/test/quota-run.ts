import { isCommerceError } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { fakeWooCommerce, testClock, wooKey } from '@crossdock/testing';
import { woocommerce } from '../src/index.ts';

const latencyMs = 200;
const skus = Array.from({ length: 40 }, (_, index) => `SKU-${index}`);
/** WooCommerce itself publishes no limit, so the quota is the host's: two requests a second, counted over any minute. */
const rate = { requests: 120, perMs: 60_000 };

/** How much work there is, and for how long. */
export interface QuotaLoad {
  readonly lastsMs: number;
  /** Connectors with nothing in common but, where they share, what they know of the host's quota. */
  readonly processes: number;
  readonly shares: boolean;
}

/** What became of it. */
export interface QuotaOutcome {
  /** Requests, of those that the host allows in that time. */
  readonly share: number;
  readonly calls: number;
  readonly allowed: number;
  readonly refused: number;
  readonly failures: number;
}

/** More work than a shop's host allows, each answer 200 ms on its way. */
export async function woocommerceQuota({ lastsMs, processes, shares }: QuotaLoad): Promise<QuotaOutcome> {
  const { state, clock, faults, fetch } = fakeWooCommerce({ hostLimit: rate, clock: testClock({ turns: 1 }) });
  for (const sku of skus) state.addProduct({ sku, price: '1.00', stock: 5 });
  const order = state.placeOrder({ lines: [{ sku: 'SKU-0', quantity: 1 }] });
  faults.always('*', { kind: 'slow', ms: latencyMs });
  const endsAt = clock.now() + lastsMs;
  const shared = shares ? memoryStores({ clock }).shared : undefined;
  let calls = 0;
  let refused = 0;
  let failures = 0;
  const connect = () =>
    woocommerce({
      url: 'https://shop.example',
      consumerKey: wooKey.key,
      consumerSecret: wooKey.secret,
      rate,
      clock,
      random: () => 0.5,
      shared,
      async fetch(input, init) {
        const response = await fetch(input, init);
        if (response.status === 429) refused += 1;
        if (clock.now() <= endsAt) calls += 1;
        return response;
      },
    });
  const until = async (work: (turn: number) => Promise<boolean>) => {
    for (let turn = 0; clock.now() < endsAt; turn += 1) if (!(await isDone(work(turn)))) failures += 1;
  };
  const ref = { system: 'woocommerce', kind: 'order', id: String(order.id) } as const;
  const callers = Array.from({ length: processes }, connect).flatMap((shop, process) => [
    until(async (turn) => {
      const updates = skus.map((sku) => ({ sku, available: turn % 1000 }));
      const outcomes = await shop.inventory.push(updates, { idempotencyKey: `stock-${process}-${turn}` });
      return outcomes.every(({ ok }) => ok);
    }),
    until(async () => (await shop.inventory.get(skus)).length === skus.length),
    until(async () => (await shop.orders.get(ref)) !== undefined),
    until(async () => (await shop.orders.get(ref, { lane: 'urgent' })) !== undefined),
  ]);
  await Promise.all(callers);
  const allowed = rate.requests * (lastsMs / rate.perMs);
  return { share: calls / allowed, calls, allowed, refused, failures };
}

/** A piece of work that the shop refused altogether is one that was not done. */
async function isDone(work: Promise<boolean>): Promise<boolean> {
  try {
    return await work;
  } catch (error) {
    if (isCommerceError(error)) return false;
    throw error;
  }
}
