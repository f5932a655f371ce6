import type { Shipment } from '@crossdock/core';
import { lotKey, type LotIds } from './lots.ts';
import type { OdooSettings } from './options.ts';
import { tidy } from './shipment-demand.ts';
import type { DeliveryMove, DeliveryPlan } from './shipment-plan.ts';
import { stampedNote } from './shipment-stamp.ts';
import type { PickingWire } from './wire/picking.ts';

/** Field values of a write. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Everything that one shipment writes on one delivery, in one write: quantities, lots, carrier and the shipment's mark
 * are there together or not at all. Once a move is picked, Odoo ships picked moves only. Recorded on 19.0, 2026-11-23.
 */
export function deliveryValues(plan: DeliveryPlan, shipment: Shipment, lots: LotIds, settings: OdooSettings): Values {
  const { picking, moves } = plan.delivery;
  const shipped = plan.shares.map(({ move, pieces }) => [1, move.move.id, moveValues(move, pieces, lots, picking.id)]);
  const inPlan = new Set(plan.shares.map(({ move }) => move.move.id));
  // Somebody may have picked moves that are not in this shipment: they wait for theirs.
  const others = moves
    .filter(({ move }) => move.picked && !inPlan.has(move.id) && move.state !== 'done' && move.state !== 'cancel')
    .map(({ move }) => [1, move.id, { picked: false }]);
  return {
    ...trackingValues(picking, shipment, settings),
    note: stampedNote(picking, shipment),
    move_ids: [...shipped, ...others],
  };
}

/** Carrier and tracking numbers where they differ from what stands there. Several numbers stand side by side. */
export function trackingValues(picking: PickingWire, shipment: Shipment, settings: OdooSettings): Values {
  const numbers = [...new Set(shipment.parcels.flatMap(({ trackingNumber }) => trackingNumber ?? []))].join(',');
  const carriers = new Set(shipment.parcels.map(({ carrier }) => carrier));
  const [name = ''] = carriers;
  const carrierId = carriers.size === 1 && Object.hasOwn(settings.carriers, name) ? settings.carriers[name] : undefined;
  return {
    ...(numbers !== '' && numbers !== picking.carrier_tracking_ref ? { carrier_tracking_ref: numbers } : {}),
    ...(carrierId !== undefined && carrierId !== picking.carrier_id?.id ? { carrier_id: carrierId } : {}),
  };
}

/** Tracked goods get lines of their own, one a lot; the lines that Odoo reserved are replaced. */
function moveValues(
  { move, tracked }: DeliveryMove,
  pieces: readonly { readonly quantity: number; readonly lot: string | undefined }[],
  lots: LotIds,
  pickingId: number,
): Values {
  if (!tracked) {
    return { quantity: tidy(pieces.reduce((sum, piece) => sum + piece.quantity, 0)), picked: true };
  }
  const reserved = move.move_line_ids.map((id) => [2, id, 0]);
  const lines = pieces.map(({ quantity, lot }) => {
    const lot_id = lots.get(lotKey(move.product_id.id, lot ?? ''));
    return [0, 0, { product_id: move.product_id.id, lot_id, quantity, picked: true, picking_id: pickingId }];
  });
  return { move_line_ids: [...reserved, ...lines] };
}
