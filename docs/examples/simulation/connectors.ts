import {
  anySignal,
  CommerceError,
  defineConnector,
  eventsOfOrder,
  throwIfGone,
  type FulfillmentDraft,
  type Order,
  type OrderDraft,
  type Ref,
  type ShipmentConfirmation,
  type Since,
  type StockUpdate,
  type WriteOptions,
} from '@crossdock/core';
import type { Schedule } from './schedule.ts';
import { orderOf, shipmentOf, write, type World } from './world.ts';

/** What becomes of a call, decided by the seed when the call goes on. */
export type CallFate = 'well' | 'unreachable' | 'lost-answer';

/**
 * The connectors of one process, each as careful as the contract wants it and no more: a write looks whether its key is
 * there, and writes if not. Only the fence stands between a process that stood still in between and a second record.
 */
export function connectorsOf(
  world: World,
  process: number,
  { gate }: Pick<Schedule, 'gate'>,
  { fateOf, unfenced }: { readonly fateOf: (label: string) => CallFate; readonly unfenced: boolean },
) {
  const read = async <T>(label: string, look: () => T): Promise<T> => {
    await gate(process, `ask ${label}`);
    if (fateOf(label) !== 'well') throw unreachable(label);
    const answer = look();
    await gate(process, `answer ${label}`);
    return answer;
  };
  const once = async (
    label: string,
    records: Map<string, string[]>,
    number: string,
    { idempotencyKey: key, signal }: WriteOptions,
  ): Promise<void> => {
    const isThere = await read(`${label}? ${number}`, () => records.get(number)?.includes(key) === true);
    if (isThere) return;
    await gate(process, `send ${label} ${number}`);
    if (!unfenced) throwIfGone(signal && anySignal([signal]));
    const fate = fateOf(label);
    if (fate === 'unreachable') throw unreachable(label);
    write(records, number, key);
    await gate(process, `answer ${label} ${number}`);
    if (fate === 'lost-answer') throw uncertain(label);
  };
  const common = { platform: 'simulated', apiVersion: '1', check: async () => {}, usage: () => [] };

  return {
    shop: defineConnector({
      ...common,
      system: 'shop',
      ports: {
        orders: {
          async *pull(since: Since) {
            const all = await read('shop.orders', () =>
              [...world.orders.keys()].flatMap((id) => orderOf(world, id) ?? []),
            );
            const after = since.cursor ?? '';
            // Overlaps: an order of the cursor's own moment comes again.
            const items = all.filter(({ updatedAt }) => updatedAt >= after);
            const cursor = items.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), after);
            yield { items, cursor };
          },
        },
        shipments: {
          async confirm({ shipment }: ShipmentConfirmation, options: WriteOptions) {
            await once('shop.confirm', world.confirmed, shipment.number, options);
            return shipment.ref;
          },
        },
        webhooks: {
          async verify(request: Request) {
            const deliveryId = request.headers.get('delivery');
            if (deliveryId === null) return { ok: false, reason: 'headers' } as const;
            return { ok: true, delivery: { deliveryId, topic: 'order', body: await request.text() } } as const;
          },
          async decode({ body }) {
            // The body is the order as it was when it was posted.
            return eventsOfOrder(JSON.parse(body) as Order);
          },
        },
      },
      traits: {
        'orders.pull': { cursor: 'updated-at', maxPage: 100 },
        'shipments.confirm': { duplicateGuard: 'natural-key' },
        'webhooks.verify': { scheme: 'shared-secret', signsTime: false },
      },
    }),
    erp: defineConnector({
      ...common,
      system: 'erp',
      ports: {
        orders: {
          async create({ number }: OrderDraft, options: WriteOptions): Promise<Ref<'order'>> {
            await once('erp.create', world.created, number, options);
            return { system: 'erp', kind: 'order', id: `S-${number}` };
          },
        },
        inventory: {
          async push(updates: readonly StockUpdate[], { signal }: WriteOptions) {
            await gate(process, `send erp.show ${updates[0]?.sku}`);
            if (!unfenced) throwIfGone(signal);
            const fate = fateOf('erp.show');
            if (fate === 'unreachable') throw unreachable('erp.show');
            for (const { sku, available } of updates)
              world.shown.set(sku, [...(world.shown.get(sku) ?? []), available]);
            await gate(process, `answer erp.show ${updates[0]?.sku}`);
            if (fate === 'lost-answer') throw uncertain('erp.show');
            return updates.map((item) => ({ item, ok: true as const }));
          },
        },
      },
      traits: {
        'orders.create': { duplicateGuard: 'natural-key' },
        'inventory.push': { compareAndSet: false, maxBatch: 100 },
      },
    }),
    warehouse: defineConnector({
      ...common,
      system: 'warehouse',
      ports: {
        fulfillments: {
          async request({ number }: FulfillmentDraft, options: WriteOptions) {
            await once('warehouse.release', world.released, number, options);
            const ref = { system: 'warehouse', kind: 'fulfillment' as const, id: `F-${number}` };
            return { ref, state: 'accepted' as const, issues: [] };
          },
        },
        shipments: {
          async *pull(since: Since) {
            const numbers = await read('warehouse.shipments', () => [...world.released.keys()]);
            const from = Number(since.cursor ?? '0');
            // From the one before the cursor on: a page may come twice, none is left out.
            yield { items: numbers.slice(Math.max(0, from - 1)).map(shipmentOf), cursor: String(numbers.length) };
          },
        },
      },
      traits: {
        'fulfillments.request': { duplicateGuard: 'natural-key' },
        'shipments.pull': { cursor: 'opaque', maxPage: 100 },
      },
    }),
  };
}

function unreachable(label: string): CommerceError {
  return new CommerceError({ code: 'network.unreachable', message: `\`${label}\` was not sent. Look at the network.` });
}

function uncertain(label: string): CommerceError {
  return new CommerceError({ code: 'write.uncertain', message: `\`${label}\` got no answer. Look the record up.` });
}
