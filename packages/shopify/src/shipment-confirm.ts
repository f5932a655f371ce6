import {
  halfDone,
  systemClock,
  type Clock,
  type Ref,
  type Shipment,
  type ShipmentConfirmation,
  type WriteOptions,
} from '@crossdock/core';
import { allocate, plannedCalls, type Origin } from './shipment-allocation.ts';
import {
  attemptAt,
  plannedSend,
  sendAll,
  type Attempt,
  type AttemptEnd,
  type PlannedSend,
} from './shipment-attempt.ts';
import {
  bookOf,
  changeBook,
  checkReadable,
  knownNumbers,
  trackingIn,
  withShipment,
  withTracking,
  writeBook,
  type BookShipment,
  type ShipmentBook,
} from './shipment-book.ts';
import { changeNumbers } from './shipment-change.ts';
import type { ShopifyClient } from './client.ts';
import { oneByOne } from './one-by-one.ts';
import { bytesOf, type NotePlace } from './order-note.ts';
import { compareIds, readFulfillments, readOrderToShip, type OrderToShip } from './shipment-order.ts';
import { parcelGroups, type ParcelGroup } from './shipment-parcels.ts';
import { doubt, inFlight, operation, refusal, shortage, subject, type Confirming } from './shipment-refusals.ts';
import { isSettled, standingOf, type Looking, type Standing } from './shipment-standing.ts';
import { carriedBy, completed, shownNumbers } from './shipment-tracking.ts';
import { hasEnded, leaseLeft } from './shipment-turn.ts';

export interface ShipmentSettings {
  readonly system: string;
  readonly carriers: Readonly<Record<string, string>>;
  readonly notifyBuyer: boolean;
  readonly clock?: Clock | undefined;
  /** Longest time that one request to the shop takes. */
  readonly timeoutMs?: number | undefined;
}

/** More than callers that meet in practice. */
const mostRounds = 20;
/** So often an attempt is noted anew when Shopify had no room for it in its time. */
const mostAttempts = 3;
const defaultTimeoutMs = 30_000;

/**
 * Confirms a shipment on its order. Shopify takes no idempotency key for a fulfillment, accepts the same partial shipment twice
 * and shows nothing on it by which a shipment is known for certain. So the order has a book of its shipments: there is read
 * what is made already, there is noted what is to be made before it is sent, by one caller at a time, and nothing is canceled.
 */
export function shipmentConfirm(client: ShopifyClient, settings: ShipmentSettings) {
  const { system, carriers, clock = systemClock, timeoutMs = defaultTimeoutMs } = settings;
  // Those of one order wait for each other here; processes that meet are told by the book.
  const inTurn = oneByOne();
  return async function confirm(
    { order, shipment }: ShipmentConfirmation,
    options: WriteOptions,
  ): Promise<Ref<'shipment'>> {
    const about: Confirming = { system, orderRef: order, shipmentRef: shipment.ref, shipmentNumber: shipment.number };
    if (shipment.status === 'voided') {
      throw refusal(about, 'record.rejected', 'it was voided: nothing of it left', 'Resolve it.');
    }
    const groups = parcelGroups(shipment, carriers);
    const { lane, signal } = options;
    const place: NotePlace = { client, system, operation, order, lane, signal };
    return inTurn(order.id, () =>
      confirmed({ about, groups, shipment, place, options, ...settings, clock, timeoutMs }),
    );
  };
}

