import type { Ref, WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { refused, type Connection } from './connection.ts';
import { tidy, type Piece } from './shipment-demand.ts';
import type { DeliveryPlan } from './shipment-plan.ts';
import { exactlyIn } from './units.ts';
import { unitRow } from './wire/picking.ts';

/** A quantity that is to be written, in the product's unit, with the unit that Odoo keeps it in. */
export interface Count {
  readonly sku: string;
  readonly quantity: number;
  readonly unit: number;
  /** How many of the product's unit one of that unit is. */
  readonly size: number;
}

/**
 * Refuses, before anything is written, quantities that Odoo would round: of 1.234 pieces it books 1.23, of 1.235 it books
 * 1.24, and of seven pieces of a dozen 0.58, without a word. Recorded on Odoo 19.0, 2026-11-26.
 */
export async function demandExact(
  connection: Connection,
  counts: readonly Count[],
  { what, operation, refs }: { readonly what: string; readonly operation: string; readonly refs: readonly Ref[] },
  options: WriteOptions,
): Promise<void> {
  const { client, settings } = connection;
  const release = await client.version(options);
  // From 19 on no step is larger than 1: it is a tenth, a hundredth and so on. Source of Odoo 19.0, read 2026-11-26.
  const doubtful = counts.filter(({ quantity, size }) => release < 19 || !Number.isInteger(tidy(quantity / size)));
  if (doubtful.length === 0) return;
  const ids = [...new Set(doubtful.map(({ unit }) => unit))];
  const archived = { ...options, context: { active_test: false } };
  const units = new Map((await client.read('uom.uom', ids, unitRow(release), archived)).map((unit) => [unit.id, unit]));
  const digits = await digitsKept(connection, options);
  for (const { sku, quantity, unit: id, size } of doubtful) {
    const unit = units.get(id);
    const step = Math.max(unit?.rounding ?? 0, digits);
    if (exactlyIn(quantity, size, step) !== undefined) continue;
    throw refused(settings, 'record.rejected', operation, {
      message: `${what} in "${settings.name}": "${quantity}" of SKU "${sku}" are no exact number of "${unit?.name ?? id}", of which Odoo keeps steps of "${step}". This call booked nothing. Correct the count, or change the unit of the line or its rounding in Odoo, then replay.`,
      refs,
      details: { sku, quantity, step },
    });
  }
}

/** What is written for a plan: of each move the sum, and where lines say more than a sum each piece in the product's unit. */
export function countsOf<P extends Piece>(
  plans: readonly DeliveryPlan<P>[],
  hasLines: (share: DeliveryPlan<P>['shares'][number]) => boolean,
): readonly Count[] {
  return plans.flatMap(({ shares }) =>
    shares.flatMap((share) => {
      const { move, pieces } = share;
      const sku = move.sku ?? '';
      const sum = tidy(pieces.reduce((total, { quantity }) => total + quantity, 0));
      const whole = { sku, quantity: sum, unit: move.move.product_uom.id, size: move.size ?? 1 };
      if (!hasLines(share)) return [whole];
      return [whole, ...pieces.map(({ quantity }) => ({ sku, quantity, unit: move.unitId, size: 1 }))];
    }),
  );
}

/**
 * The step of the digits that quantities are stored with. Who sets it is an administrator, so it is read where everybody
 * sees it, at the field. Recorded on Odoo 19.0, 2026-11-26.
 */
async function digitsKept({ client }: Connection, options: WriteOptions): Promise<number> {
  const fields = await client.fieldsGet('stock.move', options);
  const digits = digitsOf.safeParse(fields['quantity']?.digits);
  return digits.success ? Number(`1e-${digits.data[1]}`) : 0;
}

const digitsOf = z.tuple([z.number(), z.int().nonnegative()]);
