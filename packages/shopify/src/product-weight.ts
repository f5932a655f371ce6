import { CommerceError } from '@crossdock/core';

/** Grams in one of each of Shopify's units, by their definition. */
export const gramsIn: Readonly<Record<string, number>> = {
  GRAMS: 1,
  KILOGRAMS: 1000,
  OUNCES: 28.349_523_125,
  POUNDS: 453.592_37,
};

/** A weight in grams, to the thousandth. */
export function gramsOf({ unit, value }: { readonly unit: string; readonly value: number }, variant: string): number {
  const grams = gramsIn[unit];
  if (grams !== undefined) return Math.round(value * grams * 1000) / 1000;
  throw new CommerceError({
    code: 'status.unmapped',
    message: `Variant "${variant}" was not taken over: its weight is in "${unit}", which has no counterpart. Decide what it means.`,
  });
}
