// One hour of virtual time in which the connector always has more to do than the shop's host allows, each answer 200 ms
// on its way. WooCommerce itself publishes no limit, so the quota is the host's: here two requests a second, counted over
// any minute, as the connector is told by its option `rate`.
import { isCommerceError } from '@crossdock/core';
import { fakeWooCommerce, wooKey } from '@crossdock/testing';
import { woocommerce } from '../src/index.ts';

const goal = 0.95;
const hourMs = 3_600_000;
const latencyMs = 200;
const rate = { requests: 120, perMs: 60_000 };
const skus = Array.from({ length: 40 }, (_, index) => `SKU-${index}`);

export async function bench() {
  const { state, clock, faults, fetch } = fakeWooCommerce({ hostLimit: rate });
  for (const sku of skus) state.addProduct({ sku, price: '1.00', stock: 5 });
  const order = state.placeOrder({ lines: [{ sku: 'SKU-0', quantity: 1 }] });
  faults.always('*', { kind: 'slow', ms: latencyMs });
  const endsAt = clock.now() + hourMs;
  let calls = 0;
  let refused = 0;
  const shop = woocommerce({
    url: 'https://shop.example',
    consumerKey: wooKey.key,
    consumerSecret: wooKey.secret,
    rate,
    clock,
    random: () => 0.5,
    async fetch(input, init) {
      const response = await fetch(input, init);
      if (response.status === 429) refused += 1;
      if (clock.now() <= endsAt) calls += 1;
      return response;
    },
  });

  let failures = 0;
  const until = async (work: (turn: number) => Promise<boolean>) => {
    for (let turn = 0; clock.now() < endsAt; turn += 1) if (!(await isDone(work(turn)))) failures += 1;
  };
  const ref = { system: 'woocommerce', kind: 'order', id: String(order.id) } as const;
  await Promise.all([
    until(async (turn) => {
      const updates = skus.map((sku) => ({ sku, available: turn % 1000 }));
      const outcomes = await shop.inventory.push(updates, { idempotencyKey: `stock-${turn}` });
      return outcomes.every(({ ok }) => ok);
    }),
    until(async () => (await shop.inventory.get(skus)).length === skus.length),
    until(async () => (await shop.orders.get(ref)) !== undefined),
    until(async () => (await shop.orders.get(ref, { lane: 'urgent' })) !== undefined),
  ]);

  const allowed = rate.requests * (hourMs / rate.perMs);
  const ratio = calls / allowed;
  console.log(
    `quota.woocommerce: ${calls} of ${allowed} requests in one hour, ${refused} refused, ${failures} pieces of work not done`,
  );
  const met = ratio >= goal && refused === 0 && failures === 0;
  return [{ id: 'quota.woocommerce', ratio, against: "the host's quota", goal: `>=${goal}`, met }];
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
