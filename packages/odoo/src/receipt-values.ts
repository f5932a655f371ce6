import type { ReceiptDraft } from '@crossdock/core';
import { tidy } from './shipment-demand.ts';
import { lotKey, type LotIds } from './lots.ts';
import type { OdooSettings } from './options.ts';
import type { Arrived, ArrivalPlan, OpenMove } from './receipt-plan.ts';
import { stampedNote, type ReceiptStamp } from './receipt-stamp.ts';
import { guardOf } from './transfer-plan.ts';
import { command } from './wire/value.ts';

/** What a write of an arrival needs beside its plan. */
export interface ReceiptParts {
  readonly stamp: ReceiptStamp;
  /** Lots that Odoo knows already; the others are made of their name. */
  readonly lots: LotIds;
  /** Whether Odoo keeps a day of expiry on a lot: that comes with its module `product_expiry`. */
  readonly keepsExpiry: boolean;
  readonly settings: OdooSettings;
}

/**
 * Everything that one arrival writes on one picking, in one write: quantities, lots, places and the stamp are there
 * together or not at all. Once a move is picked, Odoo books picked moves only: recorded on Odoo 19.0, 2026-11-26. So moves
 * that are not in this arrival are said not to be, whoever picked them since they were read.
 */
export function receiptValues(plan: ArrivalPlan, draft: ReceiptDraft, parts: ReceiptParts) {
  const { picking, moves } = plan.arrival;
  const shares = new Map(plan.shares.map((share) => [share.of.move.id, share]));
  const open = moves.filter(({ move }) => move.state !== 'done' && move.state !== 'cancel');
  const written = open.map(({ move }) => {
    const share = shares.get(move.id);
    const values = share ? moveValues(share.of, share.pieces, picking.id, parts) : { picked: false };
    return command.update(move.id, { ...guardOf(move), ...values });
  });
  const words = [`Arrival ${draft.number}`, ...(parts.keepsExpiry ? [] : expiryWords(plan))];
  return { note: stampedNote(picking, parts.stamp, words), move_ids: written };
}

/** Goods with a lot or for another place get lines of their own; of others a sum is written. */
export function hasLines({ of, pieces }: ArrivalPlan['shares'][number]): boolean {
  return of.tracked || pieces.some(({ damaged }) => damaged);
}

/** The lines that Odoo prepared are replaced where there are lines of our own. */
function moveValues(of: OpenMove, pieces: readonly Arrived[], pickingId: number, parts: ReceiptParts) {
  const { move } = of;
  if (!hasLines({ of, pieces })) {
    return { quantity: tidy(pieces.reduce((sum, piece) => sum + piece.quantity, 0)), picked: true };
  }
  const prepared = move.move_line_ids.map((id) => command.delete(id));
  const lines = pieces.map((piece) => command.create(lineValues(of, piece, pickingId, parts)));
  return { move_line_ids: [...prepared, ...lines] };
}

function lineValues({ move, tracked }: OpenMove, piece: Arrived, pickingId: number, parts: ReceiptParts) {
  const known = piece.lot === undefined ? undefined : parts.lots.get(lotKey(move.product_id.id, piece.lot));
  const lot = known === undefined ? { lot_name: piece.lot } : { lot_id: known };
  const expires = known === undefined && parts.keepsExpiry && piece.expiresOn !== undefined;
  return {
    product_id: move.product_id.id,
    picking_id: pickingId,
    quantity: piece.quantity,
    picked: true,
    ...(tracked && piece.lot !== undefined ? lot : {}),
    ...(expires ? { expiration_date: `${piece.expiresOn} 00:00:00` } : {}),
    ...(piece.damaged ? { location_dest_id: parts.settings.damagedLocation } : {}),
  };
}

/** Without a field for it the day stands in the note, where a person finds it. */
function expiryWords({ shares }: ArrivalPlan): readonly string[] {
  const pieces = shares.flatMap((share) => share.pieces);
  return pieces.flatMap(({ lot, expiresOn }) => (lot && expiresOn ? [`lot ${lot} expires on ${expiresOn}`] : []));
}
