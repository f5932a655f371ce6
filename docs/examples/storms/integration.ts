import {
  defineConnector,
  defineOwnership,
  eventsOfOrder,
  verifySignedWebhook,
  type Order,
  type OrderDraft,
  type Price,
  type Ref,
  type Since,
  type Stores,
  type WriteOptions,
} from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import type { TestClock } from '@crossdock/testing';
import { secret } from './shop.ts';

/** What the ERP has: each order as often as it was created, and the total that it was shown last. */
export interface Ledger {
  readonly orders: Map<string, { created: number; total: string }>;
  /** The keys under which it created one. */
  readonly keys: Set<string>;
  /** Every write that reached it. */
  writes: number;
}

/** The whole of a shop's orders in the ERP: created once, and always with the newest total. */
const createOrder = defineFlow({
  name: 'create-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'] },
  key: ({ data }) => `order/${data.number}`,
  async run({ event: { data }, systems: { erp }, step, links }) {
    const customer = { system: 'erp', kind: 'customer' as const, id: 'C1' };
    const ref = await step('create', ({ key }) =>
      erp.orders.create({ ...data, source: data.ref, customer }, { idempotencyKey: key }),
    );
    await step('link', () => links.link(data.ref, ref));
  },
});

const showTotal = defineFlow({
  name: 'show-total',
  version: 1,
  on: 'order.updated',
  stale: 'drop',
  needs: { erp: ['prices.push'] },
  key: ({ data }) => `order/${data.number}`,
  async run({ event: { data }, systems: { erp }, step }) {
    await step('show', async ({ key }) => {
      await erp.prices.push([{ sku: data.number, amount: data.totals.total }], { idempotencyKey: key });
    });
  },
});

/** One process: the shop and the ERP are shared by all of them, the stores too. */
export function integrationOf(
  stores: Stores,
  clock: TestClock,
  {
    present,
    ledger,
    leaseMs,
  }: { readonly present: ReadonlyMap<string, Order>; readonly ledger: Ledger; readonly leaseMs: number },
) {
  const common = { platform: 'storm', apiVersion: '1', check: async () => {}, usage: () => [] };
  const shop = defineConnector({
    ...common,
    system: 'shop',
    ports: {
      orders: {
        async *pull(since: Since) {
          const after = since.cursor ?? since.updatedAfter ?? '';
          const changed = [...present.values()].filter(({ updatedAt }) => updatedAt >= after);
          const sorted = changed.toSorted((one, other) => (one.updatedAt < other.updatedAt ? -1 : 1));
          for (let at = 0; at < sorted.length; at += 250) {
            const items = sorted.slice(at, at + 250);
            yield { items, cursor: items.at(-1)?.updatedAt ?? after };
          }
        },
        get: async (ref: Ref<'order'>) => present.get(ref.id),
      },
      webhooks: {
        async verify(request: Request) {
          const verified = await verifySignedWebhook(request, { header: 'x-signature', secrets: [secret] });
          if (!verified.ok) return verified;
          const deliveryId = request.headers.get('x-delivery') ?? '';
          return { ok: true, delivery: { deliveryId, topic: 'order', body: verified.text } } as const;
        },
        // The body is the order as it was when it was posted, however late it comes.
        decode: async ({ body }) => eventsOfOrder(JSON.parse(body) as Order),
      },
    },
    traits: {
      'orders.pull': { cursor: 'updated-at', maxPage: 250 },
      'webhooks.verify': { scheme: 'hmac-sha256-base64', signsTime: false },
    },
  });
  const entry = (number: string) => ledger.orders.get(number) ?? { created: 0, total: '' };
  const erp = defineConnector({
    ...common,
    system: 'erp',
    ports: {
      orders: {
        async create({ number }: OrderDraft, { idempotencyKey }: WriteOptions): Promise<Ref<'order'>> {
          ledger.writes++;
          // What every connector promises: the same key again makes nothing more.
          if (!ledger.keys.has(idempotencyKey)) {
            ledger.orders.set(number, { ...entry(number), created: entry(number).created + 1 });
          }
          ledger.keys.add(idempotencyKey);
          return { system: 'erp', kind: 'order', id: `S-${number}` };
        },
      },
      prices: {
        async push(prices: readonly Price[], _options: WriteOptions) {
          ledger.writes++;
          for (const { sku, amount } of prices) ledger.orders.set(sku, { ...entry(sku), total: amount.amount });
          return prices.map((item) => ({ item, ok: true as const }));
        },
      },
    },
    traits: { 'orders.create': { duplicateGuard: 'natural-key' }, 'prices.push': { maxBatch: 100 } },
  });
  return compose({
    systems: { shop, erp },
    flows: [createOrder, showTotal],
    ownership: defineOwnership({
      'order.status': 'erp',
      'order.lines': 'shop',
      'stock.available': 'erp',
      'product.price': 'erp',
      'product.content': 'shop',
      'shipment.tracking': 'erp',
    }),
    stores,
    clock,
    random: () => 0.5,
    leaseMs,
  });
}
