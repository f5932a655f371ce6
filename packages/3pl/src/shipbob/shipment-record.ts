import { dispatchedStatuses, type Ref, type Shipment } from '@crossdock/core';
import { fulfillmentRef } from './fulfillment-record.ts';
import { latest, momentOf, optionalMoment } from './moments.ts';
import { toParcels } from './shipment-parcels.ts';
import { shipmentStatusOf } from './statuses.ts';
import { notesOf } from './order-tags.ts';
import type { WireOrder } from './wire/order.ts';
import type { WireShipment } from './wire/shipment.ts';

/** One shipment of an order. Throws `status.unmapped` and `record.invalid` for what nobody can read. */
export function toShipment(order: WireOrder, shipment: WireShipment, system: string): Shipment {
  const status = shipmentStatusOf(shipment);
  const notes = notesOf(order);
  const location = shipment.location?.id;
  // The end of the work inside; for a label that nobody handed over yet it is no departure.
  const finishedAt = optionalMoment(shipment.actual_fulfillment_date, 'actual_fulfillment_date');
  const hasLeft = dispatchedStatuses.has(status);
  const shippedAt = hasLeft ? finishedAt : undefined;
  const deliveredAt = status === 'delivered' ? optionalMoment(shipment.delivery_date, 'delivery_date') : undefined;
  return {
    ref: shipmentRef(shipment, system),
    number: order.reference_id,
    fulfillment: fulfillmentRef(order, system),
    ...(notes.order && { order: notes.order }),
    status,
    wireStatus: wireStatusOf(shipment),
    ...(typeof location === 'number' && { location: { system, kind: 'location', id: String(location) } as const }),
    parcels: toParcels(order, shipment, hasLeft),
    ...(shippedAt !== undefined && { shippedAt }),
    ...(deliveredAt !== undefined && { deliveredAt }),
    updatedAt: latest(
      momentOf(shipment.created_date ?? order.created_date, 'created_date'),
      optionalMoment(shipment.last_update_at, 'last_update_at'),
      optionalMoment(shipment.last_tracking_update_at, 'last_tracking_update_at'),
    ),
  };
}

export function shipmentRef(shipment: Pick<WireShipment, 'id'>, system: string): Ref<'shipment'> {
  return { system, kind: 'shipment', id: String(shipment.id) };
}

/** The word with the numbers that say it more exactly: "Completed 203". */
function wireStatusOf({ status, status_details: details }: WireShipment): string {
  return [status, ...(details ?? []).flatMap(({ id }) => id ?? [])].join(' ');
}
