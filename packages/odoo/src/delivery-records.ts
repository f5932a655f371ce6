import type { ReadOptions } from '@crossdock/core';
import type { Domain } from './client.ts';
import { refused, type Connection } from './connection.ts';
import type { Delivery } from './shipment-plan.ts';
import { moveRow, pickingRow, type MoveWire, type PickingWire } from './wire/picking.ts';
import { productKeyRow } from './wire/product.ts';

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
  return withMoves(connection, pickings, options);
}

export async function withMoves(
  connection: Connection,
  pickings: readonly PickingWire[],
  options?: ReadOptions,
): Promise<readonly Delivery[]> {
  if (pickings.length === 0) return [];
  const { client } = connection;
  const domain: Domain = [['picking_id', 'in', pickings.map(({ id }) => id)]];
  const moves = await client.searchRead('stock.move', moveRow, { domain, order: 'id' }, options);
  const ids = [...new Set(moves.map(({ product_id }) => product_id.id))];
  const archived = { ...options, context: { active_test: false } };
  const products = await client.read('product.product', ids, productKeyRow, archived);
  const byId = new Map(products.map((product) => [product.id, product]));
  const toMove = (move: MoveWire) => {
    const product = byId.get(move.product_id.id);
    const otherUnit = product !== undefined && product.uom_id.id !== move.product_uom.id;
    const tracked = product !== undefined && product.tracking !== 'none';
    return { move, sku: product?.default_code ?? null, tracked, otherUnit };
  };
  return pickings.map((picking) => ({
    picking,
    moves: moves.filter(({ picking_id }) => picking_id?.id === picking.id).map(toMove),
  }));
}

/** A warehouse counts pieces. A move in dozens would be shipped twelve times. */
export function demandOwnUnits({ settings }: Connection, { picking, moves }: Delivery, operation: string): void {
  const other = moves.find(({ move, otherUnit }) => otherUnit && move.state !== 'cancel');
  if (!other) return;
  throw refused(settings, 'record.rejected', operation, {
    message: `Delivery "${picking.name}" was not taken over in "${settings.name}": SKU "${other.sku ?? ''}" is counted there in "${other.move.product_uom.name}", which is not the unit of the product. Change the order line to the product's unit.`,
  });
}
