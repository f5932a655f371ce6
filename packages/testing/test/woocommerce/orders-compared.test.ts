import type { Json } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { cart, openShop, type Answer } from './shop.ts';

const idsOf = ({ body }: Answer) => (body as readonly { readonly id: number }[]).map(({ id }) => id); // a list of orders
const mug = { sku: 'MUG', quantity: 1 };

describe('a search of orders', () => {
  it('looks at what goods, shipping, fees and tax rates are called', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder({
      ...cart(),
      shippingLines: [{ total: '1.00', title: 'By cart' }],
      feeLines: [{ name: 'Wrap', total: '1.00' }],
    });
    for (const word of ['mug', 'by cart', 'wrap', 'DE-MWST 19%-1']) {
      expect([word, idsOf(await call('GET', `orders?search=${encodeURIComponent(word)}`))]).toEqual([word, [id]]);
    }
  });

  it('is cleaned of what a transaction keeps', async () => {
    const { call } = openShop();
    const kept = ['A%20B', 'A  B', 'A\tB', 'A<B'];
    for (const reference of kept) {
      const { body } = await call('POST', 'orders', { transaction_id: reference });
      expect(body).toMatchObject({ transaction_id: reference });
      expect(idsOf(await call('GET', `orders?search=${encodeURIComponent(reference)}`))).toEqual([]);
    }
    await call('POST', 'orders', { transaction_id: 'A:B_1-2' });
    expect(idsOf(await call('GET', 'orders?search=a:b_1-2'))).toHaveLength(1);
  });

  it('does not look at transactions in a shop without order tables', async () => {
    const { state, call } = openShop();
    state.placeOrder({ ...cart(), transactionId: 'CH-1' });
    expect(idsOf(await call('GET', 'orders?search=CH-1'))).toHaveLength(1);
    state.settings.searchesTransactionIds = false;
    expect(idsOf(await call('GET', 'orders?search=CH-1'))).toEqual([]);
  });

  it('finds no transaction by more than the hundred characters that are kept of it', async () => {
    const { call } = openShop();
    const long = 'T'.repeat(101);
    const written = await call('POST', 'orders', { transaction_id: long, created_via: 'v'.repeat(101) });
    expect(written.body).toMatchObject({ transaction_id: long, created_via: 'v'.repeat(100) });
    expect(idsOf(await call('GET', `orders?search=${long}`))).toEqual([]);
    expect(idsOf(await call('GET', `orders?search=${'T'.repeat(100)}`))).toHaveLength(1);
  });

  it('takes the channel in upper or lower case, and as it was cleaned', async () => {
    const { call } = openShop();
    const { body } = await call('POST', 'orders', { created_via: ' Chan-A <i>' });
    expect(body).toMatchObject({ created_via: 'Chan-A' });
    expect(idsOf(await call('GET', 'orders?created_via=chan-a'))).toHaveLength(1);
  });

  it('is broken by a fraction of a second', async () => {
    const { state, call, clock } = openShop();
    const { id } = state.placeOrder(cart());
    await clock.advance(60_000);
    expect(idsOf(await call('GET', 'orders?modified_after=2026-11-23T12:00:30.999Z'))).toEqual([id]);
    expect(idsOf(await call('GET', 'orders?modified_after=2026-11-23T12:00:30Z'))).toEqual([]);
    expect(idsOf(await call('GET', 'orders?modified_before=2026-11-23T12:00:30.5Z'))).toEqual([]);
    expect(idsOf(await call('GET', 'orders?modified_before=2026-11-23T12:00:30Z'))).toEqual([id]);
    expect((await call('GET', 'orders?modified_after=2026-11-23')).status).toBe(400);
  });

  it('of any status leaves the trash out, whatever else is named', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder({ ...cart(), transactionId: 'CH-1' });
    state.trash(id);
    expect(idsOf(await call('GET', 'orders?status=any,trash'))).toEqual([]);
    expect(idsOf(await call('GET', 'orders?status='))).toEqual([]);
    expect(idsOf(await call('GET', 'orders?status=trash&search=CH-1'))).toEqual([id]);
  });
});

describe('fields of orders', () => {
  it('are shown by their names, below records by a point, and never below lists', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder(cart());
    expect((await call('GET', 'orders?_fields=id,billing.email,line_items.id')).body).toEqual([
      { id, billing: { email: 'anna@example.test' } },
    ]);
  });
});

describe('what an order refuses', () => {
  it.each<[string, Json, string]>([
    ['an e-mail address of nothing', { billing: { email: '' } }, 'billing: Invalid email address.'],
    ['null in an address', { billing: { company: null } }, 'billing: billing[company] is not of type string.'],
    [
      'half a piece',
      { line_items: [{ sku: 'MUG', quantity: 1.5 }] },
      'line_items: line_items[0][quantity] is not of type integer.',
    ],
  ])('%s', async (_name, body, message) => {
    const { state, call } = openShop();
    const answer = await call('POST', 'orders', body);
    const { params } = (answer.body as { readonly data: { readonly params: Readonly<Record<string, string>> } }).data; // a refusal of parameters
    expect(Object.entries(params).map(([name, text]) => `${name}: ${text}`)).toEqual([message]);
    expect(state.orders).toEqual([]);
  });

  it.each(['nope', 'standard'])('a class of tax that lines do not have: %s', async (taxClass) => {
    const { state, call } = openShop();
    const { status, body } = await call('POST', 'orders', { line_items: [{ ...mug, tax_class: taxClass }] });
    expect([status, body]).toMatchObject([400, { code: 'order_item_product_invalid_tax_class' }]);
    expect(state.orders).toEqual([]);
  });

  it('a body that is a text, with the end of PHP', async () => {
    const { call } = openShop();
    expect((await call('POST', 'orders', '"x"')).body).toMatchObject({ code: 'internal_server_error' });
  });
});

