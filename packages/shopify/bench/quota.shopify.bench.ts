// One hour of virtual time in which the connector always has more to do than a Standard shop allows: stock, prices and
// orders at the same time, each answer 200 ms on its way. Points and refusals are counted in what the shop answers.
import { isCommerceError } from '@crossdock/core';
import { fakeShopify, type FakePlatform, type ShopifyState } from '@crossdock/testing';
import * as z from 'zod';
import { shopify } from '../src/index.ts';

const goal = 0.95;
const hourMs = 3_600_000;
const latencyMs = 200;
/** Callers of each kind: many more calls at a time than the allowance lets in. */
const callersOfEach = 12;
const skusPerProduct = 10;
const products = 20;

export async function bench() {
  const platform = fakeShopify();
  const { state, clock, faults } = platform;
  stockUp(state);
  faults.always('*', { kind: 'slow', ms: latencyMs });
  const { maximumAvailable, restoreRate } = state.bucket;
  const endsAt = clock.now() + hourMs;
  const meter = metered(platform, endsAt);
  const shop = shopify({
    shop: 'acme',
    accessToken: state.accessToken,
    clock,
    random: () => 0.5,
    fetch: (input, init) => meter.fetch(input, init),
  });

  let failures = 0;
  const until = async (work: (turn: number) => Promise<boolean>) => {
    for (let turn = 0; clock.now() < endsAt; turn += 1) if (!(await isDone(work(turn)))) failures += 1;
  };
  const callers = Array.from({ length: callersOfEach }, (_, caller) => [
    until(async (turn) => {
      const updates = skusOf(caller).map((sku) => ({ sku, available: turn % 1000 }));
      const outcomes = await shop.inventory.push(updates, { idempotencyKey: `stock-${caller}-${turn}` });
      return outcomes.every(({ ok }) => ok);
    }),
    until(async (turn) => {
      const amount = { amount: `${1 + (turn % 1000)}.00`, currency: 'USD' };
      const prices = skusOf(caller).map((sku) => ({ sku, amount }));
      const outcomes = await shop.prices.push(prices, { idempotencyKey: `prices-${caller}-${turn}`, lane: 'bulk' });
      return outcomes.every(({ ok }) => ok);
    }),
    until(async () => {
      let orders = 0;
      for await (const page of shop.orders.pull({}, { lane: 'urgent' })) orders += page.items.length;
      return orders === state.orders.length;
    }),
  ]);
  await Promise.all(callers.flat());

  const published = maximumAvailable + restoreRate * (hourMs / 1000);
  const ratio = meter.spent / published;
  console.log(
    `quota.shopify: ${meter.calls} calls for ${meter.spent} of ${published} points in one hour, ${meter.refused} refused by the shop, ${failures} pieces of work not done`,
  );
  const met = ratio >= goal && meter.refused === 0 && failures === 0;
  return [{ id: 'quota.shopify', ratio, against: 'published quota', goal: `>=${goal}`, met }];
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

const answer = z.object({
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }).optional() })).optional(),
  extensions: z.object({ cost: z.object({ actualQueryCost: z.number().nullable() }) }).optional(),
});

/** What the shop says that each call cost, and which calls it refused. Of answers after the end only refusals count. */
function metered({ fetch, clock }: FakePlatform<ShopifyState>, endsAt: number) {
  const meter = {
    calls: 0,
    spent: 0,
    refused: 0,
    async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const response = await fetch(input, init);
      const { errors, extensions } = answer.parse(await response.clone().json());
      const isRefused =
        response.status !== 200 || (errors?.some((error) => error.extensions?.code === 'THROTTLED') ?? false);
      if (isRefused) meter.refused += 1;
      if (clock.now() <= endsAt) {
        meter.calls += 1;
        meter.spent += extensions?.cost.actualQueryCost ?? 0;
      }
      return response;
    },
  };
  return meter;
}

function stockUp(state: ShopifyState): void {
  for (let product = 0; product < products; product += 1) {
    const variants = skusOf(product).map((sku) => ({ sku, price: '1.00', stock: 5000 }));
    state.addProduct({ title: `Product ${product}`, variants });
  }
  for (let order = 0; order < 3; order += 1) state.placeOrder({ lines: [{ sku: 'P0-V0', quantity: 1 }] });
}

function skusOf(product: number): readonly string[] {
  return Array.from({ length: skusPerProduct }, (_, variant) => `P${product}-V${variant}`);
}
