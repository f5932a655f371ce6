import { isCommerceError, type CommerceError, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { orderStateRow, type OrderStateWire } from './wire/order.ts';

/**
 * Confirms many quotations with one call, and gives those that Odoo refused. It confirms all of a list or none: what
 * somebody else confirmed meanwhile is taken out, and the rest is halved until the refused ones stand alone.
 */
export async function confirmAll(
  connection: Connection,
  ids: readonly number[],
  options: WriteOptions,
): Promise<ReadonlyMap<number, CommerceError>> {
  const refusals = new Map<number, CommerceError>();
  await confirmPart(connection, ids, refusals, options);
  return refusals;
}

async function confirmPart(
  connection: Connection,
  ids: readonly number[],
  refusals: Map<number, CommerceError>,
  options: WriteOptions,
): Promise<void> {
  if (ids.length === 0) return;
  try {
    const call = { ids, answer: z.unknown(), safety: 'repeatable' as const };
    await connection.client.call('sale.order', 'action_confirm', call, options);
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    if (error.code !== 'record.rejected' && error.code !== 'record.missing') {
      for (const id of ids) refusals.set(id, error);
      return;
    }
    const waiting = (await statesOf(connection, ids, options)).filter(({ state }) => isQuotation(state));
    if (waiting.length < ids.length) {
      const open = waiting.map(({ id }) => id);
      await confirmPart(connection, open, refusals, options);
    } else if (ids.length === 1) {
      for (const id of ids) refusals.set(id, error);
    } else {
      const middle = Math.ceil(ids.length / 2);
      await confirmPart(connection, ids.slice(0, middle), refusals, options);
      await confirmPart(connection, ids.slice(middle), refusals, options);
    }
  }
}

/**
 * The present states of many orders; one that is gone, or another company's, is left out: asked for by its id, one that may
 * not be seen would take the answer away from all others.
 */
export async function statesOf(
  { client }: Connection,
  ids: readonly number[],
  options: WriteOptions,
): Promise<readonly OrderStateWire[]> {
  if (ids.length === 0) return [];
  const domain = [['id', 'in', [...new Set(ids)]] as const];
  return client.searchRead('sale.order', orderStateRow, { domain, order: 'id' }, options);
}

export function isQuotation(state: string): boolean {
  return state === 'draft' || state === 'sent';
}
