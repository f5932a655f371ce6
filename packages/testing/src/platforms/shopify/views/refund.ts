import { gid } from '../gid.ts';
import { divided, moneyOf, sum, toMinor, type Minor } from '../money.ts';
import { currentQuantity, netOf, sumsOf, taxOn } from '../order-sums.ts';
import { page, type PageArgs } from '../paging.ts';
import type { LineRecord, OrderRecord, RefundRecord, TransactionRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { shippingLineView } from './line.ts';
import { bag, both, required, single, type View, type Views } from './views.ts';

/** A movement of money of an order. */
export function transactionView(views: Views, order: OrderRecord, record: TransactionRecord): View {
  const parent = order.transactions.find(({ id }) => id === record.parentId);
  const manual = record.gateway === 'manual';
  return {
    __typename: 'OrderTransaction',
    id: gid('OrderTransaction', record.id),
    kind: record.kind,
    status: record.status,
    gateway: record.gateway,
    formattedGateway: record.gateway.replace(
      /(^|_)(\w)/g,
      (_, gap: string, letter: string) => (gap ? ' ' : '') + letter.toUpperCase(),
    ),
    ...both(order, 'amount', record.amount),
    amountV2: single(record.amount, order.currency),
    createdAt: isoOf(record.at),
    processedAt: isoOf(record.at),
    paymentId: `${order.name}.${order.transactions.indexOf(record) + 1}`,
    parentTransaction: parent ? views.transaction(order, parent) : null,
    order: () => views.order(order),
    test: order.test,
    manualPaymentGateway: manual,
    manuallyCapturable: false,
    multiCapturable: false,
    errorCode: null,
    accountNumber: null,
    authorizationCode: null,
    authorizationExpiresAt: null,
    maximumRefundableV2: null,
    totalUnsettledSet: bag(order, record.status === 'PENDING' ? record.amount : 0n),
    settlementCurrency: null,
    settlementCurrencyRate: null,
  };
}

/** What was given back at one time. */
export function refundView(views: Views, order: OrderRecord, record: RefundRecord): View {
  const { store } = views;
  const paid = order.transactions.filter(({ id }) => record.transactionIds.includes(id));
  const total = sum(paid.filter(({ status }) => status === 'SUCCESS').map(({ amount }) => amount));
  return {
    __typename: 'Refund',
    id: gid('Refund', record.id),
    legacyResourceId: String(record.id),
    note: record.note ?? null,
    createdAt: isoOf(record.at),
    processedAt: isoOf(record.at),
    updatedAt: isoOf(record.at),
    order: () => views.order(order),
    duties: [],
    totalRefundedSet: bag(order, total),
    totalRefunded: single(total, order.currency),
    refundLineItems: (args: PageArgs) =>
      page(record.lines, args, {
        id: ({ id }) => id,
        view: (line) => {
          const ordered = required(
            order.lines.find(({ id }) => id === line.lineId),
            `line ${line.lineId}`,
          );
          const location = line.locationId === undefined ? undefined : store.locations.get(line.locationId);
          return {
            ...refundLineView(order, ordered, line.quantity, line.restockType, line.subtotal, line.tax),
            id: gid('RefundLineItem', line.id),
            lineItem: () => views.line(order, ordered),
            location: location ? views.location(location) : null,
          };
        },
      }),
    refundShippingLines: (args: PageArgs) =>
      page(record.shipping > 0n ? order.shippingLines.slice(0, 1) : [], args, {
        id: ({ id }) => id,
        view: (line) => ({
          id: gid('RefundShippingLine', line.id),
          shippingLine: shippingLineView(order, line),
          subtotalAmountSet: bag(order, record.shipping),
          taxAmountSet: bag(order, record.shippingTax),
        }),
      }),
    orderAdjustments: (args: PageArgs) =>
      page(record.adjustment === 0n ? [] : [record], args, {
        id: ({ id }) => id,
        view: ({ id, adjustment }) => ({
          id: gid('OrderAdjustment', id),
          amountSet: bag(order, adjustment),
          taxAmountSet: bag(order, 0n),
          reason: 'REFUND_DISCREPANCY',
        }),
      }),
    transactions: (args: PageArgs) =>
      page(paid, args, { id: ({ id }) => id, view: (transaction) => views.transaction(order, transaction) }),
  };
}

/** What `suggestedRefund` takes. */
export type SuggestedRefundArgs = {
  readonly refundLineItems?: readonly { readonly lineItemId: string; readonly quantity: number }[] | null;
  readonly shippingAmount?: string | null;
  readonly refundShipping?: boolean | null;
  readonly suggestFullRefund?: boolean | null;
};

/** What the shop would give back for these lines: never more than was received. */
export function suggestedRefundView(views: Views, order: OrderRecord, args: SuggestedRefundArgs): View {
  const sums = sumsOf(order);
  const wanted = order.lines.flatMap((line) => {
    const asked =
      args.refundLineItems?.find(({ lineItemId }) => lineItemId === gid('LineItem', line.id))?.quantity ?? 0;
    const quantity = Math.min(args.suggestFullRefund ? currentQuantity(line) : asked, currentQuantity(line));
    return quantity > 0 ? [{ line, quantity }] : [];
  });
  const subtotal = sum(wanted.map(({ line, quantity }) => netOf(line, quantity)));
  const tax = sum(wanted.map(({ line, quantity }) => taxOn(line, quantity)));
  const whole = args.suggestFullRefund || args.refundShipping;
  const shipping = args.shippingAmount
    ? toMinor(args.shippingAmount, order.currency)
    : whole
      ? sums.currentShipping
      : 0n;
  const shippingTax = sums.shipping === 0n ? 0n : divided(sums.shippingTax * shipping, sums.shipping);
  const due = subtotal + shipping + (order.taxesIncluded ? 0n : tax + shippingTax);
  const amount = due < sums.net ? due : sums.net;
  const parent = order.transactions.find(
    ({ kind, status }) => status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE'),
  );
  return {
    ...both(order, 'amount', amount),
    ...both(order, 'subtotal', subtotal),
    ...both(order, 'maximumRefundable', sums.net),
    discountedSubtotalSet: bag(order, subtotal),
    totalCartDiscountAmountSet: bag(order, 0n),
    totalDutiesSet: bag(order, 0n),
    totalTaxSet: bag(order, tax + shippingTax),
    totalTaxes: moneyOf(tax + shippingTax, order.currency),
    shipping: {
      ...both(order, 'amount', shipping),
      ...both(order, 'maximumRefundable', sums.currentShipping),
      ...both(order, 'tax', shippingTax),
    },
    refundLineItems: wanted.map(({ line, quantity }) => ({
      ...refundLineView(order, line, quantity, 'RETURN', netOf(line, quantity), taxOn(line, quantity)),
      lineItem: () => views.line(order, line),
    })),
    suggestedTransactions:
      parent && amount > 0n
        ? [
            {
              ...both(order, 'amount', amount),
              ...both(order, 'maximumRefundable', sums.net),
              gateway: parent.gateway,
              formattedGateway: parent.gateway,
              accountNumber: null,
              kind: 'SUGGESTED_REFUND',
              parentTransaction: views.transaction(order, parent),
            },
          ]
        : [],
  };
}

function refundLineView(
  order: OrderRecord,
  line: LineRecord,
  quantity: number,
  restockType: string,
  subtotal: Minor,
  tax: Minor,
): View {
  return {
    id: null,
    quantity,
    restockType,
    restocked: restockType !== 'NO_RESTOCK',
    ...both(order, 'price', divided(netOf(line), BigInt(line.quantity))),
    ...both(order, 'subtotal', subtotal),
    ...both(order, 'totalTax', tax),
    location: null,
  };
}
