import { checkTotals, isCommerceError, type Order } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { toOrder } from '../src/order-record.ts';
import { parseOrder } from '../src/order-read.ts';
import { refundSchema } from '../src/wire/order.ts';
import { sampleOrders, sampleRefunds } from './samples.ts';
import { scriptedShop } from './shop.ts';
import { pullAll } from './world.ts';
import * as z from 'zod';

const reading = { system: 'woocommerce', statuses: {}, accountNumberMeta: undefined };

function orderOf(name: string, change: Record<string, unknown> = {}, refunds: readonly unknown[] = []): Order {
  const wire = parseOrder({ ...sampleOrders.get(name), ...change }, 'woocommerce', 'orders.get');
  return toOrder(wire, z.array(refundSchema).parse(refunds), reading);
}

describe('an order that WooCommerce recorded', () => {
  // Both are looked at below.
  const odd = new Set(['order-tax-round-subtotal', 'order-0-decimals']);
  it.each([...sampleOrders.keys()].filter((name) => !odd.has(name)))('"%s" adds up to the cent', (name) => {
    expect(checkTotals(orderOf(name))).toEqual([]);
  });

  it('of a shop that keeps no cents adds up, though no tax is its rate', () => {
    expect(checkTotals(orderOf('order-0-decimals'), { rates: 'ignore' })).toEqual([]);
  });

  it('says who bought, what, and where it goes', () => {
    const order = orderOf('order-create-paid');
    expect(order).toMatchObject({
      ref: { system: 'woocommerce', kind: 'order', id: '20' },
      number: '20',
      status: 'confirmed',
      paymentStatus: 'paid',
      wireStatus: { status: 'processing' },
      currency: 'EUR',
      taxesIncluded: false,
      buyer: { ref: { kind: 'customer', id: '4' }, name: 'Anna Berg', email: 'anna@example.test' },
      shippingAddress: {
        name: 'Anna Berg',
        lines: ['Hauptstr. 5'],
        city: 'Berlin',
        postalCode: '10115',
        countryCode: 'DE',
      },
      totals: {
        total: { amount: '110.15' },
        tax: { amount: '16.83' },
        shipping: { amount: '4.90' },
        fees: { amount: '2.00' },
      },
      placedAt: '2026-11-23T12:36:43Z',
      attributes: { ext_ref: 'CH-1' },
    });
    expect(order.lines[0]).toMatchObject({
      sku: 'MUG-1',
      variant: { id: '11' },
      quantity: 3,
      unitPrice: { amount: '12.99' },
      total: { amount: '38.97' },
      taxes: [{ title: 'MwSt 19%', rate: '0.19', amount: { amount: '7.40' }, owedBy: 'seller' }],
      requiresShipping: true,
    });
    expect(orderOf('order-variation-sku').lines[0]).toMatchObject({ sku: 'TS-S-RED', variant: { id: '17' } });
    expect(order.transactions).toEqual([
      {
        id: 'txn-1',
        kind: 'sale',
        status: 'succeeded',
        gateway: 'bacs',
        amount: { amount: '110.15', currency: 'EUR' },
        processedAt: '2026-11-23T12:36:43Z',
      },
    ]);
  });

  it('with a coupon has the share of each line, and what it cost before', () => {
    const order = orderOf('order-coupon');
    expect(order.lines[0]).toMatchObject({
      unitPrice: { amount: '12.99' },
      total: { amount: '35.07' },
      discounts: [{ kind: 'code', code: 'ten', amount: { amount: '3.90' } }],
    });
    expect(order.discounts).toMatchObject([{ kind: 'code', code: 'ten', amount: { amount: '3.90' } }]);
  });

  it('with prices that include tax has them without', () => {
    const [mugs] = orderOf('order-tax-inclusive').lines;
    expect(mugs?.total).toEqual({ amount: '32.75', currency: 'EUR' });
  });

  it('of a compound tax keeps both rates', () => {
    expect(orderOf('order-us-compound').lines[0]?.taxes).toMatchObject([{ rate: '0.0725' }, { rate: '0.015' }]);
  });

  it('in yen keeps the cents that the shop wrote', () => {
    expect(orderOf('order-jpy').totals.total).toEqual({ amount: '15.46', currency: 'JPY' });
  });

  it('of a product that is gone is kept without a SKU', () => {
    const [line] = orderOf('order-unknown-product').lines;
    expect(line).not.toHaveProperty('sku');
    expect(line).not.toHaveProperty('variant');
  });

  it('keeps what a buyer wrote as it was written', () => {
    expect(orderOf('order-html-emoji').note).toContain('😀');
  });
});

