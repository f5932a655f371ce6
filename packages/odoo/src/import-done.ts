import type { WriteOptions } from '@crossdock/core';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { externalNamesOf } from './external-names.ts';
import { isOpen, withDraft, type Passage } from './import-passage.ts';
import { keyText, kinshipOf, markOf } from './mark.ts';
import { hasDate } from './order-confirm.ts';
import { foundOrderRow, type FoundOrderWire } from './wire/order.ts';
import { fromMoment } from './wire/value.ts';

/**
 * Finds what earlier runs made under these keys, with one question for all. What stands confirmed is done; a quotation
 * of ours goes on where it was left. A mark alone proves nothing, because people copy orders: the external id does.
 */
export async function findDone(
  connection: Connection,
  passages: readonly Passage[],
  options: WriteOptions,
): Promise<readonly Passage[]> {
  const { client } = connection;
  const keys = new Map<Passage, string>();
  for (const one of passages) {
    if (isOpen(one)) keys.set(one, keyText((await markOf(one.item.idempotencyKey, null)).key));
  }
  if (keys.size === 0) return passages;
  const conditions = [...keys.values()].map((key) => ['origin', 'like', key] as const);
  const domain: Domain = [...conditions.slice(1).map(() => '|' as const), ...conditions];
  const found = await client.searchRead('sale.order', foundOrderRow, { domain, order: 'id' }, options);
  if (found.length === 0) return passages;
  const ids = found.map(({ id }) => id);
  const names = await externalNamesOf(connection, 'sale.order', ids, options);
  const known: Passage[] = [];
  for (const passage of passages) {
    const key = keys.get(passage);
    const own = key === undefined ? [] : found.filter(({ origin }) => origin?.includes(key));
    known.push(own.length === 0 ? passage : await recognized(connection, passage, own, names));
  }
  return known;
}

async function recognized(
  connection: Connection,
  passage: Passage,
  found: readonly FoundOrderWire[],
  names: ReadonlyMap<number, string>,
): Promise<Passage> {
  const { item, externalId } = passage;
  const [order] = found;
  const isPlain = order && found.length === 1 && names.get(order.id) === externalId && order.state !== 'cancel';
  if (!isPlain) return { ...passage, alone: true };
  const customer = 'kind' in item.customer ? item.customer : refTo(connection, 'customer', order.partner_id.id);
  const again = await withDraft(passage, customer);
  // A person may have given the order to another customer: who it was is looked up as for a new one.
  if (!again.mark || kinshipOf(order.origin, again.mark) !== 'own') return { ...passage, alone: true };
  const isDone = hasDate(order, fromMoment(item.draft.placedAt));
  return isDone ? { ...again, done: refTo(connection, 'order', order.id) } : { ...again, order };
}
