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
import { netOfCharge, type DraftCharge } from './order-draft-net.ts';
import type { SoldLine } from './order-draft.ts';
import type { WireLine, WireOrder } from './wire/order.ts';

/**
 * What WooCommerce made otherwise than the draft says, in words; nothing where it is the same. Goods, carriage and fees
 * have to be the same to the cent before tax. Taxes the shop reckons itself, each with a rounding of its own: each may be
 * off by one coin, and the total by as many coins as there are taxes.
 */
export function differenceOf(draft: OrderDraft, sold: readonly SoldLine[], order: WireOrder): string | undefined {
  const { currency, lines, shippingLines, feeLines } = draft;
  if (order.currency !== currency) return `it is in "${order.currency}" there, and the channel says "${currency}"`;
  for (const [index, { line, product }] of sold.entries()) {
    const there = order.line_items[index];
    if (there && isThis(there, line.sku, line.quantity, product.id)) continue;
    return `line ${index + 1} is not ${line.quantity} of "${line.sku}" there`;
  }
  const goods = sold.map(({ line }) => line);
  return (
    chargesDifference('line', draft, goods, order.line_items) ??
    chargesDifference('carriage', draft, shippingLines, order.shipping_lines) ??
    chargesDifference('fee', draft, feeLines, order.fee_lines) ??
    sumDifference(draft, [...lines, ...shippingLines, ...feeLines], order)
  );
}

type Row = Pick<WireLine, 'total' | 'taxes'>;

/** The shop keeps charges in the order in which they were sent. recorded on WooCommerce 10.0.2, 2026-11-23 */
function chargesDifference(
  what: string,
  { currency, taxesIncluded }: OrderDraft,
  charges: readonly DraftCharge[],
  rows: readonly Row[],
): string | undefined {
  if (rows.length !== charges.length)
    return `it has ${rows.length} of "${what}" there, and the channel ${charges.length}`;
  for (const [index, charge] of charges.entries()) {
    const { total = '', taxes = [] } = rows[index] ?? {};
    const name = `${what} ${index + 1}`;
    const net = netOfCharge(charge, taxesIncluded).total;
    if (!equalMoney(roundMoney(toMoney(total, currency)), roundMoney(net))) {
      return `${name} is ${total} ${currency} there before tax, and the channel says ${net.amount}`;
    }
    const made = taxes.flatMap((tax) => (tax.total === '' ? [] : [toMoney(tax.total, currency)]));
    const difference = taxDifference(name, sumMoney(made, currency), charge.taxes, currency);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function sumDifference({ currency, totals }: DraftSums, charges: readonly DraftCharge[], order: WireOrder) {
  const taxes = charges.flatMap((charge) => charge.taxes);
  const total = toMoney(order.total, currency);
  const difference = taxDifference('the order', toMoney(order.total_tax, currency), taxes, currency);
  if (difference !== undefined || !isApart(total, totals.total, taxes.length)) return difference;
  return `it makes ${roundMoney(total).amount} ${currency} there, and the channel says ${totals.total.amount}`;
}

type DraftSums = Pick<OrderDraft, 'currency' | 'totals'>;

function taxDifference(name: string, made: Money, taxes: DraftCharge['taxes'], currency: string): string | undefined {
  const stated = sumMoney(
    taxes.map(({ amount }) => amount),
    currency,
  );
  if (!isApart(made, stated, taxes.length)) return undefined;
  return `WooCommerce reckons ${roundMoney(made).amount} ${currency} of tax on ${name}, and the channel says ${stated.amount}`;
}

function isThis(there: WireLine, sku: string | undefined, quantity: number, productId: number): boolean {
  return (there.variation_id || there.product_id) === productId && there.sku === sku && there.quantity === quantity;
}

/** Whether two amounts are more apart than so many coins. */
function isApart(one: Money, other: Money, coins: number): boolean {
  const difference = subtractMoney(roundMoney(one), roundMoney(other));
  const size = compareMoney(difference, zeroMoney(one.currency)) < 0 ? negateMoney(difference) : difference;
  return compareMoney(size, fromMinorUnits(BigInt(coins), one.currency)) > 0;
}
