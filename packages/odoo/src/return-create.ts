import { isCommerceError, type Ref, type ReturnDraft, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { idOf, knownId, refTo, refused, type Connection } from './connection.ts';
import { demandKnownUnits, toBuyers, transfersWhere } from './delivery-records.ts';
import { maybeDone } from './errors.ts';
import { keyText, kinshipOf, markOf, type Mark } from './mark.ts';
import { returnName, returnPrefix } from './return-name.ts';
import { fromBuyers } from './return-records.ts';
import { asHtml } from './note-html.ts';
import { openedBy, openedStamp } from './return-stamp.ts';
import { returnableOf, returnPlan, type Part } from './return-plan.ts';
import { demandOf, type Delivery } from './shipment-plan.ts';
import { tidy, type Piece } from './shipment-demand.ts';
import { unpacked } from './shipment-kits.ts';
import { orderStateRow } from './wire/order.ts';
import { command, recordId, rowOf } from './wire/value.ts';

const operation = 'returns.create';

/**
 * Opens the return by Odoo's own wizard, one transfer for each delivery that the goods left with. The names of the
 * transfers come from the order and our number, and Odoo keeps them unique: whoever asks at the same moment, each is made
 * once. Our mark is written when all of them stand, so that what broke off in between is gone on with.
 */
export async function createReturn(
  connection: Connection,
  draft: ReturnDraft,
  options: WriteOptions,
): Promise<Ref<'return'>> {
  const { client } = connection;
  const orderId = idOf(connection, draft.order);
  const mark = await markOf(options.idempotencyKey, draft);
  const prefix = returnPrefix(orderId, draft.number);
  const known = await transfersWhere(connection, [['sale_id', '=', orderId], ...fromBuyers], about, options);
  let own = known.filter(({ picking }) => picking.name.startsWith(prefix));
  const finished = own.find(({ picking }) => openedBy(picking, mark) !== undefined);
  const [first] = own;
  if (finished) return settled(connection, draft, finished, own, mark);
  if (!first) await demandFreshKey(connection, draft, mark, options);
  await demandOrder(connection, orderId, draft, options);
  const deliveries = await deliveriesOf(connection, orderId, draft, options);
  const room = await returnableOf(connection, deliveries, options);
  const sold = () => transfersWhere(connection, [['sale_id', '=', orderId], ...toBuyers], about, options);
  const kits = await unpacked(
    connection,
    piecesIn(draft),
    {
      orderId,
      deliveries,
      sold,
      done: own,
      openOf: ({ move }) => Math.max(0, room.get(move.id) ?? 0),
      goneOf: demandOf,
      what: `Return "${draft.number}" was not opened`,
      operation,
      refs: [draft.order],
    },
    options,
  );
  const wanted = sumsIn(kits.pieces);
  for (const [sku, count] of sumsOf(own)) if (count > (wanted.get(sku) ?? 0)) throw double(connection, draft, own);
  const taken = new Set(own.map(({ picking }) => picking.return_id?.id));
  const plan = returnPlan(
    kits.rest,
    deliveries.filter(({ picking }) => !taken.has(picking.id)),
    room,
    await client.version(options),
  );
  if (plan.excess.length > 0) throw tooMuch(connection, draft, plan.excess);
  await kits.demandUnchanged();
  for (const part of plan.parts) {
    await makePart(connection, returnName(orderId, draft.number, part.delivery.picking.id), part, options);
  }
  own = (await transfersWhere(connection, [['sale_id', '=', orderId], ...fromBuyers], about, options)).filter(
    ({ picking }) => picking.name.startsWith(prefix),
  );
  const told = own.find(({ picking }) => openedBy(picking, mark) !== undefined);
  // Another process with this number has finished it meanwhile, and told of it.
  if (told) return settled(connection, draft, told, own, mark);
  await demandRoom(connection, draft, deliveries, own, mark, options);
  await demandSums(connection, draft, wanted, own, mark, options);
  const [made] = own;
  if (!made) throw gone(connection, draft);
  const ids = own.map(({ picking }) => picking.id);
  await client.write(
    'stock.picking',
    ids,
    { note: noteOf(draft, openedStamp(mark, ids)) },
    { ...options, repeatable: true },
  );
  return refTo(connection, 'return', made.picking.id);
}

const about = { kind: 'return', operation } as const;

/** The return that a call with this key finished; with other content under it, or without its key, it is another one. */
function settled(
  connection: Connection,
  draft: ReturnDraft,
  finished: Delivery,
  own: readonly Delivery[],
  mark: Mark,
): Ref<'return'> {
  const kinship = openedBy(finished.picking, mark);
  if (kinship === 'edited') throw reused(connection, draft, finished);
  const [first = finished] = own;
  if (kinship === 'other') throw double(connection, draft, own);
  return refTo(connection, 'return', first.picking.id);
}

/** The deliveries that are done, the oldest first, or the one that the draft names. */
async function deliveriesOf(connection: Connection, orderId: number, draft: ReturnDraft, options: WriteOptions) {
  const domain = [['sale_id', '=', orderId] as const, ['state', '=', 'done'] as const, ...toBuyers];
  const all = await transfersWhere(connection, domain, about, options);
  for (const delivery of all) demandKnownUnits(connection, delivery, operation);
  if (draft.shipment === undefined) return all;
  const id = knownId(connection, draft.shipment);
  return all.filter(({ picking }) => picking.id === id);
}

const wizardRow = rowOf(z.object({ id: recordId, product_return_moves: z.array(recordId) }));
const wizardLineRow = rowOf(z.object({ id: recordId, move_id: z.tuple([recordId, z.unknown()]) }));

/**
 * One transfer, by the wizard. 17 proposes everything, later releases nothing, so every line is written. Only the last
 * call makes something that stays, and its name lets it do so once: after a lost answer it is sent again, and a refusal
 * is followed by a look whether the transfer is there. Recorded on Odoo 19.0, 2026-11-26.
 */
async function makePart(connection: Connection, name: string, { delivery, shares }: Part, options: WriteOptions) {
  const { client } = connection;
  const model = 'stock.return.picking';
  const { id } = delivery.picking;
  const context = { active_model: 'stock.picking', active_id: id, active_ids: [id] };
  const made = {
    params: { vals_list: [{ picking_id: id }] },
    answer: z.array(recordId),
    safety: 'repeatable' as const,
  };
  const ids = await client.call(model, 'create', made, { ...options, context });
  const [wizard] = await client.read(model, ids, wizardRow, options);
  const lines = await client.read(`${model}.line`, wizard?.product_return_moves ?? [], wizardLineRow, options);
  const values = lines.map((line) => {
    const share = shares.find(({ move }) => move.move.id === line.move_id[0]);
    return command.update(line.id, { quantity: share?.quantity ?? 0 });
  });
  await client.write(model, ids, { product_return_moves: values }, { ...options, repeatable: true });
  // 17 calls it otherwise. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
  const method = (await client.version(options)) >= 18 ? 'action_create_returns' : 'create_returns';
  try {
    const call = { ids, answer: z.unknown(), safety: 'repeatable' as const };
    await client.call(model, method, call, { ...options, context: { default_name: name } });
  } catch (error) {
    if (!isCommerceError(error, 'record.rejected') && !maybeDone(error)) throw error;
    const query = { domain: [['name', '=', name] as const], limit: 1 };
    const [found] = await client.searchRead('stock.picking', nameRow, query, options);
    if (!found) throw error;
  }
}

const nameRow = rowOf(z.object({ id: recordId, name: z.string() }));

/**
 * Two returns that are made at the same moment do not see each other before both stand. Whoever sees then that more is to
 * come back than was shipped takes its own back, which nobody was told of yet.
 */
async function demandRoom(
  connection: Connection,
  draft: ReturnDraft,
  deliveries: readonly Delivery[],
  own: readonly Delivery[],
  mark: Mark,
  options: WriteOptions,
) {
  const room = await returnableOf(connection, deliveries, options);
  if (![...room.values()].some((left) => left < 0)) return;
  await takeBack(connection, own, mark, options);
  throw refused(connection.settings, 'platform.conflict', operation, {
    message: `Return "${draft.number}" was not opened in "${connection.settings.name}": another return of the same goods was opened at the same moment. It was taken back and is tried again on what is left.`,
    refs: [draft.order],
  });
}

/** Whether what stands is what was asked, in the product's unit: in which one the wizard counts is for Odoo to say. */
async function demandSums(
  connection: Connection,
  draft: ReturnDraft,
  wanted: ReadonlyMap<string, number>,
  own: readonly Delivery[],
  mark: Mark,
  options: WriteOptions,
) {
  for (const delivery of own) demandKnownUnits(connection, delivery, operation);
  const made = sumsOf(own);
  const wrong = [...wanted].filter(([sku, count]) => made.get(sku) !== count);
  if (own.length === 0 || wrong.length === 0) return;
  await takeBack(connection, own, mark, options);
  const seen = wrong.map(([sku, count]) => `"${sku}": ${made.get(sku) ?? 0} in place of ${count}`).join('; ');
  throw refused(connection.settings, 'record.rejected', operation, {
    message: `Return "${draft.number}" was not opened in "${connection.settings.name}": Odoo made another one of it (${seen}), which was taken back. Open it in Odoo by hand.`,
    refs: [draft.order],
  });
}

/** Deletes transfers of ours unless somebody was told of them meanwhile: that is done with their mark. */
async function takeBack(connection: Connection, own: readonly Delivery[], mark: Mark, options: WriteOptions) {
  const { client } = connection;
  const ids = own.map(({ picking }) => picking.id);
  const now = await transfersWhere(connection, [['id', 'in', ids]], about, options);
  if (now.some(({ picking }) => openedBy(picking, mark) !== undefined || picking.state === 'done')) return;
  const open = now.map(({ picking }) => picking.id);
  if (open.length === 0) return;
  const call = { ids: open, answer: z.unknown(), safety: 'repeatable' as const };
  await client.call('stock.picking', 'unlink', call, options).catch((error: unknown) => {
    if (!isCommerceError(error, 'record.missing')) throw error;
  });
}

async function demandOrder(connection: Connection, id: number, draft: ReturnDraft, options: WriteOptions) {
  const { client, settings } = connection;
  const [order] = await client.read('sale.order', [id], orderStateRow, options);
  if (order) return;
  throw refused(settings, 'record.missing', operation, {
    message: `Return "${draft.number}" was not opened in "${settings.name}": there is no order "${id}". See who deleted it, then replay.`,
    refs: [draft.order],
  });
}

/** The same key with another number or another order has another name: only the mark tells. */
async function demandFreshKey(connection: Connection, draft: ReturnDraft, mark: Mark, options: WriteOptions) {
  const domain = [['note', 'like', keyText(mark.key)] as const, ['return_id', '!=', false] as const, ...fromBuyers];
  const [other] = await transfersWhere(connection, domain, about, options);
  if (other && kinshipOf(other.picking.note, mark) === 'edited') throw reused(connection, draft, other);
}

function piecesIn({ lines }: ReturnDraft): readonly Piece[] {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, tidy((sums.get(sku) ?? 0) + quantity));
  return [...sums].map(([sku, quantity]) => ({ sku, quantity, lot: undefined }));
}

