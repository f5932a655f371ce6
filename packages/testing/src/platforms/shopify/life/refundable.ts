import { divided, type Minor } from '../money.ts';
import { dutyLeft } from '../order-sums.ts';
import { inPresentment } from '../presented.ts';
import type { LineRecord, OrderRecord, TransactionRecord } from '../records.ts';

/** A payment, and what of it can still be paid back, in the buyer's currency. */
export type Refundable = { readonly parent: TransactionRecord; readonly theirs: Minor };

/**
 * From which payments money goes back, by default all that came. What was paid by a gift card goes back last: cards first
 * is what the shop suggests, and the order of it is ours.
 */
export function refundable(order: OrderRecord, wanted?: Minor): readonly Refundable[] {
  const sources = order.transactions
    .filter(({ kind, status }) => status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE'))
    .map((parent) => ({ parent, theirs: leftOf(order, parent) }))
    .toSorted((a, b) => Number(a.parent.gateway === 'gift_card') - Number(b.parent.gateway === 'gift_card'));
  let open = wanted;
  return sources.flatMap(({ parent, theirs }) => {
    const part = open === undefined || theirs < open ? theirs : open;
    if (open !== undefined) open -= part;
    return part > 0n ? [{ parent, theirs: part }] : [];
  });
}

/** What of one payment was not given back yet, in the buyer's currency. */
export function leftOf(order: OrderRecord, payment: TransactionRecord): Minor {
  const { transactions } = inPresentment(order);
  const own = transactions.find(({ id }) => id === payment.id)?.amount ?? 0n;
  const back = transactions.filter(
    ({ kind, status, parentId }) =>
      parentId === payment.id &&
      (kind === 'REFUND' || kind === 'CHANGE') &&
      (status === 'SUCCESS' || status === 'PENDING'),
  );
  return back.reduce((left, { amount }) => left - amount, own);
}

/** The duty that goes back with so many units of a line, never more than is left of it. */
export function dutiesBack(
  order: OrderRecord,
  line: LineRecord,
  units: number,
): readonly { readonly dutyId: bigint; readonly amount: Minor }[] {
  return line.duties.flatMap((duty) => {
    const share = divided(duty.price * BigInt(units), BigInt(line.quantity));
    const left = dutyLeft(order, line, duty);
    const amount = share < left ? share : left;
    return amount > 0n ? [{ dutyId: duty.id, amount }] : [];
  });
}
