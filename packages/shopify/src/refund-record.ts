import { addMoney, isZeroMoney, subtractMoney, sumMoney, type Money, type Refund } from '@crossdock/core';
import { withoutMark } from './number-mark.ts';
import { restockWords, transactionKindWords, transactionStatusWords } from './statuses.ts';
import { toMoney } from './wire/money.ts';
import type { WireRefund, WireRefundLine } from './wire/refund.ts';

/**
 * What a refund gave back, once the gateways said so; `undefined` while one of them has not, and where no money went
 * back: units that left an unpaid order stand on the order itself.
 */
export function toRefund(wire: WireRefund, lines: readonly WireRefundLine[], system: string): Refund | undefined {
  const record = `Refund "${wire.id}"`;
  const moved = wire.transactions.nodes.filter(({ kind }) => transactionKindWords.decode(kind, record) === 'refund');
  const statuses = moved.map(({ status }) => transactionStatusWords.decode(status, record));
  if (statuses.some((status) => status === 'pending' || status === 'unknown')) return undefined;
  const given = moved.flatMap(({ amountSet }, index) =>
    statuses[index] === 'succeeded' ? [toMoney(amountSet.shopMoney)] : [],
  );
  const [first] = given;
  if (!first) return undefined;
  const total = sumMoney(given, first.currency);
  if (isZeroMoney(total)) return undefined;
  const shipping = shippingOf(wire);
  const note = withoutMark(wire.note);
  return {
    ref: { system, kind: 'refund', id: wire.id },
    order: { system, kind: 'order', id: wire.order.id },
    ...(wire.return && { return: { system, kind: 'return' as const, id: wire.return.id } }),
    lines: lines.map((line) => toLine(line, wire, record)),
    ...(shipping && { shipping }),
    total,
    ...(note !== undefined && { note }),
    refundedAt: wire.processedAt,
  };
}

function toLine(line: WireRefundLine, { order }: WireRefund, record: string): Refund['lines'][number] {
  const subtotal = toMoney(line.subtotalSet.shopMoney);
  const tax = toMoney(line.totalTaxSet.shopMoney);
  return {
    orderLineId: line.lineItem.id,
    quantity: line.quantity,
    amount: order.taxesIncluded ? subtractMoney(subtotal, tax) : subtotal,
    tax,
    restocked: restockWords.decode(line.restockType, record) === 'restocked',
  };
}

/** With its tax, as the buyer got it. */
function shippingOf({ refundShippingLines: { nodes }, order }: WireRefund): Money | undefined {
  const sums = nodes.map(({ subtotalAmountSet, taxAmountSet }) => {
    const price = toMoney(subtotalAmountSet.shopMoney);
    return order.taxesIncluded ? price : addMoney(price, toMoney(taxAmountSet.shopMoney));
  });
  const [first] = sums;
  return first && sumMoney(sums, first.currency);
}
