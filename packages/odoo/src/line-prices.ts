import { CommerceError, compareMoney, multiplyMoney, roundMoney, subtractMoney, type Money } from '@crossdock/core';
import { moneyOf, priceOf, quantityText } from './amounts.ts';
import type { OrderLineWire, OrderWire } from './wire/order.ts';

/** Quantity times unit price, at the currency's digits. */
export function lineGross(unitPrice: Money, quantity: string): Money {
  return roundMoney(multiplyMoney(unitPrice, quantity));
}

/**
 * Whether an order's unit prices hold the tax. Odoo decides it by the tax of each line; what a line's price makes shows
 * it: the total or the total less the tax. Lines that differ in this cannot be said in one order: `tax.mismatch`.
 */
export function pricesHoldTax(order: OrderWire, lines: readonly OrderLineWire[], currency: string): boolean {
  const answers = new Set(lines.filter(({ price_tax }) => price_tax !== 0).map((line) => holdsTax(line, currency)));
  if (answers.size < 2) return answers.has(true);
  throw new CommerceError({
    code: 'tax.mismatch',
    message: `Order "${order.name}" was not taken over: some of its prices hold the tax and some do not. Give its lines taxes of one kind in Odoo.`,
  });
}

function holdsTax(line: OrderLineWire, currency: string): boolean {
  const gross = lineGross(priceOf(line.price_unit, currency), quantityText(line.product_uom_qty));
  const remaining = ((100 - line.discount) / 100).toFixed(6);
  const price = roundMoney(multiplyMoney(gross, remaining));
  const toTotal = distance(price, moneyOf(line.price_total, currency));
  const toSubtotal = distance(price, moneyOf(line.price_subtotal, currency));
  return compareMoney(toTotal, toSubtotal) < 0;
}

function distance(one: Money, other: Money): Money {
  return compareMoney(one, other) < 0 ? subtractMoney(other, one) : subtractMoney(one, other);
}
