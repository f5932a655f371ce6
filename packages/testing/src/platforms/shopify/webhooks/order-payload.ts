import { gid } from '../gid.ts';
import { converted, moneyOf, sum, type Minor } from '../money.ts';
import { currentQuantity, netOf, originalOf, sumsOf, takenOff } from '../order-sums.ts';
import { financialStatus, fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import type {
  Address,
  AllocationRecord,
  LineRecord,
  OrderRecord,
  RefundRecord,
  ShippingRecord,
  TaxRecord,
} from '../records.ts';
import type { Store } from '../store.ts';
import { fulfillmentPayload } from './fulfillment-payload.ts';
import { offsetOf } from './moment.ts';

type Payload = Readonly<Record<string, unknown>>;

/** An order in the older REST form: statuses in lower case, `fulfillment_status` null while nothing is shipped. */
export function orderPayload(store: Store, order: OrderRecord): Payload {
  const sums = sumsOf(order);
  const amount = (minor: Minor) => moneyOf(minor, order.currency);
  const both = (name: string, minor: Minor): Payload => ({
    [name]: amount(minor),
    [`${name}_set`]: setOf(order, minor),
  });
  const related = store.ofOrder.get(order.id);
  return {
    id: order.id,
    admin_graphql_api_id: gid('Order', order.id),
    name: order.name,
    // The number counts from 1, the order number from 1001.
    number: order.number - 1000,
    order_number: order.number,
    token: order.id.toString(16).padStart(32, '0'),
    confirmed: true,
    test: order.test,
    source_name: order.sourceName,
    source_identifier: order.sourceIdentifier ?? null,
    created_at: offsetOf(order.createdAt),
    processed_at: offsetOf(order.processedAt),
    updated_at: offsetOf(order.updatedAt),
    cancelled_at: order.cancelledAt === undefined ? null : offsetOf(order.cancelledAt),
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    closed_at: order.closedAt === undefined ? null : offsetOf(order.closedAt),
    financial_status: financialStatus(order).toLowerCase(),
    fulfillment_status: shippedWord(store, order),
    currency: order.currency,
    presentment_currency: order.presentment?.currency ?? order.currency,
    taxes_included: order.taxesIncluded,
    email: order.email ?? '',
    contact_email: order.email ?? null,
    phone: order.phone ?? null,
    note: order.note ?? null,
    po_number: order.poNumber ?? null,
    tags: order.tags.join(', '),
    note_attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
    payment_gateway_names: [...new Set(order.transactions.map(({ gateway }) => gateway))],
    ...both('total_price', sums.total),
    ...both('subtotal_price', sums.subtotal),
    ...both('total_tax', sums.tax),
    ...both('total_discounts', sums.discounts),
    ...both('total_line_items_price', sum(order.lines.map(originalOf))),
    ...both('current_total_price', sums.currentTotal),
    ...both('current_subtotal_price', sums.currentSubtotal),
    ...both('current_total_tax', sums.currentTax),
    ...both('current_total_discounts', sums.currentDiscounts),
    total_outstanding: amount(sums.outstanding),
    total_shipping_price_set: setOf(order, sums.shipping),
    total_weight: order.lines.reduce((total, { grams, quantity }) => total + grams * quantity, 0),
    discount_codes: order.discounts
      .filter(({ kind }) => kind === 'code')
      .map(({ name, amount: minor }) => ({ code: name, amount: amount(minor), type: 'fixed_amount' })),
    discount_applications: order.discounts.map(({ kind, name, level, amount: minor, percentage }) => ({
      type: kind === 'code' ? 'discount_code' : kind,
      ...(kind === 'code' ? { code: name } : { title: name }),
      target_type: level === 'shipping' ? 'shipping_line' : 'line_item',
      target_selection: level === 'line' ? 'explicit' : 'all',
      allocation_method: level === 'order' ? 'across' : level === 'shipping' ? 'each' : 'one',
      value: percentage === undefined ? amount(minor) : String(percentage),
      value_type: percentage === undefined ? 'fixed_amount' : 'percentage',
    })),
    tax_lines: [...order.lines, ...order.shippingLines]
      .flatMap(({ taxLines }) => taxLines)
      .map((tax) => taxPayload(order, tax)),
    customer: customerPayload(store, order),
    billing_address: addressPayload(order.billingAddress),
    shipping_address: addressPayload(order.shippingAddress),
    line_items: order.lines.map((line) => linePayload(store, order, line)),
    shipping_lines: order.shippingLines.map((line) => shippingPayload(order, line)),
    fulfillments: (related?.fulfillments ?? []).map((record) => fulfillmentPayload(store, record)),
    refunds: order.refunds.map((record) => refundPayload(order, record)),
  };
}

/** A refund in the older REST form. */
export function refundPayload(order: OrderRecord, record: RefundRecord): Payload {
  return {
    id: record.id,
    admin_graphql_api_id: gid('Refund', record.id),
    order_id: order.id,
    note: record.note ?? null,
    created_at: offsetOf(record.at),
    processed_at: offsetOf(record.at),
    refund_line_items: record.lines.map(({ id, lineId, quantity, restockType, locationId, subtotal, tax }) => ({
      id,
      line_item_id: lineId,
      quantity,
      restock_type: restockType.toLowerCase(),
      location_id: locationId ?? null,
      subtotal: moneyOf(subtotal, order.currency),
      subtotal_set: setOf(order, subtotal),
      total_tax: moneyOf(tax, order.currency),
      total_tax_set: setOf(order, tax),
    })),
    transactions: order.transactions
      .filter(({ id }) => record.transactionIds.includes(id))
      .map(({ id, kind, status, gateway, amount, at, parentId }) => ({
        id,
        admin_graphql_api_id: gid('OrderTransaction', id),
        order_id: order.id,
        kind: kind.toLowerCase(),
        status: status.toLowerCase(),
        gateway,
        amount: moneyOf(amount, order.currency),
        currency: order.currency,
        created_at: offsetOf(at),
        parent_id: parentId ?? null,
      })),
    order_adjustments: [],
  };
}

function shippedWord(store: Store, order: OrderRecord): string | null {
  if (order.statusWords.fulfillment) return order.statusWords.fulfillment.toLowerCase();
  if (!order.lines.some(({ fulfilled }) => fulfilled > 0)) return null;
  return fulfillmentOrdersOf(store, order.id).some(isOpen) ? 'partial' : 'fulfilled';
}

function linePayload(store: Store, order: OrderRecord, line: LineRecord): Payload {
  const variant = line.variantId === undefined ? undefined : store.variants.get(line.variantId);
  return {
    id: line.id,
    admin_graphql_api_id: gid('LineItem', line.id),
    variant_id: line.variantId ?? null,
    product_id: variant?.productId ?? null,
    sku: line.sku ?? null,
    title: line.title,
    variant_title: line.variantTitle ?? null,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    vendor: line.vendor ?? null,
    quantity: line.quantity,
    current_quantity: currentQuantity(line),
    fulfillable_quantity: Math.max(0, line.requiresShipping ? currentQuantity(line) - line.fulfilled : 0),
    fulfillment_status: line.fulfilled === 0 ? null : line.fulfilled < line.quantity ? 'partial' : 'fulfilled',
    requires_shipping: line.requiresShipping,
    taxable: line.taxable,
    gift_card: line.giftCard,
    grams: line.grams,
    price: moneyOf(line.unitPrice, order.currency),
    price_set: setOf(order, line.unitPrice),
    total_discount: moneyOf(originalOf(line) - netOf(line), order.currency),
    total_discount_set: setOf(order, originalOf(line) - netOf(line)),
    properties: line.customAttributes.map(({ key, value }) => ({ name: key, value })),
    tax_lines: line.taxLines.map((tax) => taxPayload(order, tax)),
    discount_allocations: line.allocations.map((each) => allocationPayload(order, each)),
  };
}

function shippingPayload(order: OrderRecord, line: ShippingRecord): Payload {
  return {
    id: line.id,
    title: line.title,
    code: line.code ?? line.title,
    source: 'shopify',
    price: moneyOf(line.price, order.currency),
    price_set: setOf(order, line.price),
    discounted_price: moneyOf(line.price - takenOff(line), order.currency),
    discounted_price_set: setOf(order, line.price - takenOff(line)),
    tax_lines: line.taxLines.map((tax) => taxPayload(order, tax)),
    discount_allocations: line.allocations.map((each) => allocationPayload(order, each)),
  };
}

function allocationPayload(order: OrderRecord, { discount, amount }: AllocationRecord): Payload {
  return {
    amount: moneyOf(amount, order.currency),
    amount_set: setOf(order, amount),
    discount_application_index: discount,
  };
}

function taxPayload(order: OrderRecord, { title, rate, amount }: TaxRecord): Payload {
  return {
    title,
    rate: Number(rate),
    price: moneyOf(amount, order.currency),
    price_set: setOf(order, amount),
    channel_liable: false,
  };
}

function customerPayload(store: Store, order: OrderRecord): Payload | null {
  const customer = order.customerId === undefined ? undefined : store.customers.get(order.customerId);
  if (!customer) return null;
  return {
    id: customer.id,
    admin_graphql_api_id: gid('Customer', customer.id),
    email: customer.email ?? null,
    phone: customer.phone ?? null,
    first_name: customer.firstName ?? null,
    last_name: customer.lastName ?? null,
    created_at: offsetOf(customer.createdAt),
    updated_at: offsetOf(customer.updatedAt),
  };
}

function addressPayload(address: Address | undefined): Payload | null {
  if (!address) return null;
  return {
    first_name: address.firstName ?? null,
    last_name: address.lastName ?? null,
    name: [address.firstName, address.lastName].filter(Boolean).join(' ') || null,
    company: address.company ?? null,
    address1: address.address1 ?? null,
    address2: address.address2 ?? null,
    city: address.city ?? null,
    province: address.province ?? null,
    province_code: address.provinceCode ?? null,
    zip: address.zip ?? null,
    country: address.country ?? null,
    country_code: address.countryCode ?? null,
    phone: address.phone ?? null,
    latitude: null,
    longitude: null,
  };
}

function setOf({ currency, presentment }: OrderRecord, amount: Minor): Payload {
  const shop = { amount: moneyOf(amount, currency), currency_code: currency };
  if (!presentment) return { shop_money: shop, presentment_money: shop };
  const theirs = converted(amount, currency, presentment.currency, presentment.rate);
  return {
    shop_money: shop,
    presentment_money: { amount: moneyOf(theirs, presentment.currency), currency_code: presentment.currency },
  };
}