function sumsIn(pieces: readonly Piece[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of pieces) sums.set(sku, tidy((sums.get(sku) ?? 0) + quantity));
  return sums;
}

/** What is to come back on transfers of ours that nobody has booked anything on yet, by SKU. */
function sumsOf(transfers: readonly Delivery[]): ReadonlyMap<string, number> {
  const moves = transfers.flatMap((transfer) => transfer.moves);
  return sumsIn(
    moves.flatMap((one) => (one.sku === null ? [] : [{ sku: one.sku, quantity: demandOf(one), lot: undefined }])),
  );
}

function noteOf(draft: ReturnDraft, stamp: string): string {
  const reasons = draft.lines.flatMap(({ sku, reason }) => (reason === undefined ? [] : [`${sku}: ${reason}`]));
  const words = [`Return ${draft.number}`, ...reasons, ...(draft.note === undefined ? [] : [draft.note])];
  return `<p>${words.map(asHtml).join(', ')} ${stamp}</p>`;
}

function tooMuch({ settings }: Connection, draft: ReturnDraft, excess: readonly string[]) {
  return refused(settings, 'record.rejected', operation, {
    message: `Return "${draft.number}" was not opened in "${settings.name}": more is to come back than was shipped and is not on its way back already (${excess.join('; ')}). Nothing was opened. Compare it with the deliveries of the order, then replay.`,
    refs: [draft.order],
    details: { excess },
  });
}

function reused(connection: Connection, draft: ReturnDraft, { picking }: Delivery) {
  return refused(connection.settings, 'key.reused', operation, {
    message: `Return "${draft.number}" was not opened in "${connection.settings.name}": its key opened "${picking.name}" there, of another content. Use a key of its own for each return; that one stays as it is.`,
    refs: [draft.order, refTo(connection, 'return', picking.id)],
  });
}

function double(connection: Connection, draft: ReturnDraft, own: readonly Delivery[]) {
  const refs = own.slice(0, 1).map(({ picking }) => refTo(connection, 'return', picking.id));
  return refused(connection.settings, 'record.duplicate', operation, {
    message: `Return "${draft.number}" was not opened in "${connection.settings.name}": the order has a return of that number already, of other goods. Link it, or give one of them another number, then replay.`,
    refs: [draft.order, ...refs],
  });
}

function gone({ settings }: Connection, draft: ReturnDraft) {
  return refused(settings, 'platform.conflict', operation, {
    message: `Return "${draft.number}" was not opened in "${settings.name}": what was made of it was taken back at the same moment. It is tried again.`,
    refs: [draft.order],
  });
}
