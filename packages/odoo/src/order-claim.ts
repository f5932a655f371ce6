import { isCommerceError, type OrderDraft, type WriteOptions } from '@crossdock/core';
import { refTo, refused, type Connection } from './connection.ts';
import { firstLook } from './first-look.ts';
import { kinshipToday } from './order-kinship.ts';
import { keyText, kinshipOf, markOf, markText, type Mark } from './mark.ts';
import { wasConfirmed } from './order-trace.ts';
import { orderRefusal } from './order-refusal.ts';
import { orderStateRow, type OrderStateWire } from './wire/order.ts';

/** An order of ours: its record, and the external id that stands for it. */
export interface OwnOrder {
  readonly order: OrderStateWire;
  readonly externalId: string;
}

/**
 * Finds the order of a draft by its source, or has it made. The external id comes from the source, so Odoo itself lets
 * one order of it be, whoever asks at the same moment under whichever key. Only beside a canceled one there may be the
 * next; the key that made a canceled one keeps it if it was an order once, and not if it only was a quotation. Raises
 * `key.reused` when the key made a standing one of another content, and `record.duplicate` when another key did.
 */
export async function claimOrder(
  connection: Connection,
  draft: OrderDraft,
  make: (externalId: string, origin: string) => Promise<number>,
  options: WriteOptions,
): Promise<OwnOrder> {
  const mark = await orderMark(options.idempotencyKey, draft);
  const first = connection.externalIds.of('order', sourceOf(draft));
  let standing: OrderStateWire | undefined;
  let quotation: OwnOrder | undefined;
  for (let nth = 1; ; nth++) {
    // No escaped text ends so: the code of a letter has no "v".
    const externalId = nth === 1 ? first : `${first}_v${nth}`;
    const id = await connection.externalIds.resolve(externalId, 'sale.order', options);
    const found = id !== undefined;
    let order: OrderStateWire;
    if (id === undefined) {
      if (standing) throw double(connection, draft, standing);
      if (quotation) return quotation;
      await demandFreshKey(connection, draft, mark, options);
      order = await made(connection, draft, () => make(externalId, originOf(draft, mark)), options);
    } else {
      order = await readOrder(connection, draft, id, options);
    }
    const kinship = await kinshipToday(connection, draft, order, { mark, options });
    if (kinship === 'own') {
      const counts = order.state !== 'cancel' || (await wasConfirmed(connection, order.id, options));
      if (counts && (!found || order.state === 'sale' || order.state === 'cancel')) return { order, externalId };
      // Found as a quotation: it may have been canceled, followed by the next, and opened again.
      if (counts) quotation ??= { order, externalId };
      continue;
    }
    if (kinship === 'edited' && order.state !== 'cancel') throw reused(connection, draft, order);
    // A later one may still be ours: a person can open again what was canceled.
    if (order.state !== 'cancel') standing ??= order;
  }
}

/** Makes the order, or finds one that `resolve` did not see. */
async function made(
  connection: Connection,
  draft: OrderDraft,
  make: () => Promise<number>,
  options: WriteOptions,
): Promise<OrderStateWire> {
  let id: number;
  try {
    id = await make();
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    throw orderRefusal(connection, draft, error);
  }
  const about = {
    code: 'link.conflict',
    what: `Order "${draft.number}" was not created`,
    operation: 'orders.create',
    seen: 'an order of its source',
    advice: `Have an administrator look it up by its source document and let the user see it, then replay. Where two companies take orders of one channel, the connector of the second needs an externalIdModule of its own from its first order on; one that has made orders keeps "${connection.settings.externalIdModule}", else it makes them again.`,
    refs: [draft.source],
  } as const;
  return firstLook(connection, about, () => readOrder(connection, draft, id, options));
}

export async function readOrder(
  connection: Connection,
  draft: OrderDraft,
  id: number,
  options: WriteOptions,
): Promise<OrderStateWire> {
  const [order] = await connection.client.read('sale.order', [id], orderStateRow, options);
  if (order) return order;
  throw refused(connection.settings, 'record.missing', 'orders.create', {
    message: `Order "${draft.number}" was not confirmed in "${connection.settings.name}": its record "${id}" is there no more. See who deleted it, then replay.`,
    refs: [draft.source],
  });
}

/** One text a source: the first colon ends the system, the second the kind. */
export function sourceOf({ source }: Pick<OrderDraft, 'source'>): string {
  const system = source.system.replaceAll('%', '%25').replaceAll(':', '%3A');
  return `${system}:${source.kind}:${source.id}`;
}

/** Odoo's "Source Document": the source for a person, the mark for a repeat. People add documents after a comma. */
export function originOf({ source }: Pick<OrderDraft, 'source'>, mark: Mark): string {
  return `${source.system}:${source.id}, ${markText(mark)}`;
}

/**
 * The mark of an order. Who paid how, and the channel's tags, may change under the same key. The customer ends it as their
 * number: the mark can be finished inside Odoo, by whoever finds out there who the customer is.
 */
export async function orderMark(idempotencyKey: string, draft: OrderDraft): Promise<Mark> {
  const { id } = draft.customer;
  const mark = await openMark(idempotencyKey, draft);
  const who = /^\d+$/.test(id) ? id : (await markOf('', id)).content;
  return { ...mark, content: `${mark.content}${who}` };
}

/** The same as far as it is known without the customer; one that the draft names all the same does not count. */
export async function openMark(
  idempotencyKey: string,
  draft: Omit<OrderDraft, 'customer'> & Partial<Pick<OrderDraft, 'customer'>>,
): Promise<Mark> {
  const { paymentStatus: _, transactions: __, tags: ___, customer: ____, ...content } = draft;
  return markOf(idempotencyKey, content);
}

/** The same key with another source has another external id: only the mark tells. What was canceled does not count. */
async function demandFreshKey(connection: Connection, draft: OrderDraft, mark: Mark, options: WriteOptions) {
  const domain = [['origin', 'like', keyText(mark.key)] as const, ['state', '!=', 'cancel'] as const];
  const query = { domain, order: 'id', limit: 1 };
  const [other] = await connection.client.searchRead('sale.order', orderStateRow, query, options);
  if (other && kinshipOf(other.origin, mark) === 'edited') throw reused(connection, draft, other);
}

function reused(connection: Connection, draft: OrderDraft, order: OrderStateWire) {
  const advice =
    order.state === 'draft' || order.state === 'sent'
      ? `"${order.name}" was never confirmed: if this draft is the right one, cancel that quotation in Odoo, then replay. Else use a key of its own for each order.`
      : `Use a key of its own for each order and each change of it; "${order.name}" stays as it is.`;
  return refused(connection.settings, 'key.reused', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${connection.settings.name}": its key made "${order.name}" there, of another content. ${advice}`,
    refs: [draft.source, refTo(connection, 'order', order.id)],
  });
}

function double(connection: Connection, draft: OrderDraft, order: OrderStateWire) {
  return refused(connection.settings, 'record.duplicate', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${connection.settings.name}": "${order.name}" there has the same source under another key. Decide which one counts: link it, or cancel it and replay.`,
    refs: [draft.source, refTo(connection, 'order', order.id)],
  });
}
