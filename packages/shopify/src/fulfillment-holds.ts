import type { ReadOptions, Ref } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrderHolds } from './documents/fulfillment-holds.ts';
import { isGivenBack } from './fulfillment-statuses.ts';
import { isIdOf } from './order-id.ts';
import type { Ledger } from './order-ledger.ts';
import { refusal, type About } from './record-about.ts';
import type { WireHold } from './wire/fulfillment-order.ts';

/** What keeps a fulfillment order. */
export interface Held {
  readonly status: string;
  /** Whether nothing of it leaves any more. */
  readonly isOver: boolean;
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

/** Nothing of these leaves any more. shopify.dev, FulfillmentOrderStatus, API 2026-07. */
const over: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED', 'INCOMPLETE']);

/** What stands before the handle of each of our holds: another part of the same app has its own. */
export const handlePrefix = 'crossdock-';

/** The operation under which it is noted which holds a key lifts. */
export const releasing = 'fulfillments.release';

/** The handles of holds that are noted as lifted: a handle never stands for two holds of a fulfillment order. */
export function handlesIn(noted: string): readonly string[] {
  return noted.split(' ').filter((handle) => handle !== '');
}

/** Whether a release has lifted a hold, or is about to. */
export function isLifted({ entries }: Ledger, ref: Ref<'fulfillment'>, handle: string): boolean {
  return entries.some(
    ({ operation, subject, result = '' }) =>
      operation === releasing && subject === ref.id && handlesIn(result).includes(handle),
  );
}

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
    const isOver = over.has(found.status) && !isGivenBack(found);
    return { status: found.status, isOver, order, holds: found.fulfillmentHolds };
  }
  throw refusal(about, 'record.missing', 'there is no such fulfillment order', 'Check the link to it.');
}
