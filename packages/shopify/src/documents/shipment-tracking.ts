import { shipmentTrackingSchema, shipmentTrackingSetSchema } from '../wire/shipment.ts';
import { defineDocument } from './document.ts';

/** Under which numbers a fulfillment travels, and on which order what is noted of them stands. */
export const shipmentTracking = defineDocument(
  'ShipmentTracking',
  `query ShipmentTracking($id: ID!) {
  fulfillment(id: $id) { status order { id } trackingInfo { company number url } }
}`,
  shipmentTrackingSchema,
);

/** Replaces carrier, numbers and links: 50 points, so it is asked before whether anything differs. */
export const shipmentTrackingSet = defineDocument(
  'ShipmentTrackingSet',
  `mutation ShipmentTrackingSet($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
    userErrors { field message }
  }
}`,
  shipmentTrackingSetSchema,
);
