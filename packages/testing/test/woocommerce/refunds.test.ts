import { describe, expect, it } from 'vitest';
import { cart, openShop } from './shop.ts';

/** A paid order of two mugs with shipping and a fee, and who refunds it. */
function paid(paymentMethod = 'bacs') {
  const shop = openShop();
  const { id } = shop.state.placeOrder({
    ...cart('MUG', 2),
    paymentMethod,
    shippingLines: [{ total: '5.00' }],
    feeLines: [{ name: 'Wrap', total: '1.00' }],
  });
  const order = shop.state.order(id);
  const lines = {
    mug: order?.lines[0]?.id ?? 0,
    shipping: order?.shippingLines[0]?.id ?? 0,
    fee: order?.feeLines[0]?.id ?? 0,
  };
  const refund = (body: object) => shop.call('POST', `orders/${id}/refunds`, { api_refund: false, ...body });
  const shown = async () => (await shop.call('GET', `orders/${id}`)).body;
  return { ...shop, id, lines, refund, shown };
}

describe('a refund', () => {
  it('is of goods, shipping and fees by their ids, and keeps what is written on it', async () => {
    const { refund, lines, state, id } = paid();
    const { status, body } = await refund({
      line_items: [
        { id: lines.mug, quantity: 1, refund_total: 12.99, refund_tax: [{ id: 1, refund_total: 2.47 }] },
        { id: lines.shipping, refund_total: 5, refund_tax: [{ id: 1, refund_total: 0.95 }] },
        { id: lines.fee, refund_total: 1 },
      ],
      meta_data: [{ key: '_ref', value: 'R-1' }],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      amount: '22.41',
      refunded_payment: false,
      meta_data: [{ key: '_ref', value: 'R-1' }],
      line_items: [{ quantity: -1, total: '-12.99', meta_data: [{ value: String(lines.mug) }] }],
      shipping_lines: [{ total: '-5.00', total_tax: '-0.95', meta_data: [{ value: String(lines.shipping) }] }],
      fee_lines: [{ name: 'Wrap', total: '-1.00' }],
      tax_lines: [{ tax_total: '-2.47', shipping_tax_total: '-0.95' }],
    });
    expect(state.stockOf('MUG')).toBe(9);
    expect(state.notes(id).at(-1)?.note).toBe(`Item #${state.product('MUG')?.id} stock increased from 8 to 9.`);
  });

  it('is refused as a number where it is no amount', async () => {
    const { refund, state, id } = paid();
    const code = 'woocommerce_rest_cannot_create_order_refund';
    for (const amount of ['abc', 'NaN', '999.00']) {
      expect((await refund({ amount })).body).toEqual({ code, message: 'Invalid refund amount.', data: 500 });
    }
    const negative = await refund({ amount: '-1.00' });
    expect([negative.status, negative.body]).toMatchObject([500, { data: 400 }]);
    expect(state.order(id)?.refunds).toEqual([]);
  });

  it('of nothing shows no amount, and a bare minus in its order', async () => {
    const { refund, shown } = paid();
    expect((await refund({})).body).toMatchObject({ amount: '' });
    expect(await shown()).toMatchObject({ refunds: [{ total: '-' }] });
  });

  it('of no order has none to list', async () => {
    const { call } = openShop();
    const list = await call('GET', 'orders/999/refunds');
    expect([list.status, list.body, list.headers.get('x-wp-total')]).toEqual([200, [], '0']);
    const made = await call('POST', 'orders/999/refunds', { amount: '1.00' });
    expect([made.status, made.body]).toMatchObject([500, { code: 'woocommerce_rest_invalid_order_id', data: 404 }]);
  });

  it('asks the gateway unless it is told not to, which pays back only where it can', async () => {
    const { refund, state, id } = paid('stripe');
    const asking = { amount: '1.00', api_refund: undefined };
    expect((await refund(asking)).body).toMatchObject({ data: 500 });
    state.settings.gateways = [{ id: 'stripe', title: 'Stripe', enabled: true, refunds: 'yes' }];
    expect((await refund(asking)).body).toMatchObject({ refunded_payment: true });
    state.settings.gateways = [{ id: 'stripe', title: 'Stripe', enabled: true, refunds: 'declines' }];
    expect((await refund(asking)).status).toBe(500);
    expect(state.order(id)?.refunds).toHaveLength(1);
  });

  it('brings back more than was ordered when it says so', async () => {
    const { refund, lines, state } = paid();
    await refund({ line_items: [{ id: lines.mug, quantity: 5, refund_total: 0 }] });
    expect(state.stockOf('MUG')).toBe(13);
    await refund({ api_restock: false, line_items: [{ id: lines.mug, quantity: 5, refund_total: 0 }] });
    expect(state.stockOf('MUG')).toBe(13);
  });
});