interface ConfirmCall {
  readonly about: Confirming;
  readonly groups: readonly ParcelGroup[];
  readonly shipment: Shipment;
  readonly place: NotePlace;
  readonly options: WriteOptions;
  readonly notifyBuyer: boolean;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

async function confirmed(call: ConfirmCall): Promise<Ref<'shipment'>> {
  const { about, place, options, shipment, clock } = call;
  const of = `${shipment.ref.system}/${shipment.ref.id}`;
  /** What we tried to note, whether or not we heard that it went well: what stands there in the end says which of it counts. */
  const ours = new Map<string, Attempt>();
  const over = new Set<string>();
  let late = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const order = await readOrderToShip(place.client, about.orderRef.id, options);
    if (!order) throw refusal(about, 'record.missing', 'there is no such order', 'Check the link to the order.');
    const book = bookOf(place, order.book);
    const entry = entryOf(book, of);
    checkReadable(place, book, { of, ids: nearIds(order, book, entry) });
    checkShown(about, order, entry);
    const groups = call.groups.map((group) => inLinesOf(order, group));
    const looking: Looking = { client: place.client, about, order, book, entry, groups, options };
    const { open } = entry;
    const own = open && ours.get(open.attempt);
    if (own?.window.isFresh() === true) {
      const made = await madeOf(own, book);
      if (made) return made;
      continue;
    }
    if (await isSettled(looking)) return refTo(about, entry);

    const standing = await standingOf(looking);
    if (open && !own && !over.has(open.attempt) && standing.found < open.sends.length) {
      if (await hasEnded(place, { of, open }, clock, options)) continue;
      const leftMs = await leaseLeft(place, book, entry, open);
      if (leftMs === undefined) continue;
      if (leftMs > 0) throw inFlight(about, leftMs);
      // Looked at once more, because only now nothing of it is under way.
      over.add(open.attempt);
      continue;
    }
    const isOlder = checkVersion(about, entry, standing);
    const kept = { of, parts: standing.parts.map(({ part }) => part), versions: entry.versions };
    if (standing.leftUnits === 0) {
      const versions = isOlder ? entry.versions : withVersion(entry.versions, standing.version);
      const next = withNumbers(withShipment(book, { ...kept, versions }), standing);
      if (standing.parts.length === 0)
        throw refusal(about, 'record.invalid', 'it ships nothing', 'Check its quantities.');
      const noted = await writeBook(place, next);
      if (!noted) continue;
      if (!isOlder) await showNumbers(call, noted, standing);
      return refTo(about, kept);
    }
    if (own) late += 1;
    if (late >= mostAttempts) {
      const isStill = (now: ShipmentBook) => entryOf(now, of).open?.attempt === open?.attempt;
      await changeBook(place, (now) => (isStill(now) ? withShipment(now, kept) : undefined), book);
      throw refusal(about, 'platform.throttled', 'Shopify had no room for it in time', 'Nothing was sent; repeat it.');
    }
    const sends = await plannedSends(about, order, standing, originOf(about, order, shipment));
    const attempt = attemptAt(sends, standing, order.fulfillments, {
      clock,
      timeoutMs: call.timeoutMs,
      signal: options.signal,
    });
    ours.set(attempt.open.attempt, attempt);
    const noting = withNumbers(withShipment(book, { ...kept, open: attempt.open }), standing);
    const noted = await writeBook(place, noting, roomOf(attempt));
    if (!noted || !attempt.window.isFresh()) continue;
    const made = await madeOf(attempt, noted);
    if (made) return made;
  }
  throw refusal(about, 'platform.conflict', 'others change the same order all the time', 'Try again.');

  /** `undefined` where it has to be looked at once more. */
  async function madeOf(attempt: Attempt, book: ShipmentBook): Promise<Ref<'shipment'> | undefined> {
    const { after, error, isLate = false } = await sentOf(call, of, attempt, book);
    late += Number(isLate);
    if (error !== undefined && (!isLate || late >= mostAttempts)) throw error;
    const isAll = error === undefined && attempt.isAll;
    return isAll && (await isQuiet(call, after)) ? refTo(about, entryOf(after, of)) : undefined;
  }
}

