import {
  CommerceError,
  createHttpClient,
  defineConnector,
  defineStatusMap,
  eventsOfOrder,
  isCommerceError,
  pages,
  verifyStandardWebhook,
  type CancelOutcome,
  type CommerceEvent,
  type Clock,
  type Connector,
  type Delivery,
  type EntityKind,
  type FetchedPage,
  type Order,
  type PageProblem,
  type PortCatalogue,
  type ReadOptions,
  type SharedStore,
  type Ref,
  type StockLevel,
  type WriteOptions,
  unknownTopic,
} from '@crossdock/core';
import * as z from 'zod';
import { aCustomer, aFulfillmentOrder, anOrder, aProduct, aShipment } from '@crossdock/testing';
import { officePorts, type ToyClient } from './office.ts';
import { handlingPorts } from './handling.ts';
import { officeTraits } from './office-traits.ts';
import { readMessage } from './notifications.ts';
import { callsPerMinute, pageSize, placeOf, toySecrets, toyToken, type Placed } from './platform.ts';
import { maxBatch, pricePush, stockPush } from './pushes.ts';
import { cancelSchema, idSchema, recordSchema, type WireRecord } from './wire.ts';

type ToyPorts = {
  readonly [P in keyof PortCatalogue]: PortCatalogue[P];
};
export type ToyConnector = Connector<ToyPorts>;

const system = 'toy';
const levelSchema = z.object({ id: z.string(), updatedAt: z.number(), available: z.number().nullable() });
type WireLevel = z.infer<typeof levelSchema>;
const held = { held: 'read only' } as const;
const statuses = defineStatusMap({
  name: 'toy status',
  wire: ['waiting', 'draft', 'open', 'final', 'shipped', 'arrived', 'canceled'],
  canonical: ['pending', 'confirmed', 'fulfilled', 'canceled'],
  decode: {
    waiting: 'pending',
    draft: 'pending',
    open: 'confirmed',
    final: 'confirmed',
    shipped: 'fulfilled',
    arrived: 'fulfilled',
    canceled: 'canceled',
  },
  encode: { pending: held, confirmed: held, fulfilled: held, canceled: held },
});

const refusals = {
  quantity: 'record.rejected',
  totals: 'totals.mismatch',
  key: 'key.reused',
  topic: 'webhook.unknown',
} as const;
const refusalSchema = z.object({ problem: z.enum(['quantity', 'totals', 'key', 'topic']) });

export interface ToyRuntime {
  readonly shared?: SharedStore | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** What the connector believes of the platform's allowance. Default the truth. */
  readonly callsPerMinute?: number;
  /** How far a pull looks back behind the one before. Default a minute. */
  readonly overlapMs?: number;
  /** Default as every client. */
  readonly retry?: false;
}