const tax = (total: string, id = 1) => ({ id, total });

/** Lines of a recorded order with other values in them. */
function changed(name: string, field: string, changes: readonly object[]): readonly object[] {
  const lines = z.array(z.looseObject({})).parse(sampleOrders.get(name)?.[field]);
  return lines.map((line, index) => ({ ...line, ...changes[index] }));
}

describe('a shop that rounds tax at the subtotal', () => {
  const sample = 'order-tax-round-subtotal';

  it('adds up when it is read with all digits', () => {
    const order = orderOf(sample, {
      line_items: changed(sample, 'line_items', [
        { total: '38.970000', subtotal: '38.970000', taxes: [tax('7.404300')] },
        { total: '7.450000', subtotal: '7.450000', taxes: [tax('0.521500', 2)] },
      ]),
      shipping_lines: changed(sample, 'shipping_lines', [{ taxes: [tax('0.931000')] }]),
    });
    expect(order.totals.tax.amount).toBe('8.86');
    expect(checkTotals(order)).toEqual([]);
  });

  it('is found out where an order is really a cent off', () => {
    expect(checkTotals(orderOf('order-tax-round-subtotal'))).toMatchObject([{ code: 'tax.mismatch' }]);
    const tolerance = { because: 'WooCommerce rounds tax at the subtotal', tax: 1 };
    expect(checkTotals(orderOf('order-tax-round-subtotal'), { tolerance })).toEqual([]);
  });
});

const marked = (mark: string) => ({
  id: 9,
  key: `_crossdock_shipments_${mark}`,
  value: { shipment: 'warehouse/1', lines: [{ id: '1', quantity: 1 }] },
});

describe('the status', () => {
  it.each([
    ['pending', {}, 'pending', 'pending'],
    ['processing', { date_paid_gmt: '2026-11-23T12:00:00' }, 'confirmed', 'paid'],
    ['processing', {}, 'confirmed', 'pending'],
    ['on-hold', {}, 'on-hold', 'pending'],
    ['completed', { date_paid_gmt: '2026-11-23T12:00:00' }, 'fulfilled', 'paid'],
    ['cancelled', {}, 'canceled', 'voided'],
    ['cancelled', { date_paid_gmt: '2026-11-23T12:00:00' }, 'canceled', 'paid'],
    ['failed', {}, 'pending', 'pending'],
    ['failed', { date_paid_gmt: '2026-11-23T12:00:00' }, 'on-hold', 'paid'],
    ['refunded', { date_paid_gmt: '2026-11-23T12:00:00' }, 'canceled', 'refunded'],
    ['refunded', { date_completed_gmt: '2026-11-23T12:00:00' }, 'fulfilled', 'refunded'],
    ['refunded', { meta_data: [marked('abc')] }, 'fulfilled', 'refunded'],
    ['trash', {}, 'canceled', 'voided'],
  ])('"%s" with %o is %s, and the money %s', (status, change, ours, payment) => {
    const order = orderOf('order-create-pending', { status, ...change });
    expect([order.status, order.paymentStatus, order.wireStatus['status']]).toEqual([ours, payment, status]);
  });

  it('of a plugin waits for a person until the team says what it means', () => {
    const wire = parseOrder(
      { ...sampleOrders.get('order-create-paid'), status: 'packed' },
      'woocommerce',
      'orders.get',
    );
    expect(() => toOrder(wire, [], reading)).toThrow(expect.objectContaining({ code: 'status.unmapped' }));
    expect(toOrder(wire, [], { ...reading, statuses: { packed: 'allocated' } }).status).toBe('allocated');
  });

  it('is partially shipped once a shipment is noted on it', () => {
    expect(orderOf('order-create-paid', { meta_data: [marked('abc')] }).status).toBe('partially-shipped');
  });

  it.each(['a:2:{s:8:"shipment";s:2:"s1";}', '', null, { shipment: 's1' }])(
    'waits for a person where what is noted of a shipment is %j',
    (value) => {
      const meta_data = [marked('abc'), { ...marked('def'), value }];
      expect(() => orderOf('order-create-paid', { meta_data })).toThrow(
        expect.objectContaining({ code: 'record.invalid', refs: [{ system: 'woocommerce', kind: 'order', id: '20' }] }),
      );
    },
  );
});

