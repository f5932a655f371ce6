import type { GraphQLDocument } from './document.ts';

const fulfillmentOrderLines = 'id sku remainingQuantity totalQuantity lineItem { id }';

/** What an order has left to ship, by location, and which fulfillments carry which tracking numbers. */
export const orderToShip: GraphQLDocument = {
  name: 'OrderToShip',
  text: `query OrderToShip($id: ID!, $after: String) {
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
};

export const fulfillmentOrderLinesPage: GraphQLDocument = {
  name: 'FulfillmentOrderLines',
  text: `query FulfillmentOrderLines($id: ID!, $after: String) {
  fulfillmentOrder(id: $id) {
    id
    lineItems(first: 250, after: $after) { nodes { ${fulfillmentOrderLines} } pageInfo { hasNextPage endCursor } }
  }
}`,
};

/** Which fulfillments are on an order now. Cheap: it is asked after every fulfillment that we make. */
export const orderFulfillments: GraphQLDocument = {
  name: 'OrderFulfillments',
  text: `query OrderFulfillments($id: ID!) {
  order(id: $id) { id fulfillments { id status trackingInfo { number } } }
}`,
};

/** What one fulfillment shipped. */
export const fulfillmentLines: GraphQLDocument = {
  name: 'FulfillmentLines',
  text: `query FulfillmentLines($id: ID!, $after: String) {
  fulfillment(id: $id) {
    id
    fulfillmentLineItems(first: 250, after: $after) {
      nodes { quantity lineItem { id sku } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
};

export const fulfillmentCreate: GraphQLDocument = {
  name: 'FulfillmentCreate',
  text: `mutation FulfillmentCreate($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id status }
    userErrors { field message }
  }
}`,
};

/** Takes a fulfillment back. A repeat is a silent success. Recorded on Admin API 2026-04. */
export const fulfillmentCancel: GraphQLDocument = {
  name: 'FulfillmentCancel',
  text: `mutation FulfillmentCancel($id: ID!) {
  fulfillmentCancel(id: $id) {
    fulfillment { id status }
    userErrors { field message }
  }
}`,
};

/** Replaces a fulfillment's carrier, numbers and links; the last write wins. */
export const fulfillmentTrackingInfoUpdate: GraphQLDocument = {
  name: 'FulfillmentTrackingInfoUpdate',
  text: `mutation FulfillmentTrackingInfoUpdate($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
    fulfillment { id status }
    userErrors { field message }
  }
}`,
};