/** The connector of the toy platform: sound in every respect, so that each law holds until somebody breaks it. */
export function toyConnector({
  callsPerMinute: capacity = callsPerMinute,
  overlapMs = 60_000,
  ...runtime
}: ToyRuntime): ToyConnector {
  const client = createHttpClient({
    ...runtime,
    system,
    baseUrl: 'https://toy.example.test',
    buckets: { calls: { kind: 'sliding-window', capacity, windowMs: 60_000 } },
    sign(request) {
      request.headers.set('authorization', `Bearer ${toyToken}`);
      return request;
    },
    explain({ status, json }, call) {
      const said = refusalSchema.safeParse(json).data?.problem;
      if (status < 400 || said === undefined) return undefined;
      return new CommerceError({
        code: refusals[said],
        system,
        operation: call.operation,
        message: `The toy platform refused the ${said}. Correct it.`,
      });
    },
  });

  function read<T>(operation: string, path: string, answer: z.ZodType<T>, options?: ReadOptions): Promise<T> {
    return client
      .send({ operation, method: 'GET', path, safety: 'read', answer, signal: options?.signal, bucket })
      .then(({ data }) => data);
  }

  function write<T>(
    operation: string,
    path: string,
    json: unknown,
    answer: z.ZodType<T>,
    options: WriteOptions,
  ): Promise<T> {
    const headers = { 'idempotency-key': `${operation}/${options.idempotencyKey}` };
    return client
      .send({
        operation,
        method: 'POST',
        path,
        json,
        headers,
        safety: 'repeatable',
        answer,
        signal: options.signal,
        bucket,
      })
      .then(({ data }) => data);
  }

  async function get(operation: string, path: string, options?: ReadOptions): Promise<WireRecord | undefined> {
    try {
      return await read(operation, path, recordSchema, options);
    } catch (error) {
      if (isCommerceError(error, 'record.missing')) return undefined;
      throw error;
    }
  }

  /** Pages of one path, oldest change first. A record that `make` cannot read is a problem. */
  function pulling<W extends Placed, T, K extends EntityKind>(
    operation: string,
    path: string,
    { kind, schema }: { readonly kind: K; readonly schema: z.ZodType<W> },
    make: (record: W, ref: Ref<K>) => T,
  ): (since: { readonly cursor?: string | undefined }, options?: ReadOptions) => ReturnType<typeof pages<T>> {
    const pageSchema = z.object({ items: z.array(schema), more: z.boolean() });
    return (since, readOptions) =>
      pages<T>(
        async (at = ''): Promise<FetchedPage<T>> => {
          const query = `${path}?after=${encodeURIComponent(at)}`;
          const { items, more } = await read(operation, query, pageSchema, readOptions);
          const last = items.at(-1);
          // Behind the last page a little of what came before, for what is seen late.
          const cursor = last ? placeOf(more ? last : { id: '', updatedAt: last.updatedAt - overlapMs }) : at;
          const made: T[] = [];
          const problems: PageProblem[] = [];
          for (const record of items) {
            const ref = { system, kind, id: record.id };
            try {
              made.push(make(record, ref));
            } catch (error) {
              if (!isCommerceError(error)) throw error;
              problems.push({ ref, error });
            }
          }
          return { items: made, cursor, problems, ...(more && { next: cursor }) };
        },
        { system, operation, start: since.cursor, signal: readOptions?.signal },
      );
  }

  const pull: ToyClient['pull'] = (operation, path, kind, make) =>
    pulling(operation, path, { kind, schema: recordSchema }, (record, ref) => {
      statuses.decode(record.status);
      return make(record, ref);
    });

  async function decode(
    operation: 'webhooks.decode' | 'notifications.decode',
    delivery: Delivery,
    options?: ReadOptions,
  ): Promise<readonly CommerceEvent[]> {
    if (delivery.topic !== 'orders/changed') throw unknownTopic(system, delivery, ['orders/changed'], operation);
    const { id } = idSchema.parse(JSON.parse(delivery.body));
    const record = await get(operation, `orders/${id}`, options);
    return record ? eventsOfOrder(orderOf(record, { system, kind: 'order', id })) : [];
  }

  const office = officePorts({ read, write, get, pull });
  const handling = handlingPorts({ read, write });

  return defineConnector<ToyPorts>({
    platform: 'toy',
    apiVersion: '1',
    system,
    ports: {
      orders: {
        pull: pull('orders.pull', 'orders', 'order', orderOf),
        async get(ref, readOptions) {
          const record = await get('orders.get', `orders/${ref.id}`, readOptions);
          return record && orderOf(record, ref);
        },
        async create(draft, writeOptions) {
          if (draft.amounts === 'not-stated') {
            throw new CommerceError({
              code: 'money.invalid',
              message: `Order "${draft.number}" was not created: its channel does not state its amounts. Read it again later.`,
              system,
              operation: 'orders.create',
            });
          }
          if (draft.test) {
            throw new CommerceError({
              code: 'payment.test',
              message: `Order "${draft.number}" was not created: somebody made it to try its channel. Dismiss it.`,
              system,
              operation: 'orders.create',
            });
          }
          const { id } = await write('orders.create', 'orders', { number: draft.number }, idSchema, writeOptions);
          return { system, kind: 'order', id };
        },
        ...office.orders,
        ...handling.orders,
        cancel: (ref, reason, writeOptions): Promise<CancelOutcome> =>
          write('orders.cancel', `orders/${ref.id}/cancel`, { reason }, cancelSchema, writeOptions),
      },
      products: {
        pull: pull('products.pull', 'products', 'product', (_record, ref) => aProduct({ ref })),
        ...office.products,
      },
      customers: {
        ...office.customers,
        async get({ email = '', accountNumber = '' }, readOptions) {
          const search = new URLSearchParams({ email: email.trim(), account: accountNumber.trim() });
          const path = `customers?${search}`;
          const { items } = await read('customers.get', path, z.object({ items: z.array(recordSchema) }), readOptions);
          return items.map(({ id }) => aCustomer({ ref: { system, kind: 'customer', id } }));
        },
        async create(draft, writeOptions) {
          const { id } = await write('customers.create', 'customers', { name: draft.name }, idSchema, writeOptions);
          return { system, kind: 'customer', id };
        },
      },
      inventory: {
        pull: pulling('inventory.pull', 'levels', { kind: 'variant', schema: levelSchema }, levelOf),
        async get(skus, readOptions) {
          const items = z.object({ items: z.array(z.object({ sku: z.string(), available: z.number() })) });
          const answer = await read('inventory.get', `stock?skus=${skus.join(',')}`, items, readOptions);
          return answer.items.map((level) => ({ ...level, location, asOf: '2026-11-01T00:00:00.000Z' }));
        },
        push: stockPush(write),
      },
      prices: { push: pricePush(write), ...office.prices },
      categories: office.categories,
      returns: office.returns,
      refunds: office.refunds,
      invoices: office.invoices,
      payments: { ...office.payments, ...handling.payments },
      purchases: office.purchases,
      receipts: office.receipts,
      fulfillments: {
        ...office.fulfillments,
        ...handling.fulfillments,
        async request(draft, writeOptions) {
          const json = { number: draft.number };
          const { id } = await write('fulfillments.request', 'fulfillments', json, idSchema, writeOptions);
          return { ref: { system, kind: 'fulfillment', id }, state: 'accepted', issues: [] };
        },
        async get(ref, readOptions) {
          const record = await get('fulfillments.get', `fulfillments/${ref.id}`, readOptions);
          const isHeld = (record?.lists['holds'] ?? []).length > 0;
          return record && aFulfillmentOrder({ ref, ...(isHeld && { status: 'on-hold' }) });
        },
        cancel: (ref, writeOptions): Promise<CancelOutcome> =>
          write('fulfillments.cancel', `fulfillments/${ref.id}/cancel`, {}, cancelSchema, writeOptions),
      },
      shipments: {
        ...handling.shipments,
        pull: pull('shipments.pull', 'shipments', 'shipment', ({ updatedAt }, ref) =>
          aShipment({ ref, updatedAt: new Date(updatedAt).toISOString() }),
        ),
        async confirm({ order, shipment }, writeOptions) {
          const units = shipment.parcels.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
          const path = `orders/${order.id}/ship`;
          const { id } = await write('shipments.confirm', path, { units }, idSchema, writeOptions);
          return { system, kind: 'shipment', id };
        },
      },
      notifications: {
        read: async (message) => readMessage(message),
        decode: (delivery, readOptions) => decode('notifications.decode', delivery, readOptions),
      },
      webhooks: {
        ...handling.webhooks,
        async verify(request) {
          const topic = request.headers.get('x-topic') ?? '';
          const verified = await verifyStandardWebhook(request, { secrets: toySecrets, clock: runtime.clock });
          if (!verified.ok) return verified;
          return { ok: true, delivery: { deliveryId: verified.id, topic, body: verified.text } };
        },
        decode: (delivery, readOptions) => decode('webhooks.decode', delivery, readOptions),
      },
    },
    traits: {
      ...officeTraits,
      'orders.pull': { cursor: 'opaque', maxPage: pageSize },
      'orders.create': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY },
      'orders.cancel': { mode: 'immediate' },
      'inventory.pull': { cursor: 'opaque' },
      'inventory.push': { compareAndSet: true, maxBatch },
      'prices.push': { maxBatch },
      'products.pull': { cursor: 'opaque', maxPage: pageSize },
      'customers.create': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY },
      'fulfillments.request': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY },
      'fulfillments.cancel': { mode: 'immediate' },
      'shipments.pull': { cursor: 'opaque', maxPage: pageSize },
      'shipments.confirm': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY },
      'webhooks.verify': { scheme: 'standard-webhooks', signsTime: true },
    },
    async check() {
      await read('check', 'ping', z.object({ ok: z.literal(true) }));
    },
    usage: client.usage,
  });
}

function orderOf(record: WireRecord, ref: Ref<'order'>): Order {
  return anOrder({
    ref,
    status: statuses.decode(record.status),
    placedAt: '2026-11-01T00:00:00.000Z',
    updatedAt: new Date(record.updatedAt).toISOString(),
  });
}

function levelOf({ id: sku, updatedAt, available }: WireLevel): StockLevel {
  if (available === null) {
    const message = `The stock of "${sku}" was not read: it has no figure. Count it.`;
    throw new CommerceError({ code: 'record.invalid', system, message });
  }
  return { sku, location, available, asOf: new Date(updatedAt).toISOString() };
}

const location = { system, kind: 'location', id: '1' } as const;
const bucket = { name: 'calls', cost: 1 } as const;
