import { SoldOut } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { cart, openShop } from './shop.ts';

const idOf = (state: ReturnType<typeof openShop>['state'], sku: string) => state.product(sku)?.id ?? 0;

/** What half a euro of shipping is taxed with. */
async function shippingTax(pricesIncludeTax: boolean): Promise<string> {
  const { state, call } = openShop({ pricesIncludeTax });
  const { id } = state.placeOrder({ ...cart(), shippingLines: [{ total: '0.50' }] });
  return ((await call('GET', `orders/${id}`)).body as { readonly shipping_tax: string }).shipping_tax; // as orders are
}

describe('the checkout', () => {
  it('takes what is bought from the stock, and turns away who wants more than is there', () => {
    const { state } = openShop();
    state.placeOrder(cart('TEE', 3));
    expect(state.stockOf('TEE')).toBe(2);
    expect(() =>
      state.placeOrder({
        lines: [
          { sku: 'MUG', quantity: 1 },
          { sku: 'TEE', quantity: 3 },
        ],
      }),
    ).toThrow(new SoldOut('TEE', 3, 2));
    expect([state.orders.length, state.stockOf('MUG'), state.stockOf('TEE')]).toEqual([1, 10, 2]);
  });

  it('sells what is not there where backorders are allowed', () => {
    const { state } = openShop();
    state.addProduct({ sku: 'HAT', price: '5.00', stock: 1, backorders: 'notify' });
    state.placeOrder(cart('HAT', 3));
    expect(state.stockOf('HAT')).toBe(-2);
    expect(state.product('HAT')?.stockStatus).toBe('onbackorder');
  });

  it('takes a variation from its own stock', () => {
    const { state } = openShop();
    const parent = state.addProduct({ sku: 'CAP', name: 'Cap', type: 'variable' });
    state.addVariation(parent.id, { sku: 'CAP-RED', price: '9.00', stock: 3, option: 'Red' });
    const { id } = state.placeOrder(cart('CAP-RED', 2));
    expect(state.stockOf('CAP-RED')).toBe(1);
    expect(state.order(id)?.lines[0]).toMatchObject({ name: 'Cap - Red', productId: parent.id });
  });

  it('takes lines as they are that no product stands behind, and prices as they are said', async () => {
    const { state, call } = openShop({ pricesIncludeTax: true });
    const { id, number } = state.placeOrder({
      number: 536365,
      billing: { country: 'DE' },
      lines: [{ sku: 'GONE', name: 'Gone', quantity: 2, unitPrice: '11.90' }],
      shippingLines: [{ total: '4.00' }],
    });
    expect([id, number]).toEqual([536365, '536365']);
    expect((await call('GET', `orders/${id}`)).body).toMatchObject({
      total: '28.56',
      line_items: [{ sku: 'GONE', product_id: 0, total: '20.00', total_tax: '3.80' }],
    });
    expect(() => state.placeOrder({ number: 536365, lines: [] })).toThrow(RangeError);
  });

  it('rounds half a cent of tax down where prices include tax, and up where they do not', async () => {
    expect([await shippingTax(true), await shippingTax(false)]).toEqual(['0.09', '0.10']);
  });

  it('taxes an order as it is told to', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder({ ...cart(), taxRate: '7' });
    expect((await call('GET', `orders/${id}`)).body).toMatchObject({ total: '13.90', total_tax: '0.91' });
  });
});

