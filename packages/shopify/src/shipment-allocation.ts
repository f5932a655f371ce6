import type { Need } from './shipment-parcels.ts';

/** A line of a fulfillment order with what it has left. */
export interface OpenLine {
  readonly fulfillmentOrderId: string;
  readonly status: string;
  readonly locationId: string;
  readonly id: string;
  readonly lineItemId: string;
  readonly sku: string | undefined;
  readonly remaining: number;
}

/** What a fulfillment that is ours shipped already. */
export interface ShippedLine {
  readonly lineItemId: string;
  readonly sku: string | undefined;
  readonly quantity: number;
}

/** One `fulfillmentCreate`: lines of fulfillment orders at one location. */
export interface PlannedCall {
  readonly locationId: string;
  readonly lines: readonly { readonly fulfillmentOrderId: string; readonly id: string; readonly quantity: number }[];
}

/** A need that the order cannot meet, with what it has instead. */
export interface Shortage {
  readonly need: Need;
  readonly available: number;
  readonly waiting: number;
  readonly isKnown: boolean;
}

/** Statuses in which a fulfillment order can be fulfilled. shopify.dev, FulfillmentOrderStatus, API 2026-07. */
const open: ReadonlySet<string> = new Set(['OPEN', 'IN_PROGRESS']);
const waiting: ReadonlySet<string> = new Set(['ON_HOLD', 'SCHEDULED']);

/**
 * What is left to ship of the needs after what was shipped, which it takes from `shipped`, so that one piece is not
 * counted for two needs.
 */
export function stillNeeded(needs: readonly Need[], shipped: ShippedLine[]): Need[] {
  return needs.flatMap((need) => {
    let { quantity } = need;
    for (const line of matching(shipped, need)) {
      const taken = Math.min(quantity, line.quantity);
      shipped.splice(shipped.indexOf(line), 1, { ...line, quantity: line.quantity - taken });
      quantity -= taken;
    }
    return quantity > 0 ? [{ ...need, quantity }] : [];
  });
}

/**
 * Spreads needs over what fulfillment orders have left, the preferred location first, and takes it from `lines`, so that
 * the next group of parcels gets the rest.
 */
export function allocate(
  needs: readonly Need[],
  lines: OpenLine[],
  preferredLocation: string | undefined,
): { readonly taken: readonly (OpenLine & { readonly quantity: number })[]; readonly shortages: readonly Shortage[] } {
  const taken: (OpenLine & { quantity: number })[] = [];
  const shortages: Shortage[] = [];
  for (const need of needs) {
    let { quantity } = need;
    const known = matching(lines, need);
    const usable = known.filter(({ status }) => open.has(status));
    const available = usable.reduce((sum, { remaining }) => sum + remaining, 0);
    for (const line of usable.toSorted((a, b) => rank(a) - rank(b))) {
      const piece = Math.min(quantity, line.remaining);
      if (piece === 0) continue;
      quantity -= piece;
      taken.push({ ...line, quantity: piece });
      lines.splice(lines.indexOf(line), 1, { ...line, remaining: line.remaining - piece });
    }
    if (quantity === 0) continue;
    const held = known.filter(({ status }) => waiting.has(status)).reduce((sum, { remaining }) => sum + remaining, 0);
    shortages.push({ need, available, waiting: held, isKnown: known.length > 0 });
  }
  return { taken, shortages };

  function rank({ locationId }: OpenLine): number {
    return preferredLocation === undefined || locationId === preferredLocation ? 0 : 1;
  }
}

/** The most lines that one call may name: input lists end at 250. shopify.dev, API limits, read 2026-11-23. */
const maxLines = 250;

/** One call a location, more where a location ships more lines than a call may name. */
export function plannedCalls(taken: readonly (OpenLine & { readonly quantity: number })[]): PlannedCall[] {
  const calls: PlannedCall[] = [];
  for (const [locationId, all] of Map.groupBy(taken, (line) => line.locationId)) {
    const merged = new Map<string, PlannedCall['lines'][number]>();
    for (const { fulfillmentOrderId, id, quantity } of all) {
      merged.set(id, { fulfillmentOrderId, id, quantity: (merged.get(id)?.quantity ?? 0) + quantity });
    }
    const lines = [...merged.values()];
    for (let at = 0; at < lines.length; at += maxLines)
      calls.push({ locationId, lines: lines.slice(at, at + maxLines) });
  }
  return calls;
}

/** By the order's line where the warehouse repeats it, else by SKU: a warehouse may count lines its own way. */
function matching<T extends { readonly lineItemId: string; readonly sku: string | undefined }>(
  lines: readonly T[],
  need: Need,
): T[] {
  const byLine = need.lineId === undefined ? [] : lines.filter(({ lineItemId }) => lineItemId === need.lineId);
  return byLine.length > 0 ? byLine : lines.filter(({ sku }) => sku === need.sku);
}
