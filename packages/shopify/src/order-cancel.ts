import type { CancelOutcome, CancelReason, ReadOptions, Ref, WriteOptions } from '@crossdock/core';
import { CommerceError } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { orderCancel, orderCancellation } from './documents/orders.ts';
import type { Operations } from './documents/operations.generated.ts';
import { raiseUserErrors, tidy } from './errors.ts';
import { isOrderId } from './order-id.ts';

const operation = 'orders.cancel';

/** Shopify's words for our reasons. shopify.dev, OrderCancelReason, API 2026-07. */
const reasons: Readonly<Record<CancelReason, Operations['OrderCancel']['variables']['reason']>> = {
  customer: 'CUSTOMER',
  stock: 'INVENTORY',
  fraud: 'FRAUD',
  payment: 'DECLINED',
  other: 'OTHER',
};

/**
 * Cancels an order without giving money back: refunds are decided elsewhere. Shopify cancels in the background, so the
 * outcome is `requested` until the order itself says that it is canceled. Harmless to repeat.
 */
export function orderCanceling(
  client: ShopifyClient,
  settings: { readonly system: string; readonly notifyBuyer: boolean },
) {
  return async function cancel(ref: Ref<'order'>, reason: CancelReason, options: WriteOptions): Promise<CancelOutcome> {
    if (!isOrderId(ref, settings.system)) throw missing(ref, settings.system);
    if (await isCanceled(client, ref, settings.system, options)) return { outcome: 'canceled' };
    const { orderCancel: payload } = await client.run(orderCancel, {
      operation,
      safety: 'repeatable',
      lane: options.lane,
      signal: options.signal,
      variables: {
        orderId: ref.id,
        reason: reasons[reason],
        // What was set aside for the order is free again.
        restock: true,
        refundMethod: { originalPaymentMethodsRefund: false },
        notifyCustomer: settings.notifyBuyer,
      },
    });
    const { orderCancelUserErrors: errors } = payload;
    // Recorded on 2026-04: both messages are of a cancellation that is on its way or done, ours after a lost answer.
    if (
      errors.some(({ message }) => /already been cancell?ed|already in progress/i.test(message)) ||
      errors.length === 0
    ) {
      // It was asked for, whatever becomes of this look: an error would say that it was not.
      const done = await isCanceled(client, ref, settings.system, options).catch(() => false);
      return { outcome: done ? 'canceled' : 'requested' };
    }
    const refusal = errors.find(({ message }) => /outstanding fulfillments|has returns/i.test(message));
    if (refusal) return { outcome: 'refused', reason: tidy(refusal.message) };
    raiseUserErrors(errors, {
      what: `Order "${ref.id}" in "${settings.system}" was not canceled`,
      system: settings.system,
      operation,
      refs: [ref],
    });
    return { outcome: 'requested' };
  };
}

async function isCanceled(
  client: ShopifyClient,
  ref: Ref<'order'>,
  system: string,
  { lane, signal }: ReadOptions,
): Promise<boolean> {
  const { order } = await client.run(orderCancellation, {
    operation,
    safety: 'read',
    lane,
    signal,
    variables: { id: ref.id },
  });
  if (order) return order.cancelledAt !== null;
  throw missing(ref, system);
}

function missing(ref: Ref<'order'>, system: string): CommerceError {
  return new CommerceError({
    code: 'record.missing',
    system,
    operation,
    refs: [ref],
    message: `Order "${ref.id}" was not canceled: "${system}" has no such order. Check the link to it.`,
  });
}
