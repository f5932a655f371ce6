import { createHash } from 'node:crypto';
import { canonicalJson, type Random, type Stores } from '@crossdock/core';
import { testClock, type TestClock } from '@crossdock/testing';
import { integrationOf, type Ledger } from './integration.ts';
import { busyShop, forged, type Post } from './shop.ts';

/** What a storm is made of. */
export interface Storm {
  readonly shop: ReturnType<typeof busyShop>;
  /** In the order in which they come in the same day. */
  readonly posts: readonly Post[];
  /** They come a day late. */
  readonly late: readonly Post[];
  readonly forged: readonly Post[];
}

/** How the stores of a storm are opened. */
export type OpenStores = (clock: TestClock) => Promise<Stores> | Stores;

/** `deliveries` webhooks, a fifth of them repetitions, all of them shuffled, 2 % a day late, and 1 % forged besides. */
export function makeStorm(deliveries: number, random: Random): Storm {
  const changes = 4;
  const distinct = Math.round(deliveries * 0.8);
  const shop = busyShop(Math.round(distinct / changes), changes);
  const repeated = shuffled(shop.posts, random).slice(0, deliveries - shop.posts.length);
  const posts = shuffled([...shop.posts, ...repeated], random);
  const late = Math.round(deliveries * 0.02);
  const bad = shuffled(shop.posts, random)
    .slice(0, Math.round(deliveries * 0.01))
    .map(forged);
  return { shop, posts: posts.slice(late), late: posts.slice(0, late), forged: bad };
}

/** Two processes on one set of stores, and the ERP that they write to. */
export async function startProcesses(open: OpenStores, { shop }: Pick<Storm, 'shop'>, leaseMs = 60_000) {
  const clock = testClock({ startAt: '2026-11-02T00:00:00.000Z', auto: false });
  const stores = await open(clock);
  const ledger: Ledger = { orders: new Map(), keys: new Set(), writes: 0 };
  const hubs = Array.from({ length: 2 }, () =>
    integrationOf(stores, clock, { present: shop.present, ledger, leaseMs }),
  );
  let turn = 0;
  const answers = new Map<number, number>();
  const next = () => hubs[turn++ % hubs.length];

  return {
    clock,
    stores,
    ledger,
    /** How many deliveries were answered with each status. */
    answers,
    /** Delivers to the processes in turn, 50 at a time. */
    async deliver(posts: readonly Post[]): Promise<void> {
      for (let at = 0; at < posts.length; at += 50) {
        await Promise.all(
          posts.slice(at, at + 50).map(async ({ delivery, body, signature }) => {
            const headers = { 'x-delivery': delivery, 'x-signature': signature };
            const request = new Request('https://hub.example/shop', { method: 'POST', headers, body });
            const answer = await next()?.receive('shop', request);
            const status = answer?.status ?? 0;
            answers.set(status, (answers.get(status) ?? 0) + 1);
          }),
        );
      }
    },
    /** All processes work until nothing is due any more. */
    async work(): Promise<void> {
      await Promise.all(hubs.map((hub) => hub.work()));
    },
    sweep: (options?: Parameters<(typeof hubs)[number]['sweep']>[2]) => hubs[0]?.sweep('shop', 'orders.pull', options),
    health: async () => hubs[0]?.health(),
    counts: () => stores.jobs.counts('integration'),
    exceptions: async () => hubs[0]?.exceptions.counts(),
    close: () => stores.close(),
  };
}

/** One figure for everything that the ERP has in the end. */
export function hashOf({ orders }: Pick<Ledger, 'orders'>): string {
  const all = [...orders].toSorted(([one], [other]) => Number(one) - Number(other));
  return createHash('sha256')
    .update(canonicalJson(all.map(([number, { created, total }]) => ({ number, created, total }))))
    .digest('hex');
}

/** What the ERP would have if everything came once and in order. */
export function hashInOrder({ shop }: Pick<Storm, 'shop'>): string {
  const orders = new Map(
    [...shop.present].map(([number, { totals }]) => [number, { created: 1, total: totals.total.amount }]),
  );
  return hashOf({ orders });
}

export function shuffled<T>(all: readonly T[], random: Random): readonly T[] {
  const copy = [...all];
  for (let place = copy.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    // Both places are in the list.
    [copy[place], copy[other]] = [copy[other] as T, copy[place] as T];
  }
  return copy;
}
