import { fingerprint, type Json, type Ref, type TrackingChange, type WriteOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { FulfillmentTrackingInput } from './documents/inputs.generated.ts';
import { shipmentTracking, shipmentTrackingSet } from './documents/shipment-tracking.ts';
import { raiseUserErrors } from './errors.ts';
import { undoneFulfillments } from './fulfillment-statuses.ts';
import { isIdOf } from './order-id.ts';
import { refusal, type About } from './record-about.ts';
import type { LedgerPlace } from './order-ledger.ts';
import { companyOf } from './shipment-carriers.ts';
import { changeNote, type ShipmentNote } from './shipment-notes.ts';
import { isNumber, plainNumber } from './tracking-number.ts';
import type { WireTracking } from './wire/shipment.ts';

export interface TrackingSettings {
  readonly system: string;
  readonly carriers: Readonly<Record<string, string>>;
  readonly notifyBuyer: boolean;
}

const operation = 'shipments.update';

/**
 * Replaces the numbers of a fulfillment where they differ: Shopify asks 50 points, and the buyer hears of it. By the numbers
 * `shipments.confirm` knows what it made, so those that go are noted on the order before. The keys are noted too: a change
 * that is repeated behind a newer one is not written over it.
 */
export function shipmentUpdate(client: ShopifyClient, { system, carriers, notifyBuyer }: TrackingSettings) {
  return async function update(
    ref: Ref<'shipment'>,
    change: TrackingChange,
    { idempotencyKey, lane, signal }: WriteOptions,
  ): Promise<Ref<'shipment'>> {
    const what = `The tracking of shipment "${ref.id}" in "${system}" was not changed`;
    const about: About = { what, system, operation, refs: [ref] };
    const call = { operation, lane, signal } as const;
    const wanted = trackingOf(change, carriers);
    if (wanted.numbers.length === 0) {
      throw refusal(about, 'record.invalid', 'its parcels have no number', 'Give them one, then replay.');
    }
    const found = isIdOf('Fulfillment', ref, system)
      ? (await client.run(shipmentTracking, { ...call, safety: 'read', variables: { id: ref.id } })).fulfillment
      : null;
    if (!found) throw refusal(about, 'record.missing', 'there is no such fulfillment', 'Check the link to it.');
    if (undoneFulfillments.has(found.status)) {
      const next = 'Ship it anew where it left all the same, else resolve.';
      throw refusal(about, 'record.rejected', `it is "${found.status}": it shipped nothing`, next);
    }
    const order: Ref<'order'> = { system, kind: 'order', id: found.order.id };
    const place: LedgerPlace = { client, system, operation, order, lane, signal };
    const isThere = isAsWanted(found.trackingInfo, wanted);
    const own = { key: await brief(idempotencyKey), content: await brief(change) };
    const carried = [...found.trackingInfo, ...wanted.numbers].flatMap(({ number }) => number ?? []);
    let isSettled = isThere;
    await changeNote(place, ref.id, (note) => {
      const before = note.changes.find(({ key }) => key === own.key);
      if (before && before.content !== own.content) {
        throw refusal(about, 'key.reused', 'its key belongs to another change', 'Take another key for it.');
      }
      // Done, or overtaken by a newer one.
      isSettled = isThere || (before !== undefined && (before.isDone || before !== note.changes.at(-1)));
      return before && isSettled ? undefined : begun(note, { ...own, isDone: isThere }, carried);
    });
    if (isSettled) return ref;
    const { fulfillmentTrackingInfoUpdate: payload } = await client.run(shipmentTrackingSet, {
      ...call,
      safety: 'repeatable',
      variables: { id: ref.id, tracking: inputOf(wanted), notify: notifyBuyer },
    });
    if (!payload) {
      throw refusal(about, 'write.uncertain', 'Shopify answered neither yes nor no', 'Repeat it with its key.');
    }
    const isOwn = ({ key }: Change) => key === own.key;
    if (payload.userErrors.length > 0) {
      await changeNote(place, ref.id, (note) => ({ ...note, changes: note.changes.filter((each) => !isOwn(each)) }));
    }
    raiseUserErrors(payload.userErrors, about);
    await changeNote(place, ref.id, (note) => ({
      ...note,
      changes: note.changes.map((each) => (isOwn(each) ? { ...each, isDone: true } : each)),
    }));
    return ref;
  };
}

type Change = ShipmentNote['changes'][number];

function begun({ numbers, changes }: ShipmentNote, change: Change, carried: readonly string[]): ShipmentNote {
  const others = changes.filter(({ key }) => key !== change.key);
  return { numbers: [...new Set([...numbers, ...carried])], changes: [...others, change] };
}

async function brief(value: Json): Promise<string> {
  return (await fingerprint(value)).slice(0, 16);
}

interface Tracking {
  /** None where the parcels go with several carriers: a fulfillment has one. */
  readonly company: string | undefined;
  readonly numbers: readonly { readonly number: string; readonly url: string | undefined }[];
}

function trackingOf({ parcels }: TrackingChange, carriers: Readonly<Record<string, string>>): Tracking {
  const numbered = parcels.filter(({ trackingNumber = '' }) => isNumber(trackingNumber));
  const [company, ...others] = new Set(numbered.map(({ carrier }) => companyOf(carrier, carriers)));
  const numbers = new Map<string, Tracking['numbers'][number]>();
  for (const { trackingNumber = '', trackingUrl } of numbered) {
    const plain = plainNumber(trackingNumber);
    const known = numbers.get(plain);
    numbers.set(plain, { number: known?.number ?? trackingNumber.trim(), url: known?.url ?? trackingUrl });
  }
  return { company: others.length === 0 ? company : undefined, numbers: [...numbers.values()] };
}

/** One link a number, or none at all: Shopify makes them itself for carriers that it knows. */
function inputOf({ company, numbers }: Tracking): FulfillmentTrackingInput {
  const urls = numbers.flatMap(({ url }) => url ?? []);
  const named = { ...(company !== undefined && { company }) };
  const [only, ...others] = numbers;
  if (only && others.length === 0) {
    return { ...named, number: only.number, ...(only.url !== undefined && { url: only.url }) };
  }
  const all = numbers.map(({ number }) => number);
  return { ...named, numbers: all, ...(urls.length === all.length && { urls }) };
}

function isAsWanted(there: readonly WireTracking[], { company, numbers }: Tracking): boolean {
  const shown = new Map(there.map((each) => [plainNumber(each.number ?? ''), each]));
  if (shown.size !== numbers.length) return false;
  const hasAllLinks = numbers.every(({ url }) => url !== undefined);
  return numbers.every(({ number, url }) => {
    const one = shown.get(plainNumber(number));
    if (!one || (company !== undefined && one.company !== company)) return false;
    return !hasAllLinks || one.url === url;
  });
}
