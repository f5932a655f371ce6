import {
  fingerprint,
  halfDone,
  mayHaveWritten,
  type Clock,
  type Json,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { shipmentTracking, shipmentTrackingSet } from './documents/shipment-tracking.ts';
import { raiseUserErrors } from './errors.ts';
import { bytesOf, noteOf, type NotePlace } from './order-note.ts';
import { refusal, type About } from './record-about.ts';
import {
  bookKey,
  bookOf,
  changeBook,
  checkReadable,
  trackingIn,
  withTracking,
  writeBook,
  type BookChange,
  type BookNumbers,
  type ShipmentBook,
} from './shipment-book.ts';
import { isVoided } from './shipment-statuses.ts';
import { inputOf, isAsWanted } from './shipment-tracking.ts';
import type { WireTracking } from './wire/shipment.ts';

/** A change of the numbers under which a fulfillment travels. */
export interface NumberChange {
  readonly client: ShopifyClient;
  readonly about: About;
  readonly options: WriteOptions;
  readonly notifyBuyer: boolean;
  readonly clock: Clock;
  /** The fulfillment. */
  readonly id: string;
  /** What tells it from other changes, and from another content under its key. */
  readonly key: string;
  readonly content: Json;
  readonly to: BookNumbers;
}

/** A fulfillment as it travels, and the book of its order. */
export interface TrackedFulfillment {
  readonly place: NotePlace;
  readonly tracking: readonly WireTracking[];
  readonly words: { readonly status: string; readonly displayStatus: string | null };
  readonly book: ShipmentBook;
}

/** More than callers that meet in practice. */
const mostRounds = 20;
/** So often it is sent where no answer comes, and never without a look before. */
const mostSends = 3;
const againMs = 1000;

/**
 * Writes a change once its place among the others is noted. Changes count in the order in which they were begun: a repeat of
 * one behind which a newer one is done writes nothing, and who has written looks whether a newer one is noted, and writes that
 * one too. One that was refused is noted no more.
 */
export async function changeNumbers(change: NumberChange): Promise<void> {
  const { about, id } = change;
  let isSent = false;
  try {
    await settleNumbers(change, () => {
      isSent = true;
    });
  } catch (error) {
    const what = `The tracking of fulfillment "${id}" in "${about.system}" may be changed, and is not noted as that`;
    throw isSent ? halfDone(error, { ...about, what, next: 'Repeat it with its key: it is looked at first.' }) : error;
  }
}

async function settleNumbers(change: NumberChange, onSent: () => void): Promise<void> {
  const { client, about, options, id, notifyBuyer } = change;
  const key = await brief(change.key);
  const content = await brief(change.content);
  let wrote: string | undefined;
  let sends = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const { place, tracking, words, book: read } = await readTracked(client, about, id, options);
    checkReadable(place, read, { ids: [id] });
    checkNotVoided(about, words);
    let book = read;
    const own = trackingIn(book, id).changes.find((each) => each.key === key);
    if (own && own.content !== content) {
      throw refusal(about, 'key.reused', 'its key belongs to another change', 'Take another key for it.');
    }
    if (!own) {
      const isThere = isAsWanted(tracking, change.to);
      const room = bytesOf(JSON.stringify(change.to));
      const noted = await writeBook(
        place,
        begun(book, id, { key, content, isDone: isThere, to: change.to }, tracking),
        room,
      );
      if (!noted) continue;
      if (isThere) return;
      book = noted;
    }
    const { changes } = trackingIn(book, id);
    const at = changes.findIndex((each) => each.key === key);
    const newest = changes.at(-1);
    if (!newest?.to) return;
    if (wrote === undefined && changes.slice(at).some(({ isDone }) => isDone)) return;
    if (newest.isDone && (wrote === newest.key || isAsWanted(tracking, newest.to))) return;
    if (!isAsWanted(tracking, newest.to)) {
      try {
        await sendNumbers(newest.to);
      } catch (error) {
        if (!mayHaveWritten(error)) {
          await changeBook({ ...place, signal: undefined }, (now) => dropped(now, id, newest.key), book);
          if (newest.key === key) throw error;
          continue;
        }
        onSent();
        sends += 1;
        if (sends >= mostSends || options.signal?.aborted === true) throw error;
        await change.clock.sleep(againMs, options.signal).catch(() => undefined);
        continue;
      }
      onSent();
      wrote = newest.key;
    }
    // Where somebody noted a newer one since, it is looked at anew.
    if (!newest.isDone && (await writeBook(place, done(book, id, newest.key)))) return;
  }
  throw refusal(about, 'platform.conflict', 'others change the same order all the time', 'Try again.');

  async function sendNumbers(to: BookNumbers): Promise<void> {
    const { fulfillmentTrackingInfoUpdate: payload } = await client.run(shipmentTrackingSet, {
      operation: about.operation,
      // Sent again it would be written over what somebody wrote in between: it is looked at before.
      safety: 'once',
      lane: options.lane,
      signal: options.signal,
      variables: { id, tracking: inputOf(to), notify: notifyBuyer },
    });
    if (!payload) {
      throw refusal(about, 'write.uncertain', 'Shopify answered neither yes nor no', 'Repeat it with its key.');
    }
    raiseUserErrors(payload.userErrors, about);
  }
}

