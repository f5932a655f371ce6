import type { ReceiptDraft, Ref, WriteOptions } from '@crossdock/core';
import { arrivalsOf } from './arrival-records.ts';
import { toldOf } from './attempt.ts';
import type { Domain } from './client.ts';
import { idOf, refTo, refused, type Connection } from './connection.ts';
import { demandExact, type Count } from './exact-counts.ts';
import { demandSingleSerials } from './lot-counts.ts';
import { lotKey, type LotIds } from './lots.ts';
import { isConfirmed } from './purchase-create.ts';
import {
  arrivedGoods,
  movesIn,
  planArrival,
  plannedBy,
  stillToBook,
  type Arrival,
  type Arrived,
  type ArrivalPlan,
} from './receipt-plan.ts';
import { hasStamp, receiptStampOf, stampIn, type ReceiptStamp } from './receipt-stamp.ts';
import { hasLines, receiptValues, type ReceiptParts } from './receipt-values.ts';
import { demandBeside } from './set-aside.ts';
import { tidy } from './shipment-demand.ts';
import { bookTransfer, changedBeside, isOver, isTorn, plannedAnew, type Attempt } from './transfer-booking.ts';
import { overtaken } from './transfer-validation.ts';
import { lotRow } from './wire/picking.ts';
import { arrivalRow, purchaseRow, type ArrivalWire } from './wire/purchase.ts';

const operation = 'receipts.confirm';

/**
 * Books counted goods on the open pickings of the purchase. Each picking is marked with the arrival in the same write
 * that sets its quantities, and marked ones are looked for first: what is booked already is not booked again, whatever
 * the key, the process or the moment of a repeat. What did not come waits on a backorder.
 */
export async function confirmReceipt(
  connection: Connection,
  draft: ReceiptDraft,
  options: WriteOptions,
): Promise<Ref<'receipt'>> {
  return plannedAnew(operation, (attempt) => bookReceipt(connection, draft, attempt, options));
}

async function bookReceipt(
  connection: Connection,
  draft: ReceiptDraft,
  { isFirst, isLast }: Attempt,
  options: WriteOptions,
): Promise<Ref<'receipt'>> {
  const { settings, client } = connection;
  const what = `Receipt "${draft.number}" was not booked`;
  const about = { what, operation, advice: 'See which lot or product it names, then replay.', refs: [draft.purchase] };
  const goods = demandGoods(connection, draft);
  const stamp = await receiptStampOf(draft, options.idempotencyKey);
  const [purchase] = await client.read('purchase.order', [idOf(connection, draft.purchase)], purchaseRow, options);
  if (!purchase)
    throw refused(settings, 'record.missing', operation, {
      message: `${what} in "${settings.name}": there is no purchase "${draft.purchase.id}". See who deleted it.`,
      refs: [draft.purchase],
    });
  const arrivals = await arrivalsOf(connection, purchase.picking_ids, about, options);
  const stamped = arrivals.filter(({ picking }) => isOwn(connection, draft, picking, stamp));
  const booked = bookedOn(stamped);
  if (!isFirst && isOver(booked, goods)) throw changedBeside(connection, about);
  const rest = stillToBook(goods, booked);
  const [first] = stamped;
  if (rest.length === 0 && first) return refTo(connection, 'receipt', first.picking.id);
  if (!isConfirmed(purchase))
    throw refused(settings, 'record.rejected', operation, {
      message: `${what} in "${settings.name}": purchase "${purchase.name}" is in the state "${purchase.state}". Settle the purchase there, then replay.`,
      refs: [draft.purchase],
    });
  if (rest.some(({ damaged }) => damaged) && settings.damagedLocation !== undefined) {
    await demandBeside(connection, [settings.damagedLocation], { operation, what, option: 'damagedLocation' }, options);
  }
  const { plans, excess } = planArrival(rest, openFirst(arrivals, stamped));
  const torn = arrivals.find(({ picking, moves }) => isTorn(picking, movesIn(moves)));
  if (excess.length > 0 && torn && !isLast) throw overtaken(connection, torn.picking.name, about);
  refuseExcess(connection, draft, excess, arrivals);
  const serials = plans.flatMap(({ shares }) =>
    shares.flatMap(({ of, pieces }) => (of.tracking === 'serial' ? pieces : [])),
  );
  demandSingleSerials(connection, serials, about);
  await demandExact(connection, countsOf(plans), about, options);
  const parts = await partsOf(connection, draft, plans, stamp, options);
  const task = { ...about, row: arrivalRow, isOurs: (picking: ArrivalWire) => hasStamp(picking, stamp) };
  for (const plan of plans) {
    const { picking, moves } = plan.arrival;
    const before = { note: picking.note, moves: movesIn(moves) };
    const transfer = { picking, values: receiptValues(plan, draft, parts), planned: plannedBy(plan), before };
    await toldOf(connection, about, () => bookTransfer(connection, transfer, task, options));
  }
  const made = first ?? plans[0]?.arrival;
  if (!made) throw empty(connection, draft);
  return refTo(connection, 'receipt', made.picking.id);
}

