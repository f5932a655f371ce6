import type { Ref, ReturnReceipt, WriteOptions } from '@crossdock/core';
import { idOf, refTo, refused, type Connection } from './connection.ts';
import { demandKnownUnits, hasCarrier, toBuyers, transfersWhere } from './delivery-records.ts';
import { beforeOf, moveCommands } from './delivery-values.ts';
import { countsOf, demandExact } from './exact-counts.ts';
import { lotKey, lotsOf, type LotIds } from './lots.ts';
import { demandLotsWithin, demandSingleSerials } from './lot-counts.ts';
import { markOf, type Mark } from './mark.ts';
import { locationOf, type Disposition } from './return-places.ts';
import { returnGroup, type ReturnGroup } from './return-records.ts';
import { asHtml } from './note-html.ts';
import { bookedBy, receiptStamp } from './return-stamp.ts';
import { demandBeside } from './set-aside.ts';
import { tidy, type Piece } from './shipment-demand.ts';
import { unpacked } from './shipment-kits.ts';
import {
  goneOn,
  movesIn,
  plannedBy,
  planShipment,
  serialPieces,
  type DeliveryMove,
  type DeliveryPlan,
} from './shipment-plan.ts';
import { bookTransfer, changedBeside, isOver, isTorn, plannedAnew, type Attempt } from './transfer-booking.ts';
import { overtaken } from './transfer-validation.ts';
import { exactlyIn } from './units.ts';
import { pickingRow, type PickingWire } from './wire/picking.ts';
import { command } from './wire/value.ts';

const operation = 'returns.confirm';

/** Counted goods of one SKU, of one lot, with what is done with them. */
interface Counted extends Piece {
  readonly disposition: Disposition;
}

/**
 * Books what arrived on the open transfers of the return. Counts, lots, places and our mark are on a transfer in one
 * write, and marked transfers are looked for first. What did not arrive stays open.
 */
export async function confirmReturn(
  connection: Connection,
  receipt: ReturnReceipt,
  options: WriteOptions,
): Promise<Ref<'return'>> {
  return plannedAnew(operation, (attempt) => bookReturn(connection, receipt, attempt, options));
}

