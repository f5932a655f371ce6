import type { ReadOptions } from '@crossdock/core';
import { refused, type Connection } from './connection.ts';
import type { Domain } from './client.ts';
import { warehouseRow, type WarehouseWire } from './wire/stock.ts';

/** The warehouses that are counted: the one of the options, or every one that the user may see. */
export async function warehouses(connection: Connection, options?: ReadOptions): Promise<readonly WarehouseWire[]> {
  const { client, settings } = connection;
  const { warehouse, company } = settings;
  const domain: Domain = [
    ...(warehouse === undefined ? [] : [[typeof warehouse === 'number' ? 'id' : 'code', '=', warehouse] as const]),
    ...(company === undefined ? [] : [['company_id', '=', company] as const]),
  ];
  const found = await client.searchRead('stock.warehouse', warehouseRow, { domain, order: 'id' }, options);
  if (found.length === 1 || (found.length > 1 && warehouse === undefined)) return found;
  throw refused(settings, 'options.invalid', 'stock.warehouse/search_read', {
    message: `odoo({ warehouse }) was not accepted by "${settings.name}": ${found.length} warehouses fit ${warehouse === undefined ? 'none was named' : `"${warehouse}"`}. Pass the id or code of one that the user may see.`,
  });
}

/** The id of the warehouse in the options, or `undefined` when Odoo may choose. */
export async function warehouseId(connection: Connection, options?: ReadOptions): Promise<number | undefined> {
  const { warehouse } = connection.settings;
  if (warehouse === undefined || typeof warehouse === 'number') return warehouse;
  return (await warehouses(connection, options))[0]?.id;
}
