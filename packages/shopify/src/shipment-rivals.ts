import type { ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { coverage, sameContents, type PackedFulfillment } from './shipment-coverage.ts';
import type { FulfillmentWrites } from './shipment-writes.ts';
import { readFulfillments, readShipped, type OrderFulfillment } from './shipment-order.ts';
import type { ParcelGroup } from './shipment-parcels.ts';
import { carries, isMarkedAlone } from './shipment-tracking.ts';

/** What one round of a confirmation knows. */
export interface Round {
  readonly orderId: string;
  readonly groups: readonly ParcelGroup[];
  /** The shipment's fulfillments that were there before anything was sent. */
  readonly before: readonly PackedFulfillment[];
  /** The ids of those that this round sent. */
  readonly sent: ReadonlySet<string>;
}

/**
 * Looks whether somebody else confirmed the same shipment since the round began: another process, or an attempt of ours
 * that the shop carried out late. The oldest stays. Of what is too much we cancel what this round sent, as each caller
 * does with its own, and what shows only the shipment's stamp; another one with our number may be another shipment's or
 * made by hand, and is left to the next round. Answers whether anything has to be thought over.
 */
export async function settleRivals(
  client: ShopifyClient,
  { orderId, groups, before, sent }: Round,
  writes: FulfillmentWrites,
  options: ReadOptions,
): Promise<boolean> {
  const known = new Set(before.map(({ id }) => id));
  const now = await readFulfillments(client, orderId, options);
  const isTaken = now.some(({ id, isLive }) => sent.has(id) && !isLive);
  const added = now.filter((each) => each.isLive && !known.has(each.id) && isOfShipment(each, groups));
  if (added.every(({ id }) => sent.has(id))) return isTaken;
  const packed = await withContents(client, added, options);
  const { surplus } = coverage(groups, [...before, ...packed], new Set(added.map(({ id }) => id)));
  const ours = packed.filter(({ id }) => sent.has(id));
  const isRepeat = (each: PackedFulfillment) =>
    sent.has(each.id) || (isMarkedAlone(each, groups) && ours.some((own) => sameContents(own, each)));
  for (const each of surplus) {
    if (!known.has(each.id) && isRepeat(each)) await writes.cancel(each.id);
  }
  return true;
}

/** Whether a fulfillment carries any parcels of the shipment. */
export function isOfShipment(fulfillment: OrderFulfillment, groups: readonly ParcelGroup[]): boolean {
  return groups.some((group) => carries(fulfillment, group));
}

/** Fulfillments with what they shipped. */
export function withContents(
  client: ShopifyClient,
  fulfillments: readonly OrderFulfillment[],
  options: ReadOptions,
): Promise<readonly PackedFulfillment[]> {
  return Promise.all(
    fulfillments.map(async (each) => ({ ...each, shipped: await readShipped(client, each.id, options) })),
  );
}
