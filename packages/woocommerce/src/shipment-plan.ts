import type { CommerceError, Parcel, ParcelLine } from '@crossdock/core';
import { refusal, type Confirming } from './shipment-refusals.ts';
import { shipmentMarksOf, type ShipmentMark } from './shipment-mark.ts';
import type { WireOrder } from './wire/order.ts';

/** What a plan has to know of an order. */
type Ordered = Pick<WireOrder, 'number' | 'meta_data' | 'line_items'>;

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
 * order. Throws for a SKU that was not ordered and for more than is open, before anything is written.
 */
export function shipmentPlan(
  about: Confirming,
  order: Ordered,
  before: readonly ShipmentMark[],
  kept: Kept,
): ShipmentPlan {
  const open = openLines(order, before, kept);
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

/** Whether nothing is left to ship behind these shipments. Goods that went back into the shop's money do not count. */
export function isAllShipped(order: Ordered, marks: readonly ShipmentMark[], kept: Kept): boolean {
  return openLines(order, marks, kept).every(({ left }) => left <= 0);
}

/** The shipments on an order, without one of them. */
export function marksBut(order: Ordered, shipment: string): readonly ShipmentMark[] {
  return shipmentMarksOf(order).filter((mark) => mark.shipment !== shipment);
}

function openLines(order: Ordered, marks: readonly ShipmentMark[], kept: Kept): Open[] {
  const gone = new Map<string, number>();
  for (const { id, quantity } of marks.flatMap(({ lines }) => lines)) gone.set(id, (gone.get(id) ?? 0) + quantity);
  return order.line_items.map(({ id, sku, quantity }) => ({
    id: String(id),
    sku,
    left: (kept.get(id) ?? quantity) - (gone.get(String(id)) ?? 0),
  }));
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
