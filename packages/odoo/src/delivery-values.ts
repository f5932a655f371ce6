import type { Shipment } from '@crossdock/core';
import { lotKey, type LotIds } from './lots.ts';
import type { Mark } from './mark.ts';
import type { OdooSettings } from './options.ts';
import { tidy, type Piece } from './shipment-demand.ts';
import { exactlyIn } from './units.ts';
import { movesIn, type Delivery, type DeliveryMove, type DeliveryPlan } from './shipment-plan.ts';
import { stampedNote } from './shipment-stamp.ts';
import { guardOf, type Before } from './transfer-plan.ts';
import type { PickingWire } from './wire/picking.ts';
import { command } from './wire/value.ts';

/** Field values of a write. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Everything that one shipment writes on one delivery, in one write: quantities, lots, carrier and the shipment's mark
 * are there together or not at all. Once a move is picked, Odoo ships picked moves only: recorded on 19.0, 2026-11-23. So
 * moves that are not in this shipment are said not to be, whoever picked them since they were read: they wait for theirs.
 */
export function deliveryValues(plan: DeliveryPlan, shipment: Shipment, names: Names, settings: OdooSettings): Values {
  const { picking } = plan.delivery;
  return {
    ...trackingValues(picking, shipment, settings),
    note: stampedNote(picking, shipment, names.goods),
    move_ids: moveCommands(plan, (move, pieces) => moveValues(move, pieces, names, picking.id)),
  };
}

/** One command for every open move of a transfer: what comes of it, or that nothing does. */
export function moveCommands<P extends Piece>(
  { delivery, shares }: DeliveryPlan<P>,
  valuesOf: (move: DeliveryMove, pieces: readonly P[]) => Values,
) {
  const byMove = new Map(shares.map((share) => [share.move.move.id, share]));
  const open = movesIn(delivery.moves).filter(({ state }) => state !== 'done' && state !== 'cancel');
  return open.map((move) => {
    const share = byMove.get(move.id);
    const values = share ? valuesOf(share.move, share.pieces) : { picked: false };
    return command.update(move.id, { ...guardOf(move), ...values });
  });
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

/** What stands on a transfer before it is written on. */
export function beforeOf({ picking, moves }: Delivery, fields: Values = {}): Before {
  return { note: picking.note, fields, moves: movesIn(moves) };
}

/** The carrier and the tracking number of a delivery as they are, where they are written. */
export function trackingBefore({ carrier_id, carrier_tracking_ref }: PickingWire, values: Values): Values {
  return {
    ...('carrier_tracking_ref' in values ? { carrier_tracking_ref: carrier_tracking_ref ?? false } : {}),
    ...('carrier_id' in values ? { carrier_id: carrier_id?.id ?? false } : {}),
  };
}

/** What a write names beside the plan: lots by product and name, packages by SSCC. */
export interface Names {
  /** What the mark says of the goods. */
  readonly goods: Mark;
  readonly lots: LotIds;
  readonly packages: ReadonlyMap<string, number>;
}

/** Tracked goods, and packed ones, get lines of their own; of others a sum is written. */
export function hasLines({ move, pieces }: DeliveryPlan['shares'][number]): boolean {
  return move.tracked || pieces.some(({ sscc }) => sscc !== undefined);
}

/** The lines that Odoo reserved are replaced where there are lines of our own. */
function moveValues(line: DeliveryMove, pieces: readonly Piece[], names: Names, pickingId: number): Values {
  const { move, tracked, size = 1, step } = line;
  if (!hasLines({ move: line, pieces })) {
    const sum = tidy(pieces.reduce((total, piece) => total + piece.quantity, 0));
    return { quantity: exactlyIn(sum, size, step), picked: true };
  }
  const reserved = move.move_line_ids.map((id) => command.delete(id));
  const lines = pieces.map(({ quantity, lot, sscc }) => {
    const packageId = sscc === undefined ? undefined : names.packages.get(sscc);
    return [
      0,
      0,
      {
        product_id: move.product_id.id,
        ...(tracked ? { lot_id: names.lots.get(lotKey(move.product_id.id, lot ?? '')) } : {}),
        ...(packageId === undefined ? {} : { result_package_id: packageId }),
        // In the product's unit, whatever the move counts in.
        ...(size === 1 ? {} : { product_uom_id: line.unitId }),
        quantity,
        picked: true,
        picking_id: pickingId,
      },
    ];
  });
  return { move_line_ids: [...reserved, ...lines] };
}
