import { CommerceError, defineStatusMap, fulfillmentStatuses, shipmentStatuses } from '@crossdock/core';
import type { FulfillmentStatus, ShipmentStatus } from '@crossdock/core';
import type { WireOrder } from './wire/order.ts';
import type { WireShipment } from './wire/shipment.ts';

// All words of API 2026-01. developer.shipbob.com, status reference, read 2026-11-23.

const onlyRead = { held: 'ShipBob moves its records itself; this word is never sent to it' } as const;

/** An order's own word; `fulfillmentStatusOf` looks at its shipments for the rest. */
const orderWords = defineStatusMap({
  name: 'shipbob order.status',
  wire: ['Processing', 'Exception', 'PartiallyFulfilled', 'Fulfilled', 'Cancelled', 'ImportReview'],
  canonical: fulfillmentStatuses,
  decode: {
    Processing: 'acknowledged',
    Exception: 'action-required',
    PartiallyFulfilled: 'partially-shipped',
    // It left the warehouse: only a carrier says that it was delivered.
    Fulfilled: 'shipped',
    Cancelled: 'canceled',
    ImportReview: 'action-required',
  },
  encode: {
    queued: onlyRead,
    submitted: onlyRead,
    acknowledged: onlyRead,
    allocated: onlyRead,
    picking: onlyRead,
    packed: onlyRead,
    'partially-shipped': onlyRead,
    shipped: onlyRead,
    delivered: onlyRead,
    'on-hold': onlyRead,
    backordered: onlyRead,
    'action-required': onlyRead,
    exception: onlyRead,
    'cancel-requested': onlyRead,
    'cancel-refused': onlyRead,
    canceled: onlyRead,
    returned: onlyRead,
  },
});

/**
 * A shipment's own word. Trouble inside the warehouse is `created` here and an issue of the fulfillment order: a shipment
 * with an `exception` has left.
 */
const shipmentWords = defineStatusMap({
  name: 'shipbob shipment.status',
  wire: [
    'None',
    'Processing',
    'Completed',
    'Exception',
    'OnHold',
    'Cancelled',
    'CleanSweeped',
    'LabeledCreated',
    'ImportReview',
  ],
  canonical: shipmentStatuses,
  decode: {
    None: 'created',
    Processing: 'created',
    Completed: 'handed-over',
    Exception: 'created',
    OnHold: 'created',
    Cancelled: 'voided',
    CleanSweeped: { held: 'ShipBob took it out of its work, and does not say whether it will ship' },
    LabeledCreated: 'label-created',
    ImportReview: 'created',
  },
  encode: {
    created: onlyRead,
    'label-created': onlyRead,
    'handed-over': onlyRead,
    'in-transit': onlyRead,
    'out-for-delivery': onlyRead,
    delivered: onlyRead,
    exception: onlyRead,
    returning: onlyRead,
    returned: onlyRead,
    voided: onlyRead,
  },
});

/** Where a parcel is after it left, by the number of a status detail. 200 waits for the carrier's first scan. */
const wayDetails: ReadonlyMap<number, ShipmentStatus> = new Map([
  [200, 'handed-over'],
  [201, 'in-transit'],
  [202, 'out-for-delivery'],
  [203, 'delivered'],
  [204, 'exception'],
]);
/** The farthest decides. Trouble on the way counts until it is delivered. */
const wayOrder: readonly ShipmentStatus[] = ['delivered', 'exception', 'out-for-delivery', 'in-transit', 'handed-over'];

/** Where a shipment is. A word or a detail of the way that we do not know raises `status.unmapped`. */
export function shipmentStatusOf(shipment: WireShipment): ShipmentStatus {
  const status = shipmentWords.decode(shipment.status, `Shipment "${shipment.id}"`);
  const details = detailIds(shipment);
  // 102: labelled.
  if (status === 'created') return details.includes(102) ? 'label-created' : status;
  if (status !== 'handed-over') return status;
  const seen = new Set(details.filter((id) => id >= 200 && id < 300).map((id) => wayOf(id, shipment)));
  return wayOrder.find((way) => seen.has(way)) ?? status;
}

function wayOf(id: number, shipment: WireShipment): ShipmentStatus {
  const way = wayDetails.get(id);
  if (way) return way;
  throw new CommerceError({
    code: 'status.unmapped',
    message: `Shipment "${shipment.id}" was not taken over: "${id}" as shipbob shipment.status_details has no counterpart (this number is in no map). Decide what it means, map it, then replay.`,
    details: { map: 'shipbob shipment.status_details', word: String(id) },
  });
}

/** Where an order is: its own word, said more exactly by the shipments that are not canceled. */
export function fulfillmentStatusOf(order: WireOrder): FulfillmentStatus {
  const status = orderWords.decode(order.status, `Fulfillment "${order.reference_id}"`);
  const going = (order.shipments ?? []).filter((shipment) => shipment.status !== 'Cancelled');
  if (going.length === 0) return status;
  if (status === 'shipped') {
    return going.every((shipment) => shipmentStatusOf(shipment) === 'delivered') ? 'delivered' : status;
  }
  if (status === 'action-required' && order.status === 'Exception') {
    // 303: out of stock, and nothing else to answer: it ships when goods arrive.
    const reasons = going.flatMap(detailIds).filter((id) => id >= 300);
    return reasons.length > 0 && reasons.every((id) => id === 303) ? 'backordered' : status;
  }
  if (status === 'acknowledged') return workOf(going);
  return status;
}

/** How far the work on an order is: as far as the shipment that is farthest behind. */
function workOf(going: readonly WireShipment[]): FulfillmentStatus {
  if (going.some(({ status }) => status === 'OnHold')) return 'on-hold';
  // 100 picked, 101 packed, 102 labelled.
  const reached = going.map((shipment) => Math.max(0, ...detailIds(shipment).filter((id) => id >= 100 && id <= 102)));
  if (reached.every((id) => id >= 101)) return 'packed';
  return reached.some((id) => id >= 100) ? 'picking' : 'acknowledged';
}

function detailIds({ status_details: details }: WireShipment): readonly number[] {
  return (details ?? []).flatMap(({ id }) => id ?? []);
}
