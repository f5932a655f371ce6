import {
  fulfillmentOrderHoldSchema,
  fulfillmentOrderHoldsSchema,
  fulfillmentOrderReleaseHoldSchema,
} from '../wire/fulfillment-order.ts';
import { defineDocument } from './document.ts';

/** What keeps a fulfillment order, and whose it is. */
export const fulfillmentOrderHolds = defineDocument(
  'FulfillmentOrderHolds',
  `query FulfillmentOrderHolds($id: ID!) {
  fulfillmentOrder(id: $id) {
    status
    requestStatus
    orderId
    fulfillmentHolds { id handle reason reasonNotes heldByRequestingApp }
  }
}`,
  fulfillmentOrderHoldsSchema,
);

/** Holds all of a fulfillment order; a second hold of this app with the same handle is refused. */
export const fulfillmentOrderHold = defineDocument(
  'FulfillmentOrderHold',
  `mutation FulfillmentOrderHold($id: ID!, $hold: FulfillmentOrderHoldInput!) {
  fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) {
    userErrors { field message code }
  }
}`,
  fulfillmentOrderHoldSchema,
);

/** Lifts the holds that it names. It must name some: without ids Shopify lifts everybody's. */
export const fulfillmentOrderReleaseHold = defineDocument(
  'FulfillmentOrderReleaseHold',
  `mutation FulfillmentOrderReleaseHold($id: ID!, $holdIds: [ID!]!) {
  fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) {
    userErrors { field message code }
  }
}`,
  fulfillmentOrderReleaseHoldSchema,
);
