import type { ReadOptions } from '@crossdock/core';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import type { Delivery } from './shipment-plan.ts';
import { misfit } from './unreadable.ts';
import { moveRow, pickingRow, type MoveWire, type PickingWire } from './wire/picking.ts';
import { productKeyRow } from './wire/product.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';

/** Whether deliveries have a carrier and a tracking number here: they come with the module `stock_delivery`. */
export async function hasCarrier({ client }: Connection, options?: ReadOptions): Promise<boolean> {
  return Object.hasOwn(await client.fieldsGet('stock.picking', options), 'carrier_tracking_ref');
}

/** Deliveries to the buyer that fit a condition, oldest first, with their moves. */
export async function deliveriesWhere(
  connection: Connection,
  condition: Domain,
  options?: ReadOptions,
): Promise<readonly Delivery[]> {
  const { client } = connection;
  const row = pickingRow(await hasCarrier(connection, options));
  const domain: Domain = [...condition, ['picking_type_id.code', '=', 'outgoing']];
  const pickings = await client.searchRead('stock.picking', row, { domain, order: 'id' }, options);
  const deliveries = await withMoves(connection, pickings, 'shipments.confirm', options);
  const bad = deliveries.find(({ misfit: error }) => error !== undefined)?.misfit;
  if (bad) throw bad;
  return deliveries;
}

/** Deliveries with their moves. One of which a part cannot be read carries that as its `misfit`. */
export async function withMoves(
  connection: Connection,
  pickings: readonly PickingWire[],
  operation: string,
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
  const toMove = (move: MoveWire) => {
    const product = byId.get(move.product_id.id);
    const otherUnit = product !== undefined && product.uom_id.id !== move.product_uom.id;
    const tracked = product !== undefined && product.tracking !== 'none';
    return { move, sku: product?.default_code ?? null, tracked, otherUnit };
  };
  return pickings.map((picking): Delivery => {
    const ref = refTo(connection, 'shipment', picking.id);
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

/** A warehouse counts pieces. A move in dozens would be shipped twelve times. */
export function demandOwnUnits({ settings }: Connection, { picking, moves }: Delivery, operation: string): void {
  const other = moves.find(({ move, otherUnit }) => otherUnit && move.state !== 'cancel');
  if (!other) return;
  throw refused(settings, 'record.rejected', operation, {
    message: `Delivery "${picking.name}" was not taken over in "${settings.name}": SKU "${other.sku ?? ''}" is counted there in "${other.move.product_uom.name}", which is not the unit of the product. Change the order line to the product's unit.`,
  });
}