describe('refunds', () => {
  it('of units that are still to leave take them off the order, so that nobody ships them', () => {
    const back = { quantity: -1, meta_data: [{ key: '_refunded_item_id', value: '47' }] };
    const refund = { id: 43, amount: '15.46', date_created_gmt: '2026-11-23T12:39:18', line_items: [back] };
    const order = orderOf('order-after-partial-refund', {}, [refund]);
    expect(order.paymentStatus).toBe('partially-refunded');
    expect(order.lines[0]).toMatchObject({ quantity: 2, total: { amount: '25.98' }, unitPrice: { amount: '12.99' } });
    expect(order.lines[0]?.taxes[0]?.amount.amount).toBe('4.93');
    expect(checkTotals(order)).toEqual([]);
  });

  it('of all units of a line leave it out', () => {
    // Recorded: 54 of 3 were refunded, and nobody minded.
    const order = orderOf('order-after-partial-refund', {}, sampleRefunds);
    expect(order.lines).toEqual([]);
    expect(checkTotals(order)).toEqual([]);
  });

  it('of money alone change no line', () => {
    const refund = { id: 42, amount: '5.00', date_created_gmt: '2026-11-23T12:39:18', line_items: [] };
    const order = orderOf('order-after-partial-refund', {}, [refund]);
    expect(order.lines[0]?.quantity).toBe(3);
    expect(order.transactions).toMatchObject([{ kind: 'sale' }, { kind: 'refund', amount: { amount: '5.00' } }]);
  });

  it('after everything left change no line either', () => {
    const order = orderOf('order-after-partial-refund', { status: 'completed' }, sampleRefunds);
    expect(order.lines[0]?.quantity).toBe(3);
    expect(checkTotals(order)).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it('is an address without a country, once anything else stands in it', () => {
    const shipping = { ...(sampleOrders.get('order-create-paid')?.['shipping'] as object), country: '' };
    expect(() => orderOf('order-create-paid', { shipping })).toThrow(
      expect.objectContaining({ code: 'address.invalid' }),
    );
  });

  it('is an amount that is none', () => {
    expect(() => orderOf('order-create-paid', { total: '1,50' })).toThrow(
      expect.objectContaining({ code: 'money.invalid' }),
    );
  });

  it('is an order of another shape, and says where', () => {
    let thrown: unknown;
    try {
      orderOf('order-create-paid', { line_items: 'none' });
    } catch (error) {
      thrown = error;
    }
    expect(isCommerceError(thrown, 'response.unexpected') && thrown.message).toContain('"line_items" (invalid_type)');
  });

  it.each(['0000-00-00T00:00:00', '2026-02-30T00:00:00', '2026-11-23T25:00:00', '-0001-11-30T00:00:00'])(
    'is an order with the moment "%s", and it holds up no other',
    async (moment) => {
      const row = { ...sampleOrders.get('order-create-paid'), refunds: [] };
      for (const field of ['date_created_gmt', 'date_modified_gmt', 'date_paid_gmt', 'date_completed_gmt']) {
        const { shop } = scriptedShop(() => ({
          body: [
            { ...row, [field]: moment },
            { ...row, id: 21 },
          ],
          headers: { 'x-wp-totalpages': '1' },
        }));
        const { orders, problems } = await pullAll(shop.orders.pull({}));
        expect(orders.map(({ ref }) => ref.id)).toEqual(['21']);
        expect(problems).toMatchObject([{ ref: { id: '20' }, error: { code: 'response.unexpected' } }]);
      }
    },
  );

  it('is not an address of nothing but a country', () => {
    expect(orderOf('order-after-partial-refund')).not.toHaveProperty('shippingAddress');
  });
});

it("takes a trade customer's number from the meta that the team names", () => {
  const wire = parseOrder(sampleOrders.get('order-create-paid'), 'woocommerce', 'orders.get');
  expect(toOrder(wire, [], { ...reading, accountNumberMeta: 'ext_ref' }).buyer?.accountNumber).toBe('CH-1');
});

it('says that nothing has to be shipped only where the order says so of all of it', () => {
  expect(orderOf('order-create-paid', { needs_processing: false }).lines[0]?.requiresShipping).toBe(false);
});
