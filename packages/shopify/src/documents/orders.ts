import {
  orderCancellationSchema,
  orderIdsSchema,
  orderVersionsSchema,
  ordersByIdSchema,
  restOfOrderSchema,
  shopCheckSchema,
} from '../wire/order.ts';
import { orderCancelSchema } from '../wire/user-error.ts';
import { defineDocument } from './document.ts';

const shopMoney = 'shopMoney { amount currencyCode }';
const bothMoneys = `${shopMoney} presentmentMoney { amount currencyCode }`;
const taxLines = `taxLines { title rate channelLiable priceSet { ${bothMoneys} } }`;
const discountAllocations = `discountAllocations { allocatedAmountSet { ${bothMoneys} } discountApplication { index } }`;
const address = 'name company address1 address2 city province provinceCode countryCodeV2 zip phone';

const line = `
  id sku title variantTitle quantity currentQuantity requiresShipping isGiftCard
  originalUnitPriceSet { ${bothMoneys} }
  originalTotalSet { ${bothMoneys} }
  customAttributes { key value }
  variant { id }
  ${taxLines}
  ${discountAllocations}
  duties { id price { ${bothMoneys} } ${taxLines} }
`;
const shippingLine = `
  id title code isRemoved
  originalPriceSet { ${bothMoneys} }
  discountedPriceSet { ${bothMoneys} }
  currentDiscountedPriceSet { ${bothMoneys} }
  ${taxLines}
  ${discountAllocations}
`;
const discountApplication = `
  type: __typename index
  ... on DiscountCodeApplication { code }
  ... on AutomaticDiscountApplication { title }
  ... on ManualDiscountApplication { title }
  ... on ScriptDiscountApplication { title }
`;
const order = `
  id name createdAt processedAt updatedAt cancelledAt cancelReason confirmed closed test
  currencyCode presentmentCurrencyCode taxesIncluded dutiesIncluded
  displayFinancialStatus displayFulfillmentStatus returnStatus
  email phone note tags poNumber
  customAttributes { key value }
  customer { id }
  billingAddress { ${address} }
  shippingAddress { ${address} }
  subtotalPriceSet { ${bothMoneys} }
  totalDiscountsSet { ${bothMoneys} }
  totalTaxSet { ${bothMoneys} }
  totalPriceSet { ${bothMoneys} }
  currentSubtotalPriceSet { ${bothMoneys} }
  currentTotalDiscountsSet { ${bothMoneys} }
  currentTotalTaxSet { ${bothMoneys} }
  currentTotalPriceSet { ${bothMoneys} }
  totalTipReceivedSet { ${bothMoneys} }
  originalTotalDutiesSet { ${bothMoneys} }
  currentTotalDutiesSet { ${bothMoneys} }
  additionalFees { id name price { ${bothMoneys} } ${taxLines} }
  transactions {
    id kind status gateway processedAt createdAt
    amountSet { ${bothMoneys} }
    parentTransaction { id }
  }
  risk { recommendation assessments { riskLevel provider { title } facts { description } } }
  lineItems(first: 50) { nodes { ${line} } pageInfo { hasNextPage endCursor } }
  shippingLines(first: 10) { nodes { ${shippingLine} } pageInfo { hasNextPage endCursor } }
  discountApplications(first: 20) { nodes { ${discountApplication} } pageInfo { hasNextPage endCursor } }
`;

/** Ids of changed orders, oldest change first: 13 points for 250 rows, where whole orders would cost hundreds. */
export const orderIds = defineDocument(
  'OrderIds',
  `query OrderIds($filter: String!, $after: String) {
  orders(first: 250, after: $after, query: $filter, sortKey: UPDATED_AT) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
  orderIdsSchema,
);

/** Whole orders by id. The cost of a list is that of one entry, however many ids are asked for. */
export const ordersById = defineDocument(
  'OrdersById',
  `query OrdersById($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { ${order} } } }`,
  ordersByIdSchema,
);

/** Which of these orders are there, and of which moment: one point, and nothing in it that one order could break. */
export const orderVersions = defineDocument(
  'OrderVersions',
  'query OrderVersions($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id updatedAt } } }',
  orderVersionsSchema,
);

/** Further lines of a large order. `updatedAt` tells whether the order is still the one whose head was read. */
export const orderLines = defineDocument(
  'OrderLines',
  `query OrderLines${restOf('lineItems', line)}`,
  restOfOrderSchema,
);
export const orderShippingLines = defineDocument(
  'OrderShippingLines',
  `query OrderShippingLines${restOf('shippingLines', shippingLine)}`,
  restOfOrderSchema,
);
export const orderDiscounts = defineDocument(
  'OrderDiscounts',
  `query OrderDiscounts${restOf('discountApplications', discountApplication)}`,
  restOfOrderSchema,
);

export const shopCheck = defineDocument('ShopCheck', 'query ShopCheck { shop { myshopifyDomain } }', shopCheckSchema);

export const orderCancellation = defineDocument(
  'OrderCancellation',
  'query OrderCancellation($id: ID!) { order(id: $id) { id cancelledAt } }',
  orderCancellationSchema,
);

export const orderCancel = defineDocument(
  'OrderCancel',
  `mutation OrderCancel(
  $orderId: ID!
  $reason: OrderCancelReason!
  $restock: Boolean!
  $refundMethod: OrderCancelRefundMethodInput
  $notifyCustomer: Boolean
) {
  orderCancel(
    orderId: $orderId
    reason: $reason
    restock: $restock
    refundMethod: $refundMethod
    notifyCustomer: $notifyCustomer
  ) {
    orderCancelUserErrors { field message code }
  }
}`,
  orderCancelSchema,
);

function restOf(connection: string, selection: string): string {
  return `($id: ID!, $after: String) {
  order(id: $id) {
    updatedAt
    page: ${connection}(first: 250, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } }
  }
}`;
}
