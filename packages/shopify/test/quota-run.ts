import { isCommerceError, type SharedStore } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { fakeShopify, testClock, type FakePlatform, type ShopifyState, type ShopPlan } from '@crossdock/testing';
import * as z from 'zod';
import { shopify, shopifyClient } from '../src/index.ts';

const latencyMs = 200;
const skusPerProduct = 10;
const products = 20;

/** How much work there is, and for how long. */
export interface QuotaLoad {
  readonly lastsMs: number;
  /** Connectors with nothing in common but what they share. One alone shares nothing unless `shares`. */
  readonly processes: number;
  readonly shares: boolean;
  /** Callers of each kind in each process: many more calls at a time than the allowance lets in. */
  readonly callersOfEach: number;
  /** Default standard. */
  readonly plan?: ShopPlan;
  /** Callers in each process that read wide pages through the client for partners. Default none. */
  readonly reporters?: number;
}

/** What became of it. */
export interface QuotaOutcome {
  /** Points that were spent, of those that the shop gives in that time. */
  readonly share: number;
  readonly calls: number;
  readonly spent: number;
  readonly published: number;
  readonly refused: number;
  readonly failures: number;
}

/** More work than a shop allows: stock, prices and orders at the same time, each answer 200 ms on its way. */
export async function shopifyQuota(load: QuotaLoad): Promise<QuotaOutcome> {
  const { lastsMs, processes, shares, callersOfEach, plan = 'standard', reporters = 0 } = load;
  const platform = fakeShopify({ clock: testClock({ turns: 1 }), plan });
  const { state, clock, faults } = platform;
  stockUp(state);
  faults.always('*', { kind: 'slow', ms: latencyMs });
  const { maximumAvailable, restoreRate } = state.bucket;
  const endsAt = clock.now() + lastsMs;
  const meter = metered(platform, endsAt);
  const shared: SharedStore | undefined = shares ? memoryStores({ clock }).shared : undefined;
  const options = {
    shop: 'acme',
    accessToken: state.accessToken,
    clock,
    random: () => 0.5,
    shared,
    fetch: (input: RequestInfo | URL, init?: RequestInit) => meter.fetch(input, init),
  };

  let failures = 0;
  const until = async (work: (turn: number) => Promise<boolean>) => {
    for (let turn = 0; clock.now() < endsAt; turn += 1) if (!(await isDone(work(turn)))) failures += 1;
  };
  const callers = Array.from({ length: processes }, () => shopify(options)).flatMap((shop, process) =>
    Array.from({ length: callersOfEach }, (_, place) => {
      const caller = process * callersOfEach + place;
      return [
        until(async (turn) => {
          const updates = skusOf(caller % products).map((sku) => ({ sku, available: turn % 1000 }));
          const outcomes = await shop.inventory.push(updates, { idempotencyKey: `stock-${caller}-${turn}` });
          return outcomes.every(({ ok }) => ok);
        }),
        until(async (turn) => {
          const amount = { amount: `${1 + (turn % 1000)}.00`, currency: 'USD' };
          const prices = skusOf(caller % products).map((sku) => ({ sku, amount }));
          const outcomes = await shop.prices.push(prices, { idempotencyKey: `prices-${caller}-${turn}`, lane: 'bulk' });
          return outcomes.every(({ ok }) => ok);
        }),
        until(async () => {
          let orders = 0;
          for await (const page of shop.orders.pull({}, { lane: 'urgent' })) orders += page.items.length;
          return orders === state.orders.length;
        }),
      ];
    }),
  );
  const reports = Array.from({ length: processes }, () => shopifyClient(options)).flatMap((client) =>
    Array.from({ length: reporters }, () =>
      until(async () => {
        const { data } = await client.run(report, { lane: 'bulk', answer: z.object({ orders: z.unknown() }) });
        return data.orders !== undefined;
      }),
    ),
  );
  await Promise.all([...callers.flat(2), ...reports]);
  const published = maximumAvailable + restoreRate * (lastsMs / 1000);
  const { calls, spent, refused } = meter;
  return { share: spent / published, calls, spent, published, refused, failures };
}

/** A page of lines of very old orders: 761 points, also where there are none. */
const report = `query Report {
  orders(first: 250, query: "created_at:<2001-01-01") {
    nodes {
      id
      lineItems(first: 250) {
        nodes { id product { id } customAttributes { key } variant { id product { id } inventoryItem { id } } }
      }
    }
  }
}`;

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
