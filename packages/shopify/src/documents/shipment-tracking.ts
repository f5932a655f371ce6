import { shipmentTrackingSchema, shipmentTrackingSetSchema } from '../wire/shipment.ts';
import { defineDocument } from './document.ts';

/** Under which numbers a fulfillment travels, and what the book of its order says of it. */
export const shipmentTracking = defineDocument(
  'ShipmentTracking',
  `query ShipmentTracking($id: ID!, $book: String!) {
  fulfillment(id: $id) {
    status
    displayStatus
    trackingInfo { company number url }
    order { id metafield(key: $book) { value compareDigest updatedAt } }
  }
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
