import { beforeEach, expect, it } from 'vitest';
import { defineConnector, writeOperations, type Ref, type WriteOptions } from '@crossdock/core';

let sent: string[] = [];
beforeEach(() => {
  sent = [];
});

function sending<K extends Ref['kind']>(operation: string, kind: K) {
  return (...given: readonly unknown[]) => {
    sent.push(`${operation} ${JSON.stringify(given.at(-1))}`);
    return Promise.resolve({ system: 'erp', kind, id: '1', outcome: 'canceled' as const });
  };
}

const order: Ref<'order'> = { system: 'erp', kind: 'order', id: '1' };
const connector = defineConnector({
  platform: 'demo',
  apiVersion: '1',
  system: 'erp',
  ports: {
    orders: {
      create: sending('orders.create', 'order'),
      confirm: sending('orders.confirm', 'order'),
      cancel: sending('orders.cancel', 'order'),
      update: sending('orders.update', 'order'),
      get: () => Promise.resolve(undefined),
    },
    inventory: { push: () => Promise.resolve([]) },
    prices: { push: () => Promise.resolve([]) },
    products: { push: () => Promise.resolve([]) },
    customers: { create: sending('customers.create', 'customer') },
    fulfillments: {
      request: () => Promise.reject(new Error('not asked')),
      cancel: sending('fulfillments.cancel', 'fulfillment'),
      hold: sending('fulfillments.hold', 'fulfillment'),
      release: sending('fulfillments.release', 'fulfillment'),
      answer: sending('fulfillments.answer', 'fulfillment'),
    },
    shipments: {
      confirm: sending('shipments.confirm', 'shipment'),
      update: sending('shipments.update', 'shipment'),
      report: sending('shipments.report', 'shipment'),
    },
    returns: { create: sending('returns.create', 'return'), confirm: sending('returns.confirm', 'return') },
    refunds: { create: sending('refunds.create', 'refund') },
    invoices: { create: sending('invoices.create', 'invoice'), confirm: sending('invoices.confirm', 'invoice') },
    payments: { create: sending('payments.create', 'payment'), capture: sending('payments.capture', 'payment') },
    purchases: { create: sending('purchases.create', 'purchase'), cancel: sending('purchases.cancel', 'purchase') },
    receipts: { confirm: sending('receipts.confirm', 'receipt') },
    webhooks: { subscribe: () => Promise.reject(new Error('not asked')) },
  },
  traits: {
    'orders.create': { duplicateGuard: 'natural-key' },
    'orders.confirm': {},
    'orders.cancel': { mode: 'immediate' },
    'orders.update': {},
    'inventory.push': { compareAndSet: false, maxBatch: 1 },
    'prices.push': { maxBatch: 1 },
    'products.push': { maxBatch: 1 },
    'customers.create': { duplicateGuard: 'natural-key' },
    'fulfillments.request': { duplicateGuard: 'natural-key' },
    'fulfillments.cancel': { mode: 'immediate' },
    'fulfillments.hold': {},
    'fulfillments.release': {},
    'fulfillments.answer': {},
    'shipments.confirm': { duplicateGuard: 'natural-key' },
    'shipments.update': {},
    'shipments.report': {},
    'returns.create': { duplicateGuard: 'natural-key' },
    'returns.confirm': { duplicateGuard: 'natural-key' },
    'refunds.create': { duplicateGuard: 'natural-key' },
    'invoices.create': { duplicateGuard: 'natural-key' },
    'invoices.confirm': {},
    'payments.create': { duplicateGuard: 'natural-key' },
    'payments.capture': { duplicateGuard: 'natural-key' },
    'purchases.create': { duplicateGuard: 'natural-key' },
    'purchases.cancel': { mode: 'immediate' },
    'receipts.confirm': { duplicateGuard: 'natural-key' },
    'webhooks.subscribe': {},
  },
  check: () => Promise.resolve(),
  usage: () => [],
});

/** What stands between the record and the options, where something does. */
const between: Readonly<Record<string, readonly unknown[]>> = {
  'orders.cancel': ['customer'],
  'orders.update': [{}],
  'fulfillments.hold': [{}],
  'fulfillments.release': [{}],
  'fulfillments.answer': [{}],
  'shipments.update': [{}],
  'shipments.report': [{}],
};

/** Every write with its options last, as JavaScript may call it. */
function call(operation: string, ...options: readonly unknown[]): Promise<unknown> {
  const [port = '', method = ''] = operation.split('.');
  const before = [order, ...(between[operation] ?? [])];
  const write: unknown = Reflect.get(Reflect.get(connector, port) as object, method);
  if (typeof write !== 'function') throw new Error(`There is no "${operation}".`);
  return Reflect.apply(write, undefined, [...before, ...options]) as Promise<unknown>;
}

it.each(writeOperations)('does not send `%s` without a key that tells it from another write', async (operation) => {
  for (const [options, problem] of [
    [[], 'no idempotencyKey'],
    [[{}], 'no idempotencyKey'],
    [[{ idempotencyKey: '' }], 'a blank idempotencyKey'],
    [[{ idempotencyKey: ' \n' }], 'a blank idempotencyKey'],
    [[{ idempotencyKey: 5 }], 'an idempotencyKey that is a number'],
    [[{ idempotencyKey: 'x'.repeat(201) }], 'an idempotencyKey of 201 characters'],
  ] as const) {
    await expect(call(operation, ...options)).rejects.toMatchObject({
      code: 'options.invalid',
      operation,
      system: 'erp',
      message: expect.stringContaining(`\`${operation}\` was not sent to "erp": it was called with ${problem}. Pass `),
    });
  }
  expect(sent).toEqual([]);
});

it('sends a write with a good key, and asks no key of a read', async () => {
  const options: WriteOptions = { idempotencyKey: 'x'.repeat(200) };
  await connector.orders.cancel(order, 'customer', options);

  expect(sent).toEqual([`orders.cancel ${JSON.stringify(options)}`]);
  expect(await connector.orders.get()).toBeUndefined();
});
