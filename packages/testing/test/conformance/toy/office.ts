import {
  isCommerceError,
  toMinorUnits,
  type CancelOutcome,
  type EntityKind,
  type Money,
  type Page,
  type PortCatalogue,
  type ReadOptions,
  type Ref,
  type Since,
  type WriteOptions,
} from '@crossdock/core';
import { aCustomer, aFulfillmentOrder, aProduct, aVariant, money } from '@crossdock/testing';
import type * as z from 'zod';
import { unitPence } from './office-platform.ts';
import {
  categoryOf,
  invoiceOf,
  listedPriceOf,
  paymentOf,
  purchaseOf,
  receiptOf,
  refundOf,
  returnOf,
} from './office-records.ts';
import { productPush } from './pushes.ts';
import { cancelSchema, foundSchema, idSchema, offersSchema, readinessSchema, type WireRecord } from './wire.ts';

/** How the toy's connector speaks with its platform. */
export interface ToyClient {
  readonly read: <T>(operation: string, path: string, answer: z.ZodType<T>, options?: ReadOptions) => Promise<T>;
  readonly write: <T>(
    operation: string,
    path: string,
    json: unknown,
    answer: z.ZodType<T>,
    options: WriteOptions,
  ) => Promise<T>;
  readonly get: (operation: string, path: string, options?: ReadOptions) => Promise<WireRecord | undefined>;
  readonly pull: <T, K extends EntityKind>(
    operation: string,
    path: string,
    kind: K,
    make: (record: WireRecord, ref: Ref<K>) => T,
  ) => (since: Since, options?: ReadOptions) => AsyncGenerator<Page<T>>;
}

const system = 'toy';

