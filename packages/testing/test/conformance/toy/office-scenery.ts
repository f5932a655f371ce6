import { fromMinorUnits, type ProductDraft, type Ref } from '@crossdock/core';
import { money } from '@crossdock/testing';
import { productBy, unitPence } from './office-platform.ts';
import { unitsOrdered } from './platform.ts';
import type { Toy, ToyState } from './state.ts';
import { ids, pulled, refOf, type ToySuite } from './scenes.ts';

type Scenery = ToySuite['scenery'];
type OfficeOperation = Extract<
  Exclude<keyof Scenery, 'payments.capture'>,
  | 'orders.confirm'
  | `products.${'get' | 'push'}`
  | `categories.${string}`
  | `prices.${'pull' | 'get'}`
  | 'customers.pull'
  | 'fulfillments.pull'
  | `${'returns' | 'refunds' | 'invoices' | 'payments' | 'purchases' | 'receipts'}.${string}`
>;

export const officeScenery: Pick<Scenery, OfficeOperation> = {
  'orders.confirm': {
    waiting: ({ state }) => ({
      order: refOf('order', state.add('orders', 'draft', { counts: { ordered: unitsOrdered } }).id),
      units: unitsOrdered,
    }),
    reserved: ({ state }, { id }) => record(state, 'orders', id).counts['reserved'] ?? 0,
  },
  'products.get': {
    seed: ({ state }, variant) => refOf('product', state.add('products', 'open', { ...variant, title: 'Mug' }).id),
  },
  'products.push': {
    known({ state }, number) {
      state.add('products', 'open', { sku: `PUSH-${number}`, title: 'Old', description: 'As it was.' });
      return productDraft(`PUSH-${number}`);
    },
    fresh: (_platform, number) => productDraft(`NEW-${number}`),
    created: (platform) => ids(platform, 'products'),
    shown({ state }, sku) {
      const product = productBy(state, sku);
      if (!product) return undefined;
      const { title = '', description = '', counts } = product;
      return { title, description, version: `${counts['writes'] ?? 0} writes` };
    },
  },
  'categories.pull': pulled('category', 'categories'),
  'prices.pull': pulled('price', 'rules'),
  'prices.get': {
    priced: ({ state }, number) => offer(state, `SKU-${number}`, '10.00', 1),
    another: ({ state }, { sku }) => offer(state, sku, '9.00', 10),
    notNow: ({ state }, { sku }) => offer(state, sku, '8.00', 1, false),
    unknownSku: () => 'NOBODY-KNOWS-THIS',
  },
  'customers.pull': pulled('customer', 'customers'),
  'fulfillments.pull': pulled('fulfillment', 'fulfillments'),
  'returns.pull': pulled('return', 'returns'),
  'returns.get': { unknown: () => refOf('return', '999999') },
  'returns.create': {
    draft: ({ state }, number) => ({
      number: `R-${number}`,
      order: shipped(state),
      lines: [{ id: '1', sku: 'TEE', quantity: unitsOrdered }],
    }),
    created: (platform) => ids(platform, 'returns'),
  },
  'returns.confirm': {
    ready: ({ state }) => ({
      ref: refOf('return', state.add('returns', 'open', { counts: { expected: unitsOrdered } }).id),
      lines: [{ sku: 'TEE', quantity: unitsOrdered }],
    }),
    received: ({ state }, { id }) => record(state, 'returns', id).counts['received'] ?? 0,
    forSale: ({ state }, sku) => state.stock.get(sku) ?? 0,
  },
  'refunds.pull': pulled('refund', 'refunds'),
  'refunds.create': {
    draft: ({ state }, number) => ({
      number: `REFUND-${number}`,
      order: shipped(state),
      lines: [{ orderLineId: '1', quantity: 1, amount: money('10.00'), tax: money('2.00'), restocked: false }],
      total: money('12.00'),
      refundedAt: '2026-11-20T09:30:00.000Z',
    }),
    created: (platform) => ids(platform, 'refunds'),
  },
  'invoices.pull': pulled('invoice', 'invoices'),
  'invoices.get': { unknown: () => refOf('invoice', '999999') },
  'invoices.readiness': {
    unknown: () => refOf('order', '999999'),
    at({ state }, stage) {
      if (stage === 'shipped') return shipped(state);
      const isStage = stage === 'draft' || stage === 'canceled';
      const order = state.add('orders', isStage ? stage : 'open');
      if (stage !== 'billed') return refOf('order', order.id);
      order.shipped = unitsOrdered;
      order.counts['billed'] = unitsOrdered;
      state.add('invoices', 'draft', { of: order.id });
      return refOf('order', order.id);
    },
  },
  'invoices.create': {
    draft: ({ state }) => ({ order: shipped(state) }),
    created: (platform) => ids(platform, 'invoices'),
    total: () => fromMinorUnits(BigInt(unitsOrdered * unitPence), 'GBP'),
    isDraft: ({ state }, id) => record(state, 'invoices', id).status === 'draft',
  },
  'invoices.confirm': {
    waiting: ({ state }) => refOf('invoice', state.add('invoices', 'draft', { counts: { due: unitPence } }).id),
    number({ state }, { id }) {
      const bill = record(state, 'invoices', id);
      return bill.status === 'final' ? `INV-${id}` : undefined;
    },
  },
  'payments.pull': pulled('payment', 'payments'),
  'payments.create': {
    draft({ state }, number) {
      const bill = state.add('invoices', 'final', { counts: { due: unitPence } });
      return {
        invoice: refOf('invoice', bill.id),
        amount: fromMinorUnits(BigInt(unitPence), 'GBP'),
        gateway: 'card',
        reference: `TX-${number}`,
        paidOn: '2026-11-20',
      };
    },
    created: (platform) => ids(platform, 'payments'),
    due: ({ state }, { id }) => fromMinorUnits(BigInt(record(state, 'invoices', id).counts['due'] ?? 0), 'GBP'),
  },
  'purchases.pull': pulled('purchase', 'purchases'),
  'purchases.get': { unknown: () => refOf('purchase', '999999') },
  'purchases.create': {
    draft: (_platform, number) => ({
      number: `P-${number}`,
      supplier: refOf('customer', '1'),
      lines: [{ id: '1', sku: 'TEE', quantity: 5, unitPrice: money('4.00') }],
    }),
    created: (platform) => ids(platform, 'purchases'),
    expected: ({ state }, id) => record(state, 'purchases', id).counts['expected'] ?? 0,
  },
  'purchases.cancel': {
    open: ({ state }) => refOf('purchase', state.add('purchases').id),
    late: ({ state }) => refOf('purchase', state.add('purchases', 'arrived').id),
    isCanceled: ({ state }, { id }) => record(state, 'purchases', id).status === 'canceled',
  },
  'receipts.pull': pulled('receipt', 'receipts'),
  'receipts.confirm': {
    ready: ({ state }) => ({
      ref: refOf('purchase', state.add('purchases', 'open', { counts: { expected: unitsOrdered } }).id),
      lines: [{ sku: 'TEE', quantity: unitsOrdered }],
    }),
    received: ({ state }, { id }) => record(state, 'purchases', id).counts['received'] ?? 0,
  },
};

function record({ tables }: ToyState, kind: string, id: string): Toy {
  const found = tables[kind]?.get(id);
  if (!found) throw new Error(`There is nothing under "${kind}/${id}".`);
  return found;
}

function shipped(state: ToyState): Ref<'order'> {
  const order = state.add('orders', 'shipped');
  order.shipped = unitsOrdered;
  return refOf('order', order.id);
}

function offer({ offers }: ToyState, sku: string, amount: string, from: number, isNow = true) {
  offers.push({ sku, amount, from, isNow });
  return { sku, amount: money(amount), minimumQuantity: from };
}

function productDraft(sku: string): ProductDraft {
  return {
    title: `Product ${sku}`,
    description: `What ${sku} is.`,
    status: 'active',
    categories: [],
    variants: [{ sku, options: [], stocked: true, tracking: 'none' }],
  };
}
