import { readFileSync } from 'node:fs';
import { checkTotals, eventsOfOrder, orderSchema, type Order } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { readOrder } from '../src/order-read.ts';
import { pullAll, refOf, settledMs, storeWithGoods } from './store.ts';
import { anItem, anOrder, entry } from './wire-order.ts';

const parcel = (status: string) => ({ packageReferenceId: status, packageStatus: { status } });
const reading = { system: 'amazon', currency: 'GBP' };

function read(wire: unknown): Order {
  const result = readOrder(wire, reading, 'orders.get');
  if ('problem' in result) throw result.problem.error;
  return result.order;
}

describe('an order', () => {
  it('is read with its buyer, its address and what Amazon says of it besides', async () => {
    const { store, place } = storeWithGoods();
    const { orderId } = place({
      buyer: { name: 'Ada Byron', email: 'x@marketplace.example', company: 'Byron Ltd', purchaseOrderNumber: 'PO-7' },
      address: { name: 'Ada Byron', addressLine1: '1 High St', city: 'Leeds', postalCode: 'LS1', countryCode: 'GB' },
      programs: ['AMAZON_BUSINESS'],
    });
    const order = await store.orders.get(refOf(orderId));
    expect(orderSchema.parse(order)).toEqual(order);
    expect(order).toMatchObject({
      number: orderId,
      status: 'confirmed',
      paymentStatus: 'authorized',
      wireStatus: { fulfillmentStatus: 'UNSHIPPED' },
      buyer: { name: 'Ada Byron', company: 'Byron Ltd', email: 'x@marketplace.example' },
      shippingAddress: { lines: ['1 High St'], city: 'Leeds', countryCode: 'GB' },
      currency: 'GBP',
      shippingLines: [{ service: 'STANDARD' }],
      totals: { goods: { amount: '40.00' }, total: { amount: '40.00', currency: 'GBP' } },
      attributes: {
        buyerPurchaseOrderNumber: 'PO-7',
        fulfilledBy: 'MERCHANT',
        programs: 'AMAZON_BUSINESS',
        salesChannel: 'Amazon.co.uk',
      },
      tags: ['AMAZON_BUSINESS'],
    });
    expect(order?.lines.map(({ sku, quantity, total }) => [sku, quantity, total.amount])).toEqual([
      ['TEE', 3, '30.00'],
      ['MUG', 2, '10.00'],
    ]);
  });

  it.each(['positive', 'negative'] as const)(
    'adds up with taxes, carriage, gift wrap and %s discounts',
    async (sign) => {
      const { store, place } = storeWithGoods({}, { discountSign: sign });
      const { orderId } = place({
        lines: [
          { sku: 'TEE', title: 'Tee', quantity: 3, unitPrice: '10.00', taxPerUnit: '2.00' },
          { sku: 'MUG', title: 'Mug', quantity: 2, unitPrice: '5.00', taxPerUnit: '1.00' },
        ],
        shippingPrice: '4.99',
        shippingTax: '0.83',
        giftWrap: { price: '2.50', tax: '0.42', line: 1 },
        discounts: [
          { amount: '3.00', of: 'ITEM' },
          { amount: '1.00', of: 'SHIPPING' },
        ],
      });
      const order = await store.orders.get(refOf(orderId));
      if (!order) throw new Error('There is no order.');
      expect(checkTotals(order)).toEqual([]);
      expect(order).toMatchObject({
        taxesIncluded: false,
        totals: {
          goods: { amount: '37.00' },
          discount: { amount: '4.00' },
          shipping: { amount: '3.99' },
          fees: { amount: '2.50' },
          tax: { amount: '9.25' },
          total: { amount: '52.74' },
        },
        discounts: [{ amount: { amount: '4.00' } }],
        feeLines: [{ title: 'Gift wrap', total: { amount: '2.50' } }],
      });
    },
  );

  it('holds stock while it is pending, and says that its amounts are not known', async () => {
    const { store, place, clock } = storeWithGoods({}, { pendingMs: 600_000 });
    const { orderId } = place();
    const pending = await store.orders.get(refOf(orderId));
    expect(pending).toMatchObject({
      status: 'pending',
      paymentStatus: 'pending',
      amounts: 'not-stated',
      currency: 'GBP',
      lines: [
        { sku: 'TEE', quantity: 3, unitPrice: { amount: '0.00' } },
        { sku: 'MUG', quantity: 2 },
      ],
    });
    expect(pending?.shippingAddress).toBeUndefined();
    if (!pending) throw new Error('There is no order.');
    expect(orderSchema.parse(pending)).toEqual(pending);
    expect(checkTotals(pending)).toMatchObject([{ code: 'money.invalid', path: 'amounts' }]);
    expect(eventsOfOrder(pending).map(({ type }) => type)).toContain('order.pending');
    await clock.advance(600_000);
    const placed = await store.orders.get(refOf(orderId));
    expect(placed).toMatchObject({ status: 'confirmed', totals: { total: { amount: '40.00' } } });
    expect(placed?.amounts).toBeUndefined();
  });

  it('keeps the prices of a pending order where Amazon states them', () => {
    const order = read(anOrder({ fulfillment: { fulfillmentStatus: 'PENDING', fulfilledBy: 'MERCHANT' } }));
    expect(order).toMatchObject({ status: 'pending', totals: { total: { amount: '20.00' } } });
    expect(order.amounts).toBeUndefined();
  });

  it('is a problem in words where the application may not see what it costs', async () => {
    const { store, place, clock } = storeWithGoods({}, { roles: ['BUYER', 'RECIPIENT', 'FULFILLMENT', 'PACKAGES'] });
    const { orderId } = place();
    await expect(store.orders.get(refOf(orderId))).rejects.toMatchObject({ code: 'price.missing' });
    await clock.advance(settledMs);
    const { orders, problems } = await pullAll(store.orders.pull({}));
    expect(orders).toEqual([]);
    expect(problems).toMatchObject([{ ref: { id: orderId }, error: { code: 'price.missing' } }]);
    expect(problems[0]?.error.message).toContain('role');
  });

  it('is canceled with its reason, also where Amazon states no amounts any more', async () => {
    const { store, state, place } = storeWithGoods();
    const { orderId } = place();
    state.cancel(orderId, 'BUYER');
    expect(await store.orders.get(refOf(orderId))).toMatchObject({ status: 'canceled', paymentStatus: 'voided' });
    const silent = read(
      anOrder({
        fulfillment: { fulfillmentStatus: 'CANCELLED' },
        proceeds: null,
        orderItems: [anItem({ proceeds: null, quantityOrdered: 0 })],
      }),
    );
    expect(silent).toMatchObject({ status: 'canceled', amounts: 'not-stated', lines: [{ quantity: 0 }] });
  });

  it('notes that the buyer asked to cancel, which changes nothing yet', async () => {
    const { store, state, place } = storeWithGoods();
    const { orderId, itemIds } = place();
    state.requestCancel(orderId, itemIds[1] ?? '');
    const order = await store.orders.get(refOf(orderId));
    expect(order).toMatchObject({ status: 'confirmed', lines: [{ quantity: 3 }, { quantity: 2 }] });
    expect(order?.attributes?.['cancellationRequested']).toContain(`${itemIds[1]} BUYER`);
  });

  it('leaves out an item that was canceled for itself, with its money', () => {
    const gone = anItem({
      orderItemId: '2',
      cancellation: { cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'NoInventory' } },
      fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 0 },
      proceeds: null,
    });
    const order = read(anOrder({ orderItems: [anItem(), gone] }));
    expect(order).toMatchObject({ status: 'confirmed', lines: [{ id: '1', quantity: 2 }] });
    expect(order.attributes?.['cancellationExecuted']).toBe('2 MERCHANT NoInventory');
    expect(checkTotals(order)).toEqual([]);
  });

  it('keeps of an item what is left to ship, with its share of the money', () => {
    const cut = anItem({
      quantityOrdered: 3,
      cancellation: { cancellationExecution: { cancelledBy: 'BUYER' } },
      fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 2 },
      proceeds: { breakdowns: [entry('ITEM', '30.00'), entry('TAX', '6.00')] },
    });
    const order = read(anOrder({ orderItems: [cut] }));
    expect(order).toMatchObject({
      lines: [{ quantity: 2, total: { amount: '20.00' } }],
      totals: { tax: { amount: '4.00' }, total: { amount: '24.00' } },
    });
    expect(checkTotals(order)).toEqual([]);
  });

  it('makes a unit price that meets the amount to the cent', () => {
    const item = anItem({ quantityOrdered: 3, proceeds: { breakdowns: [entry('ITEM', '10.00')] } });
    const order = read(anOrder({ proceeds: null, orderItems: [{ ...item, fulfillment: null }] }));
    expect(order.lines[0]).toMatchObject({ unitPrice: { amount: '3.33333333' }, total: { amount: '10.00' } });
    expect(checkTotals(order)).toEqual([]);
  });

  it('finds a sum of Amazon that its parts do not make', () => {
    const order = read(anOrder({ proceeds: { grandTotal: { amount: '19.99', currencyCode: 'GBP' } } }));
    expect(checkTotals(order)).toMatchObject([{ path: 'totals.total' }]);
  });

  it('says whose the tax is', () => {
    const item = anItem({
      proceeds: { breakdowns: [entry('ITEM', '20.00'), entry('TAX', '4.00')] },
      tax: { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR' }] },
    });
    expect(read(anOrder({ proceeds: null, orderItems: [item] })).lines[0]?.taxes).toMatchObject([
      { amount: { amount: '4.00' }, owedBy: 'channel' },
    ]);
  });

  it('is not read with an amount for something that nobody knows', () => {
    const item = anItem({ proceeds: { breakdowns: [entry('ITEM', '20.00'), entry('LEVY', '1.00')] } });
    expect(() => read(anOrder({ orderItems: [item] }))).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });

  it('is delivered when every package of it is, and not before', () => {
    const shipped = { fulfillmentStatus: 'SHIPPED', fulfilledBy: 'MERCHANT' };
    const status = (...words: string[]) => read(anOrder({ fulfillment: shipped, packages: words.map(parcel) })).status;
    expect(status('DELIVERED')).toBe('delivered');
    expect(status('DELIVERED', 'IN_TRANSIT')).toBe('fulfilled');
    expect(status()).toBe('fulfilled');
    expect(() => status('TELEPORTED')).toThrow(expect.objectContaining({ code: 'status.unmapped' }));
  });

  it.each(['UNFULFILLABLE', 'LOST_AT_SEA'])('waits for a person with the status %s', (fulfillmentStatus) => {
    expect(() => read(anOrder({ fulfillment: { fulfillmentStatus } }))).toThrow(
      expect.objectContaining({ code: 'status.unmapped' }),
    );
  });

  it('waits for a person without the section that has its status', () => {
    expect(() => read(anOrder({ fulfillment: null }))).toThrow(expect.objectContaining({ code: 'status.unmapped' }));
  });

  it('has an address with a country, or is none', () => {
    const address = { name: 'Ada', addressLine1: '1 High St', addressLine2: ' ', city: 'Leeds' };
    expect(() => read(anOrder({ recipient: { deliveryAddress: address } }))).toThrow(
      expect.objectContaining({ code: 'address.invalid' }),
    );
    const whole = read(anOrder({ recipient: { deliveryAddress: { ...address, countryCode: 'gb' } } }));
    expect(whole.shippingAddress).toMatchObject({ lines: ['1 High St'], countryCode: 'GB' });
  });
});

describe("the orders of Amazon's own examples", () => {
  const cases = JSON.parse(
    readFileSync(new URL('../../testing/test/amazon/samples/sandbox-cases.json', import.meta.url), 'utf8'),
  ) as { readonly id: string; readonly response: { readonly order?: unknown; readonly orders?: readonly unknown[] } }[];
  const orders = cases
    .filter(({ id }) => /^orders_2026-01-01\/(getOrder|searchOrders)\/200\//.test(id))
    .flatMap(({ id, response }) => (response.orders ?? [response.order]).map((wire) => ({ id, wire })));

  it('are six', () => expect(orders).toHaveLength(6));

  it.each(orders)('$id is read and adds up', ({ wire }) => {
    const order = read(wire);
    expect(orderSchema.parse(order)).toEqual(order);
    expect(checkTotals(order)).toEqual([]);
  });
});
