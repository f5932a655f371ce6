import { checkTotals, isCommerceError, type Order } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { readOrder } from '../src/order-read.ts';
import { pullAll, refOf, settledMs, shipmentOf, storeWithGoods } from './store.ts';
import { anItem, anOrder, entry } from './wire-order.ts';

function read(wire: unknown): Order {
  const result = readOrder(wire, { system: 'amazon', currency: 'GBP' }, 'orders.get');
  if ('problem' in result) throw result.problem.error;
  return result.order;
}

function problemOf(wire: unknown): { readonly code: string; readonly words: string } {
  const result = readOrder(wire, { system: 'amazon', currency: 'GBP' }, 'orders.pull');
  if ('order' in result || !isCommerceError(result.problem.error)) throw new Error('The order was read.');
  return { code: result.problem.error.code, words: result.problem.error.message };
}

const counts = (quantityFulfilled: number, quantityUnfulfilled: number) => ({
  fulfillment: { quantityFulfilled, quantityUnfulfilled },
});
const canceled = { cancellation: { cancellationExecution: { cancelledBy: 'BUYER', cancelReason: 'Mistake' } } };
const as = (fulfillmentStatus: string, ...orderItems: readonly unknown[]) =>
  anOrder({ fulfillment: { fulfillmentStatus, fulfilledBy: 'MERCHANT' }, orderItems });

const gbp = (amount: string) => ({ amount, currencyCode: 'GBP' });

const tipped = (status: string, total: string) =>
  read(
    anOrder({
      proceeds: { grandTotal: gbp(total), breakdowns: [{ ...entry('DELIVERY_TIP', '3.00'), status }] },
    }),
  );

async function orderAt(store: ReturnType<typeof storeWithGoods>['store'], orderId: string): Promise<Order> {
  const order = await store.orders.get(refOf(orderId));
  if (!order) throw new Error('There is no order.');
  return order;
}

describe('an order is a problem of its page', () => {
  it.each([
    ['unshipped with nothing to ship', as('UNSHIPPED', anItem(counts(0, 0)))],
    ['unshipped with too little to ship', as('UNSHIPPED', anItem({ quantityOrdered: 3, ...counts(0, 2) }))],
    ['shipped with a part of it', as('SHIPPED', anItem({ quantityOrdered: 3, ...counts(1, 0) }))],
    ['shipped with more than was ordered', as('SHIPPED', anItem(counts(3, 0)))],
    ['canceled in part with more than was ordered', as('PARTIALLY_SHIPPED', anItem({ ...counts(2, 1), ...canceled }))],
  ])('where its counts do not add up: %s', (_what, wire) => {
    expect(problemOf(wire)).toMatchObject({
      code: 'record.invalid',
      words: expect.stringMatching(/item "1" has \d ordered, \d shipped and \d to ship/),
    });
  });

  it('where an item was canceled and nothing says how much of it', () => {
    expect(problemOf(as('UNSHIPPED', anItem({ fulfillment: null, ...canceled })))).toMatchObject({
      code: 'record.invalid',
      words: expect.stringContaining('how much of it'),
    });
  });

  it.each([
    ['all of its items were canceled', as('UNSHIPPED', anItem({ ...counts(0, 0), ...canceled }))],
    ['its items are of nothing', as('UNSHIPPED', anItem({ quantityOrdered: 0, ...counts(0, 0) }))],
    ['it has no items', as('UNSHIPPED')],
    ['it is shipped and has no items', as('SHIPPED')],
    ['it is pending and has no items', as('PENDING')],
  ])('where %s and the order goes on', (_what, wire) => {
    expect(problemOf(wire)).toMatchObject({ code: 'record.invalid', words: expect.stringContaining('nothing of it') });
  });

  it('where it is canceled and something of it was shipped', () => {
    expect(problemOf(as('CANCELLED', anItem({ ...counts(1, 0), ...canceled })))).toMatchObject({
      code: 'status.unmapped',
      words: expect.stringContaining('1 of its units'),
    });
  });
});

describe('an order that was canceled in part', () => {
  it.each([
    ['PARTIALLY_SHIPPED', 1, 1, 'partially-shipped'],
    ['SHIPPED', 2, 0, 'fulfilled'],
    ['UNSHIPPED', 0, 2, 'confirmed'],
  ])('is %s with what is left of it', (word, fulfilled, unfulfilled, status) => {
    const item = anItem({
      quantityOrdered: 3,
      ...counts(fulfilled, unfulfilled),
      ...canceled,
      proceeds: { breakdowns: [entry('ITEM', '30.00')] },
    });
    const order = read(as(word, item));
    expect(order).toMatchObject({ status, lines: [{ quantity: 2 }], totals: { total: { amount: '20.00' } } });
    expect(checkTotals(order)).toEqual([]);
  });

  it('may be canceled as a whole without items', () => {
    expect(read(as('CANCELLED'))).toMatchObject({ status: 'canceled', lines: [] });
  });
});

