import type { ReceiptDraft } from '@crossdock/core';
import { tidy } from './shipment-demand.ts';
import type { ArrivalMoveWire, ArrivalWire } from './wire/purchase.ts';

/** Counted goods of one SKU that belong together: one lot, one state. */
export interface Arrived {
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | undefined;
  readonly expiresOn: string | undefined;
  readonly damaged: boolean;
}
/** What an open picking waits for of one product. */
export interface OpenMove {
  readonly move: ArrivalMoveWire;
  readonly sku: string;
  readonly tracked: boolean;
  /** Odoo's word for how it is tracked: "lot", "serial" or "none". */
  readonly tracking?: string | undefined;
}
/** A picking that brings goods of the purchase, with what of it is open and what came. */
export interface Arrival {
  readonly picking: ArrivalWire;
  readonly moves: readonly OpenMove[];
}
export interface ArrivalPlan {
  readonly arrival: Arrival;
  readonly shares: readonly { readonly of: OpenMove; readonly pieces: readonly Arrived[] }[];
}

/** The goods of a draft, by SKU, lot and state; `undefined` where nobody can say which lot the damaged ones are of. */
export function arrivedGoods(draft: ReceiptDraft): readonly Arrived[] | undefined {
  const pieces: Arrived[] = [];
  for (const { sku, received, damaged, lots = [] } of draft.lines) {
    if (damaged > received || (damaged > 0 && lots.length > 1)) return undefined;
    const named = tidy(lots.reduce((sum, { quantity }) => sum + quantity, 0));
    if (named > received) return undefined;
    const lotted = lots.map(({ lot, quantity, expiresOn }) => ({ lot, quantity, expiresOn }));
    const all = [...lotted, { lot: undefined, quantity: tidy(received - named), expiresOn: undefined }];
    let broken = damaged;
    for (const part of all) {
      const bad = Math.min(broken, part.quantity);
      broken = tidy(broken - bad);
      pieces.push({ sku, ...part, quantity: tidy(part.quantity - bad), damaged: false });
      pieces.push({ sku, ...part, quantity: bad, damaged: true });
    }
  }
  return pieces.filter(({ quantity }) => quantity > 0);
}

/** Takes off what of these goods is booked already, by SKU. */
export function stillToBook(pieces: readonly Arrived[], booked: ReadonlyMap<string, number>): readonly Arrived[] {
  const left = new Map(booked);
  return pieces.flatMap((piece) => {
    const before = left.get(piece.sku) ?? 0;
    const taken = Math.min(before, piece.quantity);
    left.set(piece.sku, tidy(before - taken));
    const quantity = tidy(piece.quantity - taken);
    return quantity > 0 ? [{ ...piece, quantity }] : [];
  });
}

/** Shares goods out among the open moves, the first picking first, and says what none has room for. */
export function planArrival(pieces: readonly Arrived[], arrivals: readonly Arrival[]) {
  let left = pieces;
  const plans: ArrivalPlan[] = [];
  for (const arrival of arrivals) {
    const shares: { of: OpenMove; pieces: readonly Arrived[] }[] = [];
    for (const of of arrival.moves) {
      if (of.move.state === 'done' || of.move.state === 'cancel') continue;
      let room = tidy(of.move.product_uom_qty);
      const taken: Arrived[] = [];
      left = left.flatMap((piece) => {
        const quantity = piece.sku === of.sku ? tidy(Math.min(room, piece.quantity)) : 0;
        if (quantity <= 0) return [piece];
        room = tidy(room - quantity);
        taken.push({ ...piece, quantity });
        const rest = tidy(piece.quantity - quantity);
        return rest > 0 ? [{ ...piece, quantity: rest }] : [];
      });
      if (taken.length > 0) shares.push({ of, pieces: taken });
    }
    if (shares.length > 0) plans.push({ arrival, shares });
  }
  return { plans, excess: left };
}

/** What each move of a plan is to bring, by its id. */
export function plannedBy({ shares }: ArrivalPlan): ReadonlyMap<number, number> {
  return new Map(
    shares.map(({ of, pieces }) => [of.move.id, tidy(pieces.reduce((sum, { quantity }) => sum + quantity, 0))]),
  );
}

/** The moves as Odoo has them. */
export function movesIn(moves: readonly OpenMove[]): readonly ArrivalMoveWire[] {
  return moves.map(({ move }) => move);
}
