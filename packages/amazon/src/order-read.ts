import { CommerceError, isCommerceError, type Order, type PageProblem, type Ref } from '@crossdock/core';
import type { AmazonSettings } from './options.ts';
import { toOrder } from './order-record.ts';
import { orderIdentitySchema, orderSchema } from './wire/order.ts';

/**
 * What of an order is asked for. Without a section that is named here there is no status, no amount or no address; what
 * the application's roles do not show is left out. Orders API 2026-01-01, model of 2026-08-05.
 */
export const sections = ['BUYER', 'RECIPIENT', 'PROCEEDS', 'CANCELLATION', 'FULFILLMENT', 'PACKAGES', 'TAX'].join(',');

/** An order that was understood, or the problem of one that was not. */
export type OrderReadingResult = { readonly order: Order } | { readonly problem: PageProblem };

/** Reads one order of an answer. Whatever is wrong with it is the problem of that order alone. */
export function readOrder(
  wire: unknown,
  settings: Pick<AmazonSettings, 'system' | 'currency'>,
  operation: string,
): OrderReadingResult {
  const { system } = settings;
  const identity = orderIdentitySchema.safeParse(wire).data;
  const ref: Ref<'order'> | undefined = identity && { system, kind: 'order', id: identity.orderId };
  const version = identity?.lastUpdatedTime;
  const parsed = orderSchema.safeParse(wire);
  if (!parsed.success) {
    const places = parsed.error.issues.slice(0, 3).map(({ path, code }) => `"${path.join('.')}" (${code})`);
    const error = new CommerceError({
      code: 'response.unexpected',
      system,
      operation,
      refs: ref ? [ref] : [],
      message: `${ref ? `Order "${ref.id}"` : 'An order'} of "${system}" was not read: it does not fit at ${places.join(', ')}. Compare it with the API version that this connector is written for.`,
    });
    return { problem: { ref, error, version } };
  }
  try {
    return { order: toOrder(parsed.data, settings) };
  } catch (error) {
    if (isCommerceError(error)) return { problem: { ref, error, version } };
    throw error;
  }
}
