import { divided, sum, type Minor } from '../money.ts';
import { netOf, sumsOf, taxOn } from '../order-sums.ts';
import { fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import type { LineRecord, OrderRecord, RefundLineRecord, RefundRecord, TransactionRecord } from '../records.ts';
import { touch, type Shop } from './shop.ts';
import { putBack, shiftFor } from './stock.ts';

/** What is given back. */
export type RefundDraft = {
  readonly note?: string | undefined;
  readonly lines: readonly {
    readonly line: LineRecord;
    readonly quantity: number;
    readonly restockType: RefundLineRecord['restockType'];
    readonly locationId?: bigint | undefined;
  }[];
  readonly shipping: Minor;
  /** What is paid back, by the payment it belongs to. */
  readonly payments: readonly {
    readonly amount: Minor;
    readonly parentId: bigint | undefined;
    readonly gateway: string;
  }[];
};

/** Books a refund: money, units, stock. Whoever calls has checked that it is not too much. */
export function refund(shop: Shop, order: OrderRecord, draft: RefundDraft): RefundRecord {
  const { store } = shop;
  const at = store.second();
  const sums = sumsOf(order);
  const transactions = draft.payments.map(({ amount, parentId, gateway }): TransactionRecord => ({
    id: store.nextId(),
    kind: 'REFUND',
    status: 'SUCCESS',
    gateway,
    amount,
    at,
    parentId,
  }));
  const lines = draft.lines.map(({ line, quantity, restockType, locationId }): RefundLineRecord => ({
    id: store.nextId(),
    lineId: line.id,
    quantity,
    restockType,
    locationId,
    subtotal: netOf(line, quantity),
    tax: taxOn(line, quantity),
  }));
  // All refunds together take the tax in proportion, so that rounding leaves none of it on carriage that is paid back.
  const backSoFar = sum(order.refunds.map(({ shippingTax: tax }) => tax));
  const back = sums.refundedShipping + draft.shipping;
  const shippingTax = sums.shipping === 0n ? 0n : divided(sums.shippingTax * back, sums.shipping) - backSoFar;
  const worth =
    sum(lines.map(({ subtotal, tax }) => subtotal + (order.taxesIncluded ? 0n : tax))) +
    draft.shipping +
    (order.taxesIncluded ? 0n : shippingTax);
  const record: RefundRecord = {
    id: store.nextId(),
    note: draft.note,
    at,
    lines,
    shipping: draft.shipping,
    shippingTax,
    // What was paid back beyond or below the worth of what came back.
    adjustment: draft.payments.length === 0 ? 0n : worth - sum(transactions.map(({ amount }) => amount)),
    transactionIds: transactions.map(({ id }) => id),
  };
  for (const { line, quantity, restockType, locationId } of draft.lines) {
    restock(shop, order, line, quantity, restockType, locationId);
    line.refunded += quantity;
  }
  order.transactions.push(...transactions);
  order.refunds.push(record);
  touch(shop, order);
  return record;
}

function restock(
  shop: Shop,
  order: OrderRecord,
  line: LineRecord,
  quantity: number,
  restockType: RefundLineRecord['restockType'],
  locationId: bigint | undefined,
): void {
  // CANCEL takes units off what is not shipped yet; RETURN puts shipped ones back on a shelf.
  if (restockType === 'RETURN' && locationId !== undefined) {
    shiftFor(shop, order, line.id, locationId, { available: quantity });
    return;
  }
  let left = restockType === 'RETURN' ? 0 : quantity;
  for (const fulfillmentOrder of fulfillmentOrdersOf(shop.store, order.id).filter(isOpen)) {
    for (const part of fulfillmentOrder.lines.filter(({ lineId }) => lineId === line.id)) {
      const units = Math.min(left, part.remaining);
      if (units === 0) continue;
      part.remaining -= units;
      part.total -= units;
      left -= units;
      const back = restockType === 'CANCEL' ? units : 0;
      shiftFor(shop, order, line.id, fulfillmentOrder.locationId, { committed: -units, available: back });
    }
    if (fulfillmentOrder.lines.every(({ remaining }) => remaining === 0)) fulfillmentOrder.status = 'CLOSED';
    touch(shop, fulfillmentOrder);
  }
  if (restockType === 'CANCEL') putBack(shop, order, line, left, locationId);
}
