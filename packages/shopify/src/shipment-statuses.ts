import { defineStatusMap, shipmentStatuses, type Ref, type ShipmentStatus } from '@crossdock/core';
import { undoneFulfillments } from './fulfillment-statuses.ts';
import type { WireShipment } from './wire/shipment.ts';

// All words of Admin API 2026-04 to 2026-10. shopify.dev, read 2026-11-26.

/** How far a shipment is, as Shopify shows it to the buyer: the last thing that was reported, else that it was fulfilled. */
const displayWords = defineStatusMap({
  name: 'shopify fulfillment.displayStatus',
  wire: [
    'SUBMITTED',
    'CONFIRMED',
    'LABEL_PURCHASED',
    'LABEL_PRINTED',
    'LABEL_VOIDED',
    'FULFILLED',
    'MARKED_AS_FULFILLED',
    'CARRIER_PICKED_UP',
    'IN_TRANSIT',
    'OUT_FOR_DELIVERY',
    'DELAYED',
    'ATTEMPTED_DELIVERY',
    'NOT_DELIVERED',
    'DELIVERED',
    'READY_FOR_PICKUP',
    'PICKED_UP',
    'CANCELED',
    'FAILURE',
  ],
  canonical: shipmentStatuses,
  decode: {
    SUBMITTED: 'created',
    // The carrier knows of it, and nobody says that it has it.
    CONFIRMED: 'label-created',
    LABEL_PURCHASED: 'label-created',
    LABEL_PRINTED: 'label-created',
    LABEL_VOIDED: 'voided',
    // Whoever makes a fulfillment says that the goods left.
    FULFILLED: 'handed-over',
    MARKED_AS_FULFILLED: 'handed-over',
    CARRIER_PICKED_UP: 'handed-over',
    IN_TRANSIT: 'in-transit',
    OUT_FOR_DELIVERY: 'out-for-delivery',
    DELAYED: 'exception',
    ATTEMPTED_DELIVERY: 'exception',
    NOT_DELIVERED: 'exception',
    DELIVERED: 'delivered',
    // It waits where the buyer collects it.
    READY_FOR_PICKUP: 'out-for-delivery',
    PICKED_UP: 'delivered',
    CANCELED: 'voided',
    FAILURE: 'exception',
  },
  encode: {
    created: 'SUBMITTED',
    'label-created': 'LABEL_PRINTED',
    'handed-over': 'FULFILLED',
    'in-transit': 'IN_TRANSIT',
    'out-for-delivery': 'OUT_FOR_DELIVERY',
    delivered: 'DELIVERED',
    exception: 'NOT_DELIVERED',
    returning: { held: 'Shopify has no word for what comes back' },
    returned: { held: 'Shopify has no word for what comes back' },
    voided: 'CANCELED',
  },
});

/** What Shopify says where it shows nothing. */
const plainWords = defineStatusMap({
  name: 'shopify fulfillment.status',
  wire: ['PENDING', 'OPEN', 'SUCCESS', 'CANCELLED', 'ERROR', 'FAILURE'],
  canonical: ['created', 'handed-over', 'voided'],
  decode: {
    PENDING: 'created',
    OPEN: 'created',
    SUCCESS: 'handed-over',
    CANCELLED: 'voided',
    ERROR: 'voided',
    FAILURE: 'voided',
  },
  encode: { created: 'PENDING', 'handed-over': 'SUCCESS', voided: 'CANCELLED' },
});

/** A fulfillment that was canceled or came to nothing shipped nothing, whatever was reported of it. */
export function toShipmentStatus(
  { status, displayStatus }: Pick<WireShipment, 'status' | 'displayStatus'>,
  ref: Ref<'shipment'>,
): ShipmentStatus {
  const plain = plainWords.decode(status, ref);
  if (undoneFulfillments.has(status) || displayStatus === null) return plain;
  return displayWords.decode(displayStatus, ref);
}

/** Whether it shipped nothing, by the same words as its status is read. One that nobody knows is for its reader. */
export function isVoided({ status, displayStatus }: Pick<WireShipment, 'status' | 'displayStatus'>): boolean {
  return undoneFulfillments.has(status) || voidedWords.has(displayStatus ?? '');
}

const voidedWords: ReadonlySet<string> = new Set(['LABEL_VOIDED', 'CANCELED']);

/** What a carrier can be said to have reported: fewer words than are shown. */
export const eventWords = defineStatusMap({
  name: 'shopify fulfillmentEvent.status',
  wire: [
    'CONFIRMED',
    'LABEL_PURCHASED',
    'LABEL_PRINTED',
    'CARRIER_PICKED_UP',
    'IN_TRANSIT',
    'OUT_FOR_DELIVERY',
    'DELAYED',
    'ATTEMPTED_DELIVERY',
    'READY_FOR_PICKUP',
    'DELIVERED',
    'FAILURE',
  ],
  canonical: shipmentStatuses,
  decode: {
    CONFIRMED: 'label-created',
    LABEL_PURCHASED: 'label-created',
    LABEL_PRINTED: 'label-created',
    CARRIER_PICKED_UP: 'handed-over',
    IN_TRANSIT: 'in-transit',
    OUT_FOR_DELIVERY: 'out-for-delivery',
    DELAYED: 'exception',
    ATTEMPTED_DELIVERY: 'exception',
    READY_FOR_PICKUP: 'out-for-delivery',
    DELIVERED: 'delivered',
    FAILURE: 'exception',
  },
  encode: {
    created: { held: 'nothing happened to the parcel yet' },
    'label-created': 'LABEL_PRINTED',
    'handed-over': 'CARRIER_PICKED_UP',
    'in-transit': 'IN_TRANSIT',
    'out-for-delivery': 'OUT_FOR_DELIVERY',
    delivered: 'DELIVERED',
    // True of whatever went wrong; the other words would tell the buyer more than is known.
    exception: 'DELAYED',
    returning: { held: 'Shopify has no word for what comes back' },
    returned: { held: 'Shopify has no word for what comes back' },
    voided: { held: 'Shopify says it by canceling the fulfillment' },
  },
});
