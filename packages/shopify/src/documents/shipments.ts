import { goodsVersionsSchema } from '../wire/goods-versions.ts';
import { shipmentContentsSchema, shipmentIdsSchema, shipmentsByIdSchema } from '../wire/shipment.ts';
import { defineDocument } from './document.ts';

const contents = 'quantity lineItem { id sku title requiresShipping }';

/** What left of changed orders: there is no list of fulfillments by itself. 24 points a page. */
export const shipmentIds = defineDocument(
  'ShipmentIds',
  `query ShipmentIds($filter: String, $after: String) {
  orders(first: 250, query: $filter, sortKey: UPDATED_AT, after: $after) {
    nodes { id updatedAt fulfillments { id } }
    pageInfo { hasNextPage endCursor }
  }
}`,
  shipmentIdsSchema,
);

export const shipmentsById = defineDocument(
  'ShipmentsById',
  `query ShipmentsById($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Fulfillment {
      id name status displayStatus createdAt updatedAt deliveredAt
      order { id }
      location { id }
      trackingInfo { company number url }
      fulfillmentLineItems(first: 100) { nodes { ${contents} } pageInfo { hasNextPage endCursor } }
    }
  }
}`,
  shipmentsByIdSchema,
);

export const shipmentContents = defineDocument(
  'ShipmentContents',
  `query ShipmentContents($id: ID!, $after: String) {
  fulfillment(id: $id) {
    page: fulfillmentLineItems(first: 250, after: $after) { nodes { ${contents} } pageInfo { hasNextPage endCursor } }
  }
}`,
  shipmentContentsSchema,
);

/** When they changed last: little enough to be answered also where Shopify breaks on the rest. */
export const shipmentVersions = defineDocument(
  'ShipmentVersions',
  'query ShipmentVersions($ids: [ID!]!) { nodes(ids: $ids) { ... on Fulfillment { id updatedAt } } }',
  goodsVersionsSchema,
);