/** What is written: of each move the sum, and where lines say more than a sum each piece. All in the product's unit. */
function countsOf(plans: readonly ArrivalPlan[]): readonly Count[] {
  return plans.flatMap(({ shares }) =>
    shares.flatMap((share) => {
      const { sku, move } = share.of;
      const sum = tidy(share.pieces.reduce((total, { quantity }) => total + quantity, 0));
      const written = [sum, ...(hasLines(share) ? share.pieces.map(({ quantity }) => quantity) : [])];
      return written.map((quantity) => ({ sku, quantity, unit: move.product_uom.id, size: 1 }));
    }),
  );
}

function demandGoods(connection: Connection, draft: ReceiptDraft): readonly Arrived[] {
  const { settings } = connection;
  const goods = arrivedGoods(draft);
  if (goods === undefined)
    throw refused(settings, 'record.invalid', operation, {
      message: `Receipt "${draft.number}" was not booked in "${settings.name}": on one of its lines lots and damaged goods do not fit what was received. State at most what was received, and damaged goods on a line with one lot, then replay.`,
      refs: [draft.purchase],
    });
  if (goods.length === 0) throw empty(connection, draft);
  const damaged = goods.filter((piece) => piece.damaged);
  if (damaged.length === 0 || settings.damagedLocation !== undefined) return goods;
  throw refused(settings, 'options.invalid', operation, {
    message: `Receipt "${draft.number}" was not booked in "${settings.name}": goods of ${damaged.map(({ sku }) => `"${sku}"`).join(', ')} arrived damaged, and odoo({ damagedLocation }) names no place for them. Nothing was booked. Pass the id of a stock location, then replay.`,
    refs: [draft.purchase],
  });
}

/** Whether a picking is stamped with this arrival. The number or the key of another content is refused. */
function isOwn(connection: Connection, draft: ReceiptDraft, picking: Arrival['picking'], stamp: ReceiptStamp): boolean {
  const there = stampIn(picking);
  if (!there || picking.state === 'cancel') return false;
  if (hasStamp(picking, stamp)) return true;
  const sameKey = there.key === stamp.key;
  if (!sameKey && there.arrival !== stamp.arrival) return false;
  // Begun and never booked: it is overwritten.
  if (picking.state !== 'done') return false;
  throw refused(connection.settings, sameKey ? 'key.reused' : 'record.duplicate', operation, {
    message: `Receipt "${draft.number}" was not booked in "${connection.settings.name}": ${sameKey ? 'its key' : 'its number under another key'} booked "${picking.name}" there, of another content. Use a number and a key of its own for each arrival.`,
    refs: [draft.purchase, refTo(connection, 'receipt', picking.id)],
  });
}

