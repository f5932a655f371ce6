import type { Parcel, Shipment } from '@crossdock/core';

/** A valid parcel with two red tees, with `change` on top. */
export function aParcel(change: Partial<Parcel> = {}): Parcel {
  return {
    id: 'parcel-1',
    carrier: 'Royal Mail',
    service: 'Tracked 48',
    trackingNumber: 'RM000000001GB',
    weightGrams: 420,
    lines: [{ sku: 'TEE-RED-M', quantity: 2, orderLineId: 'line-1' }],
    ...change,
  };
}

/** A valid shipment that left the warehouse in one parcel, with `change` on top. */
export function aShipment(change: Partial<Shipment> = {}): Shipment {
  return {
    ref: { system: 'warehouse', kind: 'shipment', id: '5001' },
    number: '1042-1',
    fulfillment: { system: 'warehouse', kind: 'fulfillment', id: '9001' },
    order: { system: 'shop', kind: 'order', id: '1042' },
    status: 'handed-over',
    wireStatus: 'Completed',
    parcels: [aParcel()],
    shippedAt: '2026-11-02T15:00:00.000Z',
    updatedAt: '2026-11-02T15:00:00.000Z',
    ...change,
  };
}
