import { isCommerceError, money, toMinorUnits, type CommerceError, type Money, type Price } from '@crossdock/core';
import type { ItemRefusals } from './item-refusal.ts';

/**
 * Why a price cannot stand on a variant, or nothing. A variant has one price in the shop's currency, for any quantity and
 * at any time: what says more belongs to a price list, which this connector does not write.
 */
export function priceFit(refusal: ItemRefusals) {
  return (price: Price, currency: string): CommerceError | undefined => {
    const problem = problemOf(price, currency);
    if (problem === undefined) return undefined;
    return refusal.of('record.invalid', price.sku, problem, 'Correct the price or leave it out.');
  };
}

function problemOf(price: Price, currency: string): string | undefined {
  const unknown = limits.find(([field]) => price[field] !== undefined);
  if (unknown) return `it has ${unknown[1]}, and a variant has one price for everybody at any time`;
  return amountProblem(price.amount, currency) ?? (price.compareAt && amountProblem(price.compareAt, currency));
}

const limits = [
  ['list', 'a price list'],
  ['minimumQuantity', 'a minimum quantity'],
  ['validFrom', 'a first day'],
  ['validUntil', 'a last day'],
] as const satisfies readonly (readonly [keyof Price, string])[];

function amountProblem(amount: Money, currency: string): string | undefined {
  if (amount.currency !== currency) return `it is in "${amount.currency}" and the shop sells in "${currency}"`;
  try {
    if (toMinorUnits(money(amount.amount, currency)) >= 0n) return undefined;
    return `"${amount.amount}" is below zero`;
  } catch (error) {
    if (isCommerceError(error, 'money.invalid')) return `"${amount.amount}" is no amount of "${currency}"`;
    throw error;
  }
}
