import type { ReadOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import type { Domain } from './client.ts';
import { bookedOf, type Delivery, type DeliveryMove } from './shipment-plan.ts';
import { tidy, type Piece } from './shipment-demand.ts';
import { exactlyIn, unitsOf, type UnitPair } from './units.ts';
import { moveRow } from './wire/picking.ts';

/** What of one delivery is to come back, each quantity in the unit that Odoo's wizard counts in. */
export interface Part {
  readonly delivery: Delivery;
  readonly shares: readonly { readonly move: DeliveryMove; readonly quantity: number }[];
}

/** What of each move of these deliveries was shipped and is not back or on its way back, by the move's id. */
export async function returnableOf(
  connection: Connection,
  deliveries: readonly Delivery[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, number>> {
  const shipped = deliveries.flatMap(({ moves }) => moves.filter(({ move }) => move.state === 'done'));
  const room = new Map(shipped.map((one) => [one.move.id, bookedOf(one)]));
  if (shipped.length === 0) return room;
  const domain: Domain = [
    ['origin_returned_move_id', 'in', shipped.map(({ move }) => move.id)],
    ['state', '!=', 'cancel'],
  ];
  const back = await connection.client.searchRead('stock.move', moveRow, { domain, order: 'id' }, options);
  const pairs = back.flatMap((move) => {
    const origin = shipped.find((one) => one.move.id === move.origin_returned_move_id?.id);
    return origin ? [{ move, origin }] : [];
  });
  const units = await unitsOf(
    connection,
    pairs.map(({ move, origin }): UnitPair => [move.product_uom.id, origin.unitId]),
    options,
  );
  for (const { move, origin } of pairs) {
    // In a unit that nobody can compare it may be all of it.
    const size = units.sizeOf(move.product_uom.id, origin.unitId) ?? Number.POSITIVE_INFINITY;
    room.set(origin.move.id, tidy((room.get(origin.move.id) ?? 0) - bookedOrDemand(move) * size));
  }
  return room;
}

function bookedOrDemand(move: { readonly state: string; readonly quantity: number; readonly product_uom_qty: number }) {
  return move.state === 'done' ? move.quantity : move.product_uom_qty;
}

/**
 * Shares what is to come back out among the deliveries, the oldest first. What finds no room is told by SKU, in words.
 * From 19 on the wizard counts in the unit of what it returns, before in the product's. Recorded on Odoo 19.0, 2026-11-26;
 * of 17 and 18 it is taken from modules that extend the wizard, and was not seen on a server.
 */
export function returnPlan(
  wanted: readonly Piece[],
  deliveries: readonly Delivery[],
  room: ReadonlyMap<number, number>,
  release: number,
): { readonly parts: readonly Part[]; readonly excess: readonly string[] } {
  const left = wanted.map(({ sku, quantity, of }) => ({ sku, quantity, of, asked: quantity }));
  const parts: Part[] = [];
  for (const delivery of deliveries) {
    const shares: { move: DeliveryMove; quantity: number }[] = [];
    for (const move of delivery.moves) {
      const { sku } = move;
      const line = move.move.sale_line_id?.id;
      const fitting = left.filter((piece) => piece.sku === sku && (piece.of === undefined || piece.of === line));
      const asked = tidy(fitting.reduce((sum, piece) => sum + piece.quantity, 0));
      const taken = Math.min(asked, Math.max(0, room.get(move.move.id) ?? 0));
      const quantity = release >= 19 ? exactlyIn(taken, move.size ?? 1, move.step) : taken;
      if (taken <= 0 || quantity === undefined) continue;
      let open = taken;
      for (const piece of fitting) {
        const part = Math.min(open, piece.quantity);
        open = tidy(open - part);
        piece.quantity = tidy(piece.quantity - part);
      }
      shares.push({ move, quantity });
    }
    if (shares.length > 0) parts.push({ delivery, shares });
  }
  const excess = left.flatMap(({ sku, quantity, asked }) =>
    quantity > 0 ? [`"${sku}": ${quantity} too many, ${tidy(asked - quantity)} can come back`] : [],
  );
  return { parts, excess };
}
