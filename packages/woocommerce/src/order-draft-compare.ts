import {
  compareMoney,
  equalMoney,
  fromMinorUnits,
  negateMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type OrderDraft,
} from '@crossdock/core';
import { toMoney } from './amounts.ts';
import { netOfCharge } from './order-draft-net.ts';
import type { SoldLine } from './order-draft.ts';
import type { WireLine, WireOrder } from './wire/order.ts';

/**
 * What WooCommerce made otherwise than the draft says, in words; nothing where it is the same. Goods, carriage and fees
 * have to be the same to the cent before tax. Taxes the shop reckons itself, each with a rounding of its own: they may be
 * off by one coin for each tax of each charge, and the total by as much as they are.
 */
export function differenceOf(draft: OrderDraft, sold: readonly SoldLine[], order: WireOrder): string | undefined {
  const { currency, totals, taxesIncluded } = draft;
  if (order.currency !== currency) return `it is in "${order.currency}" there, and the channel says "${currency}"`;
  if (order.line_items.length !== sold.length) return `it has ${order.line_items.length} lines there`;
  for (const [index, { line, product }] of sold.entries()) {
    const there = order.line_items[index];
    if (!there || !isThis(there, line.sku, line.quantity, product.id)) {
      return `line ${index + 1} is not ${line.quantity} of "${line.sku}" there`;
    }
    const wanted = netOfCharge(line, taxesIncluded).total;
    if (!isSame(toMoney(there.total, currency), wanted)) return `line ${index + 1} is ${there.total} there before tax`;
  }
  const stated = (charges: Parameters<typeof netOfCharge>[0][]) =>
    sumMoney(
      charges.map((charge) => netOfCharge(charge, taxesIncluded).total),
      currency,
    );
  const seen = (rows: readonly { readonly total: string }[]) =>
    sumMoney(
      rows.map(({ total }) => toMoney(total, currency)),
      currency,
    );
  const shipping = seen(order.shipping_lines);
  if (!isSame(shipping, stated([...draft.shippingLines]))) return `its carriage is ${shipping.amount} there before tax`;
  const fees = seen(order.fee_lines);
  if (!isSame(fees, stated([...draft.feeLines]))) return `its fees are ${fees.amount} there before tax`;
  return taxDifference(draft, toMoney(order.total_tax, currency), toMoney(order.total, currency), totals.total);
}

function taxDifference(draft: OrderDraft, tax: Money, total: Money, wanted: Money): string | undefined {
  const { currency } = draft;
  const taxes = [...draft.lines, ...draft.shippingLines, ...draft.feeLines].flatMap((charge) => charge.taxes);
  const stated = sumMoney(
    taxes.map(({ amount }) => amount),
    currency,
  );
  const allowed = fromMinorUnits(BigInt(taxes.length), currency);
  if (compareMoney(apart(tax, stated), allowed) > 0) {
    return `WooCommerce reckons ${roundMoney(tax).amount} ${currency} of tax, and the channel says ${stated.amount}`;
  }
  if (compareMoney(apart(total, wanted), allowed) > 0) {
    return `it makes ${roundMoney(total).amount} ${currency} there, and the channel says ${wanted.amount}`;
  }
  return undefined;
}

function isThis(there: WireLine, sku: string | undefined, quantity: number, productId: number): boolean {
  return (there.variation_id || there.product_id) === productId && there.sku === sku && there.quantity === quantity;
}

function isSame(one: Money, other: Money): boolean {
  return equalMoney(roundMoney(one), roundMoney(other));
}

function apart(one: Money, other: Money): Money {
  const difference = subtractMoney(roundMoney(one), roundMoney(other));
  return compareMoney(difference, zeroMoney(one.currency)) < 0 ? negateMoney(difference) : difference;
}