describe('at Amazon', () => {
  it('what was not sent of a half shipped order is canceled, and the order is shipped with the rest', async () => {
    const { store, state, place } = storeWithGoods();
    const { orderId, itemIds } = place();
    const shipment = shipmentOf('1', [{ lines: [['TEE', 2]], tracking: 'A' }]);
    const confirm = () => store.shipments.confirm({ order: refOf(orderId), shipment }, { idempotencyKey: 'a' });
    await confirm();
    state.cancel(orderId, 'MERCHANT');
    const order = await orderAt(store, orderId);
    expect(order).toMatchObject({
      status: 'fulfilled',
      paymentStatus: 'paid',
      lines: [{ id: itemIds[0], quantity: 2, total: { amount: '20.00' } }],
      totals: { total: { amount: '20.00' } },
      attributes: { cancellationExecuted: expect.stringContaining(`${itemIds[1]} MERCHANT`) },
    });
    expect(checkTotals(order)).toEqual([]);
    await confirm();
    const rest = shipmentOf('2', [{ lines: [['MUG', 2]], tracking: 'B' }]);
    const refused = store.shipments.confirm({ order: refOf(orderId), shipment: rest }, { idempotencyKey: 'b' });
    await expect(refused).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('0 left'),
    });
  });

  it('units of an item are canceled, and the rest is there to ship', async () => {
    const { store, state, place } = storeWithGoods();
    const { orderId, itemIds } = place({ shippingPrice: '5.00' });
    state.cancelItem(orderId, itemIds[0] ?? '', 1);
    state.cancelItem(orderId, itemIds[1] ?? '');
    const order = await orderAt(store, orderId);
    expect(order).toMatchObject({ status: 'confirmed', lines: [{ sku: 'TEE', quantity: 2 }] });
    expect(order.lines).toHaveLength(1);
    expect(checkTotals(order)).toEqual([]);
    const shipment = shipmentOf('1', [{ lines: [['TEE', 2]], tracking: 'A' }]);
    await store.shipments.confirm({ order: refOf(orderId), shipment }, { idempotencyKey: 'a' });
    expect(state.order(orderId).status).toBe('SHIPPED');
  });

  it('a pre-order is pending, and one that Amazon cannot ship waits for a person', async () => {
    const { connect, state, clock, place } = storeWithGoods();
    const store = connect({ fulfilledBy: ['AMAZON', 'MERCHANT'] });
    const early = place({ isPreorder: true, pendingMs: 3_600_000 }).orderId;
    const stuck = place({ fulfilledBy: 'AMAZON' }).orderId;
    state.markUnfulfillable(stuck);
    await clock.advance(settledMs);
    const { orders, problems } = await pullAll(store.orders.pull({}));
    expect(orders).toMatchObject([
      { number: early, status: 'pending', wireStatus: { fulfillmentStatus: 'PENDING_AVAILABILITY' } },
    ]);
    expect(problems).toMatchObject([{ ref: { id: stuck }, error: { code: 'status.unmapped' } }]);
  });
});

describe('the money of an order', () => {
  it('takes a tax on a discount for a tax on the goods', () => {
    const tax = {
      ...entry('TAX', '6.00'),
      detailedBreakdowns: [
        { subtype: 'ITEM', value: gbp('5.00') },
        { subtype: 'GIFT_WRAP', value: gbp('1.50') },
        { subtype: 'DISCOUNT', value: gbp('-0.50') },
      ],
    };
    const discount = {
      ...entry('DISCOUNT', '1.00'),
      detailedBreakdowns: [{ subtype: 'DISCOUNT', value: gbp('1.00') }],
    };
    const breakdowns = [entry('ITEM', '20.00'), entry('GIFT_WRAP', '2.00'), discount, tax];
    const order = read(
      anOrder({ proceeds: { grandTotal: gbp('27.00') }, orderItems: [anItem({ proceeds: { breakdowns } })] }),
    );
    expect(order).toMatchObject({
      lines: [{ total: { amount: '19.00' }, taxes: [{ amount: { amount: '4.50' } }] }],
      feeLines: [{ title: 'Gift wrap', taxes: [{ amount: { amount: '1.50' } }] }],
    });
    expect(checkTotals(order)).toEqual([]);
  });

  it('counts a tip once it is final', () => {
    expect(tipped('FINAL', '23.00')).toMatchObject({
      feeLines: [{ title: 'Delivery tip', total: { amount: '3.00' } }],
    });
    const pending = tipped('PENDING', '20.00');
    expect(pending.feeLines).toEqual([]);
    expect(checkTotals(pending)).toEqual([]);
  });
});
