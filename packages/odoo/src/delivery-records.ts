import type { ReadOptions } from '@crossdock/core';
import type { Source } from './changes.ts';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { markOf, type Marks } from './cursor.ts';
import type { Delivery, DeliveryMove } from './shipment-plan.ts';
import { unitsOf, type UnitPair } from './units.ts';
import { misfit } from './unreadable.ts';
import { moveRow, pickingRow, type MoveWire, type PickingWire } from './wire/picking.ts';
import { productKeyRow } from './wire/product.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';

/** Whether deliveries have a carrier and a tracking number here: they come with the module `stock_delivery`. */
export async function hasCarrier({ client }: Connection, options?: ReadOptions): Promise<boolean> {
  return Object.hasOwn(await client.fieldsGet('stock.picking', options), 'carrier_tracking_ref');
}

/** The step that leaves the company to a buyer, and no earlier one, no return to a vendor and none of a buyer's. */
export const toBuyers: Domain = [
  ['picking_type_id.code', '=', 'outgoing'],
  ['location_dest_id.usage', '=', 'customer'],
];
/** The moves of such a step. */
export const movesToBuyers: Domain = [
  ['picking_id.picking_type_id.code', '=', 'outgoing'],
  ['picking_id.location_dest_id.usage', '=', 'customer'],
];

/** Where a source stands now, so that a first pull of something else begins there. */
export async function newestMark<T>(
  connection: Connection,
  name: string,
  { model, domain, row }: Source<T>,
  options?: ReadOptions,
): Promise<Marks> {
  const query = { domain, order: 'write_date desc, id desc', limit: 1 };
  const [newest] = await connection.client.searchRead(model, rowByRow(row), query, options);
  const writtenAt = newest?.stamp.writtenAt;
  return writtenAt === undefined ? {} : { [name]: markOf(writtenAt, connection) };
}

/** Transfers that fit a condition, oldest first, with their moves. One that cannot be read raises what is wrong with it. */
export async function transfersWhere(
  connection: Connection,
  domain: Domain,
  about: { readonly kind: 'shipment' | 'return'; readonly operation: string },
  options?: ReadOptions,
): Promise<readonly Delivery[]> {
  const row = pickingRow(await hasCarrier(connection, options));
  const pickings = await connection.client.searchRead('stock.picking', row, { domain, order: 'id' }, options);
  const deliveries = await withMoves(connection, pickings, about, options);
  const bad = deliveries.find(({ misfit: error }) => error !== undefined)?.misfit;
  if (bad) throw bad;
  return deliveries;
}

/** Transfers with their moves. One of which a part cannot be read carries that as its `misfit`. */
export async function withMoves(
  connection: Connection,
  pickings: readonly PickingWire[],
  { kind, operation }: { readonly kind: 'shipment' | 'fulfillment' | 'return'; readonly operation: string },
  options?: ReadOptions,
): Promise<readonly Delivery[]> {
  if (pickings.length === 0) return [];
  const { client } = connection;
  const domain: Domain = [['picking_id', 'in', pickings.map(({ id }) => id)]];
  const moves = await client.searchRead('stock.move', rowByRow(moveRow), { domain, order: 'id' }, options);
  const known = readable(moves);
  const ids = [...new Set(known.map(({ product_id }) => product_id.id))];
  const archived = { ...options, context: { active_test: false } };
  const products = await client.read('product.product', ids, rowByRow(productKeyRow), archived);
  const byId = new Map(readable(products).map((product) => [product.id, product]));
  const pairs = known.flatMap(({ product_id, product_uom }): UnitPair[] => {
    const product = byId.get(product_id.id);
    return product ? [[product_uom.id, product.uom_id.id]] : [];
  });
  const units = await unitsOf(connection, pairs, options);
  const toMove = (move: MoveWire): DeliveryMove => {
    const product = byId.get(move.product_id.id);
    const unit = move.product_uom.id;
    return {
      move,
      sku: product?.default_code ?? null,
      tracking: product?.tracking,
      tracked: product !== undefined && product.tracking !== 'none',
      unitId: product?.uom_id.id ?? unit,
      size: units.sizeOf(unit, product?.uom_id.id ?? unit),
      step: units.stepOf(unit),
    };
  };
  return pickings.map((picking): Delivery => {
    const ref = refTo(connection, kind, picking.id);
    const own = known.filter(({ picking_id }) => picking_id?.id === picking.id);
    const productIds = new Set<unknown>(own.map(({ product_id }) => product_id.id));
    const badMove = unreadable(moves).find((bad) => (bad.linkOf('picking_id') ?? picking.id) === picking.id);
    const badProduct = unreadable(products).find(({ stamp }) => productIds.has(stamp.id));
    const bad =
      (badMove && { model: 'stock.move', bad: badMove }) ??
      (badProduct && { model: 'product.product', bad: badProduct });
    return {
      picking,
      moves: own.map(toMove),
      ...(bad ? { misfit: misfit(connection, { ...bad, operation, ref }) } : {}),
    };
  });
}

/** Quantities of ours are in the product's unit. A move in one that Odoo does not relate to it could be any number. */
export function demandKnownUnits({ settings }: Connection, { picking, moves }: Delivery, operation: string): void {
  const other = moves.find(({ move, size }) => size === undefined && move.state !== 'cancel');
  if (!other) return;
  throw refused(settings, 'record.rejected', operation, {
    message: `Transfer "${picking.name}" was not taken over in "${settings.name}": SKU "${other.sku ?? ''}" is counted there in "${other.move.product_uom.name}", and Odoo does not say how many of the product's unit that is. Change the line to the product's unit.`,
  });
}
