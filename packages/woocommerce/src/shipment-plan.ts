import type { CommerceError, Parcel, ParcelLine } from '@crossdock/core';
import { refusal, type Confirming } from './shipment-refusals.ts';
import { shipmentMarksOf, type ShipmentMark } from './shipment-mark.ts';
import type { WireOrder } from './wire/order.ts';

/** What a plan has to know of an order; its marks say what left. */
type Ordered = Pick<WireOrder, 'number' | 'meta_data' | 'line_items'>;
type OrderedLine = Pick<WireOrder['line_items'][number], 'id' | 'quantity'>;

/** Units of one line of the order. */
interface ShippedUnits {
  readonly id: string;
  readonly quantity: number;
}

/** A parcel with its place on the order. */
export interface PlannedParcel {
  readonly parcel: Parcel;
  /** Empty where the warehouse does not say what is in it. */
  readonly units: readonly ShippedUnits[];
}

export interface ShipmentPlan {
  readonly parcels: readonly PlannedParcel[];
  /** All parcels together. */
  readonly units: readonly ShippedUnits[];
}

interface Open {
  readonly id: string;
  readonly sku: string;
  left: number;
}

/**
 * Where each unit of a shipment belongs on the order: the line that the warehouse names, else lines with the SKU in their
 * order. Throws for a SKU that was not ordered and for more than is open, before anything is written. `before` is the
 * shipment as it stands on the order already: what has left may leave again, also where it was refunded since.
 */
export function shipmentPlan(
  about: Confirming,
  order: Ordered,
  kept: Kept,
  before: ShipmentMark | undefined,
): ShipmentPlan {
  const own = new Map(before?.lines.map(({ id, quantity }) => [id, quantity]));
  const open = openLines(order, kept).map((line) => ({ ...line, left: line.left + (own.get(line.id) ?? 0) }));
  const parcels = about.shipment.parcels.map((parcel) => ({
    parcel,
    units: merged(parcel.lines.flatMap((line) => unitsOf(about, order, line, open))),
  }));
  const units = merged(parcels.flatMap((parcel) => parcel.units));
  if (units.length > 0) return { parcels, units };
  throw refusal(
    about,
    'record.invalid',
    'its parcels name no lines',
    'Have the warehouse say what is in them, then replay.',
  );
}

/** The units that are still wanted of lines that were refunded. */
type Kept = ReadonlyMap<number, number>;

/** What is to stand on the order of a planned shipment. A line keeps what was refunded when it left first. */
export function plannedMark(
  shipment: string,
  { units }: ShipmentPlan,
  order: Ordered,
  kept: Kept,
  before: ShipmentMark | undefined,
): ShipmentMark {
  const refunds = new Map(order.line_items.map((line) => [String(line.id), refundedOf(line, kept)]));
  for (const { id, refunded } of before?.lines ?? []) refunds.set(id, refunded ?? 0);
  return {
    shipment,
    lines: units.map(({ id, quantity }) => {
      const refunded = refunds.get(id) ?? 0;
      return { id, quantity, ...(refunded > 0 && { refunded }) };
    }),
  };
}

/** Whether nothing is left to ship. Goods that were refunded before they left do not count. */
export function isAllShipped(order: Ordered, kept: Kept): boolean {
  return openLines(order, kept).every(({ left }) => left <= 0);
}

function openLines(order: Ordered, kept: Kept): Open[] {
  const gone = shipmentMarksOf(order).flatMap(({ lines }) => lines);
  return order.line_items.map((line) => ({
    id: String(line.id),
    sku: line.sku,
    left: leftOf(line, refundedOf(line, kept), gone),
  }));
}

/**
 * The units of a line that are still to leave. Refunds that were there when a shipment left are of goods that had not; of
 * later ones nobody says, so they are of goods that left as long as there are any: these people have in hand.
 */
function leftOf({ id, quantity }: OrderedLine, refunded: number, gone: ShipmentMark['lines']): number {
  const shipments = gone.filter((one) => one.id === String(id)).map((one) => ({ ...one, refunded: one.refunded ?? 0 }));
  let left = quantity;
  let away = 0;
  let counted = 0;
  for (const step of [...shipments.toSorted((a, b) => a.refunded - b.refunded), { refunded, quantity: 0 }]) {
    // A refund can be deleted again.
    const more = Math.max(0, Math.min(step.refunded, refunded) - counted);
    const ofThoseAway = Math.min(more, away);
    left -= more - ofThoseAway + step.quantity;
    away += step.quantity - ofThoseAway;
    counted += more;
  }
  return left;
}

function refundedOf({ id, quantity }: OrderedLine, kept: Kept): number {
  return quantity - (kept.get(id) ?? quantity);
}

/** Takes what a parcel's line holds from the open lines. */
function unitsOf(about: Confirming, order: Ordered, line: ParcelLine, open: readonly Open[]): ShippedUnits[] {
  const named = open.filter(({ id }) => id === line.orderLineId);
  const lines = named.length > 0 ? named : open.filter(({ sku }) => sku === line.sku);
  if (lines.length === 0) {
    const seen = `order "${order.number}" has no line with SKU "${line.sku}"`;
    throw refusal(about, 'sku.unknown', seen, 'Correct the SKU, then replay.');
  }
  let { quantity } = line;
  const taken: ShippedUnits[] = [];
  for (const one of lines) {
    const part = Math.min(quantity, Math.max(0, one.left));
    if (part <= 0) continue;
    one.left -= part;
    quantity -= part;
    taken.push({ id: one.id, quantity: part });
  }
  if (quantity > 0) throw tooMany(about, order, line, line.quantity - quantity);
  return taken;
}

function tooMany(about: Confirming, order: Ordered, line: ParcelLine, open: number): CommerceError {
  const seen = `it ships ${line.quantity} of "${line.sku}" and order "${order.number}" has ${open} left to ship`;
  return refusal(about, 'record.rejected', seen, 'Check what was shipped or refunded, then replay or resolve.');
}

function merged(units: readonly ShippedUnits[]): ShippedUnits[] {
  const sums = new Map<string, number>();
  for (const { id, quantity } of units) sums.set(id, (sums.get(id) ?? 0) + quantity);
  return [...sums].map(([id, quantity]) => ({ id, quantity }));
}
