import { gid } from '../gid.ts';
import { moneyOf, sum, type Minor } from '../money.ts';
import { currentQuantity, netOf, originalOf, sumsOf, takenOff, type OrderSums } from '../order-sums.ts';
import { financialStatus, fulfillmentOrdersOf, isOpen, waitingUnits } from '../order-status.ts';
import { buyersCurrency, inPresentment, lineInPresentment, presentedOf } from '../presented.ts';
import type { AllocationRecord, LineRecord, OrderRecord, RefundRecord, ShippingRecord, TaxRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { addressPayload } from './address-payload.ts';
import { fulfillmentPayload } from './fulfillment-payload.ts';
import { offsetOf } from './moment.ts';
import { transactionPayload } from './transaction-payload.ts';

type Payload = Readonly<Record<string, unknown>>;

/** An order in the older REST form: statuses in lower case, `fulfillment_status` null while nothing is shipped. */
export function orderPayload(store: Store, order: OrderRecord): Payload {
  const sums = sumsOf(order);
  const amount = (minor: Minor) => moneyOf(minor, order.currency);
  const theirs = sumsOf(inPresentment(order));
  const both = (name: string, of: keyof OrderSums): Payload => ({
    [name]: amount(sums[of]),
    [`${name}_set`]: setOf(order, sums[of], theirs[of]),
  });
  const related = store.ofOrder.get(order.id);
  const hasDuties = order.lines.some(({ duties }) => duties.length > 0);
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
    ...both('total_price', 'total'),
    ...both('subtotal_price', 'subtotal'),
    ...both('total_tax', 'tax'),
    ...both('total_discounts', 'discounts'),
    total_line_items_price: amount(goodsOf(order)),
    total_line_items_price_set: setOf(order, goodsOf(order), goodsOf(inPresentment(order))),
    ...both('current_total_price', 'currentTotal'),
    ...both('current_subtotal_price', 'currentSubtotal'),
    ...both('current_total_tax', 'currentTax'),
    ...both('current_total_discounts', 'currentDiscounts'),
    total_outstanding: amount(sums.outstanding),
    total_shipping_price_set: setOf(order, sums.shipping, theirs.shipping),
    total_tip_received: amount(sums.tips),
    original_total_duties_set: hasDuties ? setOf(order, sums.duties, theirs.duties) : null,
    current_total_duties_set: hasDuties ? setOf(order, sums.currentDuties, theirs.currentDuties) : null,
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
      .map((transaction) => transactionPayload(order, transaction)),
    return:
      record.returnId === undefined
        ? null
        : { id: record.returnId, admin_graphql_api_id: gid('Return', record.returnId) },
    refund_shipping_lines: order.shippingLines.slice(0, record.shipping > 0n ? 1 : 0).map((line) => ({
      id: line.id,
      shipping_line: shippingPayload(order, line),
      subtotal_amount_set: setOf(order, record.shipping, record.presented?.shipping),
      tax_amount_set: setOf(order, record.shippingTax, record.presented?.shippingTax),
    })),
    duties: record.duties.map(({ dutyId, amount }) => ({ duty_id: dutyId, amount_set: setOf(order, amount) })),
    total_duties_set: setOf(order, sum(record.duties.map(({ amount }) => amount))),
    order_adjustments:
      record.adjustment === 0n
        ? []
        : [
            {
              id: record.id + 2n,
              order_id: order.id,
              refund_id: record.id,
              kind: 'refund_discrepancy',
              reason: 'Refund discrepancy',
              amount: moneyOf(record.adjustment, order.currency),
              amount_set: setOf(order, record.adjustment, record.presented?.adjustment),
            },
          ],
  };
}

/** What the goods cost before discounts. */
function goodsOf({ lines }: OrderRecord): Minor {
  return sum(lines.filter(({ tip }) => !tip).map(originalOf));
}

function shippedWord(store: Store, order: OrderRecord): string | null {
  if (order.statusWords.fulfillment) return order.statusWords.fulfillment.toLowerCase();
  if (!order.lines.some(({ fulfilled }) => fulfilled > 0)) return null;
  return fulfillmentOrdersOf(store, order.id).some(isOpen) ? 'partial' : 'fulfilled';
}

function linePayload(store: Store, order: OrderRecord, line: LineRecord): Payload {
  const variant = line.variantId === undefined ? undefined : store.variants.get(line.variantId);
  const theirs = lineInPresentment(order, line);
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
    fulfillable_quantity: waitingUnits(store, order.id, line.id),
    fulfillment_status: line.fulfilled === 0 ? null : line.fulfilled < line.quantity ? 'partial' : 'fulfilled',
    requires_shipping: line.requiresShipping,
    taxable: line.taxable,
    gift_card: line.giftCard,
    grams: line.grams,
    price: moneyOf(line.unitPrice, order.currency),
    price_set: setOf(order, line.unitPrice),
    total_discount: moneyOf(originalOf(line) - netOf(line), order.currency),
    total_discount_set: setOf(order, originalOf(line) - netOf(line), originalOf(theirs) - netOf(theirs)),
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

function taxPayload(order: OrderRecord, { title, rate, amount, channelLiable }: TaxRecord): Payload {
  return {
    title,
    rate: Number(rate),
    price: moneyOf(amount, order.currency),
    price_set: setOf(order, amount),
    channel_liable: channelLiable ?? false,
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

function setOf(order: OrderRecord, amount: Minor, theirs: Minor = presentedOf(order, amount)): Payload {
  const buyers = buyersCurrency(order);
  return {
    shop_money: { amount: moneyOf(amount, order.currency), currency_code: order.currency },
    presentment_money: { amount: moneyOf(theirs, buyers), currency_code: buyers },
  };
}
