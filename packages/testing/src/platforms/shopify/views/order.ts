import type { GraphQLResolveInfo } from 'graphql';
import { gid } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { maySee } from '../life/fulfillment-access.ts';
import { sum, type Minor } from '../money.ts';
import { capturableOf, currentQuantity, currentTaxes, sumsOf, type OrderSums } from '../order-sums.ts';
import {
  canMarkAsPaid,
  financialStatus,
  fulfillmentOrdersOf,
  fulfillmentStatus,
  isOpen,
  returnStatus,
} from '../order-status.ts';
import { page, type PageArgs } from '../paging.ts';
import { inPresentment } from '../presented.ts';
import { filtered, type Query } from '../queries/filtered.ts';
import { fulfillmentOrderFields } from '../queries/fulfillment-order-search.ts';
import { returnFields } from '../queries/return-search.ts';
import type { FulfillmentOrderRecord, OrderRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { unsupported } from '../unsupported.ts';
import { addressView } from './address.ts';
import { appView } from './app.ts';
import { discountView, feeView, mergedTaxes, shippingLineView } from './line.ts';
import { metafieldsView } from './metafields.ts';
import { suggestedRefundView, type SuggestedRefundArgs } from './suggested-refund.ts';
import { bag, both, required, single, type View, type Views } from './views.ts';

/** An order as the API shows it. */
export function orderView(views: Views, order: OrderRecord): View {
  return {
    __typename: 'Order',
    ...identityOf(order),
    ...metafieldsView(views, gid('Order', order.id)),
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
    dutiesIncluded: order.dutiesIncluded,
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
    returnStatus: returnStatus(store, order),
    fullyPaid: sums.received >= sums.currentTotal,
    unpaid: sums.received === 0n && sums.total > 0n,
    canMarkAsPaid: () => canMarkAsPaid(order),
    capturable: sums.authorized > 0n,
    fulfillable: open,
    refundable: sums.net > 0n,
    restockable: order.lines.some((line) => line.variantId !== undefined && currentQuantity(line) > 0),
    requiresShipping: order.lines.some(({ requiresShipping }) => requiresShipping),
    risk: riskOf(order),
  };
}

/** What the shop and apps think of an order's risk. An assessment of the shop's own has no provider. */
function riskOf({ risk }: OrderRecord): View {
  return {
    recommendation: risk.recommendation,
    assessments: risk.assessments.map(({ level, provider, facts }) => ({
      riskLevel: level,
      provider: provider === undefined ? null : appView(provider),
      facts: facts ?? [],
    })),
  };
}

function sumViews(order: OrderRecord): View {
  const sums = sumsOf(order);
  const buyers = inPresentment(order);
  const theirs = buyers === order ? sums : sumsOf(buyers);
  type Name = keyof OrderSums;
  const of = (name: Name) => bag(order, sums[name], theirs[name]);
  const pair = (field: string, name: Name) => both(order, field, sums[name], theirs[name]);
  const hasDuties = order.lines.some(({ duties }) => duties.length > 0);
  const grams = String(order.lines.reduce((total, { grams: each, quantity }) => total + each * quantity, 0));
  const currentGrams = String(order.lines.reduce((total, line) => total + line.grams * currentQuantity(line), 0));
  return {
    ...pair('totalPrice', 'total'),
    ...pair('subtotalPrice', 'subtotal'),
    ...pair('totalTax', 'tax'),
    ...pair('totalDiscounts', 'discounts'),
    ...pair('totalShippingPrice', 'shipping'),
    ...pair('totalRefunded', 'refunded'),
    ...pair('totalReceived', 'received'),
    ...pair('totalCapturable', 'authorized'),
    ...pair('netPayment', 'net'),
    ...both(order, 'cartDiscountAmount', cartOf(order), cartOf(buyers)),
    originalTotalPriceSet: bag(order, order.original.total, order.original.presented),
    currentTotalPriceSet: of('currentTotal'),
    currentSubtotalPriceSet: of('currentSubtotal'),
    currentTotalTaxSet: of('currentTax'),
    currentTotalDiscountsSet: of('currentDiscounts'),
    currentCartDiscountAmountSet: bag(order, cartOf(order), cartOf(buyers)),
    currentShippingPriceSet: of('currentShipping'),
    totalOutstandingSet: of('outstanding'),
    totalRefundedShippingSet: of('refundedShipping'),
    totalTipReceivedSet: of('tips'),
    totalTipReceived: single(sums.tips, order.currency),
    refundDiscrepancySet: bag(order, adjustmentOf(order), adjustmentOf(buyers)),
    currentTotalAdditionalFeesSet: order.fees.length === 0 ? null : of('fees'),
    currentTotalDutiesSet: hasDuties ? of('currentDuties') : null,
    originalTotalAdditionalFeesSet: order.fees.length === 0 ? null : of('fees'),
    originalTotalDutiesSet: hasDuties ? of('duties') : null,
    totalWeight: grams,
    currentTotalWeight: currentGrams,
    subtotalLineItemsQuantity: countOf(order, ({ quantity }) => quantity),
    currentSubtotalLineItemsQuantity: countOf(order, currentQuantity),
  };
}

/** What is taken off the whole order. */
function cartOf({ discounts }: OrderRecord): Minor {
  return sum(discounts.filter(({ level }) => level === 'order').map(({ amount }) => amount));
}

function adjustmentOf({ refunds }: OrderRecord): Minor {
  return sum(refunds.map(({ adjustment }) => adjustment));
}

/** Units that are part of the subtotal. Tips are not. shopify.dev, Order, read 2026-11-26. */
function countOf({ lines }: OrderRecord, units: (line: OrderRecord['lines'][number]) => number): number {
  return lines.filter(({ tip }) => !tip).reduce((total, line) => total + units(line), 0);
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
    taxLines: () =>
      mergedTaxes(
        order,
        [...order.lines, ...order.shippingLines].flatMap(({ taxLines }) => taxLines),
      ),
    currentTaxLines: () => mergedTaxes(order, currentTaxes(order)),
    fulfillmentOrders: (
      args: PageArgs & Query & { readonly displayable?: boolean | null },
      context: Context,
      info: GraphQLResolveInfo,
    ) => {
      const all = (related()?.fulfillmentOrders ?? []).filter(maySee(context.scopes, store));
      // Those that are still shown to people: not what was closed or cancelled without a parcel. The rule is ours.
      const shown = args.displayable ? all.filter((each) => isOpen(each) || isShipped(each)) : all;
      const rows = filtered(shown, args, fulfillmentOrderFields, () => [], context, info);
      return page(rows, args, { id: ({ id }) => id, view: views.fulfillmentOrder });
    },
    fulfillments: ({ first, query }: { readonly first?: number | null; readonly query?: string | null }) => {
      if (query) throw unsupported('Order.fulfillments(query:)');
      return (related()?.fulfillments ?? []).slice(0, first ?? undefined).map(views.fulfillment);
    },
    fulfillmentsCount: { count: related()?.fulfillments.length ?? 0, precision: 'EXACT' },
    returns: (args: PageArgs & Query, context: Context, info: GraphQLResolveInfo) =>
      page(
        filtered(related()?.returns ?? [], args, returnFields, ({ name }) => [name], context, info),
        args,
        {
          id: ({ id }) => id,
          view: views.return,
        },
      ),
    transactions: ({ first, capturable, manuallyResolvable }: TransactionArgs) =>
      order.transactions
        .filter((record) => capturable == null || capturableOf(order, record) > 0n === capturable)
        // Nothing of the fake waits for somebody to resolve it.
        .filter(() => manuallyResolvable !== true)
        .slice(0, first ?? undefined)
        .map((record) => views.transaction(order, record)),
    transactionsCount: { count: order.transactions.length, precision: 'EXACT' },
    refunds: ({ first }: { first?: number | null }) =>
      order.refunds.slice(0, first ?? undefined).map((record) => views.refund(order, record)),
  };
}

function isShipped({ lines }: FulfillmentOrderRecord): boolean {
  return lines.some(({ remaining, total }) => remaining < total);
}

type TransactionArgs = {
  readonly first?: number | null;
  readonly capturable?: boolean | null;
  readonly manuallyResolvable?: boolean | null;
};

/** Nine letters and digits that a buyer reads out, from the order's id. */
function confirmationOf(id: bigint): string {
  return (id * 2_654_435_761n).toString(36).toUpperCase().slice(-9);
}
