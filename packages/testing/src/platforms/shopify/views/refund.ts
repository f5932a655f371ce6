import { gid } from '../gid.ts';
import { capturableTheirs } from '../life/payments.ts';
import { divided, sum, type Minor } from '../money.ts';
import { capturableOf, netOf, taxOn } from '../order-sums.ts';
import { page, type PageArgs } from '../paging.ts';
import { buyersCurrency, lineInPresentment } from '../presented.ts';
import type { LineRecord, OrderRecord, RefundRecord, TransactionRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { dutyView, shippingLineView } from './line.ts';
import { bag, both, required, single, type View, type Views } from './views.ts';

/** A movement of money of an order. */
export function transactionView(views: Views, order: OrderRecord, record: TransactionRecord): View {
  const parent = order.transactions.find(({ id }) => id === record.parentId);
  const manual = manualGateways.has(record.gateway);
  const capturable = capturableOf(order, record);
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
    ...both(order, 'amount', record.amount, record.presented),
    amountV2: single(record.presented ?? record.amount, buyersCurrency(order)),
    createdAt: isoOf(record.at),
    processedAt: isoOf(record.at),
    paymentId: `${order.name}.${order.transactions.indexOf(record) + 1}`,
    parentTransaction: parent ? views.transaction(order, parent) : null,
    order: () => views.order(order),
    test: order.test,
    manualPaymentGateway: manual,
    manuallyCapturable: capturable > 0n,
    multiCapturable: record.multiCapturable ?? false,
    errorCode: record.errorCode ?? null,
    accountNumber: null,
    authorizationCode: null,
    authorizationExpiresAt: null,
    maximumRefundableV2: null,
    ...unsettled(order, record),
    maximumRefundable: null,
    settlementCurrency: null,
    settlementCurrencyRate: null,
  };
}

/** What of an authorization, or of a payment that is waited for, is not settled; null where that is asked of no such. */
function unsettled(order: OrderRecord, record: TransactionRecord): View {
  const capturable = capturableOf(order, record);
  const open =
    capturable > 0n
      ? { shop: capturable, theirs: capturableTheirs(order, record) }
      : record.status === 'PENDING'
        ? { shop: record.amount, theirs: record.presented ?? record.amount }
        : undefined;
  if (!open) return { totalUnsettledSet: null, totalUnsettled: null, totalUnsettledV2: null };
  return {
    ...both(order, 'totalUnsettled', open.shop, open.theirs),
    totalUnsettledV2: single(open.theirs, buyersCurrency(order)),
  };
}

// Ways of paying that a shop books by hand. shopify.dev, manual payment methods, read 2026-11-26.
const manualGateways = new Set(['manual', 'Cash on Delivery (COD)', 'Bank Deposit', 'Money Order', 'cash']);

/** What was given back at one time. */
export function refundView(views: Views, order: OrderRecord, record: RefundRecord): View {
  const { store } = views;
  const paid = order.transactions.filter(({ id }) => record.transactionIds.includes(id));
  const succeeded = paid.filter(({ status }) => status === 'SUCCESS');
  const total = sum(succeeded.map(({ amount }) => amount));
  const totalTheirs = sum(succeeded.map(({ amount, presented }) => presented ?? amount));
  const { presented } = record;
  return {
    __typename: 'Refund',
    id: gid('Refund', record.id),
    legacyResourceId: String(record.id),
    note: record.note ?? null,
    createdAt: isoOf(record.at),
    processedAt: isoOf(record.at),
    updatedAt: isoOf(record.at),
    order: () => views.order(order),
    duties: record.duties.map(({ dutyId, amount }) => ({
      amountSet: bag(order, amount),
      originalDuty: originalDutyView(order, dutyId),
    })),
    return: () => {
      const found = record.returnId === undefined ? undefined : store.returns.get(record.returnId);
      return found ? views.return(found) : null;
    },
    totalRefundedSet: bag(order, total, totalTheirs),
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
            ...refundLineView(order, ordered, line.quantity, line.restockType),
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
          subtotalAmountSet: bag(order, record.shipping, presented?.shipping),
          taxAmountSet: bag(order, record.shippingTax, presented?.shippingTax),
        }),
      }),
    orderAdjustments: (args: PageArgs) =>
      page(record.adjustment === 0n && !presented?.adjustment ? [] : [record], args, {
        id: ({ id }) => id,
        view: ({ id, adjustment, adjustmentReason }) => ({
          id: gid('OrderAdjustment', id),
          amountSet: bag(order, adjustment, presented?.adjustment),
          taxAmountSet: bag(order, 0n),
          reason: adjustmentReason ?? 'REFUND_DISCREPANCY',
        }),
      }),
    transactions: (args: PageArgs) =>
      page(paid, args, { id: ({ id }) => id, view: (transaction) => views.transaction(order, transaction) }),
  };
}

/** Units of a line that go back, with their worth in both currencies. */
export function refundLineView(order: OrderRecord, line: LineRecord, quantity: number, restockType: string): View {
  const theirs = lineInPresentment(order, line);
  const sums = (name: string, of: (line: LineRecord) => Minor) => both(order, name, of(line), of(theirs));
  return {
    id: null,
    quantity,
    restockType,
    restocked: restockType !== 'NO_RESTOCK',
    ...sums('price', (each) => divided(netOf(each), BigInt(each.quantity))),
    ...sums('subtotal', (each) => netOf(each, quantity)),
    ...sums('totalTax', (each) => taxOn(each, quantity)),
    location: null,
  };
}

/** The duty that is paid back. */
export function originalDutyView(order: OrderRecord, dutyId: bigint): View | null {
  const duty = order.lines.flatMap(({ duties }) => duties).find(({ id }) => id === dutyId);
  return duty ? dutyView(order, duty) : null;
}
