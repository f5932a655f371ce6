import { divided, sum, type Minor } from '../money.ts';
import { netOf, sumsOf, taxOn } from '../order-sums.ts';
import { fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import { inPresentment, presentedOf } from '../presented.ts';
import type { LineRecord, OrderRecord, RefundLineRecord, RefundRecord, TransactionRecord } from '../records.ts';
import { against } from './payments.ts';
import { touch, type Happening, type Shop } from './shop.ts';
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
  /** In the shop's currency, and in the buyer's where that is another one. */
  readonly shipping: Minor;
  readonly shippingTheirs?: Minor | undefined;
  readonly duties?: readonly { readonly dutyId: bigint; readonly amount: Minor }[] | undefined;
  /** What is paid back, in the buyer's currency, by the payment it belongs to. */
  readonly payments: readonly { readonly theirs: Minor; readonly parent: TransactionRecord }[];
  /** Why more or less is paid than what comes back is worth. */
  readonly reason?: string | undefined;
  readonly returnId?: bigint | undefined;
  /** Whether units leave fulfillment orders and the stock: what comes back by a return is on its way already. */
  readonly moves?: boolean | undefined;
};

/** Books a refund: money, units, stock. Whoever calls has checked that it is not too much, and tells it. */
export function refund(shop: Shop, order: OrderRecord, draft: RefundDraft): RefundRecord {
  const { store } = shop;
  const at = store.second();
  const transactions = draft.payments.map(({ theirs, parent }) => {
    const paid = against(shop, order, parent, 'REFUND', theirs);
    order.transactions.push(paid);
    return paid;
  });
  const lines = draft.lines.map(({ line, quantity, restockType, locationId }): RefundLineRecord => ({
    id: store.nextId(),
    lineId: line.id,
    quantity,
    restockType,
    locationId,
    subtotal: netOf(line, quantity),
    tax: taxOn(line, quantity),
  }));
  const { shippingTheirs = presentedOf(order, draft.shipping) } = draft;
  const paid = sum(transactions.map(({ amount }) => amount));
  const paidTheirs = sum(transactions.map(({ amount, presented }) => presented ?? amount));
  const duties = draft.duties ?? [];
  const dutiesTheirs = sum(duties.map(({ amount }) => presentedOf(order, amount)));
  const own = balance(order, lines, sum(duties.map(({ amount }) => amount)), draft.shipping);
  const theirs = balance(inPresentment(order), lines, dutiesTheirs, shippingTheirs);
  // Without a payment nothing was paid beyond or below the worth of what came back.
  const isPaid = draft.payments.length > 0;
  const record: RefundRecord = {
    id: store.nextId(),
    note: draft.note,
    at,
    lines,
    shipping: draft.shipping,
    shippingTax: own.shippingTax,
    adjustment: isPaid ? own.worth - paid : 0n,
    adjustmentReason: draft.reason,
    duties,
    ...(order.presentment
      ? {
          presented: {
            shipping: shippingTheirs,
            shippingTax: theirs.shippingTax,
            adjustment: isPaid ? theirs.worth - paidTheirs : 0n,
          },
        }
      : {}),
    returnId: draft.returnId,
    transactionIds: transactions.map(({ id }) => id),
  };
  // What is canceled is certainly unshipped: a unit that is not restocked takes what is left of that.
  const canceledFirst = draft.lines.toSorted(
    (a, b) => Number(b.restockType === 'CANCEL') - Number(a.restockType === 'CANCEL'),
  );
  for (const { line, quantity, restockType, locationId } of canceledFirst) {
    if (draft.moves !== false) restock(shop, order, line, quantity, restockType, locationId);
    line.refunded += quantity;
  }
  order.refunds.push(record);
  touch(shop, order);
  return record;
}

/** What subscribers are told of a refund. */
export function refundTold(order: OrderRecord, record: RefundRecord): readonly Happening[] {
  const paid = order.transactions.filter(({ id }) => record.transactionIds.includes(id));
  return [
    { topic: 'refunds/create', order, refund: record },
    ...paid.map((transaction): Happening => ({ topic: 'order_transactions/create', order, transaction })),
    { topic: 'orders/updated', order },
  ];
}

/** The worth of what comes back, and the tax on carriage in it. */
function balance(
  order: OrderRecord,
  lines: readonly RefundLineRecord[],
  duties: Minor,
  shipping: Minor,
): { readonly shippingTax: Minor; readonly worth: Minor } {
  const shippingTax = shippingTaxOn(order, shipping);
  const goods = lines.map(({ lineId, quantity }) => {
    const line = order.lines.find(({ id }) => id === lineId);
    return line ? netOf(line, quantity) + (order.taxesIncluded ? 0n : taxOn(line, quantity)) : 0n;
  });
  return { shippingTax, worth: sum(goods) + duties + shipping + (order.taxesIncluded ? 0n : shippingTax) };
}

/** The tax on carriage that is paid back: all refunds together take it in proportion, so that rounding leaves none. */
export function shippingTaxOn(order: OrderRecord, shipping: Minor): Minor {
  const sums = sumsOf(order);
  const backSoFar = sum(order.refunds.map(({ shippingTax: tax }) => tax));
  const back = sums.refundedShipping + shipping;
  return sums.shipping === 0n ? 0n : divided(sums.shippingTax * back, sums.shipping) - backSoFar;
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
  if (restockType === 'RETURN') {
    if (locationId !== undefined) shiftFor(shop, order, line.id, locationId, { available: quantity });
    return;
  }
  let left = quantity;
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
