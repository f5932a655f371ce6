import { fingerprint } from '@crossdock/core';
import { stillNeeded, type ShippedLine } from './shipment-allocation.ts';
import type { BookPart } from './shipment-book.ts';
import type { OrderFulfillment } from './shipment-order.ts';
import type { Need, ParcelGroup } from './shipment-parcels.ts';

/** A fulfillment with what it shipped. */
export interface PackedFulfillment extends OrderFulfillment {
  readonly shipped: readonly ShippedLine[];
}

/** Units of a fulfillment that count for a shipment. */
export interface Pool {
  readonly fulfillment: PackedFulfillment;
  /** What of it counts. */
  readonly lines: readonly ShippedLine[];
  /** The parcels that it is surely of, by its numbers: they take first. */
  readonly groups: readonly ParcelGroup[];
  /** Whether it is the shipment's, so that parcels may take of it which it shows no number of. */
  readonly isOwn: boolean;
}

/** How much of a shipment its fulfillments have shipped. */
export interface Coverage {
  /** The parcels with what is left to ship of them. */
  readonly left: readonly { readonly group: ParcelGroup; readonly needs: readonly Need[] }[];
  /** What each pool gave, in the order given, and what it has over. */
  readonly pools: readonly CoveredPool[];
}

export interface CoveredPool extends Pool {
  readonly takers: readonly ParcelGroup[];
  readonly taken: readonly ShippedLine[];
  readonly over: number;
}

/** Counts what was shipped against the parcels: what is the shipment's first, and for those first whose numbers it shows. */
export function coverage(groups: readonly ParcelGroup[], pools: readonly Pool[]): Coverage {
  const needs = new Map(groups.map((group) => [group, group.needs]));
  const rests = pools.map(({ lines }) => [...lines]);
  const takers = pools.map((): Set<ParcelGroup> => new Set());
  const take = (index: number, from: readonly ParcelGroup[]) => {
    for (const group of from) {
      const before = needs.get(group) ?? [];
      const after = stillNeeded(before, rests[index] ?? []);
      if (unitsOf(after) < unitsOf(before)) takers[index]?.add(group);
      needs.set(group, after);
    }
  };
  for (const [index, pool] of pools.entries()) if (pool.isOwn) take(index, pool.groups);
  for (const [index, pool] of pools.entries()) if (pool.isOwn) take(index, groups);
  for (const [index, pool] of pools.entries()) if (!pool.isOwn) take(index, pool.groups);
  return {
    left: groups.map((group) => ({ group, needs: needs.get(group) ?? [] })),
    pools: pools.map((pool, index) => {
      const rest = rests[index] ?? [];
      const taken = without(pool.lines, rest);
      return { ...pool, takers: [...(takers[index] ?? [])], taken, over: unitsOf(rest) };
    }),
  };
}

/** What of a fulfillment counts for the parts of it that are given. */
export function linesOf({ shipped }: PackedFulfillment, parts: readonly BookPart[]): readonly ShippedLine[] {
  if (parts.some(({ lines }) => lines === undefined)) return shipped;
  const counted = new Map<string, number>();
  for (const [line, quantity] of parts.flatMap(({ lines }) => lines ?? [])) {
    counted.set(line, (counted.get(line) ?? 0) + quantity);
  }
  return shipped.flatMap((each) => {
    const quantity = Math.min(each.quantity, counted.get(each.lineItemId) ?? 0);
    counted.set(each.lineItemId, (counted.get(each.lineItemId) ?? 0) - quantity);
    return quantity > 0 ? [{ ...each, quantity }] : [];
  });
}

/** Lines less others, piece by piece. */
export function without(lines: readonly ShippedLine[], gone: readonly ShippedLine[]): readonly ShippedLine[] {
  const left = new Map<string, number>();
  for (const { lineItemId, quantity } of gone) left.set(lineItemId, (left.get(lineItemId) ?? 0) + quantity);
  return lines.flatMap((each) => {
    const off = Math.min(each.quantity, left.get(each.lineItemId) ?? 0);
    left.set(each.lineItemId, (left.get(each.lineItemId) ?? 0) - off);
    return each.quantity > off ? [{ ...each, quantity: each.quantity - off }] : [];
  });
}

/** A fulfillment of which this was taken, as the book has it. */
export function partOf({ id, shipped }: PackedFulfillment, taken: readonly ShippedLine[]): BookPart {
  if (unitsOf(taken) === unitsOf(shipped)) return { id };
  return { id, lines: taken.map(({ lineItemId, quantity }) => [lineItemId, quantity]) };
}

/** What lines say in short: the same units are the same, however they are listed. */
export async function briefOf(
  lines: readonly { readonly lineItemId: string; readonly quantity: number }[],
): Promise<string> {
  const units = new Map<string, number>();
  for (const { lineItemId, quantity } of lines) units.set(lineItemId, (units.get(lineItemId) ?? 0) + quantity);
  const sorted = [...units].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (await fingerprint(sorted.map(([line, quantity]) => [line, quantity]))).slice(0, 16);
}

/** What parcels ask for, in short. */
export async function versionOf(groups: readonly ParcelGroup[]): Promise<string> {
  const units = new Map<string, number>();
  for (const { sku, lineId, quantity } of groups.flatMap(({ needs }) => needs)) {
    const key = JSON.stringify([lineId ?? null, sku]);
    units.set(key, (units.get(key) ?? 0) + quantity);
  }
  const sorted = [...units].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (await fingerprint(sorted.map(([line, quantity]) => [line, quantity]))).slice(0, 16);
}

export function unitsOf(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