/** The ports of what an office does with the toy platform. */
export function officePorts({ read, write, get, pull }: ToyClient) {
  /** Writes something, and names the record that answers for it. */
  async function made<const K extends EntityKind>(
    operation: string,
    [kind, path]: readonly [K, string],
    json: unknown,
    options: WriteOptions,
  ): Promise<Ref<K>> {
    const { id } = await write(operation, path, json, idSchema, options);
    return { system, kind, id };
  }

  async function found<T, K extends EntityKind>(
    operation: string,
    path: string,
    ref: Ref<K>,
    make: (record: WireRecord, ref: Ref<K>) => T,
    options?: ReadOptions,
  ): Promise<T | undefined> {
    const record = await get(operation, `${path}/${ref.id}`, options);
    return record && make(record, ref);
  }

  return {
    orders: {
      confirm: (ref: Ref<'order'>, options: WriteOptions) =>
        made('orders.confirm', ['order', `orders/${ref.id}/confirm`], {}, options),
    },
    products: {
      async get(keys, options) {
        if (keys.length === 0) return [];
        const search = new URLSearchParams();
        for (const { sku, barcode } of keys) search.append(sku === undefined ? 'barcode' : 'sku', sku ?? barcode);
        const { items } = await read('products.get', `products/find?${search}`, foundSchema, options);
        return items.map(({ id, title, sku, barcode }) =>
          aProduct({ ref: { system, kind: 'product', id }, title, variants: [aVariant({ sku, barcode })] }),
        );
      },
      push: productPush(write),
    } satisfies Partial<PortCatalogue['products']>,
    prices: {
      pull: pull('prices.pull', 'rules', 'price', listedPriceOf),
      async get(skus, options) {
        const search = new URLSearchParams(skus.map((sku) => ['sku', sku]));
        const { items } = await read('prices.get', `offers/now?${search}`, offersSchema, options);
        return items.map(({ sku, amount, from }) => ({ sku, amount: money(amount), minimumQuantity: from }));
      },
    } satisfies Partial<PortCatalogue['prices']>,
    categories: { pull: pull('categories.pull', 'categories', 'category', categoryOf) },
    customers: { pull: pull('customers.pull', 'customers', 'customer', (_record, ref) => aCustomer({ ref })) },
    fulfillments: {
      pull: pull('fulfillments.pull', 'fulfillments', 'fulfillment', (_record, ref) => aFulfillmentOrder({ ref })),
    },
    returns: {
      pull: pull('returns.pull', 'returns', 'return', returnOf),
      get: (ref, options) => found('returns.get', 'returns', ref, returnOf, options),
      create: (draft, options) =>
        made(
          'returns.create',
          ['return', 'returns'],
          { order: draft.order.id, number: draft.number, units: unitsOf(draft.lines) },
          options,
        ),
      confirm: (receipt, options) =>
        made(
          'returns.confirm',
          ['return', `returns/${receipt.return.id}/receive`],
          {
            lines: receipt.lines.map(({ sku, received, disposition }) => ({
              sku,
              units: received,
              restock: disposition === 'restock',
            })),
          },
          options,
        ),
    } satisfies PortCatalogue['returns'],
    refunds: {
      pull: pull('refunds.pull', 'refunds', 'refund', refundOf),
      create: ({ number, order, lines, total }, options) =>
        made(
          'refunds.create',
          ['refund', 'refunds'],
          {
            number,
            order: order.id,
            pence: penceOf(total),
            linePence: lines.reduce((sum, { amount, tax }) => sum + penceOf(amount) + penceOf(tax), 0),
          },
          options,
        ),
    } satisfies PortCatalogue['refunds'],
    invoices: {
      pull: pull('invoices.pull', 'invoices', 'invoice', invoiceOf),
      get: (ref, options) => found('invoices.get', 'invoices', ref, invoiceOf, options),
      async readiness(order, options) {
        try {
          const path = `readiness/${order.id}`;
          const { obstacles, units, invoices } = await read('invoices.readiness', path, readinessSchema, options);
          return {
            order,
            ready: obstacles.length === 0,
            obstacles,
            lines: units > 0 ? [{ orderLineId: '1', quantity: units }] : [],
            net: money(`${(units * unitPence) / 100}.00`),
            invoices: invoices.map((id) => ({ system, kind: 'invoice', id })),
          };
        } catch (error) {
          if (isCommerceError(error, 'record.missing')) return undefined;
          throw error;
        }
      },
      create: ({ order, expectedTotal }, options) =>
        made(
          'invoices.create',
          ['invoice', 'invoices'],
          { order: order.id, ...(expectedTotal && { expected: penceOf(expectedTotal) }) },
          options,
        ),
      confirm: (ref, options) => made('invoices.confirm', ['invoice', `invoices/${ref.id}/confirm`], {}, options),
    } satisfies PortCatalogue['invoices'],
    payments: {
      pull: pull('payments.pull', 'payments', 'payment', paymentOf),
      create: ({ invoice, amount, reference }, options) =>
        made(
          'payments.create',
          ['payment', 'payments'],
          { invoice: invoice.id, pence: penceOf(amount), reference },
          options,
        ),
    } satisfies Partial<PortCatalogue['payments']>,
    purchases: {
      pull: pull('purchases.pull', 'purchases', 'purchase', purchaseOf),
      get: (ref, options) => found('purchases.get', 'purchases', ref, purchaseOf, options),
      create: ({ number, lines }, options) =>
        made('purchases.create', ['purchase', 'purchases'], { number, units: unitsOf(lines) }, options),
      cancel: (ref, options): Promise<CancelOutcome> =>
        write('purchases.cancel', `purchases/${ref.id}/cancel`, {}, cancelSchema, options),
    } satisfies PortCatalogue['purchases'],
    receipts: {
      pull: pull('receipts.pull', 'receipts', 'receipt', receiptOf),
      confirm: ({ purchase, number, lines }, options) =>
        made(
          'receipts.confirm',
          ['receipt', 'receipts'],
          { purchase: purchase.id, number, units: lines.reduce((sum, { received }) => sum + received, 0) },
          options,
        ),
    } satisfies PortCatalogue['receipts'],
  };
}

function unitsOf(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

function penceOf(amount: Money): number {
  return Number(toMinorUnits(amount));
}
