import { gid } from '../gid.ts';
import { sum } from '../money.ts';
import { currentQuantity, sumsOf, taxOn } from '../order-sums.ts';
import { financialStatus, fulfillmentOrdersOf, fulfillmentStatus, isOpen } from '../order-status.ts';
import { page, type PageArgs } from '../paging.ts';
import type { OrderRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { addressView } from './address.ts';
import { discountView, feeView, mergedTaxes, shippingLineView } from './line.ts';
import { suggestedRefundView, type SuggestedRefundArgs } from './refund.ts';
import { bag, both, required, single, type View, type Views } from './views.ts';

/** An order as the API shows it. */
export function orderView(views: Views, order: OrderRecord): View {
  return {
    __typename: 'Order',
    ...identityOf(order),
    ...stateOf(views, order),
    ...sumViews(order),
    ...partiesOf(views, order),
    ...listsOf(views, order),
    suggestedRefund: (args: SuggestedRefundArgs) => suggestedRefundView(views, order, args),
  };
}

function identityOf(order: OrderRecord): View {
  return {
    id: gid('Order', order.id),
    legacyResourceId: String(order.id),
    name: order.name,
    number: order.number,
    createdAt: isoOf(order.createdAt),
    processedAt: isoOf(order.processedAt),
    updatedAt: isoOf(order.updatedAt),
    test: order.test,
    note: order.note ?? null,
    poNumber: order.poNumber ?? null,
    tags: order.tags,
    customAttributes: order.customAttributes,
    sourceName: order.sourceName,
    sourceIdentifier: order.sourceIdentifier ?? null,
    registeredSourceUrl: null,
    paymentGatewayNames: [...new Set(order.transactions.map(({ gateway }) => gateway))],
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentment?.currency ?? order.currency,
    taxesIncluded: order.taxesIncluded,
    taxExempt: false,
    estimatedTaxes: false,
    dutiesIncluded: false,
    clientIp: null,
    cartToken: null,
    checkoutToken: null,
    customerLocale: 'en',
    customerAcceptsMarketing: false,
    confirmationNumber: confirmationOf(order.id),
    confirmed: true,
    statusPageUrl: `https://shop.example/orders/${order.id}/authenticate`,
    app: null,
    hasTimelineComment: false,
    merchantEditable: order.cancelledAt === undefined,
    merchantEditableErrors: [],
    canNotifyCustomer: order.email !== undefined,
  };
}

function stateOf({ store, version }: Views, order: OrderRecord): View {
  const sums = sumsOf(order);
  const financial = financialStatus(order);
  const open = fulfillmentOrdersOf(store, order.id).some(isOpen);
  return {
    cancelledAt: order.cancelledAt === undefined ? null : isoOf(order.cancelledAt),
    cancelReason: order.cancelReason ?? null,
    cancellation: order.cancelledAt === undefined ? null : { staffNote: order.staffNote ?? null },
    closed: order.closedAt !== undefined,
    closedAt: order.closedAt === undefined ? null : isoOf(order.closedAt),
    edited: order.edited,
    displayFinancialStatus: financial,
    displayFulfillmentStatus: fulfillmentStatus(store, order, version),
    returnStatus: 'NO_RETURN',
    fullyPaid: sums.received >= sums.total,
    unpaid: sums.received === 0n && sums.total > 0n,
    canMarkAsPaid: financial === 'PENDING' && order.cancelledAt === undefined,
    capturable: financial === 'AUTHORIZED',
    fulfillable: open,
    refundable: sums.net > 0n,
    restockable: order.lines.some((line) => line.variantId !== undefined && currentQuantity(line) > 0),
    requiresShipping: order.lines.some(({ requiresShipping }) => requiresShipping),
    risk: { recommendation: 'ACCEPT', assessments: [] },
  };
}

function sumViews(order: OrderRecord): View {
  const sums = sumsOf(order);
  const zero = bag(order, 0n);
  const cart = sum(order.discounts.filter(({ level }) => level === 'order').map(({ amount }) => amount));
  const hasDuties = order.lines.some(({ duties }) => duties.length > 0);
  const grams = String(order.lines.reduce((total, { grams: each, quantity }) => total + each * quantity, 0));
  return {
    ...both(order, 'totalPrice', sums.total),
    ...both(order, 'subtotalPrice', sums.subtotal),
    ...both(order, 'totalTax', sums.tax),
    ...both(order, 'totalDiscounts', sums.discounts),
    ...both(order, 'totalShippingPrice', sums.shipping),
    ...both(order, 'totalRefunded', sums.refunded),
    ...both(order, 'totalReceived', sums.received),
    ...both(order, 'totalCapturable', sums.authorized > 0n ? sums.authorized : 0n),
    ...both(order, 'netPayment', sums.net),
    ...both(order, 'cartDiscountAmount', cart),
    originalTotalPriceSet: bag(order, sums.total),
    currentTotalPriceSet: bag(order, sums.currentTotal),
    currentSubtotalPriceSet: bag(order, sums.currentSubtotal),
    currentTotalTaxSet: bag(order, sums.currentTax),
    currentTotalDiscountsSet: bag(order, sums.currentDiscounts),
    currentCartDiscountAmountSet: bag(order, cart),
    currentShippingPriceSet: bag(order, sums.currentShipping),
    totalOutstandingSet: bag(order, sums.outstanding),
    totalRefundedShippingSet: bag(order, sums.refundedShipping),
    totalTipReceivedSet: zero,
    totalTipReceived: single(0n, order.currency),
    refundDiscrepancySet: zero,
    currentTotalAdditionalFeesSet: order.fees.length === 0 ? null : bag(order, sums.fees),
    currentTotalDutiesSet: hasDuties ? bag(order, sums.currentDuties) : null,
    originalTotalAdditionalFeesSet: order.fees.length === 0 ? null : bag(order, sums.fees),
    originalTotalDutiesSet: hasDuties ? bag(order, sums.duties) : null,
    totalWeight: grams,
    currentTotalWeight: grams,
    subtotalLineItemsQuantity: order.lines.reduce((total, { quantity }) => total + quantity, 0),
    currentSubtotalLineItemsQuantity: order.lines.reduce((total, line) => total + currentQuantity(line), 0),
  };
}

function partiesOf(views: Views, order: OrderRecord): View {
  const shipping = addressView(order.id, order.shippingAddress);
  const billing = addressView(order.id + 1n, order.billingAddress);
  const { customerId } = order;
  return {
    email: order.email ?? null,
    phone: order.phone ?? null,
    customer:
      customerId === undefined
        ? null
        : views.customer(required(views.store.customers.get(customerId), `customer ${customerId}`)),
    shippingAddress: shipping,
    billingAddress: billing,
    displayAddress: shipping ?? billing,
    billingAddressMatchesShippingAddress:
      JSON.stringify(order.billingAddress) === JSON.stringify(order.shippingAddress),
    retailLocation: null,
    physicalLocation: null,
  };
}

function listsOf(views: Views, order: OrderRecord): View {
  const { store } = views;
  const related = () => store.ofOrder.get(order.id);
  const codes = order.discounts.filter(({ kind }) => kind === 'code').map(({ name }) => name);
  return {
    lineItems: (args: PageArgs) =>
      page(order.lines, args, { id: ({ id }) => id, view: (line) => views.line(order, line) }),
    nonFulfillableLineItems: (args: PageArgs) =>
      page(
        order.lines.filter((line) => !line.requiresShipping || currentQuantity(line) < line.quantity),
        args,
        { id: ({ id }) => id, view: (line) => views.line(order, line) },
      ),
    shippingLines: (args: PageArgs) =>
      page(order.shippingLines, args, { id: ({ id }) => id, view: (line) => shippingLineView(order, line) }),
    additionalFees: order.fees.map((fee) => feeView(order, fee)),
    shippingLine: order.shippingLines[0] ? shippingLineView(order, order.shippingLines[0]) : null,
    discountApplications: (args: PageArgs) =>
      page(
        order.discounts.map((_, index) => index),
        args,
        { id: BigInt, view: (index) => discountView(order, index) },
      ),
    discountCode: codes[0] ?? null,
    discountCodes: codes,
    taxLines: mergedTaxes(
      order,
      [...order.lines, ...order.shippingLines].flatMap(({ taxLines }) => taxLines),
    ),
    currentTaxLines: mergedTaxes(order, [
      ...order.lines.flatMap((line) =>
        line.taxLines.length === 1
          ? line.taxLines.map((tax) => ({ ...tax, amount: taxOn(line, currentQuantity(line)) }))
          : line.taxLines,
      ),
      ...order.shippingLines.flatMap(({ taxLines }) => taxLines),
    ]),
    fulfillmentOrders: (args: PageArgs) =>
      page(related()?.fulfillmentOrders ?? [], args, { id: ({ id }) => id, view: views.fulfillmentOrder }),
    fulfillments: ({ first }: { first?: number | null }) =>
      (related()?.fulfillments ?? []).slice(0, first ?? undefined).map(views.fulfillment),
    fulfillmentsCount: { count: related()?.fulfillments.length ?? 0, precision: 'EXACT' },
    transactions: ({ first }: { first?: number | null }) =>
      order.transactions.slice(0, first ?? undefined).map((record) => views.transaction(order, record)),
    transactionsCount: { count: order.transactions.length, precision: 'EXACT' },
    refunds: ({ first }: { first?: number | null }) =>
      order.refunds.slice(0, first ?? undefined).map((record) => views.refund(order, record)),
  };
}

/** Nine letters and digits that a buyer reads out, from the order's id. */
function confirmationOf(id: bigint): string {
  return (id * 2_654_435_761n).toString(36).toUpperCase().slice(-9);
}
