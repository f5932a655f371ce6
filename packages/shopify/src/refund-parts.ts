import {
  addMoney,
  isZeroMoney,
  negateMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
  type Money,
  type Refund,
} from '@crossdock/core';
import { spread } from './spread-money.ts';

type RefundLine = Refund['lines'][number];

/** What Shopify states of a refund, and what was given. */
export interface StatedRefund {
  readonly id: string;
  readonly lines: readonly RefundLine[];
  readonly shipping: Money | undefined;
  readonly total: Money;
}

/**
 * The same with parts that meet the total. Shopify states what units and carriage are worth, converts every amount by
 * itself, and moves what its gateways moved: what is left between them goes to the goods by their worth, else to the
 * carriage, else stands in a line without units.
 */
export function metParts({ id, lines, shipping, total }: StatedRefund): Pick<Refund, 'lines' | 'shipping'> {
  const { currency } = total;
  const parts = lines.flatMap(({ amount, tax }) => [amount, tax]);
  const rest = subtractMoney(total, sumMoney([...parts, ...(shipping ? [shipping] : [])], currency));
  if (isZeroMoney(rest)) return { lines, ...(shipping && { shipping }) };
  const weights = lines.flatMap(({ quantity, amount, tax }) => [coins(amount, quantity), coins(tax, quantity)]);
  const shares = spread(rest, weights);
  if (shares) {
    const met = lines.map((line, index) => {
      return { ...line, amount: plus(line.amount, shares[2 * index]), tax: plus(line.tax, shares[2 * index + 1]) };
    });
    return { lines: met, ...(shipping && { shipping }) };
  }
  if (shipping && toMinorUnits(roundMoney(shipping)) > 0n) return { lines, shipping: addMoney(shipping, rest) };
  return { lines: [...lines, moneyAlone(id, rest)], ...(shipping && { shipping }) };
}

/** A part as a weight: what no units came off the order for takes no share. */
function coins(part: Money, quantity: number): bigint {
  return quantity > 0 ? toMinorUnits(roundMoney(part)) : 0n;
}

function plus(part: Money, share: Money | undefined): Money {
  return share ? addMoney(part, share) : part;
}

/** Money that no units came off the order for. */
export function moneyAlone(orderLineId: string, amount: Money, tax: Money = subtractMoney(amount, amount)): RefundLine {
  return { orderLineId, quantity: 0, amount, tax, restocked: false };
}

/** What was given beyond what the units are worth, or kept back of it: Shopify states by how much their worth is more. */
export function adjustment(id: string, more: Money, tax: Money): RefundLine {
  return moneyAlone(id, negateMoney(more), negateMoney(tax));
}
