import { allocateMoney, CommerceError, type Money, type OrderStatus, type Ref } from '@crossdock/core';
import type { WireItem } from './wire/order.ts';

/** How much of an item is still to be delivered or was, and what an amount of the whole item is for that much. */
export interface ItemLeft {
  readonly quantity: number;
  readonly isCut: boolean;
  share(amount: Money): Money;
}

/**
 * What is left of an item. Amazon cancels items one by one while the rest of the order goes on: what was canceled is left
 * out with its share of the money, so that nobody ships it. An order that is canceled as a whole, or pending, is stated as
 * it was placed. Throws `record.invalid` where what is shipped and to be shipped is not what was ordered and no
 * cancellation says why.
 */
export function leftOf(item: WireItem, status: OrderStatus, ref: Ref<'order'>): ItemLeft {
  const { quantityOrdered, fulfillment, cancellation } = item;
  if (status === 'canceled' || status === 'pending') return part(quantityOrdered, quantityOrdered);
  const shipped = fulfillment?.quantityFulfilled;
  const open = fulfillment?.quantityUnfulfilled;
  const isCanceled = Boolean(cancellation?.cancellationExecution);
  if (typeof shipped !== 'number' || typeof open !== 'number') {
    if (isCanceled) throw unclear(ref, `item "${item.orderItemId}" was canceled, and nothing says how much of it`);
    return part(quantityOrdered, quantityOrdered);
  }
  const quantity = shipped + open;
  if (quantity > quantityOrdered || (quantity < quantityOrdered && !isCanceled)) {
    const seen = `item "${item.orderItemId}" has ${quantityOrdered} ordered, ${shipped} shipped and ${open} to ship`;
    throw unclear(ref, isCanceled ? `${seen} although some was canceled` : `${seen}, and no cancellation says why`);
  }
  return part(quantity, quantityOrdered);
}

/** Refuses an order that goes on with nothing on it: worked on, it would be done without a parcel. */
export function checkNotEmpty(items: readonly unknown[], status: OrderStatus, ref: Ref<'order'>): void {
  if (items.length > 0 || status === 'canceled') return;
  throw unclear(ref, `it is "${status}", and nothing of it is left`);
}

function part(quantity: number, ordered: number): ItemLeft {
  const gone = ordered - quantity;
  return {
    quantity,
    isCut: gone > 0,
    share: (amount) => (gone === 0 ? amount : (allocateMoney(amount, [quantity, gone])[0] ?? amount)),
  };
}

function unclear(ref: Ref<'order'>, seen: string): CommerceError {
  return new CommerceError({
    code: 'record.invalid',
    system: ref.system,
    refs: [ref],
    message: `Order "${ref.id}" was not read: ${seen}. Look in Seller Central what is to be delivered, then replay or resolve.`,
  });
}
