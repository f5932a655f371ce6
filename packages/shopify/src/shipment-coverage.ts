import { stillNeeded, type ShippedLine } from './shipment-allocation.ts';
import type { OrderFulfillment } from './shipment-order.ts';
import type { Need, ParcelGroup } from './shipment-parcels.ts';
import { carries } from './shipment-tracking.ts';

/** A fulfillment with what it shipped. */
export interface PackedFulfillment extends OrderFulfillment {
  readonly shipped: readonly ShippedLine[];
}

/** How much of a shipment its fulfillments have shipped. */
export interface Coverage {
  /** The parcels with what is left to ship of them. */
  readonly left: readonly { readonly group: ParcelGroup; readonly needs: readonly Need[] }[];
  /** Whose parcels are in each fulfillment that shipped something of them. */
  readonly inside: readonly { readonly fulfillment: PackedFulfillment; readonly groups: readonly ParcelGroup[] }[];
  /** Fulfillments of which nothing was needed any more. */
  readonly surplus: readonly PackedFulfillment[];
}

/**
 * Counts fulfillments against the parcels that they carry, in the order given: what comes later finds less left. Those in
 * `wholly` count only where all of them is needed.
 */
export function coverage(
  groups: readonly ParcelGroup[],
  fulfillments: readonly PackedFulfillment[],
  wholly: ReadonlySet<string> = new Set(),
): Coverage {
  let left = groups.map((group) => ({ group, needs: [...group.needs] }));
  const inside: { fulfillment: PackedFulfillment; groups: readonly ParcelGroup[] }[] = [];
  const surplus: PackedFulfillment[] = [];
  for (const fulfillment of fulfillments) {
    const pool = [...fulfillment.shipped];
    const takers: ParcelGroup[] = [];
    const after = left.map(({ group, needs }) => {
      if (!carries(fulfillment, group)) return { group, needs };
      const rest = stillNeeded(needs, pool);
      if (unitsOf(rest) < unitsOf(needs)) takers.push(group);
      return { group, needs: rest };
    });
    if (takers.length === 0 || (wholly.has(fulfillment.id) && unitsOf(pool) > 0)) {
      surplus.push(fulfillment);
      continue;
    }
    left = after;
    inside.push({ fulfillment, groups: takers });
  }
  return { left, inside, surplus };
}

/** Whether two fulfillments shipped the same: one of them is a repeat, when only one was needed. */
export function sameContents(a: PackedFulfillment, b: PackedFulfillment): boolean {
  return contentsOf(a) === contentsOf(b);
}

function contentsOf({ shipped }: PackedFulfillment): string {
  const units = new Map<string, number>();
  for (const { lineItemId, quantity } of shipped) units.set(lineItemId, (units.get(lineItemId) ?? 0) + quantity);
  return JSON.stringify([...units].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function unitsOf(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
