import { describe, expectTypeOf, it } from 'vitest';
import type {
  CommerceEvent,
  Customer,
  EventType,
  FulfillmentOrder,
  Invoice,
  Json,
  Money,
  Order,
  OrderDraft,
  Payment,
  Product,
  PurchaseOrder,
  Receipt,
  Ref,
  Refund,
  Return,
  Shipment,
  StockLevel,
} from '@crossdock/core/model';

declare const order: Order;

describe('the model', () => {
  it('can be stored, every part of it', () => {
    expectTypeOf<Order>().toExtend<Json>();
    expectTypeOf<OrderDraft>().toExtend<Json>();
    expectTypeOf<Customer>().toExtend<Json>();
    expectTypeOf<Product>().toExtend<Json>();
    expectTypeOf<StockLevel>().toExtend<Json>();
    expectTypeOf<FulfillmentOrder>().toExtend<Json>();
    expectTypeOf<Shipment>().toExtend<Json>();
    expectTypeOf<Return>().toExtend<Json>();
    expectTypeOf<Refund>().toExtend<Json>();
    expectTypeOf<Invoice>().toExtend<Json>();
    expectTypeOf<Payment>().toExtend<Json>();
    expectTypeOf<PurchaseOrder>().toExtend<Json>();
    expectTypeOf<Receipt>().toExtend<Json>();
    expectTypeOf<CommerceEvent>().toExtend<Json>();
    // @ts-expect-error a Date cannot be stored
    new Date(0) satisfies Json;
    // @ts-expect-error a bigint cannot be stored
    1n satisfies Json;
  });

  it('cannot be changed in place', () => {
    expectTypeOf(order.lines).toExtend<readonly unknown[]>();
    // @ts-expect-error read-only
    order.status = 'canceled';
    // @ts-expect-error read-only
    order.lines.push();
    // @ts-expect-error read-only
    order.totals.total.amount = '0';
  });

  it('does not take a float for money or one kind of record for another', () => {
    // @ts-expect-error a float has lost its cents already
    ({ amount: 19.99, currency: 'EUR' }) satisfies Money;
    expectTypeOf<Ref<'order'>>().toExtend<Ref>();
    expectTypeOf<Ref<'order'>>().not.toExtend<Ref<'shipment'>>();
  });

  it('keeps out of a draft what only the other system knows', () => {
    expectTypeOf<OrderDraft>().not.toHaveProperty('ref');
    expectTypeOf<OrderDraft>().not.toHaveProperty('status');
    expectTypeOf<OrderDraft['source']>().toEqualTypeOf<Ref<'order'>>();
  });
});

describe('an event', () => {
  it('carries what its type says', () => {
    expectTypeOf<CommerceEvent<'order.placed'>['data']>().toEqualTypeOf<Order>();
    expectTypeOf<CommerceEvent<'stock.changed'>['data']>().toEqualTypeOf<StockLevel>();
    // @ts-expect-error no such event
    'order.created' satisfies EventType;
  });
});
