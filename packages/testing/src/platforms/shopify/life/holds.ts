import type { FulfillmentOrderRecord, HoldRecord } from '../records.ts';
import { touch, type Happening, type Shop } from './shop.ts';

/** A hold that is to be placed. */
export type HoldDraft = Pick<HoldRecord, 'handle' | 'reason' | 'notes' | 'app' | 'externalId'>;

/** Holds a fulfillment order back. `remaining` is what of it was split off because it is not held. */
export function hold(
  shop: Shop,
  fulfillmentOrder: FulfillmentOrderRecord,
  draft: HoldDraft,
  remaining?: FulfillmentOrderRecord,
): HoldRecord {
  const record: HoldRecord = { id: shop.store.nextId(), ...draft };
  fulfillmentOrder.holds.push(record);
  const isFirst = fulfillmentOrder.status !== 'ON_HOLD';
  fulfillmentOrder.status = 'ON_HOLD';
  // Placed on hold is told once, when the first hold comes. shopify.dev, webhooks, read 2026-11-26.
  told(shop, fulfillmentOrder, [
    ...(isFirst
      ? [{ topic: 'fulfillment_orders/placed_on_hold', fulfillmentOrder, hold: record, remaining } satisfies Happening]
      : []),
    { topic: 'fulfillment_holds/added', fulfillmentOrder, hold: record },
  ]);
  return record;
}

/** Ends some holds of a fulfillment order; it opens again when none is left. */
export function releaseHolds(
  shop: Shop,
  fulfillmentOrder: FulfillmentOrderRecord,
  isReleased: (hold: HoldRecord) => boolean,
): void {
  const released = fulfillmentOrder.holds.filter(isReleased);
  if (released.length === 0) return;
  const kept = fulfillmentOrder.holds.filter((each) => !isReleased(each));
  fulfillmentOrder.holds.splice(0, fulfillmentOrder.holds.length, ...kept);
  const isOver = kept.length === 0 && fulfillmentOrder.status === 'ON_HOLD';
  if (isOver) {
    const begun = fulfillmentOrder.lines.some(({ remaining, total }) => remaining < total);
    fulfillmentOrder.status = begun || fulfillmentOrder.progress ? 'IN_PROGRESS' : 'OPEN';
  }
  told(shop, fulfillmentOrder, [
    ...(isOver ? [{ topic: 'fulfillment_orders/hold_released', fulfillmentOrder } satisfies Happening] : []),
    ...released.map((each): Happening => ({ topic: 'fulfillment_holds/released', fulfillmentOrder, hold: each })),
  ]);
}

function told(shop: Shop, fulfillmentOrder: FulfillmentOrderRecord, happenings: readonly Happening[]): void {
  touch(shop, fulfillmentOrder);
  const order = shop.store.orders.get(fulfillmentOrder.orderId);
  if (order) touch(shop, order);
  shop.tell([...happenings, ...(order ? [{ topic: 'orders/updated', order } satisfies Happening] : [])]);
}
