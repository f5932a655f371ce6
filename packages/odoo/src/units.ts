import type { ReadOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import { unitRow, type UnitWire } from './wire/picking.ts';

/** What Odoo's units are in each other's terms. */
export interface Units {
  /** How many of `base` one of `unit` is: 12 for a dozen in pieces. `undefined` where Odoo does not say. */
  sizeOf(unit: number, base: number): number | undefined;
  /** The smallest part of a unit that Odoo books; 0 where nothing was asked about it. */
  stepOf(unit: number): number;
}

/** A unit, and the one of the product that it counts. */
export type UnitPair = readonly [unit: number, base: number];

/** Asks for the sizes of the units in these pairs. Nothing is asked where every pair is one unit. */
export async function unitsOf(
  { client }: Connection,
  pairs: readonly UnitPair[],
  options?: ReadOptions,
): Promise<Units> {
  const ids = [...new Set(pairs.flatMap(([unit, base]) => (unit === base ? [] : [unit, base])))];
  const row = ids.length === 0 ? undefined : unitRow(await client.version(options));
  const archived = { ...options, context: { active_test: false } };
  const found = row === undefined ? [] : await client.read('uom.uom', ids, row, archived);
  const byId = new Map<number, UnitWire>(found.map((unit) => [unit.id, unit]));
  return {
    sizeOf(unit, base) {
      if (unit === base) return 1;
      const [one, other] = [byId.get(unit), byId.get(base)];
      return one && other && clean(one.factor / other.factor);
    },
    stepOf: (unit) => byId.get(unit)?.rounding ?? 0,
  };
}

/**
 * A quantity of the product's unit in another one, or `undefined` where Odoo would round it: seven pieces are 0.58 of a
 * dozen there, and those are not seven pieces.
 */
export function exactlyIn(quantity: number, size: number, step: number): number | undefined {
  const converted = clean(quantity / size);
  if (step <= 0) return converted;
  const steps = converted / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 ? converted : undefined;
}

/** Odoo's factors carry the noise of a division: a dozen is 12.000000000000002 pieces. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
