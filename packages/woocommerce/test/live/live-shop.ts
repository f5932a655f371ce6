import { randomUUID } from 'node:crypto';
import type { Page, Ref, Since } from '@crossdock/core';
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
const line = z.object({ id: z.int(), quantity: z.number(), sku: z.string().nullable(), total: z.string() });
/** What the tests look at of an order, as the shop shows it. */
const orderSchema = z.object({
  id: z.int(),
  status: z.string(),
  transaction_id: z.string(),
  created_via: z.string(),
  date_modified_gmt: z.string(),
  total: z.string(),
  line_items: z.array(line),
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
    const sku = `${name}-${run}`;
    const body = { name: `Live ${name}`, sku, regular_price: price, manage_stock: true, stock_quantity: stock };
    return { sku, ...(await hand.write('POST', '/products?_fields=id', withId, body)) };
  }

  /** An order of two tees, as a buyer or a colleague would have it. */
  async function place(change: Readonly<Record<string, unknown>> = {}): Promise<number> {
    return (await hand.write('POST', '/orders?_fields=id', withId, draft(change))).id;
  }

  async function placeMany(count: number, change: Readonly<Record<string, unknown>> = {}): Promise<readonly number[]> {
    const ids: number[] = [];
    for (let left = count; left > 0; left -= perBatch) {
      const create = Array.from({ length: Math.min(left, perBatch) }, () => draft(change));
      const made = await hand.write('POST', '/orders/batch', z.object({ create: z.array(withId) }), { create });
      ids.push(...made.create.map(({ id }) => id));
    }
    return ids;
  }

  function draft(change: Readonly<Record<string, unknown>>) {
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
