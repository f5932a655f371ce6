import type { Parcel, ParcelLine } from '../model/shipment.ts';
import { settled } from './line-ledger.ts';

/**
 * The parcels of several tellings as one list. A parcel is the same by carrier and tracking number, or by its id as long
 * as it has no number. A later telling adds and corrects; what it leaves out stays.
 */
export function mergeParcels(tellings: readonly (readonly Parcel[])[]): readonly Parcel[] {
  const merged = new Map<string, Parcel>();
  for (const telling of tellings) {
    for (const [key, parcel] of piecesOf(telling)) {
      const known = merged.get(key);
      merged.set(key, known === undefined ? parcel : corrected(known, parcel));
    }
  }
  return withNumbers(merged);
}

/** One telling may list several boxes that travel under one number: together they are what that number holds. */
function piecesOf(telling: readonly Parcel[]): ReadonlyMap<string, Parcel> {
  const pieces = new Map<string, Parcel>();
  const seen = new Set<string>();
  for (const parcel of telling) {
    const key = parcelKey(parcel);
    const known = pieces.get(key);
    const again = seen.has(`${key}\n${parcel.id}`);
    seen.add(`${key}\n${parcel.id}`);
    if (known === undefined) pieces.set(key, parcel);
    else if (!again) pieces.set(key, { ...known, lines: sumLines([...known.lines, ...parcel.lines]) });
  }
  return pieces;
}

/** A parcel that was told without a number and later with one is one parcel. */
function withNumbers(merged: ReadonlyMap<string, Parcel>): readonly Parcel[] {
  const numbered = new Map<string, string>();
  for (const [key, parcel] of merged) {
    if (parcel.trackingNumber !== undefined && !numbered.has(parcel.id)) numbered.set(parcel.id, key);
  }
  const parcels = new Map(merged);
  for (const [key, parcel] of merged) {
    const target = parcel.trackingNumber === undefined ? numbered.get(parcel.id) : undefined;
    const known = target === undefined ? undefined : parcels.get(target);
    if (target === undefined || known === undefined) continue;
    parcels.set(target, corrected(parcel, known));
    parcels.delete(key);
  }
  return [...parcels.values()];
}

function corrected(known: Parcel, later: Parcel): Parcel {
  const service = later.service ?? known.service;
  const trackingNumber = later.trackingNumber ?? known.trackingNumber;
  const trackingUrl = later.trackingUrl ?? known.trackingUrl;
  const sscc = later.sscc ?? known.sscc;
  const weightGrams = later.weightGrams ?? known.weightGrams;
  return {
    id: known.id,
    carrier: later.carrier,
    ...(service !== undefined && { service }),
    ...(trackingNumber !== undefined && { trackingNumber }),
    ...(trackingUrl !== undefined && { trackingUrl }),
    ...(sscc !== undefined && { sscc }),
    ...(weightGrams !== undefined && { weightGrams }),
    lines: later.lines.length > 0 ? later.lines : known.lines,
  };
}

function parcelKey(parcel: Parcel): string {
  if (parcel.trackingNumber === undefined) return `id\n${parcel.id}`;
  const number = parcel.trackingNumber.replaceAll(/\s/g, '').toUpperCase();
  return `${parcel.carrier.trim().toLowerCase()}\n${number}`;
}

function sumLines(lines: readonly ParcelLine[]): readonly ParcelLine[] {
  const sums = new Map<string, ParcelLine>();
  for (const line of lines) {
    const key = `${line.orderLineId ?? ''}\n${line.sku}`;
    const known = sums.get(key);
    sums.set(key, known === undefined ? line : joined(known, line));
  }
  return [...sums.values()];
}

function joined(one: ParcelLine, other: ParcelLine): ParcelLine {
  const lots = [...(one.lots ?? []), ...(other.lots ?? [])];
  const serials = [...(one.serials ?? []), ...(other.serials ?? [])];
  return {
    ...one,
    quantity: settled(one.quantity + other.quantity),
    ...(lots.length > 0 && { lots }),
    ...(serials.length > 0 && { serials }),
  };
}
