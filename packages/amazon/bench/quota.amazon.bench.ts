// One hour of virtual time in which the connector always has more to do than Amazon allows, each answer 200 ms on its
// way. Every allowance counts for itself, and the one that is used worst is the figure. Not here: `confirmShipment`, before
// which every order is looked at, so that the four times smaller allowance of `getOrder` decides; and `createFeed`, whose
// published burst of fifteen a second rule (five in five minutes) takes back.
import { isCommerceError } from '@crossdock/core';
import { amazonDefaults, fakeAmazon, testClock, type AmazonState, type FakePlatform } from '@crossdock/testing';
import { amazon } from '../src/index.ts';

const goal = 0.95;
const hourMs = 3_600_000;
const latencyMs = 200;
/** Calls a second and at once, as Amazon publishes them. Selling Partner API models of 2026-08-05. */
const published = {
  searchOrders: { perSecond: 0.0056, atOnce: 20 },
  getOrder: { perSecond: 0.5, atOnce: 30 },
  searchListingsItems: { perSecond: 5, atOnce: 5 },
  patchListingsItem: { perSecond: 5, atOnce: 5 },
};
type Allowance = keyof typeof published;

const skus = Array.from({ length: 20 }, (_, index) => `SKU-${index}`);

export async function bench() {
  const platform = fakeAmazon({ listingDelayMs: 0, clock: testClock({ turns: 1 }) });
  const { state, clock, faults } = platform;
  for (const sku of skus) state.addListing({ sku, price: '1.00', quantity: 10 });
  const { orderId } = state.placeOrder({ lines: [{ sku: 'SKU-0', title: 'Tee', quantity: 1, unitPrice: '1.00' }] });
  await clock.advance(10 * 60_000);
  faults.always('*', { kind: 'slow', ms: latencyMs });
  const endsAt = clock.now() + hourMs;
  const meter = metered(platform, endsAt);
  const store = amazon({
    region: 'eu',
    marketplaceId: amazonDefaults.marketplaceId,
    sellerId: amazonDefaults.sellerId,
    clientId: amazonDefaults.clientId,
    clientSecret: amazonDefaults.clientSecret,
    refreshToken: amazonDefaults.refreshToken,
    application: { name: 'Bench', version: '1.0' },
    clock,
    random: () => 0.5,
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

  await Promise.all([
    ...several(3, () =>
      until(async (turn) => {
        const updates = skus.map((sku) => ({ sku, available: turn % 1000 }));
        const outcomes = await store.inventory.push(updates, { idempotencyKey: `stock-${turn}` });
        return outcomes.every(({ ok }) => ok);
      }),
    ),
    ...several(8, () => until(async () => (await store.inventory.get(skus)).length === skus.length)),
    ...several(4, () => until(async () => (await store.orders.get(ref)) !== undefined)),
    until(async () => {
      for await (const page of store.orders.pull({})) if (page.items.length === 0) return false;
      return true;
    }),
  ]);

  const names = Object.keys(published) as Allowance[];
  const shares = names.map((name) => {
    const { perSecond, atOnce } = published[name];
    return { name, share: (meter.calls.get(name) ?? 0) / (atOnce + perSecond * (hourMs / 1000)) };
  });
  const said = shares.map(({ name, share }) => `${name} ${(share * 100).toFixed(1)} %`).join(', ');
  console.log(`quota.amazon: ${said} in one hour, ${meter.refused} refused, ${failures} pieces of work not done`);
  const ratio = Math.min(...shares.map(({ share }) => share));
  const met = ratio >= goal && meter.refused === 0 && failures === 0;
  return [{ id: 'quota.amazon', ratio, against: 'published quota', goal: `>=${goal}`, met }];
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

function several(count: number, work: () => Promise<void>): Promise<void>[] {
  return Array.from({ length: count }, work);
}