async function bookReturn(
  connection: Connection,
  receipt: ReturnReceipt,
  { isFirst, isLast }: Attempt,
  options: WriteOptions,
): Promise<Ref<'return'>> {
  const mark = await markOf(options.idempotencyKey, receipt);
  const id = idOf(connection, receipt.return);
  const group = await returnGroup(connection, id, operation, options);
  if (!group) throw missing(connection, receipt);
  const ref = refTo(connection, 'return', group.first.id);
  const what = `The arrival of return "${group.first.name}" was not booked`;
  const task = {
    operation,
    what,
    refs: [ref],
    row: pickingRow(await hasCarrier(connection, options)),
    isOurs: (picking: PickingWire) => bookedBy(picking, mark) === 'own',
  };
  const words = group.transfers.map((transfer) => ({ transfer, word: bookedBy(transfer.picking, mark) }));
  if (words.some(({ word }) => word === 'edited')) throw reused(connection, receipt, group);
  const done = words.flatMap(({ transfer, word }) =>
    word === 'own' && transfer.picking.state === 'done' ? [transfer] : [],
  );
  const counted = receipt.lines.map(({ sku, received, lots }) => ({ sku, quantity: received, lots }));
  demandLotsWithin(connection, counted, task);
  const pieces = piecesOf(receipt);
  if (pieces.length === 0) throw rejected(connection, receipt, group, 'it counts nothing', 'Count what arrived');
  const orderId = group.first.sale_id?.id;
  const about = { kind: 'return', operation } as const;
  const sold = () => transfersWhere(connection, [['sale_id', '=', orderId ?? 0], ...toBuyers], about, options);
  const around = { ...task, orderId, deliveries: group.transfers, sold, done };
  const { rest, ...kits } = await unpacked(connection, pieces, around, options);
  if (!isFirst && isOver(goneOn(done), kits.pieces)) throw changedBeside(connection, task);
  if (rest.length === 0) return ref;
  demandPlaces(connection, receipt, group);
  const open = group.transfers.filter(({ picking }) => picking.state !== 'done' && picking.state !== 'cancel');
  for (const transfer of open) demandKnownUnits(connection, transfer, operation);
  const plan = planShipment(rest, open);
  const torn = open.find(({ picking, moves }) => isTorn(picking, movesIn(moves)));
  if (plan.excess.length > 0 && torn && !isLast) throw overtaken(connection, torn.picking.name, task);
  if (plan.excess.length > 0) {
    const parts = plan.excess.map(
      ({ sku, quantity }) =>
        `"${sku}": ${quantity} too many, ${plan.open.get(sku) ?? kits.openKits.get(sku) ?? 0} open`,
    );
    const seen = `more arrived than is open (${parts.join('; ')})`;
    throw rejected(connection, receipt, group, seen, 'Announce the rest as a return of its own or correct the count');
  }
  await kits.demandUnchanged();
  demandSingleSerials(connection, serialPieces(plan.deliveries), task);
  const lots = await lotsOf(connection, plan.deliveries, options);
  demandLots(connection, receipt, group, plan.deliveries, lots);
  const counts = countsOf(plan.deliveries, (share) => hasLines(connection, share));
  await demandExact(connection, counts, task, options);
  const places = placesOf(connection, receipt);
  await demandBeside(connection, places, { operation, what, option: 'returnLocations' }, options);
  for (const part of plan.deliveries) {
    const { picking } = part.delivery;
    const values = valuesOf(connection, part, receipt, mark, lots);
    const before = beforeOf(part.delivery);
    await bookTransfer(connection, { picking, values, planned: plannedBy(part), before }, task, options);
  }
  return ref;
}

function piecesOf({ lines }: ReturnReceipt): readonly Counted[] {
  return lines.flatMap(({ sku, received, disposition, lots = [] }) => {
    const named = lots.map(({ lot, quantity }): Counted => ({ sku, quantity, lot, disposition }));
    const rest = tidy(received - named.reduce((sum, { quantity }) => sum + quantity, 0));
    const all: readonly Counted[] = rest > 0 ? [...named, { sku, quantity: rest, lot: undefined, disposition }] : named;
    return all.filter(({ quantity }) => quantity > 0);
  });
}

function valuesOf(
  connection: Connection,
  plan: DeliveryPlan<Counted>,
  receipt: ReturnReceipt,
  mark: Mark,
  lots: LotIds,
) {
  const { picking } = plan.delivery;
  const counts = receipt.lines.map(
    ({ sku, received, condition, disposition }) => `${received} x ${sku} ${condition}, ${disposition}`,
  );
  // Of a receipt that was begun and overwritten by this one nothing is booked, and it must not look as if it were.
  const before = (picking.note ?? '').replaceAll(
    new RegExp(`\\[crossdock [0-9a-f]+/[0-9a-f]+\\]@${picking.id}(?!\\d)`, 'g'),
    '(not booked)',
  );
  const words = [`Arrived ${receipt.receivedAt}`, ...counts].map(asHtml).join('; ');
  return {
    note: `${before}<p>${words} ${receiptStamp(mark, picking.id)}</p>`,
    move_ids: moveCommands(plan, (move, pieces) => moveValues(connection, move, pieces, lots, picking.id)),
  };
}

interface Share {
  readonly move: DeliveryMove;
  readonly pieces: readonly Counted[];
}

/** Whether lots or places say more than a count. */
function hasLines({ settings }: Pick<Connection, 'settings'>, { move, pieces }: Share): boolean {
  return move.tracked || pieces.some(({ disposition }) => locationOf(settings, disposition) !== undefined);
}

