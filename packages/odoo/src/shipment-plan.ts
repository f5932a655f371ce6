import type { CommerceError } from '@crossdock/core';
import { tidy, type Piece } from './shipment-demand.ts';
import { exactlyIn } from './units.ts';
import type { MoveWire, PickingWire } from './wire/picking.ts';

/** A delivery with its moves, and the SKU of each. */
export interface Delivery {
  readonly picking: PickingWire;
  readonly moves: readonly DeliveryMove[];
  /** What of it could not be read. Only a pull goes on then, with its other deliveries. */
  readonly misfit?: CommerceError | undefined;
}
export interface DeliveryMove {
  readonly move: MoveWire;
  readonly sku: string | null;
  readonly tracked: boolean;
  /** Odoo's word for how it is tracked: "lot", "serial" or "none". */
  readonly tracking?: string | undefined;
  /** The unit of the product, in which every quantity outside of Odoo's records is. */
  readonly unitId: number;
  /** How many of them one unit of the move is; `undefined` where Odoo does not say. */
  readonly size: number | undefined;
  /** The smallest part of the move's unit that Odoo books; 0 where it is the product's own. */
  readonly step: number;
}
/** What is to be written on one delivery. */
export interface DeliveryPlan<P extends Piece = Piece> {
  readonly delivery: Delivery;
  readonly shares: readonly { readonly move: DeliveryMove; readonly pieces: readonly P[] }[];
}
export interface Plan<P extends Piece = Piece> {
  readonly deliveries: readonly DeliveryPlan<P>[];
  /** What no open delivery has room for. */
  readonly excess: readonly P[];
  /** What is open of the SKUs in question. */
  readonly open: ReadonlyMap<string, number>;
}

/** Shares pieces out among the open moves with their SKU: the oldest delivery first, never more than a move has open. */
export function planShipment<P extends Piece>(pieces: readonly P[], deliveries: readonly Delivery[]): Plan<P> {
  const open = new Map<string, number>();
  let left = pieces;
  const plans: DeliveryPlan<P>[] = [];
  const kitLines = new Set(pieces.flatMap(({ of }) => of ?? []));
  const isOfKit = ({ move }: DeliveryMove) => move.sale_line_id !== null && kitLines.has(move.sale_line_id.id);
  for (const delivery of deliveries) {
    const shares: { move: DeliveryMove; pieces: readonly P[] }[] = [];
    // What is named by itself leaves the components of kits to them as long as it can.
    for (const move of delivery.moves.toSorted((one, other) => Number(isOfKit(one)) - Number(isOfKit(other)))) {
      const { sku } = move;
      if (sku === null || !isOpen(move)) continue;
      const room = demandOf(move);
      if (pieces.some((piece) => piece.sku === sku)) open.set(sku, tidy((open.get(sku) ?? 0) + room));
      const { taken, left: rest } = share(left, move, room);
      if (taken.length === 0) continue;
      left = rest;
      shares.push({ move, pieces: taken });
    }
    if (shares.length > 0) plans.push({ delivery, shares });
  }
  return { deliveries: plans, excess: left, open };
}

/** What has gone on these deliveries, by SKU. */
export function goneOn(deliveries: readonly Delivery[]): ReadonlyMap<string, number> {
  const gone = new Map<string, number>();
  for (const one of deliveries.flatMap(({ moves }) => moves)) {
    const { move, sku } = one;
    if (sku !== null && move.state === 'done') gone.set(sku, tidy((gone.get(sku) ?? 0) + bookedOf(one)));
  }
  return gone;
}

/** What each move of a plan is to bring, in the unit of the move, by its id. */
export function plannedBy({ shares }: DeliveryPlan): ReadonlyMap<number, number> {
  return new Map(
    shares.map(({ move: { move, size = 1, step }, pieces }) => {
      const sum = tidy(pieces.reduce((total, { quantity }) => total + quantity, 0));
      return [move.id, exactlyIn(sum, size, step) ?? sum];
    }),
  );
}

/** What plans bring of goods that Odoo tracks by serial numbers. */
export function serialPieces<P extends Piece>(plans: readonly DeliveryPlan<P>[]): readonly P[] {
  const shares = plans.flatMap((plan) => plan.shares);
  return shares.flatMap(({ move, pieces }) => (move.tracking === 'serial' ? pieces : []));
}

/** The moves as Odoo has them. */
export function movesIn(moves: readonly DeliveryMove[]): readonly MoveWire[] {
  return moves.map(({ move }) => move);
}

/** What a move is to bring, in the product's unit. */
export function demandOf({ move, size = 1 }: DeliveryMove): number {
  return tidy(move.product_uom_qty * size);
}

/** What is reserved or, once it is done, what was moved, in the product's unit. */
export function bookedOf({ move, size = 1 }: DeliveryMove): number {
  return tidy(move.quantity * size);
}

function isOpen({ move }: DeliveryMove): boolean {
  return move.state !== 'done' && move.state !== 'cancel' && move.product_uom_qty > 0;
}

/** What of the pieces of a SKU finds room, in their order, and what is left of all of them. */
function share<P extends Piece>(pieces: readonly P[], { sku, move }: DeliveryMove, room: number) {
  let free = room;
  const taken: P[] = [];
  const left: P[] = [];
  for (const piece of pieces) {
    const fits = piece.sku === sku && (piece.of === undefined || piece.of === move.sale_line_id?.id);
    const quantity = fits ? tidy(Math.min(piece.quantity, Math.max(0, free))) : 0;
    free = tidy(free - quantity);
    if (quantity > 0) taken.push({ ...piece, quantity });
    const rest = tidy(piece.quantity - quantity);
    if (rest > 0) left.push({ ...piece, quantity: rest });
  }
  return { taken, left };
}
