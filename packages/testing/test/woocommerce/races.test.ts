import { describe, expect, it } from 'vitest';
import { cart, openShop } from './shop.ts';

const pending = (open: ReturnType<typeof openShop>, quantity = 4) =>
  open.state.placeOrder({ ...cart('MUG', quantity), status: 'pending' }).id;
const idOf = ({ state }: ReturnType<typeof openShop>, sku: string) => state.product(sku)?.id ?? 0;

describe('what happens between reading and writing', () => {
  it('takes the goods of an order twice when its status is set twice at once', async () => {
    const open = openShop();
    const id = pending(open);
    open.state.during('PUT /orders/{id}', () => open.state.setStatus(id, 'processing'));
    await open.call('PUT', `orders/${id}`, { status: 'processing' });
    expect(open.state.stockOf('MUG')).toBe(2);
    await open.call('PUT', `orders/${id}`, { status: 'processing' });
    expect(open.state.stockOf('MUG')).toBe(2);
  });

  it('refunds more than was paid', async () => {
    const open = openShop();
    const { id } = open.state.placeOrder(cart('MUG', 4));
    const refund = () => open.call('POST', `orders/${id}/refunds`, { amount: '40.00', api_refund: false });
    open.state.during('POST /orders/{id}/refunds', refund);
    expect((await refund()).status).toBe(201);
    expect(open.state.order(id)?.refunds).toHaveLength(2);
    expect((await refund()).body).toMatchObject({ code: 'woocommerce_rest_cannot_create_order_refund', data: 500 });
  });

  it('loses a sale beside a relative change of stock', async () => {
    const open = openShop();
    const path = `products/${idOf(open, 'MUG')}`;
    open.state.during('PUT /products/{id}', () => open.state.placeOrder(cart('MUG', 4)));
    await open.call('PUT', path, { inventory_delta: -3 });
    expect(open.state.stockOf('MUG')).toBe(7);
  });

  it('keeps a sale beside a write that says nothing of stock', async () => {
    const open = openShop();
    open.state.during('PUT /products/{id}', () => open.state.placeOrder(cart('MUG', 4)));
    await open.call('PUT', `products/${idOf(open, 'MUG')}`, { regular_price: '11.00' });
    expect(open.state.stockOf('MUG')).toBe(6);
  });

  it('keeps both of two writes of different fields', async () => {
    const open = openShop();
    const id = pending(open);
    open.state.during('PUT /orders/{id}', () => open.call('PUT', `orders/${id}`, { customer_note: 'ring twice' }));
    await open.call('PUT', `orders/${id}`, { transaction_id: 'T-1' });
    expect(open.state.order(id)).toMatchObject({ customerNote: 'ring twice', transactionId: 'T-1' });
  });

  it('makes two custom fields of one key, of which a later write keeps one', async () => {
    const open = openShop();
    const id = pending(open);
    const write = (value: string) => open.call('PUT', `orders/${id}`, { meta_data: [{ key: 'ref', value }] });
    open.state.during('PUT /orders/{id}', () => write('b'));
    await write('a');
    expect(open.state.order(id)?.meta.map(({ value }) => value)).toEqual(['b', 'a']);
    await write('c');
    expect(open.state.order(id)?.meta.map(({ value }) => value)).toEqual(['c']);
  });

  it('lets one of two make a product of an SKU, and tells the other no id', async () => {
    const open = openShop();
    const make = () => open.call('POST', 'products', { name: 'Hat', sku: 'HAT' });
    open.state.during('POST /products', make);
    const { status, body } = await make();
    expect([status, body]).toMatchObject([
      400,
      { code: 'woocommerce_rest_product_not_created', data: { status: 400 } },
    ]);
    expect(body).not.toHaveProperty('data.resource_id');
    expect((await make()).body).toMatchObject({
      code: 'product_invalid_sku',
      data: { resource_id: idOf(open, 'HAT') },
    });
  });

  it('lets one of two make an account of an e-mail address', async () => {
    const open = openShop();
    const make = () => open.call('POST', 'customers', { email: 'anna@example.test' });
    open.state.during('POST /customers', make);
    expect((await make()).body).toMatchObject({ code: 'existing_user_login' });
    expect((await make()).body).toMatchObject({ code: 'registration-error-email-exists' });
    expect(open.state.customers).toHaveLength(2);
  });

  it('loses one of two tracking numbers', async () => {
    const open = openShop({ shipmentTracking: true });
    const { id } = open.state.placeOrder(cart());
    const path = `../../wc-shipment-tracking/v3/orders/${id}/shipment-trackings`;
    const track = (number: string) => open.call('POST', path, { tracking_provider: 'UPS', tracking_number: number });
    open.state.during('POST /orders/{id}/shipment-trackings', () => track('1Z-A'));
    await track('1Z-B');
    expect(open.state.trackings(id).map(({ number }) => number)).toEqual(['1Z-B']);
  });

  it('answers with what another one set meanwhile', async () => {
    const open = openShop();
    const id = pending(open);
    open.state.during('PUT /orders/{id}', () => open.state.setStatus(id, 'cancelled'), 'before-answer');
    const { body } = await open.call('PUT', `orders/${id}`, { status: 'processing' });
    expect(body).toMatchObject({ status: 'cancelled' });
  });

  it('shows an order to nobody before it is written', async () => {
    const open = openShop();
    const seen: number[] = [];
    open.state.during('POST /orders', async () => {
      seen.push(JSON.parse((await open.call('GET', 'orders')).text).length);
    });
    await open.call('POST', 'orders', { line_items: [{ sku: 'MUG', quantity: 1 }] });
    expect([seen, open.state.orders.length]).toEqual([[0], 1]);
  });
});