describe('a batch', () => {
  it('ends with PHP at one of its items, and keeps what it wrote before', async () => {
    const { state, call } = openShop();
    const create = [1, 0, 1].map((quantity) => ({ line_items: [{ sku: 'MUG', quantity }] }));
    expect((await call('POST', 'orders/batch', { create })).body).toMatchObject({ code: 'internal_server_error' });
    expect(state.orders).toHaveLength(1);
  });

  it('refuses at its item what a single write refuses before', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder({ ...cart(), status: 'pending' });
    const changes = [{ currency: 'XXX' }, { customer_id: 'abc' }, { status: 'zzz' }, { billing: { email: '' } }];
    const { body } = await call('POST', 'orders/batch', { update: changes.map((change) => ({ id, ...change })) });
    expect(body).toMatchObject({
      update: [
        { id, error: { code: 'order_invalid_currency' } },
        { id, error: { code: 'woocommerce_rest_invalid_customer_id' } },
        { id, status: 'pending' },
        { id, billing: { email: '' } },
      ],
    });
  });
});

describe('what an order costs', () => {
  const shipping = { shipping_lines: [{ method_id: 'flat_rate', total: '10.00' }] };

  it('has no tax on shipping without taxed goods', async () => {
    expect(await made(shipping)).toMatchObject({ shipping_tax: '0.00', tax_lines: [] });
    expect(await made({ ...shipping, line_items: [{ sku: 'GIFT', quantity: 1 }] })).toMatchObject({
      total_tax: '0.00',
    });
    expect(await made({ ...shipping, line_items: [mug] })).toMatchObject({ shipping_tax: '1.90' });
  });

  it('takes tax off with a fee below zero, whatever its status says', async () => {
    const fee_lines = [{ name: 'Off', total: '-1.00', tax_status: 'none' }];
    expect(await made({ line_items: [mug], fee_lines })).toMatchObject({ fee_lines: [{ total_tax: '-0.19' }] });
    const plain = [{ name: 'Wrap', total: '1.00', tax_status: 'none' }];
    expect(await made({ line_items: [mug], fee_lines: plain })).toMatchObject({ fee_lines: [{ total_tax: '0.00' }] });
  });

  it('is nothing for less than one piece, and a discount below zero where the total is above', async () => {
    expect(await made({ line_items: [{ sku: 'MUG', quantity: -1 }] })).toMatchObject({
      line_items: [{ total: '0.00' }],
    });
    const line = { sku: 'MUG', quantity: 1, subtotal: '3.00', total: '50.00' };
    expect(await made({ line_items: [line] })).toMatchObject({ discount_total: '-47.00' });
    const { subtotal: _, ...raised } = line;
    expect(await made({ line_items: [raised] })).toMatchObject({ discount_total: '0.00' });
  });

  it('is rounded once where the shop rounds at the end', async () => {
    const { state, call } = openShop();
    await call('PUT', 'settings/tax/woocommerce_tax_round_at_subtotal', { value: 'yes' });
    expect(state.settings.roundTaxAtSubtotal).toBe(true);
    state.addProduct({ sku: 'PEN', price: '9.99' });
    const { body } = await call('POST', 'orders?dp=6', {
      billing: { country: 'DE' },
      line_items: [
        { sku: 'PEN', quantity: 7 },
        { sku: 'PEN', quantity: 1 },
      ],
      shipping_lines: [{ method_id: 'flat_rate', total: '4.95' }],
    });
    expect(body).toMatchObject({ total: '101.000000', shipping_tax: '0.940500', cart_tax: '15.184800' });
  });
});

describe('what an order keeps', () => {
  it('stays as it cost when its line gets another product', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder(cart());
    const line = state.order(id)?.lines[0]?.id ?? 0;
    const { body } = await call('PUT', `orders/${id}`, {
      line_items: [{ id: line, product_id: state.product('TEE')?.id ?? 0 }],
    });
    expect(body).toMatchObject({ line_items: [{ name: 'Tee', total: '12.99' }] });
  });

  it('knows no product any more that was deleted for good', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder(cart());
    state.removeProduct('MUG', true);
    expect((await call('GET', `orders/${id}`)).body).toMatchObject({
      line_items: [{ name: 'Mug', product_id: 0, sku: null }],
    });
  });

  it('takes custom fields with names of the shop as the fields themselves', async () => {
    const { call } = openShop();
    const { body } = await call('POST', 'orders', {
      parent_id: 7,
      meta_data: [
        { key: '_transaction_id', value: 'T-1' },
        { key: '_billing_city', value: 'Berlin' },
        { key: '', value: '1' },
      ],
    });
    expect(body).toMatchObject({
      parent_id: 7,
      transaction_id: 'T-1',
      billing: { city: 'Berlin' },
      meta_data: [{ key: '', value: '1' }],
    });
  });
});

/** An order as a client of a shop with German tax makes it, which also sells a gift that is not taxed. */
async function made(body: object): Promise<Json> {
  const { state, call } = openShop();
  state.addProduct({ sku: 'GIFT', price: '10.00' });
  await call('PUT', `products/${state.product('GIFT')?.id}`, { tax_status: 'none' });
  return (await call('POST', 'orders', { billing: { country: 'DE' }, ...body })).body;
}
