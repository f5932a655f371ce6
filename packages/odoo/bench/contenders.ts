import { money, type CustomerDraft, type OrderDraft } from '@crossdock/core';
import OdooAwait from 'odoo-await';
import * as z from 'zod';
import { odooClientOf, odooImport, recordId, rowOf } from '../src/index.ts';
import { slowOdoo } from './slow-odoo.ts';

/** A server to measure on: a fake as slow as a real one, or the real one that the environment names. */
export interface Server {
  readonly url: string;
  readonly database: string;
  readonly login: string;
  readonly apiKey: string;
}

/** What one way of importing took. */
export interface Figure {
  readonly tripsPerOrder: number;
  readonly ordersPerSecond: number;
}

const skus = ['BENCH-1', 'BENCH-2', 'BENCH-3'] as const;

/**
 * Imports orders of new customers, three lines each, in three ways one after another on the same server: ours in batches,
 * odoo-await as its readme shows it, and a call for each record. On a real server, `ODOO_URL`, `ODOO_DATABASE`,
 * `ODOO_LOGIN` and `ODOO_API_KEY`, it leaves the orders behind.
 */
export async function measure() {
  const { ODOO_URL: url, ODOO_DATABASE: database, ODOO_LOGIN: login, ODOO_API_KEY: apiKey } = process.env;
  const real = url && database && login && apiKey ? { url, database, login, apiKey } : undefined;
  const fake = real ? undefined : await slowOdoo(skus);
  const server = real ?? fake?.server;
  if (!server) throw new Error('There is no server to measure on.');
  const counter = countingFetch();
  const run = Date.now().toString(36);
  const tripsOf = () => (fake ? fake.trips() : counter.trips());
  try {
    const ids = await productIds(server);
    const ours = await timed(100, tripsOf, (count) => importOurs(server, counter.fetch, run, count));
    const naive = await timed(10, tripsOf, (count) => importNaively(server, counter.fetch, run, count, ids));
    // odoo-await brings its own transport, whose calls only the fake can count; on a real server they are known.
    const awaited = await timed(20, tripsOf, (count) => importWithOdooAwait(server, run, count, ids));
    return { isReal: fake === undefined, ours, naive, awaited: fake ? awaited : { ...awaited, tripsPerOrder: 4 } };
  } finally {
    await fake?.close();
  }
}

async function timed(count: number, trips: () => number, work: (count: number) => Promise<void>): Promise<Figure> {
  const before = trips();
  const began = performance.now();
  await work(count);
  const seconds = (performance.now() - began) / 1000;
  return { tripsPerOrder: (trips() - before) / count, ordersPerSecond: count / seconds };
}

function countingFetch() {
  let trips = 0;
  const counted: typeof fetch = (input, init) => {
    trips++;
    return fetch(input, init);
  };
  return { fetch: counted, trips: () => trips };
}

async function productIds(server: Server): Promise<readonly number[]> {
  const client = odooClientOf(server);
  const row = rowOf(z.object({ id: recordId, default_code: z.string() }));
  const found = await client.searchRead('product.product', row, { domain: [['default_code', 'in', skus]] });
  const known = new Map(found.map((product) => [product.default_code, product.id]));
  const missing = skus.filter((sku) => !known.has(sku));
  const made =
    missing.length === 0
      ? []
      : await client.create(
          'product.product',
          missing.map((sku) => ({ name: sku, default_code: sku, list_price: 10 })),
        );
  for (const [index, sku] of missing.entries()) known.set(sku, made[index] ?? 0);
  return skus.map((sku) => known.get(sku) ?? 0);
}

async function importOurs(server: Server, fetch: typeof globalThis.fetch, run: string, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, number) => ({
    draft: aDraft(run, number),
    customer: aCustomer(run, number),
    idempotencyKey: `bench-${run}-${number}`,
  }));
  const outcomes = await odooImport({ ...server, fetch }).orders(items);
  for (const outcome of outcomes) if (!outcome.ok) throw outcome.error;
}

async function importNaively(
  server: Server,
  fetch: typeof globalThis.fetch,
  run: string,
  count: number,
  products: readonly number[],
): Promise<void> {
  const client = odooClientOf({ ...server, fetch });
  const row = rowOf(z.object({ id: recordId }));
  for (let number = 0; number < count; number++) {
    const email = `naive-${run}-${number}@example.com`;
    await client.searchRead('res.partner', row, { domain: [['email', '=', email]] });
    const [partner = 0] = await client.create('res.partner', [{ name: `Buyer ${number}`, email }]);
    await client.create('res.partner', [{ parent_id: partner, type: 'delivery', name: 'Depot', street: '1 Main St' }]);
    for (const sku of skus) await client.searchRead('product.product', row, { domain: [['default_code', '=', sku]] });
    const [order = 0] = await client.create('sale.order', [
      { partner_id: partner, client_order_ref: `N${run}-${number}` },
    ]);
    for (const product_id of products) {
      const line = { order_id: order, product_id, product_uom_qty: 1, price_unit: 10, discount: 0 };
      await client.create('sale.order.line', [line]);
    }
    await client.call('sale.order', 'action_confirm', { ids: [order], answer: z.unknown(), safety: 'once' });
    await client.read('sale.order', [order], row);
  }
}

async function importWithOdooAwait(server: Server, run: string, count: number, products: readonly number[]) {
  const { url: baseUrl, database: db, login: username, apiKey: password } = server;
  const odoo = new OdooAwait({ baseUrl, db, username, password });
  await odoo.connect();
  for (let number = 0; number < count; number++) {
    const email = `awaited-${run}-${number}@example.com`;
    const known = await odoo.searchRead('res.partner', [['email', '=', email]], ['id']);
    const partner =
      Array.isArray(known) && known.length > 0
        ? 0
        : await odoo.create('res.partner', { name: `Buyer ${number}`, email });
    const order = await odoo.create('sale.order', {
      partner_id: partner,
      client_order_ref: `A${run}-${number}`,
      order_line: products.map((product_id) => [0, 0, { product_id, product_uom_qty: 1, price_unit: 10, discount: 0 }]),
    });
    await odoo.action('sale.order', 'action_confirm', [order]);
  }
}

const usd = (amount: string) => money(amount, 'USD');

function aCustomer(run: string, number: number): CustomerDraft {
  return {
    name: `Buyer ${number}`,
    email: `ours-${run}-${number}@example.com`,
    billingAddress: { lines: ['1 Main St'], city: 'Boston', countryCode: 'US' },
    shippingAddresses: [],
  };
}

function aDraft(run: string, number: number): Omit<OrderDraft, 'customer'> {
  return {
    number: `B${run}-${number}`,
    source: { system: 'bench', kind: 'order', id: `${run}-${number}` },
    paymentStatus: 'paid',
    currency: 'USD',
    taxesIncluded: false,
    lines: skus.map((sku, index) => ({
      id: String(index),
      sku,
      title: sku,
      quantity: 1,
      unitPrice: usd('10'),
      total: usd('10'),
      discounts: [],
      taxes: [],
      requiresShipping: true,
    })),
    shippingLines: [],
    feeLines: [],
    discounts: [],
    totals: {
      goods: usd('30'),
      discount: usd('0'),
      shipping: usd('0'),
      fees: usd('0'),
      tax: usd('0'),
      total: usd('30'),
    },
    transactions: [],
    tags: [],
    placedAt: '2026-11-20T09:15:00Z',
  };
}
