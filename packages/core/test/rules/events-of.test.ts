import { describe, expect, it } from 'vitest';
import {
  eventsOfCustomer,
  eventsOfFulfillment,
  eventsOfOrder,
  eventsOfProduct,
  eventsOfShipment,
  eventsOfStock,
  eventsOfStockPage,
  shipmentStatuses,
  type CommerceEvent,
  type Order,
  type StockLevel,
} from '@crossdock/core/model';
import * as examples from '../model/examples.ts';

const types = (events: readonly CommerceEvent[]): string[] => events.map(({ type }) => type);
const aLevel = (sku: string, available: number): StockLevel => ({
  sku,
  location: { system: 'erp', kind: 'location', id: '1' },
  available,
  asOf: '2026-11-24T08:00:00Z',
});
const ids = (events: readonly CommerceEvent[]): string[] => events.map(({ id }) => id);

describe('the events of a record', () => {
  it('say that an order was placed once, and that it changed every time', () => {
    const first = eventsOfOrder(examples.order);
    const later = eventsOfOrder({ ...examples.order, updatedAt: '2026-11-24T08:00:00Z' });
    expect(types(first)).toEqual(['order.placed', 'order.updated']);
    expect(ids(later)[0]).toBe(ids(first)[0]);
    expect(ids(later)[1]).not.toBe(ids(first)[1]);
    expect(ids(eventsOfOrder({ ...examples.order }))).toEqual(ids(first));
  });

  it('say that a record changed twice in one moment, and not that it changed when its fields come in another order', () => {
    const [, first] = ids(eventsOfOrder(examples.order));
    const [, second] = ids(eventsOfOrder({ ...examples.order, tags: ['gift', 'rush'] }));
    const turned = Object.fromEntries(Object.entries(examples.order).toReversed()) as typeof examples.order;
    expect(second).not.toBe(first);
    expect(ids(eventsOfOrder(turned))[1]).toBe(first);
    const { note: _note, ...withoutNote } = examples.order;
    expect(ids(eventsOfOrder({ ...examples.order, note: undefined }))).toEqual(ids(eventsOfOrder(withoutNote)));
    expect(first?.split('~')[0]).toBe(
      `${examples.order.ref.system}/order/${examples.order.ref.id}/order.updated@${examples.order.updatedAt}`,
    );
    const { product } = examples;
    expect(ids(eventsOfProduct({ ...product, title: 'Other' }))).not.toEqual(ids(eventsOfProduct(product)));
    const { shipment } = examples;
    expect(ids(eventsOfShipment({ ...shipment, parcels: [] })).at(-1)).not.toBe(ids(eventsOfShipment(shipment)).at(-1));
  });

  it('say of an order that may not be worked on yet that it waits, and that it was placed once it may', () => {
    const pending: Order = { ...examples.order, status: 'pending' };
    expect(types(eventsOfOrder(pending))).toEqual(['order.pending', 'order.updated']);
    expect(types(eventsOfOrder({ ...pending, status: 'confirmed' }))).toEqual(['order.placed', 'order.updated']);
  });

  it('do not say that an order was placed which was canceled before anybody saw it', () => {
    expect(types(eventsOfOrder({ ...examples.order, status: 'canceled' }))).toEqual([
      'order.updated',
      'order.canceled',
    ]);
  });

  it('say of levels that were read together that they were, and nothing of none', () => {
    const [level, other] = [aLevel('A', 5), aLevel('B', 0)];
    const [together, ...more] = eventsOfStockPage([level, other]);
    expect(more).toEqual([]);
    expect(together).toMatchObject({ type: 'stock.counted', system: 'erp', data: [level, other] });
    expect(eventsOfStockPage([level, other])[0]?.id).toBe(together?.id);
    expect(eventsOfStockPage([level, { ...other, available: 1 }])[0]?.id).not.toBe(together?.id);
    expect(eventsOfStockPage([])).toEqual([]);
  });

  it('say that an order was canceled, at the moment that the platform gives or else at its last change', () => {
    const canceled = { ...examples.order, status: 'canceled', canceledAt: '2026-11-23T15:00:00Z' } as const;
    expect(eventsOfOrder(canceled)[1]).toMatchObject({ type: 'order.canceled', occurredAt: '2026-11-23T15:00:00Z' });
    const { canceledAt: _, ...withoutMoment } = canceled;
    expect(eventsOfOrder(withoutMoment)[1]).toMatchObject({ occurredAt: canceled.updatedAt });
  });

  it('do not dispatch what has only a label, or whose label was voided', () => {
    const dispatched = shipmentStatuses.filter((status) =>
      types(eventsOfShipment({ ...examples.shipment, status })).includes('shipment.dispatched'),
    );
    expect(shipmentStatuses.filter((status) => !dispatched.includes(status))).toEqual([
      'created',
      'label-created',
      'voided',
    ]);
  });

  it('tell two systems with the same id apart', () => {
    const elsewhere = { ...examples.order, ref: { ...examples.order.ref, system: 'shop' } };
    expect(ids(eventsOfOrder(elsewhere))[0]).not.toBe(ids(eventsOfOrder(examples.order))[0]);
  });

  it('know a new stock figure from an old one told again', () => {
    const [told] = eventsOfStock(examples.stockLevel);
    expect(eventsOfStock(examples.stockLevel)[0]).toEqual(told);
    expect(eventsOfStock({ ...examples.stockLevel, available: 4 })[0]?.id).not.toBe(told?.id);
  });

  it('carry the record as it is', () => {
    expect(eventsOfProduct(examples.product)).toMatchObject([{ type: 'product.updated', data: examples.product }]);
    expect(eventsOfCustomer(examples.customer)).toMatchObject([{ type: 'customer.updated', data: examples.customer }]);
    expect(eventsOfFulfillment(examples.fulfillmentOrder)).toMatchObject([
      { type: 'fulfillment.updated', system: 'erp', data: examples.fulfillmentOrder },
    ]);
  });
});
