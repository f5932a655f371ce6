import {
  returnApproveSchema,
  returnableSchema,
  returnCloseSchema,
  returnCreateSchema,
  returnLinesSchema,
  returnNotesSchema,
  returnProcessSchema,
  returnsByIdSchema,
  returnsOfOrdersSchema,
  reverseLinesSchema,
} from '../wire/return.ts';
import { defineDocument } from './document.ts';

const line = `
  quantity processedQuantity returnReasonNote customerNote
  returnReasonDefinition { name }
  ... on ReturnLineItem { id fulfillmentLineItem { id lineItem { id sku } } }
  ... on UnverifiedReturnLineItem { id }
`;
const reverseLine = `
  id totalQuantity
  fulfillmentLineItem { id }
  dispositions { quantity type createdAt }
`;
const goods = `
  id name status createdAt closedAt requestApprovedAt
  order { id }
  returnLineItems(first: 50) { nodes { ${line} } pageInfo { hasNextPage endCursor } }
  reverseFulfillmentOrders(first: 10) {
    nodes { id lineItems(first: 50) { nodes { ${reverseLine} } pageInfo { hasNextPage endCursor } } }
    pageInfo { hasNextPage endCursor }
  }
`;

/** Which returns these orders have. */
export const returnsOfOrders = defineDocument(
  'ReturnsOfOrders',
  `query ReturnsOfOrders($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Order { id returns(first: 100) { nodes { id } pageInfo { hasNextPage endCursor } } }
  }
}`,
  returnsOfOrdersSchema,
);

/** Whole returns. The cost of a list is that of one entry, however many ids are asked for. */
export const returnsById = defineDocument(
  'ReturnsById',
  `query ReturnsById($ids: [ID!]!) { nodes(ids: $ids) { ... on Return { ${goods} } } }`,
  returnsByIdSchema,
);

/** Further lines of a large return. */
export const returnLines = defineDocument(
  'ReturnLines',
  `query ReturnLines($id: ID!, $after: String) {
  return(id: $id) {
    page: returnLineItems(first: 250, after: $after) { nodes { ${line} } pageInfo { hasNextPage endCursor } }
  }
}`,
  returnLinesSchema,
);

/** Further lines of what one place expects of a large return. */
export const reverseLines = defineDocument(
  'ReverseLines',
  `query ReverseLines($id: ID!, $after: String) {
  reverseFulfillmentOrder(id: $id) {
    page: lineItems(first: 250, after: $after) { nodes { ${reverseLine} } pageInfo { hasNextPage endCursor } }
  }
}`,
  reverseLinesSchema,
);

/** What of an order was shipped and can come back: what is on its way back already is not in it. */
export const returnableGoods = defineDocument(
  'ReturnableGoods',
  `query ReturnableGoods($order: ID!, $after: String) {
  order(id: $order) { name }
  returnableFulfillments(orderId: $order, first: 25, after: $after) {
    nodes {
      fulfillment { id }
      returnableFulfillmentLineItems(first: 250) {
        nodes { quantity fulfillmentLineItem { id lineItem { id sku } } }
        pageInfo { hasNextPage endCursor }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  returnableSchema,
);

/** What stands in the notes of an order's returns; ours is on every line of one, so the first is enough. */
export const returnNotes = defineDocument(
  'ReturnNotes',
  `query ReturnNotes($order: ID!, $after: String) {
  order(id: $order) {
    returns(first: 50, after: $after) {
      nodes { id returnLineItems(first: 1) { nodes { returnReasonNote } pageInfo { hasNextPage endCursor } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  returnNotesSchema,
);

export const returnCreate = defineDocument(
  'ReturnCreate',
  `mutation ReturnCreate($input: ReturnInput!) {
  returnCreate(returnInput: $input) { return { id } userErrors { field message code } }
}`,
  returnCreateSchema,
);

/** Says yes to a return that the buyer asked for. */
export const returnApprove = defineDocument(
  'ReturnApprove',
  `mutation ReturnApprove($input: ReturnApproveRequestInput!) {
  returnApproveRequest(input: $input) { userErrors { field message code } }
}`,
  returnApproveSchema,
);

/** Books what arrived, and what is done with it. No money moves with it. */
export const returnProcess = defineDocument(
  'ReturnProcess',
  `mutation ReturnProcess($input: ReturnProcessInput!) {
  returnProcess(input: $input) { userErrors { field message code } }
}`,
  returnProcessSchema,
);

export const returnClose = defineDocument(
  'ReturnClose',
  'mutation ReturnClose($id: ID!) { returnClose(id: $id) { userErrors { field message code } } }',
  returnCloseSchema,
);
