import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { productStatus } from '../src/product-statuses.ts';
import { gramsIn } from '../src/product-weight.ts';
import {
  dispositionWords,
  financialWords,
  fulfillmentWords,
  restockWords,
  returnStatusWords,
  returnWords,
  riskAdviceWords,
  riskLevelWords,
  transactionKindWords,
  transactionStatusWords,
} from '../src/statuses.ts';
import {
  orderPageSchema,
  wireDiscountSchema,
  wireLineSchema,
  wireOrderSchema,
  wireShippingLineSchema,
} from '../src/wire/order.ts';
import { wireCustomerSchema } from '../src/wire/customer.ts';
import { wireProductSchema } from '../src/wire/product.ts';
import { wireFulfillmentOrderSchema } from '../src/wire/fulfillment-order.ts';
import { wireShipmentSchema } from '../src/wire/shipment.ts';
import { wirePaymentSchema } from '../src/wire/payment.ts';
import { wireRefundSchema } from '../src/wire/refund.ts';
import { wireReturnSchema } from '../src/wire/return.ts';
import { allDocuments } from './schema/all-documents.ts';
import { readExactly } from './schema/read-exactly.ts';
import { trueSchema, versions } from './schema/true-schema.ts';

const schemas = versions.map((version) => trueSchema(version).schema);
const documents = await allDocuments();

/** Read one by one behind the door, so that one order that cannot be read holds up no other. */
const later = {
  OrdersById: { 'query.nodes[]': wireOrderSchema.nullable() },
  CustomersById: { 'query.nodes[]': wireCustomerSchema.nullable() },
  ProductsById: { 'query.nodes[]': wireProductSchema.nullable() },
  OrderLines: { 'query.order': orderPageSchema(wireLineSchema) },
  OrderShippingLines: { 'query.order': orderPageSchema(wireShippingLineSchema) },
  OrderDiscounts: { 'query.order': orderPageSchema(wireDiscountSchema) },
  PaymentsById: { 'query.nodes[]': wirePaymentSchema.nullable() },
  RefundsById: { 'query.nodes[]': wireRefundSchema.nullable() },
  ReturnsById: { 'query.nodes[]': wireReturnSchema.nullable() },
  FulfillmentOrdersById: { 'query.nodes[]': wireFulfillmentOrderSchema.nullable() },
  ShipmentsById: { 'query.nodes[]': wireShipmentSchema.nullable() },
};
const isLater = (name: string): name is keyof typeof later => Object.hasOwn(later, name);

const folder = new URL('../src/', import.meta.url);
const code = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');
const readings = documents.map((document) => {
  const { name, operation, answer } = document;
  return { name, ...readExactly(schemas, operation, answer, isLater(name) ? later[name] : {}) };
});

describe('what is read of an answer', () => {
  it.each(readings)('is what $name asks for, on every version', ({ problems }) => {
    expect(problems).toEqual([]);
  });

  it('is used by somebody', () => {
    const keys = new Set(readings.flatMap((reading) => [...reading.keys]));
    // A query has to ask for something: of this one only matters that it is answered.
    keys.delete('myshopifyDomain');
    expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(code))).toEqual([]);
  });
});

/** What the connector knows of an enum: a map that takes each word, or the words that its code was written for. */
const knownWords = new Map<string, { decode(word: string): unknown } | readonly string[]>([
  ['OrderDisplayFulfillmentStatus', fulfillmentWords],
  ['OrderDisplayFinancialStatus', financialWords],
  ['OrderReturnStatus', returnWords],
  ['OrderTransactionKind', transactionKindWords],
  ['OrderTransactionStatus', transactionStatusWords],
  ['RiskAssessmentResult', riskLevelWords],
  ['OrderRiskRecommendationResult', riskAdviceWords],
  ['RefundLineItemRestockType', restockWords],
  ['ReturnStatus', returnStatusWords],
  ['ReverseFulfillmentOrderDispositionType', dispositionWords],
  ['ProductStatus', productStatus],
  // Under way; ended; without a file any more.
  ['BulkOperationStatus', ['CREATED', 'RUNNING', 'CANCELING', 'COMPLETED', 'FAILED', 'CANCELED', 'EXPIRED']],
  // The last one is waited for.
  ['ProductOperationStatus', ['CREATED', 'ACTIVE', 'COMPLETE']],
  ['WeightUnit', Object.keys(gramsIn)],
  ['WebhookSubscriptionFormat', ['JSON', 'XML']],
  // Can be shipped; wait; have nothing left to ship.
  ['FulfillmentOrderStatus', ['OPEN', 'IN_PROGRESS', 'ON_HOLD', 'SCHEDULED', 'CLOSED', 'CANCELLED', 'INCOMPLETE']],
  // Shipped, the last two in old orders only; shipped nothing.
  ['FulfillmentStatus', ['SUCCESS', 'OPEN', 'PENDING', 'CANCELLED', 'ERROR', 'FAILURE']],
]);
/** Handed on as they are: a standard's, told to a person, or one of many reasons of a refusal. */
const handedOn =
  /^(CountryCode|CurrencyCode|OrderCancelReason|FulfillmentHoldReason|FulfillmentOrderMerchantRequestKind|DeliveryMethodType|WebhookSubscriptionTopic|Bulk(Operation|Mutation)ErrorCode|ReturnErrorCode|\w+UserErrorCode)$/;
/** Of which each word, in every version, is looked at in fulfillment-statuses.test.ts. */
const ownTest = /^Fulfillment(DisplayStatus|EventStatus|OrderRequestStatus)$/;
/** Words that are sent, and never answered. */
const sent = new Set([
  'BULK_MUTATION_VARIABLES',
  'INELIGIBLE_PRODUCT',
  'INVALID_SKU',
  'PAYMENT_DECLINED',
  'UNDELIVERABLE_DESTINATION',
]);

describe('the words that may be answered', () => {
  const enums = new Map(readings.flatMap((reading) => [...reading.enums]));

  it('are known, or handed on as they are', () => {
    const unknown = [...enums].flatMap(([name, words]) => {
      if (handedOn.test(name) || ownTest.test(name)) return [];
      const known = knownWords.get(name) ?? [];
      return [...words].filter((word) => !isKnown(known, word)).map((word) => `${name}.${word}`);
    });
    expect(unknown).toEqual([]);
  });

  it('are all that the code compares them with', () => {
    const words = new Set([...enums.values()].flatMap((each) => [...each]));
    const compared = code.match(/(?<=')[A-Z]+(_[A-Z]+)+(?=')/g) ?? [];
    expect([...new Set(compared)].filter((word) => !words.has(word) && !sent.has(word))).toEqual([]);
    expect(compared.length).toBeGreaterThan(20);
  });
});

function isKnown(known: { decode(word: string): unknown } | readonly string[], word: string): boolean {
  if (!('decode' in known)) return known.includes(word);
  try {
    known.decode(word);
    return true;
  } catch (error) {
    // One that waits for a person is known too.
    return error instanceof Error && error.message.includes('held: ');
  }
}
