import { isCommerceError } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { amazonDefaults, fakeAmazon, testClock, type AmazonState, type FakePlatform } from '@crossdock/testing';
import { amazon } from '../src/index.ts';

const latencyMs = 200;
/** Calls a second and at once, as Amazon publishes them. Selling Partner API models of 2026-08-05. */
const published = {
  searchOrders: { perSecond: 0.0056, atOnce: 20 },
  getOrder: { perSecond: 0.5, atOnce: 30 },
  searchListingsItems: { perSecond: 5, atOnce: 5 },
  patchListingsItem: { perSecond: 5, atOnce: 5 },
};
/** Amazon's names for what a load draws from. */
type Allowance = keyof typeof published;

const skus = Array.from({ length: 20 }, (_, index) => `SKU-${index}`);

/** How much work there is, of which kinds, and for how long. */
export interface QuotaLoad {
  readonly lastsMs: number;
  /** Connectors with nothing in common but, where they share, what they know of the allowances. */
  readonly processes: number;
  readonly shares: boolean;
  /** How many callers in each process do what draws from this allowance. */
  readonly callers: Readonly<Partial<Record<Allowance, number>>>;
}

/** What became of it. */
export interface QuotaOutcome {
  /** Calls, of those that Amazon allows in that time, for each allowance that somebody drew from. */
  readonly shares: readonly { readonly name: Allowance; readonly share: number }[];
  readonly refused: number;
  readonly failures: number;
}

/** More work than Amazon allows, each answer 200 ms on its way. */
export async function amazonQuota({ lastsMs, processes, shares, callers }: QuotaLoad): Promise<QuotaOutcome> {
  const platform = fakeAmazon({ listingDelayMs: 0, clock: testClock({ turns: 1 }) });
  const { state, clock, faults } = platform;
  for (const sku of skus) state.addListing({ sku, price: '1.00', quantity: 10 });
  const { orderId } = state.placeOrder({ lines: [{ sku: 'SKU-0', title: 'Tee', quantity: 1, unitPrice: '1.00' }] });
  await clock.advance(10 * 60_000);
  faults.always('*', { kind: 'slow', ms: latencyMs });
  const endsAt = clock.now() + lastsMs;
  const meter = metered(platform, endsAt);
  const shared = shares ? memoryStores({ clock }).shared : undefined;
  const connect = () =>
    amazon({
      region: 'eu',
      marketplaceId: amazonDefaults.marketplaceId,
      sellerId: amazonDefaults.sellerId,
      clientId: amazonDefaults.clientId,
      clientSecret: amazonDefaults.clientSecret,
      refreshToken: amazonDefaults.refreshToken,
      application: { name: 'Bench', version: '1.0' },
      clock,
      random: () => 0.5,
      shared,
      fetch: (input, init) => meter.fetch(input, init),
    });

  let failures = 0;
  /** Does it again and again. An allowance that is shut for long says when it opens: then is when the caller comes back. */
  const until = async (work: (turn: number) => Promise<boolean>) => {
    for (let turn = 0; clock.now() < endsAt; turn += 1) {
      try {
        if (!(await work(turn))) failures += 1;
      } catch (error) {
        if (!isCommerceError(error, 'platform.throttled') || error.retryAfterMs === undefined) throw error;
        await clock.sleep(Math.min(error.retryAfterMs, Math.max(1, endsAt - clock.now())));
      }
    }
  };
  const ref = { system: 'amazon', kind: 'order', id: orderId } as const;
  const work = (
    store: ReturnType<typeof amazon>,
    process: number,
  ): Record<Allowance, (turn: number) => Promise<boolean>> => ({
    async patchListingsItem(turn) {
      const updates = skus.map((sku) => ({ sku, available: turn % 1000 }));
      const outcomes = await store.inventory.push(updates, { idempotencyKey: `stock-${process}-${turn}` });
      return outcomes.every(({ ok }) => ok);
    },
    searchListingsItems: async () => (await store.inventory.get(skus)).length === skus.length,
    getOrder: async () => (await store.orders.get(ref)) !== undefined,
    async searchOrders() {
      for await (const page of store.orders.pull({})) if (page.items.length === 0) return false;
      return true;
    },
  });
  const names = (Object.keys(published) as Allowance[]).filter((name) => callers[name] !== undefined);
  const all = Array.from({ length: processes }, connect).flatMap((store, process) => {
    const does = work(store, process);
    return names.flatMap((name) => Array.from({ length: callers[name] ?? 0 }, () => until(does[name])));
  });
  await Promise.all(all);
  return {
    shares: names.map((name) => {
      const { perSecond, atOnce } = published[name];
      return { name, share: (meter.calls.get(name) ?? 0) / (atOnce + perSecond * (lastsMs / 1000)) };
    }),
    refused: meter.refused,
    failures,
  };
}

/** Calls by Amazon's name for them, read from the request and not from what the connector says. */
function metered({ fetch, clock }: FakePlatform<AmazonState>, endsAt: number) {
  const meter = {
    calls: new Map<string, number>(),
    refused: 0,
    async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const request = new Request(input, init);
      const name = nameOf(request.method, new URL(request.url).pathname);
      const response = await fetch(request);
      if (response.status === 429) meter.refused += 1;
      if (clock.now() <= endsAt) meter.calls.set(name, (meter.calls.get(name) ?? 0) + 1);
      return response;
    },
  };
  return meter;
}

function nameOf(method: string, path: string): string {
  if (path === '/orders/2026-01-01/orders') return 'searchOrders';
  if (path.startsWith('/orders/2026-01-01/orders/')) return 'getOrder';
  if (!path.startsWith('/listings/2021-08-01/items/')) return 'other';
  if (method === 'PATCH') return 'patchListingsItem';
  return path.split('/').length === 5 ? 'searchListingsItems' : 'getListingsItem';
}
