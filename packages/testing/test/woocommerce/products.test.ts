import type { Json } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { cart, openShop, type Answer } from './shop.ts';

const skusOf = ({ body }: Answer) => (body as readonly { readonly sku: string }[]).map(({ sku }) => sku); // a list of products
const day = 24 * 60 * 60 * 1000;

describe('products by SKU', () => {
  it('are looked for by the text between commas, and by the whole of it', async () => {
    const { state, call } = openShop();
    for (const sku of ['TEE RED', 'RED', 'A,B', 'A']) state.addProduct({ sku });
    const find = async (sku: string) =>
      skusOf(await call('GET', `products?orderby=id&order=asc&sku=${encodeURIComponent(sku)}`));
    expect(await find('TEE RED')).toEqual(['TEE RED']);
    expect(await find('A,B')).toEqual(['A,B', 'A']);
    expect(await find('MUG,RED')).toEqual(['MUG', 'RED']);
  });

  it('lose what looks like a tag, and white space at the ends', async () => {
    const { state, call } = openShop();
    state.addProduct({ sku: 'A2' });
    const find = async (sku: string) => skusOf(await call('GET', `products?sku=${encodeURIComponent(sku)}`));
    expect(await find('A<1,MUG>2')).toEqual(['A2']);
    expect(await find(' MUG ')).toEqual(['MUG']);
  });
});

const put = (call: ReturnType<typeof openShop>['call'], id: number, body: Json) => call('PUT', `products/${id}`, body);
/** One product of a shop whose clock stands still. */
const oneProduct = () => {
  const { state, call, clock } = openShop();
  const id = state.product('MUG')?.id ?? 0;
  const price = async () => {
    const { body } = await call('GET', `products/${id}`);
    const shown = body as { readonly price: string; readonly on_sale: boolean }; // a product
    return [shown.price, shown.on_sale];
  };
  const paid = () => state.order(state.placeOrder(cart()).id)?.lines[0]?.subtotal;
  return { call, clock, id, price, paid };
};

describe('a reduced price with a time', () => {
  it('is kept, shown in both clocks, and asked while its time is', async () => {
    const { call, clock, id, price, paid } = oneProduct();
    const { body } = await put(call, id, {
      sale_price: '8.00',
      date_on_sale_from_gmt: '2026-11-24T12:00:00',
      date_on_sale_to_gmt: '2026-11-25T12:00:00',
    });
    expect(body).toMatchObject({
      sale_price: '8.00',
      date_on_sale_from: '2026-11-24T13:00:00',
      date_on_sale_from_gmt: '2026-11-24T12:00:00',
      date_on_sale_to: '2026-11-25T13:00:00',
      date_on_sale_to_gmt: '2026-11-25T12:00:00',
    });
    expect([await price(), paid()]).toEqual([['12.99', false], 12_990_000n]);
    await clock.advance(day);
    expect([await price(), paid()]).toEqual([['8.00', true], 8_000_000n]);
    await clock.advance(day + 1000);
    expect([await price(), paid()]).toEqual([['12.99', false], 12_990_000n]);
  });

  it('loses its time to an empty text, and keeps it for null', async () => {
    const { call, id } = oneProduct();
    await put(call, id, { sale_price: '8.00', date_on_sale_to: '2026-11-25T13:00:00' });
    expect((await put(call, id, { date_on_sale_to_gmt: null })).body).toMatchObject({
      date_on_sale_to_gmt: '2026-11-25T12:00:00',
    });
    expect((await put(call, id, { date_on_sale_to_gmt: '' })).body).toMatchObject({ date_on_sale_to_gmt: null });
  });
});