/** Sends what is noted, and notes what became of it. */
async function sentOf(
  { about, place, options, notifyBuyer }: ConfirmCall,
  of: string,
  attempt: Attempt,
  book: ShipmentBook,
): Promise<AttemptEnd & { readonly after: ShipmentBook }> {
  const attempting = { client: place.client, about, of, options, notifyBuyer };
  const end = await sendAll(attempting, attempt, book);
  try {
    return { ...end, after: await changeBook(place, (now) => ended(now, of, attempt, end), book) };
  } catch (error) {
    // Whoever gave up, or lost the right to write, notes nothing: what was made is recognized by the next call.
    if (end.made.length === 0) throw end.error ?? error;
    throw halfDone(end.error ?? error, {
      what: `Shipment "${about.shipmentNumber}" was made at "${about.system}" in ${end.made.length} fulfillments, which were not noted`,
      next: 'Repeat it with its key: they are looked for before anything is sent.',
      system: about.system,
      operation: place.operation,
      refs: [about.orderRef, about.shipmentRef],
    });
  }
}

function ended(
  book: ShipmentBook,
  of: string,
  { open, version }: Attempt,
  { made, error, open: left }: AttemptEnd,
): ShipmentBook {
  const { open: noted, ...entry } = entryOf(book, of);
  const parts = [
    ...entry.parts,
    ...made.flatMap(({ id }) => (entry.parts.some((each) => each.id === id) ? [] : [{ id }])),
  ];
  const versions = error === undefined ? withVersion(entry.versions, version) : entry.versions;
  const now = noted?.attempt === open.attempt ? left : noted;
  const next = withShipment(book, { ...entry, parts, versions, ...(now && { open: now }) });
  return made.reduce((to, { id, group }) => given(to, id, shownNumbers([group])), next);
}

/** What the fulfillments of an attempt take in the book once they are made, in bytes. */
function roomOf({ sends, open: { numbers } }: Attempt): number {
  return sends.length * (200 + bytesOf(JSON.stringify(numbers)));
}

/** Whether nothing on the order travels under a number of the shipment but what the book has. */
async function isQuiet({ about, place, options, groups }: ConfirmCall, book: ShipmentBook): Promise<boolean> {
  const parts = new Set(book.shipments.flatMap((each) => each.parts.map(({ id }) => id)));
  const all = await readFulfillments(place.client, about.orderRef.id, options);
  return !all.some(
    (each) => each.isLive && !parts.has(each.id) && carriedBy(each, knownNumbers(book, each.id), groups).length > 0,
  );
}

/** The fulfillments that may be the shipment's. */
function nearIds(
  { fulfillments }: OrderToShip,
  { shipments }: ShipmentBook,
  { parts }: BookShipment,
): readonly string[] {
  const taken = new Set(shipments.flatMap((each) => each.parts.map(({ id }) => id)));
  const own = new Set(parts.map(({ id }) => id));
  return fulfillments.map(({ id }) => id).filter((id) => own.has(id) || !taken.has(id));
}

function entryOf(book: ShipmentBook, of: string): BookShipment {
  return book.shipments.find((each) => each.of === of) ?? { of, parts: [], versions: [] };
}

/** The numbers that fulfillments of a shipment show, so that one that is taken from them later is known as theirs. */
function withNumbers(book: ShipmentBook, { parts }: Standing): ShipmentBook {
  return parts.reduce((now, { part, pool }) => given(now, part.id, pool.fulfillment.numbers), book);
}

function given(book: ShipmentBook, id: string, more: readonly string[]): ShipmentBook {
  const { numbers, changes } = trackingIn(book, id);
  return withTracking(book, { id, numbers: [...new Set([...numbers, ...more])], changes });
}

function withVersion(versions: readonly string[], version: string): string[] {
  return [...versions.filter((each) => each !== version), version];
}

/** Sets numbers that came since on the fulfillments of their parcels, in turn with what others change there. */
async function showNumbers(call: ConfirmCall, book: ShipmentBook, { parts }: Standing): Promise<void> {
  const { about, place, options, notifyBuyer, clock } = call;
  for (const { part, pool } of parts) {
    const { id } = part;
    const to = completed(pool.fulfillment, knownNumbers(book, id), pool.takers);
    if (!to) continue;
    const what = `${subject(about)} is confirmed, but its tracking number was not set on fulfillment "${id}"`;
    const refs = [about.orderRef, about.shipmentRef];
    const change = { id, key: JSON.stringify([operation, about.shipmentRef.id, to]), content: to, to };
    const told = { what, system: about.system, operation, refs };
    await changeNumbers({ ...change, client: place.client, about: told, options, notifyBuyer, clock });
  }
}

