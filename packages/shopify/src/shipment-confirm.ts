import {
  isCommerceError,
  systemClock,
  type Clock,
  type Ref,
  type Shipment,
  type ShipmentConfirmation,
  type WriteOptions,
} from '@crossdock/core';
import { allocate, plannedCalls, type PlannedCall, type Shortage } from './shipment-allocation.ts';
import type { ShopifyClient } from './client.ts';
import { coverage, sameContents, type Coverage, type PackedFulfillment } from './shipment-coverage.ts';
import { notedNumbers } from './shipment-notes.ts';
import { fulfillmentWrites, type FulfillmentWrites } from './shipment-writes.ts';
import { readOrderToShip, type OrderFulfillment, type OrderToShip } from './shipment-order.ts';
import { parcelGroups, type ParcelGroup } from './shipment-parcels.ts';
import { isOfShipment, settleRivals, withContents } from './shipment-rivals.ts';
import { doubt, operation, refusal, type Confirming } from './shipment-refusals.ts';
import { carries, isMarkedAlone, lacksNumbers } from './shipment-tracking.ts';

export interface ShipmentSettings {
  readonly system: string;
  readonly carriers: Readonly<Record<string, string>>;
  readonly notifyBuyer: boolean;
  readonly clock?: Clock | undefined;
}

/** More rounds than callers that meet in practice; who still meets others then gives up, and a replay goes on. */
const mostRounds = 10;
/** Time for another caller, who made the same at the same moment, to take it back. A few calls of its own are enough. */
const settleMs = 5000;

/**
 * Confirms a shipment on its order. Shopify takes no idempotency key for a fulfillment and accepts the same partial
 * shipment twice. So every attempt first looks for fulfillments that have our tracking numbers, or had them before these were
 * changed, and sends what they lack, and behind every send looks again whether somebody sent the same. What it cannot know to be this shipment's it never cancels.
 */
export function shipmentConfirm(client: ShopifyClient, settings: ShipmentSettings) {
  const clock = settings.clock ?? systemClock;
  return async function confirm(
    { order: orderRef, shipment }: ShipmentConfirmation,
    options: WriteOptions,
  ): Promise<Ref<'shipment'>> {
    const { system, carriers, notifyBuyer } = settings;
    const about: Confirming = { system, orderRef, shipmentRef: shipment.ref, shipmentNumber: shipment.number };
    const groups = parcelGroups(shipment, carriers);
    const writes = fulfillmentWrites(client, about, notifyBuyer, options);
    const made = new Set<string>();
    let hasWaited = false;

    for (let round = 0; round < mostRounds; round += 1) {
      const order = await readOrderToShip(client, orderRef.id, options);
      if (!order) throw refusal(about, 'record.missing', 'there is no such order', 'Check the link to the order.');
      checkShown(about, order, made);
      const all = await withNotes(client, about, order, groups, options);
      const live = all.filter((each) => each.isLive && isOfShipment(each, groups));
      const before = await withContents(client, live, options);
      const covered = coverage(groups, before);
      const repeats = repeatsIn(covered);
      if (repeats.length > 0 && !hasWaited) {
        hasWaited = true;
        // An abort ends the wait early, and then the next call.
        await clock.sleep(settleMs, options.signal).catch(() => undefined);
        continue;
      }
      if (repeats.length > 0) {
        await takeBack(about, repeats, { groups, made }, writes);
        continue;
      }
      const calls = planned(about, order, covered, preferredOf(shipment, system));
      for (const { fulfillment, groups: inside } of covered.inside) {
        if (lacksNumbers(fulfillment, inside)) await writes.retrack(fulfillment.id, inside);
      }
      const sent = new Set<string>();
      const settle = () => settleRivals(client, { orderId: orderRef.id, groups, before, sent }, writes, options);
      if (!(await sendAll(calls, writes, sent, settle))) {
        const [id] = [...covered.inside.map(({ fulfillment }) => fulfillment.id), ...sent];
        if (id !== undefined) return { system, kind: 'shipment', id };
        throw refusal(about, 'record.invalid', 'it ships nothing', 'Check its quantities.');
      }
      for (const id of sent) made.add(id);
      // Others sent at this moment too, and need their time once more.
      hasWaited = false;
    }
    throw doubt(about, 'others confirm the same shipment at the same time');
  };
}

/**
 * An order's fulfillments with what was noted of their numbers: one whose number was changed since is known by that only.
 * Asked for where it may matter. It was noted before it was changed, and is read behind what the order shows.
 */
