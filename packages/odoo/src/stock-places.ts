import type { ReadOptions, StockLevel } from '@crossdock/core';
import type { Context, Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { warehouses } from './warehouses.ts';
import { idRow } from './wire/stock.ts';

/** A place that is counted by itself, and the context in which Odoo counts it alone. */
export interface Place {
  readonly ref: StockLevel['location'];
  readonly context: Context;
  /** Whether Odoo knows what is wanted from it and expected there. */
  readonly isWarehouse: boolean;
}

/** The places of the options: every warehouse, or every location inside of them that holds stock. */
export async function placesOf(connection: Connection, options?: ReadOptions): Promise<readonly Place[]> {
  const found = await warehouses(connection, options);
  if (connection.settings.countBy === 'warehouse') {
    return found.map(({ id }) => ({
      ref: refTo(connection, 'location', id),
      context: warehouseContext(id),
      isWarehouse: true,
    }));
  }
  const ids = found.map(({ id }) => id);
  const domain: Domain = [
    ['usage', '=', 'internal'],
    ['warehouse_id', 'in', ids],
  ];
  const locations = await connection.client.searchRead('stock.location', idRow, { domain, order: 'id' }, options);
  return locations.map(({ id }) => ({
    ref: locationRef(connection, id),
    context: locationContext(id),
    isWarehouse: false,
  }));
}

/** 17 reads `warehouse`, 18 and later `warehouse_id`; the wrong one is ignored and counts everything. Recorded, 2026-11-23. */
export function warehouseContext(id: number): Context {
  return { warehouse: id, warehouse_id: id };
}

/** What lies in the location itself: the ones below it are counted on their own. Recorded on Odoo 19.0, 2026-11-26. */
function locationContext(id: number): Context {
  return { location: id, strict: true };
}

/** A warehouse and a location may have the same number, and are not the same place. */
function locationRef({ settings }: Connection, id: number): StockLevel['location'] {
  return { system: settings.name, kind: 'location', id: `stock-location-${id}` };
}
