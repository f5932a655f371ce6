import type { WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { refused, type Connection } from './connection.ts';
import { warehouses } from './warehouses.ts';
import { optionalMany2one, recordId, rowOf } from './wire/value.ts';

/**
 * Refuses places inside a warehouse that is counted, for goods that are not for sale: Odoo calls free whatever lies
 * anywhere below a warehouse, and they would be sold again. Recorded on Odoo 19.0, 2026-11-26.
 */
export async function demandBeside(
  connection: Connection,
  places: readonly number[],
  { operation, what, option }: { readonly operation: string; readonly what: string; readonly option: string },
  options: WriteOptions,
): Promise<void> {
  if (places.length === 0) return;
  const { client, settings } = connection;
  const [found, counted] = await Promise.all([
    client.read('stock.location', places, placeRow, options),
    warehouses(connection, options),
  ]);
  const bad = places.flatMap((id) => {
    const place = found.find((one) => one.id === id);
    if (!place) return [`there is no location "${id}"`];
    const inside = counted.find((one) => one.id === place.warehouse_id?.id);
    return inside ? [`"${place.complete_name}" lies in the warehouse "${inside.code}", whose goods are for sale`] : [];
  });
  if (bad.length === 0) return;
  throw refused(settings, 'options.invalid', operation, {
    message: `${what} in "${settings.name}": of odoo({ ${option} }) ${bad.join('; ')}. Nothing was booked. Name a location beside the warehouses, then replay.`,
  });
}

const placeRow = rowOf(z.object({ id: recordId, complete_name: z.string(), warehouse_id: optionalMany2one }));