describe('what a status does to the stock', () => {
  it('gives goods back when an order is canceled, once', () => {
    const { state } = openShop();
    const { id } = state.placeOrder(cart('MUG', 4));
    state.setStatus(id, 'cancelled');
    state.setStatus(id, 'cancelled');
    expect(state.stockOf('MUG')).toBe(10);
    state.setStatus(id, 'completed');
    expect(state.stockOf('MUG')).toBe(6);
  });

  it('takes nothing for an order that waits for its payment', () => {
    const { state } = openShop();
    const { id } = state.placeOrder({ ...cart('MUG', 4), status: 'pending' });
    expect(state.stockOf('MUG')).toBe(10);
    state.setStatus(id, 'on-hold');
    expect(state.stockOf('MUG')).toBe(6);
  });

  it('books a refund of everything when it is set to refunded, and leaves the goods where they are', () => {
    const { state } = openShop();
    const { id } = state.placeOrder(cart('MUG', 4));
    state.setStatus(id, 'refunded');
    expect(state.order(id)?.refunds).toMatchObject([{ reason: 'Order fully refunded.', amount: 61_830_000n }]);
    expect(state.stockOf('MUG')).toBe(6);
  });

  it('keeps the stock of an order that is deleted for good', () => {
    const { state } = openShop();
    const { id } = state.placeOrder(cart('MUG', 4));
    state.forceDelete(id);
    expect(state.stockOf('MUG')).toBe(6);
  });

  it('takes the goods twice when two changes of the status overlap', async () => {
    const { state, clock, call } = openShop({ statusWorkMs: 100 });
    const { id } = state.placeOrder({ ...cart('MUG', 4), status: 'pending' });
    const both = [
      call('PUT', `orders/${id}`, { status: 'processing' }),
      call('PUT', `orders/${id}`, { status: 'processing' }),
    ];
    await clock.advance(200);
    await Promise.all(both);
    expect(state.stockOf('MUG')).toBe(2);
  });

  it('takes the goods once when one change comes after the other', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder({ ...cart('MUG', 4), status: 'pending' });
    await call('PUT', `orders/${id}`, { status: 'processing' });
    await call('PUT', `orders/${id}`, { status: 'processing' });
    expect(state.stockOf('MUG')).toBe(6);
  });

  it('shows words of plugins as statuses', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder(cart());
    state.setStatus(id, 'picking');
    expect((await call('GET', `orders/${id}`)).body).toMatchObject({ status: 'picking' });
    expect((await call('GET', 'orders')).body).toMatchObject([{ id }]);
  });
});

describe('what clients get wrong', () => {
  it('makes 1,50 a hundred and fifty', async () => {
    const { state, call } = openShop();
    await call('PUT', `products/${idOf(state, 'MUG')}`, { regular_price: '1,50' });
    expect(state.product('MUG')?.regularPrice).toBe('150');
    await call('PUT', `products/${idOf(state, 'MUG')}`, { regular_price: 'abc' });
    expect(state.product('MUG')?.regularPrice).toBe('');
  });

  it('adds a line every time when it is sent without its id', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder(cart());
    const line = { line_items: [{ product_id: idOf(state, 'TEE'), quantity: 1 }] };
    await call('PUT', `orders/${id}`, line);
    await call('PUT', `orders/${id}`, line);
    expect(state.order(id)?.lines).toHaveLength(3);
    expect(state.stockOf('TEE')).toBe(3);
  });

  it('makes two orders of one request that is sent twice', async () => {
    const { state, call } = openShop();
    const draft = { transaction_id: 'CH-1', line_items: [{ sku: 'MUG', quantity: 1 }] };
    await call('POST', 'orders', draft, { 'idempotency-key': 'k1' });
    await call('POST', 'orders', draft, { 'idempotency-key': 'k1' });
    expect(state.orders).toHaveLength(2);
  });

  it('does not check the items of a batch', async () => {
    const { state, call } = openShop();
    const { body } = await call('POST', 'products/batch', {
      update: [
        { id: idOf(state, 'MUG'), regular_price: 12, stock_quantity: 3 },
        { id: 999, stock_quantity: 1 },
      ],
    });
    expect(body).toMatchObject({ update: [{ regular_price: '12' }, { id: 999, error: { data: { status: 400 } } }] });
    expect(state.stockOf('MUG')).toBe(3);
  });

  it('writes stock as it is told, over a sale that came between reading and writing', async () => {
    const { state, call } = openShop();
    state.placeOrder(cart('MUG', 5));
    await call('PUT', `products/${idOf(state, 'MUG')}`, { stock_quantity: 9 });
    expect(state.stockOf('MUG')).toBe(9);
  });

  it('refunds more than was paid when two refunds overlap', async () => {
    const { state, clock, call } = openShop({ statusWorkMs: 100 });
    const { id } = state.placeOrder(cart('MUG', 4));
    const refund = () => call('POST', `orders/${id}/refunds`, { amount: '40.00', api_refund: false });
    const both = [refund(), refund()];
    await clock.advance(200);
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([201, 201]);
  });
});
