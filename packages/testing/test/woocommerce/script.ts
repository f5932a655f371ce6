import type { Json } from '@crossdock/core';
import { wooKey, type fakeWooCommerce } from '@crossdock/testing';
import type { Recorded, replayer } from './replay.ts';

type Shop = ReturnType<typeof fakeWooCommerce>;
type Player = ReturnType<typeof replayer>;

/** What else happened on the recorded server before an exchange, as far as later answers show it. */
type Preparation = (shop: Shop, player: Player) => Promise<void>;

/** By the name of the exchange that comes next. */
const preparations: Readonly<Record<string, Preparation>> = {
  'customer-create': async (shop, player) => {
    await make(shop, player, 'user', 2, 'customers', { email: 'customer@example.test', username: 'customer' });
  },
  'order-put-lineitem-noid': async (shop, player) => {
    await make(shop, player, 'post', 39, 'orders', {
      billing: { first_name: 'A', city: 'X', country: 'DE' },
      meta_data: [{ key: 'a', value: '1' }],
      line_items: [
        { product_id: 11, quantity: 1 },
        { product_id: 12, quantity: 1 },
      ],
    });
    learnItems(shop, player, 39, [42, 43], 43);
  },
  'refund-api-refund-default': async (shop, player) => {
    await make(shop, player, 'post', 40, 'orders', paidOrder('r@example.test'));
    learnItems(shop, player, 40, [47]);
  },
  'refund-delete-noforce': async (shop, player) => {
    // Two refunds at the same time, each within what was left.
    const id = await make(shop, player, 'post', 49, 'orders', paidOrder('r2@example.test'));
    shop.state.refund(id, { amount: '40.00', reason: 'dup' });
    player.ids.set('post 51', shop.state.refund(id, { amount: '40.00', reason: 'dup' }).id);
    await send(shop, 'PUT', `orders/${id}`, { status: 'processing' });
  },
  'refund-unpaid': async (shop, player) => {
    await make(shop, player, 'post', 52, 'orders', { line_items: [{ product_id: 11, quantity: 1 }] });
  },
  'mod-after-gmt-eq': async (shop, player) => {
    await make(shop, player, 'post', 54, 'orders', {
      status: 'processing',
      line_items: [{ product_id: 11, quantity: 1 }],
    });
  },
  'context-edit': async (shop, player) => {
    await send(shop, 'PUT', `orders/${player.here('post', 54)}`, {});
    await send(shop, 'PUT', 'products/11', { meta_data: [{ key: 'erp_id', value: 'P-1001b' }] });
  },
  'webhook-reactivate': async (shop) => {
    await send(shop, 'PUT', 'webhooks/10', { delivery_url: 'http://127.0.0.1:8093/fail?code=500' });
  },
  'batch-mixed-error': async (shop) => {
    await send(shop, 'POST', 'orders', { status: 'processing', line_items: [{ product_id: 11, quantity: 53 }] });
    await send(shop, 'PUT', 'products/11', { stock_quantity: 80 });
  },
  'inventory-delta': async (shop) => {
    await send(shop, 'POST', 'products/batch', { create: perf(0, 97) });
    await send(shop, 'PUT', 'products/11', { stock_quantity: 100 });
    await send(shop, 'PUT', 'products/16/variations/17', { stock_quantity: 77 });
  },
  'order-checkout-draft': async (shop, player) => {
    const mark = 'CHX-1795439106217';
    await make(shop, player, 'post', 1602, 'orders', {
      billing: { company: `${mark}C`, country: 'DE', email: 'chx-1795439106217@example.test' },
      shipping: { company: `${mark}S`, address_2: `${mark}A` },
      payment_method_title: `${mark}P`,
      transaction_id: `${mark}T`,
      created_via: 'channel-shopify',
      customer_note: `${mark}N`,
      meta_data: [{ key: 'ext_ref', value: `${mark}M` }],
      line_items: [{ product_id: 11, quantity: 1, meta_data: [{ key: 'x', value: `${mark}L` }] }],
    });
  },
  'product-delete': async (shop, player) => {
    await make(shop, player, 'post', 1622, 'products', { name: 'todel', sku: 'DEL-1795439111341' });
  },
  'product-sku-empty-filter': async (shop) => {
    await send(shop, 'POST', 'products/batch', { create: perf(97, 100) });
    const others = shop.state.products.filter(({ status, type }) => status !== 'trash' && type !== 'variation').length;
    for (let count = others; count < 518; count++) shop.state.addProduct({ name: `Filler ${count}` });
  },
  'sku-reuse-after-trash': async (shop, player) => {
    const id = await make(shop, player, 'post', 1623, 'products', { name: 't1', sku: 'TRASH-1795439111498' });
    await send(shop, 'DELETE', `products/${id}`);
  },
  'customers-page-beyond': async (shop) => {
    for (let count = 2; count < 10; count++) await send(shop, 'POST', 'customers', { email: `c${count}@example.test` });
  },
  'refund-delete2': async (shop, player) => {
    const id = await make(shop, player, 'post', 1625, 'orders', { line_items: [{ product_id: 11, quantity: 1 }] });
    player.ids.set('post 1626', shop.state.refund(id, { amount: '1.00' }).id);
  },
  'order-tax-inclusive': async (shop) => {
    shop.state.settings.pricesIncludeTax = true;
  },
  'order-tax-round-subtotal': async (shop) => {
    shop.state.settings.pricesIncludeTax = false;
    shop.state.settings.roundTaxAtSubtotal = true;
  },
  'order-0-decimals': async (shop) => {
    shop.state.settings.roundTaxAtSubtotal = false;
    shop.state.settings.decimals = 0;
  },
  'order-zero-tax': async (shop) => {
    shop.state.settings.decimals = 2;
  },
};

