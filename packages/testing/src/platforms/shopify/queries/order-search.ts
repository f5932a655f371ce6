import { decimalOf } from '../money.ts';
import { sumsOf } from '../order-sums.ts';
import { financialStatus, fulfillmentOrdersOf, fulfillmentStatus, returnStatus } from '../order-status.ts';
import type { Sort } from '../paging.ts';
import type { OrderRecord } from '../records.ts';
import { numberField, textField, timeField, type SearchFields } from '../search.ts';
import type { Store } from '../store.ts';

/** What orders are searched by. Names from the schema of API 2026-10. */
export function orderFields(store: Store): SearchFields<OrderRecord> {
  return {
    id: numberField(({ id }) => id),
    name: (_how, value) => (order) => order.name === value || order.name === `#${value}`,
    status: (_how, value) => (order) => statusMatches(order, value),
    financial_status: (_how, value) => (order) => financialStatus(order).toLowerCase() === value.toLowerCase(),
    fulfillment_status: (_how, value) => (order) => shippedAs(store, order, value.toLowerCase()),
    return_status: textField((order) => returnStatus(store, order)),
    risk_level: textField(({ risk }) => risk.assessments.at(-1)?.level),
    created_at: timeField(({ createdAt }) => createdAt),
    processed_at: timeField(({ processedAt }) => processedAt),
    updated_at: timeField(({ updatedAt }) => updatedAt),
    email: textField(({ email }) => email),
    customer_id: numberField(({ customerId }) => customerId),
    tag: textField(({ tags }) => tags),
    tag_not: (_how, value) => (order) => !order.tags.some((tag) => tag.toLowerCase() === value.toLowerCase()),
    test: (_how, value) => (order) => String(order.test) === value,
    sku: textField(({ lines }) => lines.flatMap(({ sku }) => sku ?? [])),
    source_name: textField(({ sourceName }) => sourceName),
    source_identifier: textField(({ sourceIdentifier }) => sourceIdentifier),
    po_number: textField(({ poNumber }) => poNumber),
    gateway: textField(({ transactions }) => transactions.map(({ gateway }) => gateway)),
    discount_code: textField(({ discounts }) =>
      discounts.filter(({ kind }) => kind === 'code').map(({ name }) => name),
    ),
    current_total_price: textField((order) => decimalOf(sumsOf(order).currentTotal, order.currency)),
    fulfillment_location_id: (how, value) => {
      const isThere = numberField((locationId: bigint) => locationId)(how, value);
      return (order) => fulfillmentOrdersOf(store, order.id).some(({ locationId }) => isThere(locationId));
    },
    // Known, and never set on an order of the fake.
    ...Object.fromEntries(
      [
        'cart_token',
        'channel',
        'channel_id',
        'checkout_token',
        'confirmation_number',
        'credit_card_last4',
        'delivery_method',
        'location_id',
        'metafield',
        'payment_id',
        'payment_provider_id',
        'reference_location_id',
        'sales_channel',
        'total_weight',
        'user_id',
      ].map((name) => [name, () => () => false]),
    ),
  };
}

/** The texts of an order that a bare word is looked for in. */
export function orderWords({ name, email, lines, customAttributes, note }: OrderRecord): readonly string[] {
  return [
    name,
    email ?? '',
    note ?? '',
    ...lines.map(({ title }) => title),
    ...customAttributes.map(({ value }) => value),
  ];
}

/** What orders are sorted by. */
export function orderSort(key: string | undefined): Sort<OrderRecord> {
  switch (key) {
    case 'UPDATED_AT':
      return { kind: 'time', value: ({ updatedAt }) => updatedAt };
    case 'CREATED_AT':
      return { kind: 'time', value: ({ createdAt }) => createdAt };
    case 'ID':
    case 'RELEVANCE':
      return { kind: 'number', value: ({ id }) => id };
    case 'ORDER_NUMBER':
      return { kind: 'number', value: ({ number }) => BigInt(number) };
    case 'TOTAL_PRICE':
      return { kind: 'number', value: (order) => sumsOf(order).total };
    case 'CURRENT_TOTAL_PRICE':
      return { kind: 'number', value: (order) => sumsOf(order).currentTotal };
    case 'TOTAL_ITEMS_QUANTITY':
      return {
        kind: 'number',
        value: ({ lines }) => BigInt(lines.reduce((total, { quantity }) => total + quantity, 0)),
      };
    case 'FINANCIAL_STATUS':
      return { kind: 'text', value: financialStatus };
    case 'PO_NUMBER':
      return { kind: 'text', value: ({ poNumber }) => poNumber ?? '' };
    case 'CUSTOMER_NAME':
      return { kind: 'text', value: ({ shippingAddress }) => shippingAddress?.lastName ?? '' };
    case 'DESTINATION':
      return { kind: 'text', value: ({ shippingAddress }) => shippingAddress?.city ?? '' };
    case 'FULFILLMENT_STATUS':
      return { kind: 'number', value: ({ lines }) => BigInt(lines.filter(({ fulfilled }) => fulfilled > 0).length) };
    case undefined:
    default:
      return { kind: 'time', value: ({ processedAt }) => processedAt };
  }
}

function statusMatches({ cancelledAt, closedAt }: OrderRecord, value: string): boolean {
  switch (value) {
    case 'any':
      return true;
    case 'open':
      return cancelledAt === undefined && closedAt === undefined;
    case 'closed':
      return closedAt !== undefined;
    case 'not_closed':
      return closedAt === undefined;
    case 'cancelled':
      return cancelledAt !== undefined;
    default:
      return false;
  }
}

function shippedAs(store: Store, order: OrderRecord, value: string): boolean {
  const status = fulfillmentStatus(store, order, '2026-01').toLowerCase();
  switch (value) {
    case 'any':
      return true;
    case 'shipped':
      return status === 'fulfilled';
    case 'partial':
      return status === 'partially_fulfilled';
    case 'unshipped':
      return !order.lines.some(({ fulfilled }) => fulfilled > 0);
    default:
      return status === value;
  }
}