/** Answers whether a newer version was confirmed since. Throws where its fulfillments hold other goods than it says. */
function checkVersion(about: Confirming, { versions }: BookShipment, standing: Standing): boolean {
  const { version, leftUnits, overUnits, parts } = standing;
  const isOlder = versions.includes(version) && versions.at(-1) !== version;
  if (isOlder && leftUnits === 0) return true;
  if (!isOlder && overUnits === 0) return false;
  const made = parts.map(({ part }) => `"${part.id}"`).join(', ');
  if (isOlder) {
    const seen = `a newer version of it was confirmed since, and of that something was canceled in Shopify: there is ${made || 'nothing'}`;
    throw refusal(about, 'record.rejected', seen, 'Replay the newer version, or resolve this one.');
  }
  throw refusal(
    about,
    'record.rejected',
    `its fulfillments ${made} hold ${overUnits} pieces that it does not name, so it shrank or holds other goods than were confirmed`,
    'Cancel in Shopify what did not leave, or correct the shipment, then replay; resolve it if an older version was replayed.',
  );
}

/** Where each missing part is taken from. Nothing is sent before everything has a place: half a shipment on the order would look like a whole one. */
async function plannedSends(
  about: Confirming,
  order: OrderToShip,
  { left }: Standing,
  origin: Origin,
): Promise<readonly PlannedSend[]> {
  if (order.isCanceled) {
    const next = 'Stop the parcel or take it back, then resolve.';
    throw refusal(about, 'record.rejected', 'the order was canceled meanwhile', next);
  }
  const lines = [...order.lines];
  const sends: Promise<PlannedSend>[] = [];
  for (const { group, needs } of left) {
    const { taken, shortages } = allocate(needs, lines, origin);
    const [first] = shortages;
    if (first) throw shortage(about, order.name, origin, first);
    sends.push(...plannedCalls(taken).map((call) => plannedSend(group, call)));
  }
  return Promise.all(sends);
}

/** What the shipment says of where it left. That binds: goods elsewhere may be held for a reason. */
function originOf(about: Confirming, order: OrderToShip, { fulfillment, location }: Shipment): Origin {
  const fulfillmentOrderId = fulfillment?.system === about.system ? fulfillment.id : undefined;
  const locationId = location?.system === about.system ? location.id : undefined;
  if (fulfillmentOrderId !== undefined && !order.lines.some((line) => line.fulfillmentOrderId === fulfillmentOrderId)) {
    const seen = `order "${order.name}" has no fulfillment order "${fulfillmentOrderId}", which it names`;
    throw refusal(
      about,
      'record.rejected',
      seen,
      'It was merged or moved in Shopify: correct what it names, then replay.',
    );
  }
  return { fulfillmentOrderId, locationId };
}

/** By the order's lines, also where the warehouse repeats those of a fulfillment order. */
function inLinesOf({ lines }: OrderToShip, group: ParcelGroup): ParcelGroup {
  const needs = group.needs.map((need) => {
    const named = lines.find(({ id }) => id === need.lineId);
    return named ? { ...need, lineId: named.lineItemId } : need;
  });
  return { ...group, needs };
}

/** A shop that does not show yet what we made would be sent it again. */
function checkShown(about: Confirming, { fulfillments }: OrderToShip, { parts }: BookShipment): void {
  const shown = new Set(fulfillments.map(({ id }) => id));
  if (parts.some(({ id }) => !shown.has(id))) throw doubt(about, 'the order does not show what was made on it');
}

function refTo({ system }: Confirming, { parts }: Pick<BookShipment, 'parts'>): Ref<'shipment'> {
  const [first] = parts.map(({ id }) => id).toSorted(compareIds);
  return { system, kind: 'shipment', id: first ?? '' };
}
