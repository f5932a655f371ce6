import type { ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { weightUnitSchema, type WeightUnit } from './wire/catalogue.ts';

/** The unit in which the shop keeps weights, asked for once. */
export function shopWeightUnit(client: WooClient) {
  let known: WeightUnit | undefined;
  return async function current(operation: string, options: ReadOptions): Promise<WeightUnit> {
    if (known !== undefined) return known;
    const { data } = await client.get('wc/v3/settings/products/woocommerce_weight_unit', {
      operation,
      search: { _fields: 'id,value' },
      answer: weightUnitSchema,
      options,
    });
    known = data.value;
    return data.value;
  };
}

/** Grams of one. */
const grams: Readonly<Record<WeightUnit, number>> = { kg: 1000, g: 1, lbs: 453.592_37, oz: 28.349_523_125 };

/** A weight of the shop in grams; `undefined` for none, and for what is none. */
export function gramsOf(weight: string, unit: WeightUnit): number | undefined {
  if (!/^\d+(\.\d+)?$/.test(weight)) return undefined;
  const value = Number((Number(weight) * grams[unit]).toFixed(3));
  return value > 0 ? value : undefined;
}

/** Grams as the shop keeps them. */
export function weightOf(value: number, unit: WeightUnit): string {
  return String(Number((value / grams[unit]).toFixed(6)));
}
