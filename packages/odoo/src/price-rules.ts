import { money, type Money, type Price } from '@crossdock/core';
import { priceOf } from './amounts.ts';
import type { PricedWire, PriceListWire, RuleWire } from './wire/price.ts';
import { toMoment } from './wire/value.ts';

/** A price that a rule gives, or why nobody can say it to the last digit without asking Odoo. */
export type RulePrice = { readonly amount: Money } | { readonly inexact: string };

/**
 * What a rule asks for one unit of a product, exactly. Odoo reckons with floats and rounds late: what it would round,
 * convert or take from its books is not guessed. `digits` is how many Odoo keeps of a price; left out, all.
 * Source of Odoo 17.0 to 19.0, read 2026-11-26.
 */
export function priceByRule(rule: RuleWire, product: PricedWire, digits: number | undefined): RulePrice {
  const currency = rule.currency_id.name;
  if (rule.compute_price === 'fixed') return { amount: priceOf(rule.fixed_price, currency) };
  if (rule.compute_price !== 'percentage' && rule.compute_price !== 'formula')
    return { inexact: `it computes by "${rule.compute_price}"` };
  if (rule.base !== 'list_price') return { inexact: `it is based on "${rule.base}"` };
  if (product.currency_id.name !== currency)
    return { inexact: `it converts "${product.currency_id.name}" to "${currency}"` };
  const base = exact(product.lst_price);
  const price = rule.compute_price === 'percentage' ? less(base, rule.percent_price) : byFormula(rule, base);
  if (price < 0n) return { inexact: 'it comes to less than nothing' };
  const text = decimal(price);
  const [, fraction = ''] = text.split('.');
  if (fraction.length > Math.min(digits ?? mostDigits, mostDigits))
    return { inexact: `it comes to "${text}", which is rounded there` };
  return { amount: money(padded(text, currency), currency) };
}

/** The price with what a rule says of quantity and time, on its list. */
export function listed(rule: RuleWire, sku: string, amount: Money, list: string): Price {
  return {
    sku,
    amount,
    list,
    ...(rule.min_quantity > 0 ? { minimumQuantity: rule.min_quantity } : {}),
    ...(rule.date_start === null ? {} : { validFrom: toMoment(rule.date_start) }),
    ...(rule.date_end === null ? {} : { validUntil: toMoment(rule.date_end) }),
  };
}

/** What a rule's list is called. */
export function nameOf({ pricelist_id: { id, name } }: RuleWire, lists: ReadonlyMap<number, PriceListWire>): string {
  return lists.get(id)?.name ?? name;
}

/**
 * The rules of one list by which a product is sold now, one a quantity. `rules` are in Odoo's order, in which the first
 * that fits counts; so from a quantity on, a rule holds where none before it does.
 */
export function rulesByQuantity(rules: readonly RuleWire[]): readonly RuleWire[] {
  const steps = [...new Set(rules.map(({ min_quantity }) => min_quantity))].toSorted((one, other) => one - other);
  const winners: RuleWire[] = [];
  for (const step of steps) {
    const winner = rules.find(({ min_quantity }) => min_quantity <= step);
    if (winner && winners.at(-1) !== winner) winners.push(winner);
  }
  return winners;
}

/**
 * Odoo's own order among the rules for one product, whatever the database sorts by: the nearest to the product first, then
 * the largest quantity. Of two categories it takes the one whose whole name comes last; on one path, `categories` from its
 * top down, that is the lower one, because its name begins with the other's. Recorded on Odoo 19.0, 2026-11-26.
 */
export function inOdoosOrder(categories: readonly number[]): (one: RuleWire, other: RuleWire) => number {
  const depth = ({ categ_id }: RuleWire) => (categ_id === null ? -1 : categories.indexOf(categ_id.id));
  return (one, other) =>
    one.applied_on.localeCompare(other.applied_on) ||
    other.min_quantity - one.min_quantity ||
    depth(other) - depth(one) ||
    other.id - one.id;
}

const scale = 14;
const mostDigits = 6;

/** A float of Odoo's as what it was meant to be, in 10^-14. */
function exact(value: number): bigint {
  const [whole = '0', fraction = ''] = value.toFixed(mostDigits).split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

/** With six digits of each, the quotient ends at fourteen and nothing is cut. */
function less(base: bigint, percent: number): bigint {
  return (base * (exact(100) - exact(percent))) / exact(100);
}

function byFormula(rule: RuleWire, base: bigint): bigint {
  let price = less(base, rule.price_discount);
  if (rule.price_round > 0) price = toMultiple(price, exact(rule.price_round));
  price += exact(rule.price_surcharge);
  if (rule.price_min_margin !== 0) price = largest(price, base + exact(rule.price_min_margin));
  if (rule.price_max_margin !== 0) price = -largest(-price, -(base + exact(rule.price_max_margin)));
  return price;
}

/** Halves go away from zero, as Odoo's `float_round` does. */
function toMultiple(price: bigint, step: bigint): bigint {
  const sign = price < 0n ? -1n : 1n;
  return sign * ((2n * sign * price + step) / (2n * step)) * step;
}

function largest(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

function decimal(value: bigint): string {
  const digits = value.toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -scale) : `${digits.slice(0, -scale)}.${fraction}`;
}

/** At least the digits of its currency, as every price of ours. */
function padded(text: string, currency: string): string {
  const [, digits = ''] = priceOf(0, currency).amount.split('.');
  const [whole = '0', fraction = ''] = text.split('.');
  const padding = fraction.padEnd(digits.length, '0');
  return padding === '' ? whole : `${whole}.${padding}`;
}
