import {
  addMoney,
  isZeroMoney,
  money,
  roundMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
  zeroMoney,
  type Money,
  type Refund,
} from '@crossdock/core';
import { withoutMark } from './number-mark.ts';
import { returnMarkIn, withoutReturnMark, type ReturnMark } from './refund-mark.ts';
import { adjustment, metParts, moneyAlone } from './refund-parts.ts';
import { restockWords, transactionKindWords, transactionStatusWords } from './statuses.ts';
import { spread } from './spread-money.ts';
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
  const paid = moved.flatMap(({ amountSet }, index) =>
    statuses[index] === 'succeeded' ? [toMoney(amountSet.shopMoney)] : [],
  );
  const [first] = paid;
  if (!first) return undefined;
  const total = sumMoney(paid, first.currency);
  if (isZeroMoney(total)) return undefined;
  const shipping = shippingOf(wire);
  const given = subtractMoney(total, shipping ?? zeroMoney(total.currency));
  const note = withoutMark(withoutReturnMark(wire.note));
  const mark = returnMarkIn(wire.note);
  const returnId = wire.return?.id ?? mark?.returnId;
  return {
    ref: { system, kind: 'refund', id: wire.id },
    order: { system, kind: 'order', id: wire.order.id },
    ...(returnId !== undefined && { return: { system, kind: 'return' as const, id: returnId } }),
    ...metParts({ id: wire.id, lines: linesOf(wire, lines, mark, given), shipping, total }),
    total,
    ...(note !== undefined && { note }),
    refundedAt: wire.processedAt,
  };
}

/** Units, or those of the return that is paid, then what Shopify gave back besides: duties, and more or less than they are worth. */
function linesOf(
  wire: WireRefund,
  units: readonly WireRefundLine[],
  mark: ReturnMark | undefined,
  given: Money,
): Refund['lines'] {
  if (mark && units.length === 0) return markedLines(mark, given);
  const duties = (wire.duties ?? []).map(({ amountSet, originalDuty }) =>
    moneyAlone(originalDuty?.id ?? 'duties', toMoney(amountSet.shopMoney)),
  );
  const adjustments = wire.orderAdjustments.nodes.map(({ id, amountSet, taxAmountSet }) =>
    adjustment(id, toMoney(amountSet.shopMoney), toMoney(taxAmountSet.shopMoney)),
  );
  const besides = [...duties, ...adjustments].filter(({ amount, tax }) => !isZeroMoney(amount) || !isZeroMoney(tax));
  return [...units.map((line) => toLine(line, wire, `Refund "${wire.id}"`)), ...besides];
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

/**
 * The units of a return that ours paid: they are off the order since the return was booked, so that Shopify states none of
 * them. Their money stands in the currency of the draft; in the shop's it comes to what was given for the goods.
 */
function markedLines({ lines, currency }: ReturnMark, given: Money): Refund['lines'] {
  const coins = (amount: string) => toMinorUnits(roundMoney(money(amount, currency)));
  const weights = lines.flatMap(({ amount, tax }) => [coins(amount), coins(tax)]);
  const shares = spread(given, weights) ?? [];
  return lines.map(({ orderLineId, quantity, restocked }, index) => {
    const [amount = given, tax = given] = shares.slice(2 * index, 2 * index + 2);
    return { orderLineId, quantity, amount, tax, restocked };
  });
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
