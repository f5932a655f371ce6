import { randomUUID } from 'node:crypto';
import { money, multiplyMoney, type OrderDraft, type Page, type Ref, type Since } from '@crossdock/core';
import { anOrderDraft } from '@crossdock/testing';
import * as z from 'zod';
import { woocommerce, type WooCommerceOptions } from '../../src/index.ts';
import { shipmentOf } from '../world.ts';
import { optionsOf, type Access } from './access.ts';
import { cleanUp } from './clean-up.ts';
import { losingFetch } from './lost-answers.ts';
import { shopHand, withId } from './shop-hand.ts';

export type LiveShop = Awaited<ReturnType<typeof aLiveShop>>;

const plenty = 100_000;
const price = '10.00';

const setting = z.object({ value: z.string() });
const lineSchema = z.object({ id: z.int(), quantity: z.number(), sku: z.string().nullable(), total: z.string() });
/** What the tests look at of an order, as the shop shows it. */
const orderSchema = z.object({
  id: z.int(),
  status: z.string(),
  transaction_id: z.string(),
  created_via: z.string(),
  customer_note: z.string(),
  date_modified_gmt: z.string(),
  total: z.string(),
  line_items: z.array(lineSchema),
  meta_data: z.array(z.object({ id: z.int(), key: z.string(), value: z.unknown() })),
  refunds: z.array(z.object({ id: z.int(), total: z.string() })),
});

/** Goods of this run alone in a real shop, and connectors to it. */
export async function aLiveShop(access: Access) {
  const run = `x${randomUUID().slice(0, 8)}`;
  const hand = shopHand(access);
  const losing = losingFetch();
  const { value: currency } = await hand.read('/settings/general/woocommerce_currency', setting);
  const tee = await addProduct('TEE', plenty);
  const cap = await addProduct('CAP', plenty);
  const options: WooCommerceOptions = { ...optionsOf(access), fetch: losing.fetch };
  /** Another process with the same options. */
  const connect = (change: Partial<WooCommerceOptions> = {}) => woocommerce({ ...options, ...change });
  /** A buyer by whom the run's orders are found again. */
  const address = {
    first_name: 'Jane',
    last_name: 'Roe',
    company: run,
    city: 'Berlin',
    postcode: '10115',
    country: 'DE',
  };
  const buyer = { billing: { ...address, email: `buyer.${run}@example.test` }, shipping: address };

  return {
    access,
    run,
    hand,
    currency,
    tee,
    cap,
    buyer,
    options,
    connect,
    shop: connect(),
    lose: losing.lose,
    lostAnswers: losing.count,
    addProduct,
    addProducts,
    anOrder,
    place,
    placeMany,
    order,
    stockOf,
    setStock,
    shipmentOf: (id: string, wanted: Readonly<Record<string, number>>) =>
      shipmentOf(`${run}-${id}`, [{ lines: wanted }]),
    /** Deletes everything that has the run's name, and prints what is left. */
    async leave(): Promise<void> {
      const left = await cleanUp(hand, run);
      console.info(`Run ${run} left in the shop: ${left.length === 0 ? 'nothing' : left.join('; ')}.`);
    },
  };

  /** A product that counts its stock, with the run's name in its SKU. */
  async function addProduct(name: string, stock: number) {
    const [product] = await addProducts([name], stock);
    if (!product) throw new Error(`The scene was not set: product "${name}" was not made.`);
    return product;
  }

  async function addProducts(names: readonly string[], stock: number) {
    // Without taxes, which are every shop's own.
    const create = names.map((name) => ({
      name: `Live ${name}`,
      sku: `${name}-${run}`,
      regular_price: price,
      tax_status: 'none',
      manage_stock: true,
      stock_quantity: stock,
    }));
    const made: { readonly id: number; readonly sku: string }[] = [];
    const answer = z.object({ create: z.array(z.object({ id: z.int(), sku: z.string() })) });
    for (let at = 0; at < create.length; at += perBatch) {
      const part = { create: create.slice(at, at + perBatch) };
      made.push(...(await hand.write('POST', '/products/batch', answer, part)).create);
    }
    return made;
  }

  /** The draft of another channel's order: two tees, or so many of a SKU. */
  function anOrder(
    id: string,
    wanted: { readonly sku: string; readonly quantity: number } = { sku: tee.sku, quantity: 2 },
  ) {
    const unitPrice = money(price, currency);
    const zero = money('0.00', currency);
    const total = multiplyMoney(unitPrice, wanted.quantity);
    const line = { ...wanted, id: 'line-1', title: wanted.sku, unitPrice, discounts: [], taxes: [], total };
    const home = {
      name: 'Jane Roe',
      company: run,
      lines: ['Elmstr. 12'],
      city: 'Berlin',
      postalCode: '10115',
      countryCode: 'DE',
    };
    const draft: OrderDraft = anOrderDraft({
      source: { system: 'channel', kind: 'order', id: `${run}-${id}` },
      number: `#${run}-${id}`,
      customer: refOf('customer', 0),
      buyer: { name: 'Jane Roe', email: buyer.billing.email },
      billingAddress: home,
      shippingAddress: home,
      currency,
      taxesIncluded: false,
      paymentStatus: 'paid',
      lines: [{ ...line, requiresShipping: true }],
      shippingLines: [],
      feeLines: [],
      discounts: [],
      transactions: [],
      totals: { goods: total, discount: zero, shipping: zero, fees: zero, tax: zero, total },
    });
    return draft;
  }

  /** An order of two tees, as a buyer or a colleague would have it. */
  async function place(change: Readonly<Record<string, unknown>> = {}): Promise<number> {
    return (await hand.write('POST', '/orders?_fields=id', withId, placing(change))).id;
  }

  async function placeMany(count: number, change: Readonly<Record<string, unknown>> = {}): Promise<readonly number[]> {
    const ids: number[] = [];
    for (let left = count; left > 0; left -= perBatch) {
      const create = Array.from({ length: Math.min(left, perBatch) }, () => placing(change));
      const made = await hand.write('POST', '/orders/batch', z.object({ create: z.array(withId) }), { create });
      ids.push(...made.create.map(({ id }) => id));
    }
    return ids;
  }

  function placing(change: Readonly<Record<string, unknown>>) {
    return { status: 'processing', ...buyer, line_items: [{ product_id: tee.id, quantity: 2 }], ...change };
  }

  function order(id: number) {
    return hand.read(`/orders/${id}`, orderSchema);
  }

  async function stockOf(product: { readonly id: number }): Promise<number | null> {
    const shown = z.object({ stock_quantity: z.number().nullable() });
    return (await hand.read(`/products/${product.id}?_fields=stock_quantity`, shown)).stock_quantity;
  }

  async function setStock(product: { readonly id: number }, stock_quantity: number): Promise<void> {
    await hand.write('PUT', `/products/${product.id}?_fields=id`, withId, { stock_quantity });
  }
}

const perBatch = 25;

export const refOf = <const K extends Ref['kind']>(kind: K, id: number | string): Ref<K> => ({
  system: 'woocommerce',
  kind,
  id: String(id),
});

/** Everything that a pull brings, and where the next one begins. */
export async function readPull<T>(pull: (since: Since) => AsyncIterable<Page<T>>, since: Since) {
  const items: T[] = [];
  let cursor: string | undefined;
  for await (const page of pull(since)) {
    items.push(...page.items);
    ({ cursor } = page);
  }
  return { items, cursor };
}
