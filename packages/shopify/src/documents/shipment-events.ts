import { shipmentEventAddSchema, shipmentEventsSchema } from '../wire/shipment.ts';
import { defineDocument } from './document.ts';

/** What carriers reported of a fulfillment, the latest first. */
export const shipmentEvents = defineDocument(
  'ShipmentEvents',
  `query ShipmentEvents($id: ID!, $after: String) {
  fulfillment(id: $id) {
    status
    displayStatus
    order { id }
    events(first: 250, after: $after, reverse: true) {
      nodes { status happenedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  shipmentEventsSchema,
);

/** Shopify knows no key for it, and takes the same one twice. */
export const shipmentEventAdd = defineDocument(
  'ShipmentEventAdd',
  `mutation ShipmentEventAdd($event: FulfillmentEventInput!) {
  fulfillmentEventCreate(fulfillmentEvent: $event) {
    userErrors { field message }
  }
}`,
  shipmentEventAddSchema,
);
