import { isCommerceError, type CommerceError, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { loadContext } from './external-id.ts';
import { keepOrderDate } from './order-confirm.ts';

/**
 * Gives many orders their days with one call: `load` with database ids writes another value on each. Recorded on Odoo
 * 19.0, 2026-11-26. Gives the orders that did not get theirs.
 */
export async function writeDates(
  connection: Connection,
  dates: ReadonlyMap<number, string>,
  options: WriteOptions,
): Promise<ReadonlyMap<number, CommerceError>> {
  const failed = new Map<number, CommerceError>();
  if (dates.size === 0) return failed;
  try {
    const data = [...dates].map(([id, date]) => [String(id), date]);
    const params = { fields: ['.id', 'date_order'], data };
    const call = { params, answer: z.object({ ids: z.array(z.number()) }), safety: 'repeatable' as const };
    await connection.client.call('sale.order', 'load', call, { ...options, context: loadContext });
    return failed;
  } catch (error) {
    if (!isCommerceError(error)) throw error;
  }
  // One that was deleted or locked meanwhile must not keep the others from theirs.
  for (const [id, date] of dates) {
    try {
      await keepOrderDate(connection, id, date, options);
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      failed.set(id, error);
    }
  }
  return failed;
}
