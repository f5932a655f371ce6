import type { PackageDetail } from './shipment-package.ts';
import type { WireOrder, WirePackage } from './wire/order.ts';

/**
 * The packages in an order in which Amazon takes each: it refuses one that holds more than is open at that moment, so a
 * parcel that gave units away goes before the one that got them. Parcels that swap units have no such order and stay
 * as they were given.
 */
export function inSequence(
  details: readonly PackageDetail[],
  shown: ReadonlyMap<string, WirePackage>,
  order: WireOrder,
): readonly PackageDetail[] {
  const open = new Map(order.orderItems.map((item) => [item.orderItemId, unshippedOf(item)]));
  const waiting = [...details];
  const sequence: PackageDetail[] = [];
  while (waiting.length > 0) {
    const fitting = waiting.findIndex((detail) =>
      [...changeOf(detail)].every(([id, more]) => more <= (open.get(id) ?? 0)),
    );
    const [next] = waiting.splice(Math.max(fitting, 0), 1);
    if (!next) break;
    for (const [id, more] of changeOf(next)) open.set(id, (open.get(id) ?? 0) - more);
    sequence.push(next);
  }
  return sequence;

  /** How many more units of each item its package holds afterwards. */
  function changeOf({ packageReferenceId, orderItems }: PackageDetail): ReadonlyMap<string, number> {
    const change = new Map(orderItems.map(({ orderItemId, quantity }) => [orderItemId, quantity]));
    for (const { orderItemId, quantity } of heldBy(shown.get(packageReferenceId))) {
      change.set(orderItemId, (change.get(orderItemId) ?? 0) - quantity);
    }
    return change;
  }
}

/** What a package that is there takes from its order; one that was canceled takes nothing. */
export function heldBy(shown: WirePackage | undefined): NonNullable<WirePackage['packageItems']> {
  return shown?.packageStatus?.status === 'CANCELLED' ? [] : (shown?.packageItems ?? []);
}

/** What of an item is in no package yet. */
export function unshippedOf({ quantityOrdered, fulfillment }: WireOrder['orderItems'][number]): number {
  return fulfillment?.quantityUnfulfilled ?? quantityOrdered - (fulfillment?.quantityFulfilled ?? 0);
}
