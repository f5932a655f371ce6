import type { Row } from '../../orm/database.ts';
import { link, num, rowsWhere, store, type Env } from '../../orm/env.ts';
import { compareQuantity } from '../decimal.ts';
import { isStorable } from '../product-kind.ts';
import { isToRemove } from './expiry.ts';
import { below, isInternal } from './quantities.ts';

export interface Place {
  readonly product: number;
  readonly location: number;
  readonly lot: number | undefined;
}

function quantAt(env: Env, { product, location, lot }: Place): Row | undefined {
  return rowsWhere(env, 'stock.quant', 'product_id', product).find(
    (quant) => num(quant, 'location_id') === location && link(quant, 'lot_id') === lot,
  );
}

/** The quant of a place, made when there is none. */
export function ensureQuant(env: Env, place: Place): Row {
  const found = quantAt(env, place);
  if (found) return found;
  const row = env.db.insert('stock.quant', {
    product_id: place.product,
    location_id: place.location,
    ...(place.lot === undefined ? {} : { lot_id: place.lot }),
    quantity: 0,
    reserved_quantity: 0,
    in_date: env.startedAt - (env.startedAt % 1_000_000),
    company_id: env.db.row('stock.location', place.location)?.['company_id'],
    create_date: env.startedAt,
    create_uid: env.user.id,
    write_date: env.startedAt,
    write_uid: env.user.id,
  });
  // Nobody is told yet: the first that anybody hears of it is how much lies there. Recorded on Odoo 19.0, 2026-11-23.
  return row;
}

/** Puts goods on a place or takes them off. Nothing stops it below zero. Recorded on Odoo 19.0, 2026-11-23. */
export function changeQuantity(env: Env, place: Place, delta: number): void {
  if (!isStorable(env, place.product)) return;
  const quant = ensureQuant(env, place);
  const quantity = num(quant, 'quantity') + delta;
  store(env, 'stock.quant', quant, { quantity: compareQuantity(quantity, 0) === 0 ? 0 : quantity });
}

/**
 * Reserves `wanted` on one place and says how much it was: from 19 on all of it, also more than there is, so that what is
 * free falls below zero. Recorded on Odoo 19.0, 2026-11-26; of 17 and 18 not known, they reserve here what there is.
 */
export function reserveAt(env: Env, place: Place, wanted: number): number {
  if (!isInternal(env, place.location) || !isStorable(env, place.product)) return 0;
  const quant = env.major === 19 && wanted > 0 ? ensureQuant(env, place) : quantAt(env, place);
  if (!quant) return 0;
  const free = num(quant, 'quantity') - num(quant, 'reserved_quantity');
  const reserved = env.major === 19 ? wanted : Math.max(0, Math.min(wanted, free));
  if (reserved > 0) store(env, 'stock.quant', quant, { reserved_quantity: num(quant, 'reserved_quantity') + reserved });
  return reserved;
}

export function releaseAt(env: Env, place: Place, quantity: number): void {
  if (quantity === 0) return;
  const quant = quantAt(env, place);
  if (!quant) return;
  const reserved = num(quant, 'reserved_quantity') - quantity;
  store(env, 'stock.quant', quant, { reserved_quantity: compareQuantity(reserved, 0) <= 0 ? 0 : reserved });
}

/** Quants with something free below a location, oldest first. */
export function freeQuants(env: Env, product: number, location: number): Row[] {
  const inside = below(env, [location]);
  return rowsWhere(env, 'stock.quant', 'product_id', product)
    .filter((quant) => inside.has(num(quant, 'location_id')) && compareQuantity(freeOf(quant), 0) > 0)
    .filter((quant) => !isToRemove(env, link(quant, 'lot_id')))
    .toSorted((a, b) => num(a, 'in_date') - num(b, 'in_date') || a.id - b.id);
}

/** How much more is reserved on a place than lies there. */
export function overReserved(env: Env, place: Place): number {
  const quant = isStorable(env, place.product) && isInternal(env, place.location) ? quantAt(env, place) : undefined;
  return quant ? Math.max(0, -freeOf(quant)) : 0;
}

export function freeOf(quant: Row): number {
  return num(quant, 'quantity') - num(quant, 'reserved_quantity');
}

/** Deletes what stands at zero and is not being counted: a sold-out product simply has no row any more. */
export function sweepEmptyQuants(env: Env): void {
  for (const quant of env.db.rows('stock.quant').values()) {
    if (
      num(quant, 'quantity') === 0 &&
      num(quant, 'reserved_quantity') === 0 &&
      quant['inventory_quantity_set'] !== true
    ) {
      env.db.remove('stock.quant', quant);
    }
  }
}
