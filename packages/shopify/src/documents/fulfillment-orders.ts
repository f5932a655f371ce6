import {
  fulfillmentOrderIdsSchema,
  fulfillmentOrdersByIdSchema,
  fulfillmentOrderUnitsSchema,
} from '../wire/fulfillment-order.ts';
import { goodsVersionsSchema } from '../wire/goods-versions.ts';
import { defineDocument } from './document.ts';

const units = 'id sku productTitle totalQuantity remainingQuantity requiresShipping';

/** Ids of changed fulfillment orders, closed ones among them: 13 points a page. */
export const fulfillmentOrderIds = defineDocument(
  'FulfillmentOrderIds',
  `query FulfillmentOrderIds($filter: String, $after: String) {
  fulfillmentOrders(first: 250, query: $filter, sortKey: UPDATED_AT, includeClosed: true, after: $after) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
  fulfillmentOrderIdsSchema,
);

/** Fulfillment orders that are known by id, with the last request of the merchant. */
export const fulfillmentOrdersById = defineDocument(
  'FulfillmentOrdersById',
  `query FulfillmentOrdersById($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on FulfillmentOrder {
      id orderId orderName status requestStatus fulfillAt createdAt updatedAt
      assignedLocation { location { id } }
      destination { firstName lastName company address1 address2 city province zip countryCode phone email }
      deliveryMethod { methodType serviceCode presentedName }
      fulfillmentHolds { reason reasonNotes displayReason }
      merchantRequests(first: 1, reverse: true) { nodes { kind message } }
      fulfillments(first: 100) { nodes { status } }
      lineItems(first: 100) { nodes { ${units} } pageInfo { hasNextPage endCursor } }
    }
  }
}`,
  fulfillmentOrdersByIdSchema,
);

export const fulfillmentOrderUnits = defineDocument(
  'FulfillmentOrderUnits',
  `query FulfillmentOrderUnits($id: ID!, $after: String) {
  fulfillmentOrder(id: $id) {
    page: lineItems(first: 250, after: $after) { nodes { ${units} } pageInfo { hasNextPage endCursor } }
  }
}`,
  fulfillmentOrderUnitsSchema,
);

/** When they changed last: little enough to be answered also where Shopify breaks on the rest. */
export const fulfillmentVersions = defineDocument(
  'FulfillmentVersions',
  'query FulfillmentVersions($ids: [ID!]!) { nodes(ids: $ids) { ... on FulfillmentOrder { id updatedAt } } }',
  goodsVersionsSchema,
);
