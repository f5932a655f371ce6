import { allocateMoney, type Money, type OrderStatus } from '@crossdock/core';
import type { WireItem } from './wire/order.ts';

/** How much of an item is still to be delivered or was, and what an amount of the whole item is for that much. */
export interface ItemLeft {
  readonly quantity: number;
  readonly isCut: boolean;
  share(amount: Money): Money;
}

const isOpen: ReadonlySet<OrderStatus> = new Set(['confirmed', 'partially-shipped']);

/**
 * What is left of an item. Amazon cancels items one by one while the rest of the order goes on: whatever was canceled, or
 * is neither shipped nor to be shipped on an open order, is left out with its share of the money, so that nobody ships
 * it. An order that is canceled as a whole, or pending, is stated as it was placed.
 */
export function leftOf(item: WireItem, status: OrderStatus): ItemLeft {
  const { quantityOrdered, fulfillment, cancellation } = item;
  const fulfilled = fulfillment?.quantityFulfilled;
  const unfulfilled = fulfillment?.quantityUnfulfilled;
  const isCounted = typeof fulfilled === 'number' && typeof unfulfilled === 'number';
  const mayBeCut = isOpen.has(status) || Boolean(cancellation?.cancellationExecution);
  const isWhole = status === 'canceled' || status === 'pending' || !isCounted || !mayBeCut;
  const quantity = isWhole ? quantityOrdered : Math.min(quantityOrdered, fulfilled + unfulfilled);
  const gone = quantityOrdered - quantity;
  return {
    quantity,
    isCut: gone > 0,
    share: (amount) => (gone === 0 ? amount : (allocateMoney(amount, [quantity, gone])[0] ?? amount)),
  };
}