/** Throws `record.missing` where there is no such fulfillment. */
export async function readTracked(
  client: ShopifyClient,
  about: About,
  id: string,
  { lane, signal }: Pick<WriteOptions, 'lane' | 'signal'>,
): Promise<TrackedFulfillment> {
  const { operation, system } = about;
  const variables = { id, book: bookKey };
  const { fulfillment } = await client.run(shipmentTracking, { operation, safety: 'read', lane, signal, variables });
  if (!fulfillment) throw refusal(about, 'record.missing', 'there is no such fulfillment', 'Check the link to it.');
  const { status, displayStatus, trackingInfo: tracking, order: on } = fulfillment;
  const order: Ref<'order'> = { system, kind: 'order', id: on.id };
  const place: NotePlace = { client, system, operation, order, lane, signal };
  return { place, tracking, words: { status, displayStatus }, book: bookOf(place, noteOf(on.metafield)) };
}

/** What was voided shipped nothing: its numbers are nobody's any more. */
export function checkNotVoided(about: About, words: TrackedFulfillment['words']): void {
  if (!isVoided(words)) return;
  const seen = `it is "${words.status}/${words.displayStatus ?? ''}": it shipped nothing`;
  throw refusal(about, 'record.rejected', seen, 'Ship it anew where it left all the same, else resolve.');
}

function begun(book: ShipmentBook, id: string, change: BookChange, shown: readonly WireTracking[]): ShipmentBook {
  const { numbers, changes } = trackingIn(book, id);
  const now = shown.flatMap(({ number }) => number ?? []);
  const next = withTracking(book, { id, numbers: union(numbers, now), changes: [...changes, change] });
  return change.isDone ? done(next, id, change.key) : next;
}

/** What is done had its numbers, and only the newest may have to be written again. */
function done(book: ShipmentBook, id: string, key: string): ShipmentBook {
  const { numbers, changes } = trackingIn(book, id);
  const had = changes.flatMap(({ to }) => to?.numbers.map(({ number }) => number) ?? []);
  const next = changes.map((each, index) => {
    const { to, ...rest } = each.key === key ? { ...each, isDone: true } : each;
    return index === changes.length - 1 && to ? { ...rest, to } : rest;
  });
  return withTracking(book, { id, numbers: union(numbers, had), changes: next });
}

function dropped(book: ShipmentBook, id: string, key: string): ShipmentBook {
  const { numbers, changes } = trackingIn(book, id);
  return withTracking(book, { id, numbers, changes: changes.filter((each) => each.key !== key) });
}

function union(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])];
}

async function brief(value: Json): Promise<string> {
  return (await fingerprint(value)).slice(0, 16);
}
