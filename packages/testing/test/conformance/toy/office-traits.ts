import type { TraitCatalogue } from '@crossdock/core';
import { pageSize } from './platform.ts';
import { maxBatch } from './pushes.ts';

const pull = { cursor: 'opaque', maxPage: pageSize } as const;
const honoured = { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY } as const;

/** The traits of what an office does. */
export const officeTraits = {
  'orders.confirm': {},
  'prices.pull': pull,
  'products.push': { maxBatch },
  'categories.pull': pull,
  'customers.pull': pull,
  'fulfillments.pull': pull,
  'returns.pull': pull,
  'returns.create': honoured,
  'returns.confirm': honoured,
  'refunds.pull': pull,
  'refunds.create': honoured,
  'invoices.pull': pull,
  'invoices.create': honoured,
  'invoices.confirm': {},
  'payments.pull': pull,
  'payments.create': honoured,
  'purchases.pull': pull,
  'purchases.create': honoured,
  'purchases.cancel': { mode: 'immediate' },
  'receipts.pull': pull,
  'receipts.confirm': honoured,
  'orders.update': {},
  'fulfillments.hold': {},
  'fulfillments.release': {},
  'fulfillments.answer': {},
  'shipments.update': {},
  'shipments.report': {},
  'payments.capture': honoured,
  'webhooks.subscribe': {},
} as const satisfies Partial<TraitCatalogue>;
