import type { Clock, WriteOptions } from '@crossdock/core';
import type { NotePlace } from './order-note.ts';
import {
  readBook,
  withShipment,
  writeBook,
  type BookShipment,
  type OpenAttempt,
  type ShipmentBook,
} from './shipment-book.ts';

/** So often it is looked whether somebody else has ended, and so long is waited in between: a confirmation takes some seconds. */
const mostLooks = 4;
const lookMs = 1500;

/** Waits a little for whoever is at a shipment. Answers whether he has ended. */
export async function hasEnded(
  place: NotePlace,
  { of, open }: { readonly of: string; readonly open: OpenAttempt },
  clock: Clock,
  { signal }: WriteOptions,
): Promise<boolean> {
  for (let look = 0; look < mostLooks; look += 1) {
    // An abort ends the wait early, and then the next call.
    await clock.sleep(lookMs, signal).catch(() => undefined);
    const book = await readBook(place);
    const now = book?.shipments.find((each) => each.of === of)?.open;
    if (now?.attempt !== open.attempt) return true;
  }
  return false;
}

/**
 * How long somebody may still be at it, by Shopify's clock alone: from when it surely stood there until this look at it, which
 * is noted too. `undefined` where the book was changed meanwhile.
 */
export async function leaseLeft(
  place: NotePlace,
  book: ShipmentBook,
  entry: BookShipment,
  open: OpenAttempt,
): Promise<number | undefined> {
  const since = open.seen?.since ?? book.changedAt;
  if (since === null) return undefined;
  const looked = { ...entry, open: { ...open, seen: { since, look: crypto.randomUUID() } } };
  const now = await writeBook(place, withShipment(book, looked));
  if (!now || now.changedAt === null) return undefined;
  return open.leaseMs - (Date.parse(now.changedAt) - Date.parse(since));
}
