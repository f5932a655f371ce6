import { CommerceError, returnDispositions, type Return } from '@crossdock/core';
import { refTo, type Connection } from './connection.ts';
import { locationOf } from './return-places.ts';
import type { ReturnGroup } from './return-records.ts';
import { bookedOf, demandOf } from './shipment-plan.ts';
import { tidy } from './shipment-demand.ts';
import type { Units } from './units.ts';
import { returnState } from './warehouse-statuses.ts';
import type { MoveLineWire } from './wire/picking.ts';
import { toMoment } from './wire/value.ts';

type Line = Return['lines'][number];

/**
 * A return with everything that was left over of it. Odoo knows no condition of goods; what was done with them is told by
 * the place that they were put.
 */
export function toReturn(
  connection: Connection,
  { first, transfers }: ReturnGroup,
  lines: readonly MoveLineWire[],
  units: Units,
): Return {
  const states = transfers.map(({ picking }) => picking.state);
  const statuses = states.map((state) => returnState.decode(state, `Return "${first.name}"`));
  const status =
    statuses.find((one) => one === 'approved' || one === 'requested') ?? statuses.find((one) => one === 'received');
  const order = transfers.find(({ picking }) => picking.sale_id !== null)?.picking.sale_id;
  const [newest = first.write_date] = transfers
    .map(({ picking }) => picking.write_date)
    .toSorted()
    .toReversed();
  return {
    ref: refTo(connection, 'return', first.id),
    number: first.name,
    ...(order ? { order: refTo(connection, 'order', order.id) } : {}),
    status: status ?? 'canceled',
    wireStatus: [...new Set(states)].join('+'),
    lines: linesOf(connection, { first, transfers }, lines, units),
    updatedAt: toMoment(newest),
  };
}

function linesOf(
  connection: Connection,
  { first, transfers }: ReturnGroup,
  moveLines: readonly MoveLineWire[],
  units: Units,
) {
  const moves = transfers.flatMap((transfer) => transfer.moves);
  const standing = moves.filter(({ move }) => move.state !== 'cancel');
  const bySku = new Map<string, Line>();
  for (const one of standing.length > 0 ? standing : moves) {
    const { move, sku } = one;
    if (sku === null) throw nameless(connection, first.name, move.product_id.id);
    const done = move.state === 'done';
    const before = bySku.get(sku);
    const own = moveLines.filter(({ move_id }) => done && move_id?.id === move.id);
    const disposition = done ? placeOf(connection, own) : 'pending';
    // A line has a unit of its own, which need not be that of its move.
    const lots = own.flatMap(({ lot_id, quantity, product_uom_id }) => {
      const size = units.sizeOf(product_uom_id.id, one.unitId);
      return lot_id && size !== undefined ? [{ lot: lot_id.name, quantity: tidy(quantity * size) }] : [];
    });
    bySku.set(sku, {
      id: before?.id ?? String(move.id),
      sku,
      expected: tidy((before?.expected ?? 0) + (done ? bookedOf(one) : demandOf(one))),
      received: tidy((before?.received ?? 0) + (done ? bookedOf(one) : 0)),
      condition: 'unknown',
      // Parts in several places have no single word.
      disposition: before === undefined || before.disposition === disposition ? disposition : 'pending',
      ...(lots.length + (before?.lots?.length ?? 0) === 0 ? {} : { lots: summed([...(before?.lots ?? []), ...lots]) }),
    });
  }
  return [...bySku.values()];
}

/** What the options say of the place where the goods are; anywhere else they are for sale again. */
function placeOf({ settings }: Connection, lines: readonly MoveLineWire[]): Line['disposition'] {
  const places = new Set(lines.map(({ location_dest_id }) => location_dest_id.id));
  const words = new Set(
    [...places].map((place) => returnDispositions.find((one) => locationOf(settings, one) === place) ?? 'restock'),
  );
  const [word] = words;
  return words.size === 1 && word ? word : 'pending';
}

function nameless({ settings }: Connection, name: string, product: number): CommerceError {
  return new CommerceError({
    code: 'sku.missing',
    message: `Return "${name}" was not taken over from "${settings.name}": its product "${product}" has no internal reference. Give it one in Odoo.`,
    system: settings.name,
  });
}

/** Each lot once, however many lines and transfers it came on. */
function summed(lots: readonly { readonly lot: string; readonly quantity: number }[]) {
  const sums = new Map<string, number>();
  for (const { lot, quantity } of lots) sums.set(lot, tidy((sums.get(lot) ?? 0) + quantity));
  return [...sums].map(([lot, quantity]) => ({ lot, quantity }));
}