function perf(from: number, to: number): readonly Json[] {
  return Array.from({ length: to - from }, (_, index) => ({
    name: `Perf ${from + index}`,
    sku: `PERF-${String(from + index).padStart(4, '0')}`,
    regular_price: '5.00',
  }));
}

/** Plays exchanges one after the other, each at its time and after what was done before it. */
export async function playAll(shop: Shop, player: Player, exchanges: readonly Recorded[]) {
  const differences = [];
  for (const recorded of exchanges) {
    await player.reach(recorded.at);
    await preparations[recorded.name]?.(shop, player);
    differences.push(...(await player.play(recorded)));
  }
  return differences;
}

function paidOrder(email: string): Json {
  return {
    status: 'processing',
    set_paid: true,
    payment_method: 'bacs',
    billing: { country: 'DE', email },
    shipping: { country: 'DE' },
    line_items: [{ product_id: 11, quantity: 3 }],
    shipping_lines: [{ method_id: 'flat_rate', total: '4.90' }],
  };
}

async function make(
  shop: Shop,
  player: Player,
  kind: string,
  recordedId: number,
  path: string,
  body: Json,
): Promise<number> {
  const { id } = (await send(shop, 'POST', path, body)) as { readonly id: number }; // every record has an id
  player.ids.set(`${kind} ${recordedId}`, id);
  return id;
}

function learnItems(shop: Shop, player: Player, recordedOrder: number, lines: readonly number[], meta?: number): void {
  const order = shop.state.order(player.here('post', recordedOrder));
  for (const [index, line] of lines.entries()) player.ids.set(`item ${line}`, order?.lines[index]?.id ?? 0);
  if (meta !== undefined) player.ids.set(`meta ${meta}`, order?.meta[0]?.id ?? 0);
}

async function send(shop: Shop, method: string, path: string, body?: Json): Promise<Json> {
  const response = await shop.fetch(`${shop.origin}/wp-json/wc/v3/${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${wooKey.key}:${wooKey.secret}`)}`,
      accept: 'application/json',
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Json; // the fake answers JSON
}
