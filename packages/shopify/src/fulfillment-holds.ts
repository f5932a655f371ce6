import type { ReadOptions, Ref } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrderHolds } from './documents/fulfillment-holds.ts';
import { isIdOf } from './order-id.ts';
import { refusal, type About } from './record-about.ts';
import type { WireHold } from './wire/fulfillment-order.ts';

/** What keeps a fulfillment order. */
export interface Held {
  readonly status: string;
  /** Whose goods it keeps: there stands what is noted of our holds. */
  readonly order: Ref<'order'>;
  readonly holds: readonly WireHold[];
}

/** Where holds are read, and for which write. */
export interface HoldCall extends ReadOptions {
  readonly client: ShopifyClient;
  readonly ref: Ref<'fulfillment'>;
  readonly about: About;
}

/** What stands before the handle of each of our holds: another part of the same app has its own. */
export const handlePrefix = 'crossdock-';

/** Whether a hold was put on by `fulfillments.hold`, by whichever process of this app. */
export function isOurs({ handle, heldByRequestingApp }: WireHold): boolean {
  return heldByRequestingApp && handle !== null && handle.startsWith(handlePrefix);
}

/** Throws `record.missing` where there is no such fulfillment order. */
export async function readHolds({ client, ref, about, lane, signal }: HoldCall): Promise<Held> {
  const { operation, system } = about;
  const call = { operation, safety: 'read', lane, signal, variables: { id: ref.id } } as const;
  const found = isIdOf('FulfillmentOrder', ref, system)
    ? (await client.run(fulfillmentOrderHolds, call)).fulfillmentOrder
    : null;
  if (found) {
    const order = { system, kind: 'order', id: found.orderId } as const;
    return { status: found.status, order, holds: found.fulfillmentHolds };
  }
  throw refusal(about, 'record.missing', 'there is no such fulfillment order', 'Check the link to it.');
}