async function withNotes(
  client: ShopifyClient,
  { system, orderRef: order }: Confirming,
  { fulfillments }: OrderToShip,
  groups: readonly ParcelGroup[],
  { lane, signal }: WriteOptions,
): Promise<readonly OrderFulfillment[]> {
  const isPlain = (each: OrderFulfillment) => {
    const carried = groups.filter((group) => carries(each, group));
    return !each.isLive || (carried.length > 0 && !lacksNumbers(each, carried));
  };
  if (fulfillments.every(isPlain)) return fulfillments;
  const noted = await notedNumbers({ client, system, operation, order, lane, signal });
  return fulfillments.map((each) => ({ ...each, noted: noted.get(each.id) }));
}

interface SendOfGroup {
  readonly group: ParcelGroup;
  readonly call: PlannedCall;
}

/** Sends one after another, and stops when the round has to be thought over: then it answers true. */
async function sendAll(
  calls: readonly SendOfGroup[],
  writes: FulfillmentWrites,
  sent: Set<string>,
  settle: () => Promise<boolean>,
): Promise<boolean> {
  for (const { group, call } of calls) {
    try {
      sent.add(await writes.create(group, call));
    } catch (error) {
      // Refused because somebody else just shipped it, which may have been this very shipment.
      if (isCommerceError(error, 'record.rejected') && (await settle())) return true;
      throw error;
    }
    if (await settle()) return true;
  }
  return false;
}

/** Where each missing part is taken from. Nothing is sent before everything has a place: half a shipment on the order would look like a whole one. */
function planned(
  about: Confirming,
  order: OrderToShip,
  { left }: Coverage,
  preferred: string | undefined,
): readonly SendOfGroup[] {
  const lines = [...order.lines];
  return left.flatMap(({ group, needs }) => {
    if (needs.length === 0) return [];
    checkOpen(about, order);
    const { taken, shortages } = allocate(needs, lines, preferred);
    checkShortages(about, order, shortages);
    return plannedCalls(taken).map((call) => ({ group, call }));
  });
}

function preferredOf({ location }: Shipment, system: string): string | undefined {
  return location?.system === system ? location.id : undefined;
}

/** Fulfillments that are one too many, and the same as an older one. Others with our numbers are somebody's own. */
function repeatsIn({ inside, surplus }: Coverage): readonly PackedFulfillment[] {
  return surplus.filter((each) => inside.some(({ fulfillment }) => sameContents(fulfillment, each)));
}

/** Cancels repeats that are ours for certain. A number may be of two shipments: there a person looks. */
async function takeBack(
  about: Confirming,
  repeats: readonly PackedFulfillment[],
  { groups, made }: { readonly groups: readonly ParcelGroup[]; readonly made: ReadonlySet<string> },
  writes: FulfillmentWrites,
): Promise<void> {
  const isOurs = (each: PackedFulfillment) => made.has(each.id) || isMarkedAlone(each, groups);
  for (const each of repeats) if (isOurs(each)) await writes.cancel(each.id);
  const unclear = repeats.find((each) => !isOurs(each));
  if (unclear) {
    throw refusal(
      about,
      'record.duplicate',
      `fulfillment "${unclear.id}" has its tracking number and contents, and so has an older one`,
      'Look which parcels left: cancel the fulfillment that is too much, or resolve if two shipments share the number.',
    );
  }
}

/** A shop that does not show yet what we made would be sent it again. */
function checkShown(about: Confirming, { fulfillments }: OrderToShip, made: ReadonlySet<string>): void {
  const shown = new Set(fulfillments.map(({ id }) => id));
  if ([...made].some((id) => !shown.has(id))) throw doubt(about, 'the order does not show what was just made on it');
}

function checkOpen(about: Confirming, order: OrderToShip): void {
  if (!order.isCanceled) return;
  throw refusal(
    about,
    'record.rejected',
    'the order was canceled meanwhile',
    'Stop the parcel or take it back, then resolve.',
  );
}

function checkShortages(about: Confirming, order: OrderToShip, shortages: readonly Shortage[]): void {
  const [first] = shortages;
  if (!first) return;
  const { sku, quantity } = first.need;
  if (!first.isKnown) {
    throw refusal(
      about,
      'sku.unknown',
      `order "${order.name}" has no line with SKU "${sku}"`,
      'Correct the SKU, then replay.',
    );
  }
  if (first.waiting > 0) {
    const seen = `${first.waiting} of "${sku}" on order "${order.name}" are on hold or scheduled for later`;
    throw refusal(about, 'record.rejected', seen, 'Release them in Shopify, then replay.');
  }
  const seen = `it ships ${quantity} of "${sku}" and order "${order.name}" has ${first.available} left to ship`;
  throw refusal(
    about,
    'record.rejected',
    seen,
    'Check what was fulfilled or removed in Shopify, then replay or resolve.',
  );
}
