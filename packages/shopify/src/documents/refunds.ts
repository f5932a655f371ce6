import {
  refundCreateSchema,
  refundFactsSchema,
  refundLinesSchema,
  refundsByIdSchema,
  refundsByOrderSchema,
  returnedUnitsSchema,
  returnRefundsSchema,
  suggestedRefundSchema,
} from '../wire/refund.ts';
import { defineDocument } from './document.ts';

const shopMoney = 'shopMoney { amount currencyCode }';
const bothMoneys = `${shopMoney} presentmentMoney { amount currencyCode }`;
const line = `quantity restockType subtotalSet { ${shopMoney} } totalTaxSet { ${shopMoney} } lineItem { id }`;
const refund = `
  id createdAt processedAt updatedAt note
  order { id taxesIncluded }
  return { id }
  refundLineItems(first: 50) { nodes { ${line} } pageInfo { hasNextPage endCursor } }
  refundShippingLines(first: 50) {
    nodes { subtotalAmountSet { ${shopMoney} } taxAmountSet { ${shopMoney} } }
    pageInfo { hasNextPage endCursor }
  }
  duties { amountSet { ${shopMoney} } originalDuty { id } }
  orderAdjustments(first: 50) {
    nodes { id amountSet { ${shopMoney} } taxAmountSet { ${shopMoney} } }
    pageInfo { hasNextPage endCursor }
  }
  transactions(first: 50) {
    nodes { kind status amountSet { ${shopMoney} } }
    pageInfo { hasNextPage endCursor }
  }
`;
const suggested = `
  amountSet { ${bothMoneys} }
  maximumRefundableSet { ${bothMoneys} }
  shipping { maximumRefundableSet { ${bothMoneys} } amountSet { ${bothMoneys} } taxSet { ${bothMoneys} } }
  suggestedTransactions {
    gateway
    amountSet { ${bothMoneys} }
    parentTransaction { id }
  }
`;

/** Which refunds these orders have: two points for all of a call. */
export const refundsByOrder = defineDocument(
  'RefundsByOrder',
  'query RefundsByOrder($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id refunds { id } } } }',
  refundsByOrderSchema,
);

export const refundsById = defineDocument(
  'RefundsById',
  `query RefundsById($ids: [ID!]!) { nodes(ids: $ids) { ... on Refund { ${refund} } } }`,
  refundsByIdSchema,
);

/** Further lines of a large refund. */
export const refundLines = defineDocument(
  'RefundLines',
  `query RefundLines($id: ID!, $after: String) {
  refund(id: $id) {
    page: refundLineItems(first: 250, after: $after) { nodes { ${line} } pageInfo { hasNextPage endCursor } }
  }
}`,
  refundLinesSchema,
);

/** What decides about a refund: what was given back before, what can still be, and how far the goods are. */
export const refundFacts = defineDocument(
  'RefundFacts',
  `query RefundFacts($id: ID!, $lines: [ID!]!) {
  order(id: $id) {
    name taxesIncluded currencyCode presentmentCurrencyCode
    totalOutstandingSet { ${bothMoneys} }
    refunds { id note }
    transactions { id kind status gateway amountSet { ${bothMoneys} } parentTransaction { id } }
    suggestedRefund(suggestFullRefund: true) { ${suggested} }
  }
  nodes(ids: $lines) { ... on LineItem { id refundableQuantity unfulfilledQuantity } }
}`,
  refundFactsSchema,
);

/** What a return took off its order. */
export const returnedUnits = defineDocument(
  'ReturnedUnits',
  `query ReturnedUnits($id: ID!, $after: String) {
  return(id: $id) {
    order { id }
    page: returnLineItems(first: 100, after: $after) {
      nodes {
        processedQuantity refundedQuantity
        ... on ReturnLineItem { fulfillmentLineItem { lineItem { id } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  returnedUnitsSchema,
);

/** What was given back for a return. Processing one makes a refund of its units, with money or without. */
export const returnRefunds = defineDocument(
  'ReturnRefunds',
  `query ReturnRefunds($id: ID!, $after: String) {
  return(id: $id) {
    page: refunds(first: 10, after: $after) {
      nodes {
        id
        refundLineItems(first: 50) { nodes { quantity lineItem { id } } pageInfo { hasNextPage endCursor } }
        refundShippingLines(first: 1) { nodes { id } }
        transactions(first: 50) { nodes { kind status } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  returnRefundsSchema,
);

/** What Shopify itself would give back for this. */
export const suggestedRefund = defineDocument(
  'SuggestedRefund',
  `query SuggestedRefund($id: ID!, $lines: [RefundLineItemInput!], $shipping: Money) {
  order(id: $id) {
    suggestedRefund(refundLineItems: $lines, shippingAmount: $shipping) { ${suggested} }
  }
}`,
  suggestedRefundSchema,
);

/** Gives money back at the gateway: 20 points. The key is required since 2026-04, and honoured for 24 hours. */
export const refundCreate = defineDocument(
  'RefundCreate',
  `mutation RefundCreate($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id }
    userErrors { field message }
  }
}`,
  refundCreateSchema,
);
