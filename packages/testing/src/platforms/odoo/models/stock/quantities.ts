import type { Json } from '@crossdock/core';
import { idsOf, link, num, rowOf, rowsWhere, str, type Env } from '../../orm/env.ts';
import { float, type Field } from '../../orm/field.ts';
import { kitOf, kitStock } from '../mrp/kit.ts';
import { inUnit, unitOf } from '../uom.ts';
import { isToRemove } from './expiry.ts';
import { openStates } from './move-state.ts';

export interface Quantities {
  readonly onHand: number;
  readonly reserved: number;
  readonly incoming: number;
  readonly outgoing: number;
  /** What lies there past its date and is not reserved: on hand, but neither free nor forecast. */
  readonly expired: number;
}

export const freeOf = ({ onHand, reserved, expired }: Quantities) => onHand - reserved - expired;

/** Stock of some products where the context points: one warehouse, one location, or everywhere. */
function quantitiesOf(env: Env, products: readonly number[]): Quantities {
  const inside = locationsOf(env);
  let onHand = 0;
  let reserved = 0;
  let incoming = 0;
  let outgoing = 0;
  let expired = 0;
  for (const product of products) {
    for (const quant of rowsWhere(env, 'stock.quant', 'product_id', product)) {
      if (!inside.has(num(quant, 'location_id'))) continue;
      onHand += num(quant, 'quantity');
      reserved += num(quant, 'reserved_quantity');
      if (isToRemove(env, link(quant, 'lot_id')))
        expired += Math.max(0, num(quant, 'quantity') - num(quant, 'reserved_quantity'));
    }
    for (const state of openStates) {
      const moves = env.db.lookup('stock.move', '_open', `${product}:${state}`) ?? [];
      for (const id of moves) {
        const move = rowOf(env, 'stock.move', id);
        const from = inside.has(num(move, 'location_id'));
        const to = inside.has(num(move, 'location_dest_id'));
        const asked = inUnit(env, num(move, 'product_uom_qty'), link(move, 'product_uom'), unitOf(env, product));
        if (from && !to) outgoing += asked;
        if (to && !from) incoming += asked;
      }
    }
  }
  return { onHand, reserved, incoming, outgoing, expired };
}

/** The stored locations that count. The wrong context key is not an error: it is ignored, and everything counts. */
function locationsOf(env: Env): ReadonlySet<number> {
  const given = env.context[env.names.warehouseContextKey];
  const { location } = env.context;
  const warehouses = typeof given === 'number' ? [given] : idsOf(given);
  if (warehouses.length > 0) {
    return below(
      env,
      warehouses.flatMap((id) => link(env.db.row('stock.warehouse', id) ?? { id: 0 }, 'view_location_id') ?? []),
    );
  }
  const locations = typeof location === 'number' ? [location] : idsOf(location);
  if (locations.length > 0) return below(env, locations);
  return below(
    env,
    [...env.db.rows('stock.warehouse').values()]
      .filter((row) => env.companies.includes(num(row, 'company_id')))
      .map((row) => num(row, 'view_location_id')),
  );
}

/** Locations and everything inside them. */
export function below(env: Env, roots: readonly number[]): ReadonlySet<number> {
  const found = new Set(roots);
  for (const id of found) for (const child of rowsWhere(env, 'stock.location', 'location_id', id)) found.add(child.id);
  return found;
}

/** The computed stock fields of products, or of templates by way of their variants. */
export function quantityFields(
  productsOf: (env: Env, id: number) => readonly number[],
): Readonly<Record<string, Field>> {
  const field = (label: string, value: (quantities: Quantities) => number): Field =>
    float(label, {
      readonly: true,
      compute: (env, id): Json => productsOf(env, id).reduce((sum, product) => sum + stockOf(env, product, value), 0),
    });
  return {
    qty_available: field('Quantity On Hand', ({ onHand }) => onHand),
    free_qty: field('Free To Use Quantity', freeOf),
    virtual_available: field(
      'Forecasted Quantity',
      ({ onHand, incoming, outgoing, expired }) => onHand + incoming - outgoing - expired,
    ),
    incoming_qty: field('Incoming', ({ incoming }) => incoming),
    outgoing_qty: field('Outgoing', ({ outgoing }) => outgoing),
  };
}

/** One figure of a product. Of a kit there is as much as its components make. */
export function stockOf(env: Env, product: number, figure: (quantities: Quantities) => number): number {
  const kit = kitOf(env, product);
  if (!kit) return figure(quantitiesOf(env, [product]));
  return kitStock(env, kit, product, (component) => figure(quantitiesOf(env, [component])));
}

/** Whether a location is one where goods are kept and counted. */
export function isInternal(env: Env, location: number): boolean {
  const usage = str(rowOf(env, 'stock.location', location), 'usage');
  return usage === 'internal' || usage === 'transit';
}
