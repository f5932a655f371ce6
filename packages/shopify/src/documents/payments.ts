import {
  orderCaptureSchema,
  orderTransactionSchema,
  paymentsByIdSchema,
  reservedMoneySchema,
} from '../wire/payment.ts';
import { defineDocument } from './document.ts';

const bothMoneys = 'shopMoney { amount currencyCode } presentmentMoney { amount currencyCode }';
const transaction = `
  id kind status gateway processedAt createdAt
  amountSet { ${bothMoneys} }
  parentTransaction { id }
`;

/** What was paid for orders: a few points for all of a call, because a list costs what one entry does. */
export const paymentsById = defineDocument(
  'PaymentsById',
  `query PaymentsById($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Order {
      id name updatedAt displayFinancialStatus
      totalReceivedSet { ${bothMoneys} }
      currentTotalPriceSet { ${bothMoneys} }
      transactions { ${transaction} }
    }
  }
}`,
  paymentsByIdSchema,
);

/** What is reserved for an order, and what was taken of it. */
export const reservedMoney = defineDocument(
  'ReservedMoney',
  `query ReservedMoney($id: ID!) {
  order(id: $id) {
    name currencyCode presentmentCurrencyCode
    transactions {
      id kind status
      amountSet { ${bothMoneys} }
      totalUnsettledSet { ${bothMoneys} }
      parentTransaction { id }
    }
  }
}`,
  reservedMoneySchema,
);

/** Takes money: 20 points. Shopify knows no key for it. */
export const orderCapture = defineDocument(
  'OrderCapture',
  `mutation OrderCapture($input: OrderCaptureInput!) {
  orderCapture(input: $input) {
    transaction { id status }
    userErrors { field message }
  }
}`,
  orderCaptureSchema,
);

/** Which order a transaction is of. */
export const orderOfTransaction = defineDocument(
  'OrderOfTransaction',
  'query OrderOfTransaction($id: ID!) { node(id: $id) { ... on OrderTransaction { order { id } } } }',
  orderTransactionSchema,
);