/** What of this arrival is booked, by SKU. */
function bookedOn(stamped: readonly Arrival[]): ReadonlyMap<string, number> {
  const booked = new Map<string, number>();
  for (const { move, sku } of stamped.flatMap(({ moves }) => moves)) {
    if (move.state === 'done') booked.set(sku, tidy((booked.get(sku) ?? 0) + move.quantity));
  }
  return booked;
}

function openFirst(arrivals: readonly Arrival[], stamped: readonly Arrival[]): readonly Arrival[] {
  const open = arrivals.filter(({ picking }) => picking.state === 'assigned' || picking.state === 'confirmed');
  return [...open.filter((one) => stamped.includes(one)), ...open.filter((one) => !stamped.includes(one))];
}

async function partsOf(
  connection: Connection,
  draft: ReceiptDraft,
  plans: readonly ArrivalPlan[],
  stamp: ReceiptStamp,
  options: WriteOptions,
): Promise<ReceiptParts> {
  const { client, settings } = connection;
  const shares = plans.flatMap((plan) => plan.shares).filter(({ of }) => of.tracked);
  const nameless = shares.filter(({ pieces }) => pieces.some(({ lot }) => lot === undefined));
  if (nameless.length > 0)
    throw refused(settings, 'record.rejected', operation, {
      message: `Receipt "${draft.number}" was not booked in "${settings.name}": ${nameless.map(({ of }) => `"${of.sku}"`).join(', ')} came without lot or serial numbers, and Odoo tracks them. Nothing was booked. Correct it at the warehouse, then replay.`,
      refs: [draft.purchase],
    });
  const fields = await client.fieldsGet('stock.move.line', options);
  return {
    stamp,
    settings,
    keepsExpiry: Object.hasOwn(fields, 'expiration_date'),
    lots: await knownLots(connection, shares, options),
  };
}

async function knownLots(
  { client }: Connection,
  shares: ArrivalPlan['shares'],
  options: WriteOptions,
): Promise<LotIds> {
  if (shares.length === 0) return new Map();
  const domain: Domain = [
    ['name', 'in', [...new Set(shares.flatMap(({ pieces }) => pieces.flatMap(({ lot }) => lot ?? [])))]],
    ['product_id', 'in', [...new Set(shares.map(({ of }) => of.move.product_id.id))]],
  ];
  const lots = await client.searchRead('stock.lot', lotRow, { domain, order: 'id' }, options);
  return new Map(lots.map((lot) => [lotKey(lot.product_id.id, lot.name), lot.id]));
}

function refuseExcess(
  connection: Connection,
  draft: ReceiptDraft,
  excess: readonly Arrived[],
  arrivals: readonly Arrival[],
): void {
  if (excess.length === 0) return;
  const { settings } = connection;
  const moves = arrivals
    .flatMap((arrival) => arrival.moves)
    .filter(({ move }) => move.state !== 'done' && move.state !== 'cancel');
  const skus = [...new Set(excess.map(({ sku }) => sku))];
  const parts = skus.map((sku) => {
    const over = tidy(excess.reduce((sum, piece) => sum + (piece.sku === sku ? piece.quantity : 0), 0));
    const open = tidy(moves.reduce((sum, of) => sum + (of.sku === sku ? of.move.product_uom_qty : 0), 0));
    return `"${sku}": ${over} too many, ${open} open`;
  });
  throw refused(settings, 'record.rejected', operation, {
    message: `Receipt "${draft.number}" was not booked in "${settings.name}": the purchase does not wait for that much (${parts.join('; ')}). Nothing was booked. Compare it with the receipts of the purchase, then replay.`,
    refs: [draft.purchase],
    details: { excess: parts },
  });
}

function empty({ settings }: Connection, draft: ReceiptDraft) {
  return refused(settings, 'record.invalid', operation, {
    message: `Receipt "${draft.number}" was not booked in "${settings.name}": it holds nothing. Get its lines from the warehouse, then replay.`,
    refs: [draft.purchase],
  });
}
