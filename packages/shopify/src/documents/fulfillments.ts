import {
  fulfillmentCancelSchema,
  fulfillmentCreateSchema,
  fulfillmentLinesSchema,
  fulfillmentOrderLinesSchema,
  orderFulfillmentsSchema,
  orderToShipSchema,
  trackingUpdateSchema,
} from '../wire/fulfillment.ts';
import { defineDocument } from './document.ts';

const fulfillmentOrderLines = 'id sku remainingQuantity lineItem { id }';

/** What an order has left to ship, by location, and which fulfillments carry which tracking numbers. */
export const orderToShip = defineDocument(
  'OrderToShip',
  `query OrderToShip($id: ID!, $after: String) {
  order(id: $id) {
    id name cancelledAt
    fulfillments { id status trackingInfo { number } }
    fulfillmentOrders(first: 10, after: $after) {
      nodes {
        id status
        assignedLocation { location { id } }
        lineItems(first: 100) { nodes { ${fulfillmentOrderLines} } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  orderToShipSchema,
);

export const fulfillmentOrderLinesPage = defineDocument(
  'FulfillmentOrderLines',
  `query FulfillmentOrderLines($id: ID!, $after: String) {
  fulfillmentOrder(id: $id) {
    id
    lineItems(first: 250, after: $after) { nodes { ${fulfillmentOrderLines} } pageInfo { hasNextPage endCursor } }
  }
}`,
  fulfillmentOrderLinesSchema,
);

/** Which fulfillments are on an order now. Cheap: it is asked after every fulfillment that we make. */
export const orderFulfillments = defineDocument(
  'OrderFulfillments',
  `query OrderFulfillments($id: ID!) {
  order(id: $id) { id fulfillments { id status trackingInfo { number } } }
}`,
  orderFulfillmentsSchema,
);

/** What one fulfillment shipped. */
export const fulfillmentLines = defineDocument(
  'FulfillmentLines',
  `query FulfillmentLines($id: ID!, $after: String) {
  fulfillment(id: $id) {
    id
    fulfillmentLineItems(first: 250, after: $after) {
      nodes { quantity lineItem { id sku } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  fulfillmentLinesSchema,
);

export const fulfillmentCreate = defineDocument(
  'FulfillmentCreate',
  `mutation FulfillmentCreate($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id }
    userErrors { field message }
  }
}`,
  fulfillmentCreateSchema,
);

/** Takes a fulfillment back. A repeat is a silent success. Recorded on Admin API 2026-04. */
export const fulfillmentCancel = defineDocument(
  'FulfillmentCancel',
  `mutation FulfillmentCancel($id: ID!) {
  fulfillmentCancel(id: $id) {
    userErrors { field message }
  }
}`,
  fulfillmentCancelSchema,
);

/** Replaces a fulfillment's carrier, numbers and links; the last write wins. */
export const fulfillmentTrackingInfoUpdate = defineDocument(
  'FulfillmentTrackingInfoUpdate',
  `mutation FulfillmentTrackingInfoUpdate($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
    userErrors { field message }
  }
}`,
  trackingUpdateSchema,
);
