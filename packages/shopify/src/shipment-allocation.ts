import { isGivenBack } from './fulfillment-statuses.ts';
import type { Need } from './shipment-parcels.ts';

/** A line of a fulfillment order with what it has left. */
export interface OpenLine {
  readonly fulfillmentOrderId: string;
  readonly status: string;
  readonly requestStatus: string;
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
  readonly lines: readonly {
    readonly fulfillmentOrderId: string;
    readonly id: string;
    readonly lineItemId: string;
    readonly quantity: number;
  }[];
}

/** What a shipment left from, where that was named: nothing else is taken for it. */
export interface Origin {
  readonly fulfillmentOrderId?: string | undefined;
  readonly locationId?: string | undefined;
}

/** A need that the order cannot meet, with what it has instead. */
export interface Shortage {
  readonly need: Need;
  /** Open where it left. */
  readonly available: number;
  /** On hold there or scheduled for later. */
  readonly waiting: number;
  /** Asked there of a fulfillment service that has not answered. */
  readonly asked: number;
  /** Not shipped yet, and not there. */
  readonly elsewhere: number;
  readonly isKnown: boolean;
}

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
 * Spreads needs over what fulfillment orders have left, and takes it from `lines`, so that the next group of parcels gets the
 * rest. Where it is named what they left from, nothing else is taken.
 */
export function allocate(
  needs: readonly Need[],
  lines: OpenLine[],
  origin: Origin = {},
): { readonly taken: readonly (OpenLine & { readonly quantity: number })[]; readonly shortages: readonly Shortage[] } {
  const taken: (OpenLine & { quantity: number })[] = [];
  const shortages: Shortage[] = [];
  for (const need of needs) {
    let { quantity } = need;
    const known = matching(lines, need);
    const there = known.filter((line) => isFrom(line, origin));
    for (const line of there.filter((each) => stateOf(each) === 'open')) {
      const piece = Math.min(quantity, line.remaining);
      if (piece === 0) continue;
      quantity -= piece;
      taken.push({ ...line, quantity: piece });
      lines.splice(lines.indexOf(line), 1, { ...line, remaining: line.remaining - piece });
    }
    if (quantity === 0) continue;
    const left = (state: LineState, all = there) =>
      all.filter((line) => stateOf(line) === state).reduce((sum, { remaining }) => sum + remaining, 0);
    const others = known.filter((line) => !isFrom(line, origin));
    shortages.push({
      need,
      available: left('open'),
      waiting: left('waiting'),
      asked: left('asked'),
      elsewhere: left('open', others) + left('waiting', others) + left('asked', others),
      isKnown: known.length > 0,
    });
  }
  return { taken, shortages };
}

type LineState = 'open' | 'waiting' | 'asked' | 'over';

/** Whether its units can be shipped now. shopify.dev, FulfillmentOrderStatus and FulfillmentOrderRequestStatus, API 2026-07. */
function stateOf({ status, requestStatus }: OpenLine): LineState {
  if (status === 'ON_HOLD' || status === 'SCHEDULED') return 'waiting';
  if (isGivenBack({ status, requestStatus })) return 'open';
  if (status !== 'OPEN' && status !== 'IN_PROGRESS') return 'over';
  return requestStatus === 'SUBMITTED' ? 'asked' : 'open';
}

function isFrom(line: OpenLine, { fulfillmentOrderId, locationId }: Origin): boolean {
  const isOfOrder = fulfillmentOrderId === undefined || line.fulfillmentOrderId === fulfillmentOrderId;
  return isOfOrder && (locationId === undefined || line.locationId === locationId);
}

/** The most lines that one call may name: input lists end at 250. shopify.dev, API limits, read 2026-11-23. */
const maxLines = 250;

/** One call a location, more where a location ships more lines than a call may name. */
export function plannedCalls(taken: readonly (OpenLine & { readonly quantity: number })[]): PlannedCall[] {
  const calls: PlannedCall[] = [];
  for (const [locationId, all] of Map.groupBy(taken, (line) => line.locationId)) {
    const merged = new Map<string, PlannedCall['lines'][number]>();
    for (const { fulfillmentOrderId, id, lineItemId, quantity } of all) {
      const sum = (merged.get(id)?.quantity ?? 0) + quantity;
      merged.set(id, { fulfillmentOrderId, id, lineItemId, quantity: sum });
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
