import {
  fulfillmentCreateSchema,
  fulfillmentLinesSchema,
  fulfillmentOrderLinesSchema,
  orderFulfillmentsSchema,
  orderToShipSchema,
} from '../wire/fulfillment.ts';
import { defineDocument } from './document.ts';

const fulfillmentOrderLines = 'id sku remainingQuantity lineItem { id }';
const heads = 'id status displayStatus trackingInfo { company number url }';

/** What an order has left to ship, which fulfillments are on it, and the book of its shipments. */
export const orderToShip = defineDocument(
  'OrderToShip',
  `query OrderToShip($id: ID!, $book: String!, $after: String) {
  order(id: $id) {
    id name cancelledAt
    metafield(key: $book) { value compareDigest updatedAt }
    fulfillments { ${heads} }
    fulfillmentOrders(first: 10, after: $after) {
      nodes {
        id status requestStatus
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

/** Which fulfillments are on an order now. Cheap: it is asked behind those that we make. */
export const orderFulfillments = defineDocument(
  'OrderFulfillments',
  `query OrderFulfillments($id: ID!) {
  order(id: $id) { id fulfillments { ${heads} } }
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
