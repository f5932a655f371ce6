import { gid } from './gid.ts';
import { moneyOf, sum } from './money.ts';
import { buyersCurrency } from './presented.ts';
import type { OrderRecord, RefundRecord, ReturnRecord, TransactionRecord } from './records.ts';
import type { ShopRefund, ShopReturn, ShopTransaction } from './state-handling.ts';

/** A movement of money as `state` shows it. */
export function shownTransaction(order: OrderRecord, record: TransactionRecord): ShopTransaction {
  const { id, kind, status, gateway, amount, presented, parentId } = record;
  return {
    id: gid('OrderTransaction', id),
    kind,
    status,
    gateway,
    amount: moneyOf(amount, order.currency),
    presented: moneyOf(presented ?? amount, buyersCurrency(order)),
    parentId: parentId === undefined ? undefined : gid('OrderTransaction', parentId),
  };
}

/** A refund as `state` shows it. */
export function shownRefund(order: OrderRecord, record: RefundRecord): ShopRefund {
  const paid = order.transactions.filter(({ id }) => record.transactionIds.includes(id));
  return {
    id: gid('Refund', record.id),
    note: record.note,
    total: moneyOf(sum(paid.map(({ amount }) => amount)), order.currency),
    lines: record.lines.map(({ lineId, quantity, restockType, locationId }) => ({
      lineId: gid('LineItem', lineId),
      sku: skuOf(order, lineId),
      quantity,
      restockType,
      locationId: locationId === undefined ? undefined : gid('Location', locationId),
    })),
    shipping: moneyOf(record.shipping, order.currency),
    transactionIds: record.transactionIds.map((id) => gid('OrderTransaction', id)),
    returnId: record.returnId === undefined ? undefined : gid('Return', record.returnId),
  };
}

/** A return as `state` shows it. */
export function shownReturn(order: OrderRecord, record: ReturnRecord): ShopReturn {
  return {
    id: gid('Return', record.id),
    orderId: gid('Order', order.id),
    name: record.name,
    status: record.statusWord ?? record.status,
    lines: record.lines.map((line) => ({
      id: gid('ReturnLineItem', line.id),
      fulfillmentLineId: gid('FulfillmentLineItem', line.fulfillmentLineId),
      sku: skuOf(order, line.lineId),
      quantity: line.quantity,
      processed: line.processed,
      note: line.note,
      customerNote: line.customerNote,
    })),
    dispositions: record.reverse.flatMap(({ lines }) =>
      lines.flatMap(({ lineId, dispositions }) =>
        dispositions.map(({ type, quantity, locationId }) => ({
          sku: skuOf(order, lineId),
          type,
          quantity,
          locationId: locationId === undefined ? undefined : gid('Location', locationId),
        })),
      ),
    ),
  };
}

function skuOf({ lines }: OrderRecord, lineId: bigint): string | undefined {
  return lines.find(({ id }) => id === lineId)?.sku;
}
