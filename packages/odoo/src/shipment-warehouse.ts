import type { Shipment, WriteOptions } from '@crossdock/core';
import { knownId, type Connection } from './connection.ts';
import type { Delivery } from './shipment-plan.ts';
import { pickingTypeRow } from './wire/picking.ts';

/**
 * The deliveries that a shipment can have left with. Where an order ships from several warehouses, and the shipment says
 * from which of them, these are that warehouse's: another one's stock is not touched.
 */
export async function leavingFrom(
  connection: Connection,
  { location }: Shipment,
  deliveries: readonly Delivery[],
  options: WriteOptions,
): Promise<readonly Delivery[]> {
  const { client, settings } = connection;
  const typeIds = [...new Set(deliveries.map(({ picking }) => picking.picking_type_id.id))];
  const warehouse = location && settings.countBy === 'warehouse' ? knownId(connection, location) : undefined;
  if (warehouse === undefined || typeIds.length < 2) return deliveries;
  const archived = { ...options, context: { active_test: false } };
  const types = await client.read('stock.picking.type', typeIds, pickingTypeRow, archived);
  const own = new Set(types.flatMap(({ id, warehouse_id }) => (warehouse_id?.id === warehouse ? [id] : [])));
  return deliveries.filter(({ picking }) => own.has(picking.picking_type_id.id));
}