/** Lines take the place of what Odoo proposed where lots or places say more than a count. */
function moveValues(
  { settings }: Connection,
  line: DeliveryMove,
  pieces: readonly Counted[],
  lots: LotIds,
  pickingId: number,
) {
  const { move, tracked, size = 1, step } = line;
  if (!hasLines({ settings }, { move: line, pieces })) {
    const sum = tidy(pieces.reduce((total, { quantity }) => total + quantity, 0));
    return { quantity: exactlyIn(sum, size, step), picked: true };
  }
  const proposed = move.move_line_ids.map((id) => command.delete(id));
  const lines = pieces.map(({ quantity, lot, disposition }) => {
    const place = locationOf(settings, disposition);
    const values = {
      product_id: move.product_id.id,
      ...(tracked ? { lot_id: lots.get(lotKey(move.product_id.id, lot ?? '')) } : {}),
      ...(place === undefined ? {} : { location_dest_id: place }),
      ...(size === 1 ? {} : { product_uom_id: line.unitId }),
      quantity,
      picked: true,
      picking_id: pickingId,
    };
    return command.create(values);
  });
  return { move_line_ids: [...proposed, ...lines] };
}

function demandPlaces(connection: Connection, receipt: ReturnReceipt, group: ReturnGroup): void {
  const { settings } = connection;
  const words = receipt.lines.map(({ disposition }) => disposition);
  const homeless = [...new Set(words)].filter((one) => one !== 'restock' && locationOf(settings, one) === undefined);
  if (homeless.length === 0) return;
  const names = homeless.map((one) => `"${one}"`).join(', ');
  throw rejected(
    connection,
    receipt,
    group,
    `no place is configured for goods with the disposition ${names}`,
    'Name one in odoo({ returnLocations })',
  );
}

/** The places of goods that are not for sale again. */
function placesOf({ settings }: Connection, { lines }: ReturnReceipt): readonly number[] {
  return [...new Set(lines.flatMap(({ disposition }) => locationOf(settings, disposition) ?? []))];
}

function demandLots(
  connection: Connection,
  receipt: ReturnReceipt,
  group: ReturnGroup,
  plans: readonly DeliveryPlan[],
  lots: LotIds,
): void {
  const shares = plans.flatMap((plan) => plan.shares).filter(({ move }) => move.tracked);
  const bad = shares.flatMap(({ move, pieces }) =>
    pieces.flatMap(({ sku, lot }) =>
      lot === undefined || !lots.has(lotKey(move.move.product_id.id, lot))
        ? [`"${sku} ${lot ?? 'without a lot'}"`]
        : [],
    ),
  );
  if (bad.length === 0) return;
  const seen = `Odoo tracks goods by lots or serial numbers that it does not know or that are missing: ${bad.join(', ')}`;
  throw rejected(connection, receipt, group, seen, 'Correct them at the warehouse or in Odoo');
}

function rejected(
  connection: Connection,
  { return: ref }: ReturnReceipt,
  group: ReturnGroup,
  seen: string,
  next: string,
) {
  return refused(connection.settings, 'record.rejected', operation, {
    message: `The arrival of return "${group.first.name}" was not booked in "${connection.settings.name}": ${seen}. Nothing was booked. ${next}, then replay.`,
    refs: [ref],
  });
}

function reused(connection: Connection, { return: ref }: ReturnReceipt, group: ReturnGroup) {
  return refused(connection.settings, 'key.reused', operation, {
    message: `The arrival of return "${group.first.name}" was not booked in "${connection.settings.name}": its key booked other counts there. Use a key of its own for each receipt; what is booked stays as it is.`,
    refs: [ref],
  });
}

function missing({ settings }: Connection, { return: ref }: ReturnReceipt) {
  return refused(settings, 'record.missing', operation, {
    message: `The arrival of return "${ref.id}" was not booked in "${settings.name}": there is no such return. See who deleted it, then replay.`,
    refs: [ref],
  });
}
