import type { ReadOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import type { Domain } from './client.ts';
import { bookedOf, type Delivery, type DeliveryMove } from './shipment-plan.ts';
import { tidy } from './shipment-demand.ts';
import { exactlyIn } from './units.ts';
import { moveRow } from './wire/picking.ts';

/** What of one delivery is to come back, each quantity in the unit of its move. */
export interface Part {
  readonly delivery: Delivery;
  readonly shares: readonly { readonly move: DeliveryMove; readonly quantity: number }[];
}

/** What of each move of these deliveries was shipped and is not back or on its way back, by the move's id. */
export async function returnableOf(
  { client }: Connection,
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
  const back = await client.searchRead('stock.move', moveRow, { domain, order: 'id' }, options);
  for (const move of back) {
    const origin = shipped.find((one) => one.move.id === move.origin_returned_move_id?.id);
    if (!origin) continue;
    // A return counts in the unit of what it returns.
    const coming = bookedOrDemand(move) * (origin.size ?? 1);
    room.set(origin.move.id, tidy((room.get(origin.move.id) ?? 0) - coming));
  }
  return room;
}

function bookedOrDemand(move: { readonly state: string; readonly quantity: number; readonly product_uom_qty: number }) {
  return move.state === 'done' ? move.quantity : move.product_uom_qty;
}

/** Shares what is to come back out among the deliveries, the oldest first. What finds no room is told by SKU, in words. */
export function returnPlan(
  wanted: ReadonlyMap<string, number>,
  deliveries: readonly Delivery[],
  room: ReadonlyMap<number, number>,
): { readonly parts: readonly Part[]; readonly excess: readonly string[] } {
  const left = new Map(wanted);
  const parts: Part[] = [];
  for (const delivery of deliveries) {
    const shares: { move: DeliveryMove; quantity: number }[] = [];
    for (const move of delivery.moves) {
      const taken = Math.min(left.get(move.sku ?? '') ?? 0, Math.max(0, room.get(move.move.id) ?? 0));
      const quantity = exactlyIn(taken, move.size ?? 1, move.step);
      if (move.sku === null || taken <= 0 || quantity === undefined) continue;
      left.set(move.sku, tidy((left.get(move.sku) ?? 0) - taken));
      shares.push({ move, quantity });
    }
    if (shares.length > 0) parts.push({ delivery, shares });
  }
  const excess = [...left].flatMap(([sku, count]) =>
    count > 0 ? [`"${sku}": ${count} too many, ${tidy((wanted.get(sku) ?? 0) - count)} can come back`] : [],
  );
  return { parts, excess };
}
