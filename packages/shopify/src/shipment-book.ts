import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { jsonOf } from './json-text.ts';
import {
  bytesOf,
  noteTrouble,
  readNote,
  swapNote,
  untilSwapped,
  type NotePlace,
  type OrderNote,
} from './order-note.ts';

/** A fulfillment that carries a shipment: all of its units, or so many of these order lines. */
const partSchema = z.object({ id: z.string(), lines: z.array(z.tuple([z.string(), z.int()])).optional() });
/** Who makes fulfillments of it, or was at it. */
const openSchema = z.object({
  attempt: z.string(),
  /** How long after it was noted others may be sure that nothing of it is under way. A length, so that no clocks are compared. */
  leaseMs: z.number().nonnegative(),
  /** The newest fulfillment that was there before. */
  after: z.string(),
  /** What is sent, each in short, and under which numbers. */
  sends: z.array(z.string()),
  numbers: z.array(z.string()),
  /** Who waits for it: that it stood there at this moment of Shopify's clock, and a look that is unlike any other. */
  seen: z.object({ since: momentSchema, look: z.string() }).optional(),
});
const shipmentSchema = z.object({
  /** Its system and id. */
  of: z.string(),
  parts: z.array(partSchema),
  /** Which contents were confirmed, each in short, the latest last. */
  versions: z.array(z.string()),
  open: openSchema.optional(),
});
const numbersSchema = z.object({
  company: z.string().optional(),
  numbers: z.array(z.object({ number: z.string(), url: z.string().optional() })),
});
/** A change of the numbers of a fulfillment. What it makes of them is known of those that may still have to be written. */
const changeSchema = z.object({
  key: z.string(),
  content: z.string(),
  isDone: z.boolean(),
  to: numbersSchema.optional(),
});
const trackingSchema = z.object({
  /** Of a fulfillment. */
  id: z.string(),
  /** Every number that it was ever given or showed, and what stood in place of one. */
  numbers: z.array(z.string()),
  /** The latest, in the order in which they were begun. */
  changes: z.array(changeSchema),
});
const bookSchema = z.object({ shipments: z.array(z.unknown()), tracking: z.array(z.unknown()) });

export type BookPart = Readonly<z.infer<typeof partSchema>>;
export type OpenAttempt = Readonly<z.infer<typeof openSchema>>;
export type BookShipment = Readonly<z.infer<typeof shipmentSchema>>;
export type BookNumbers = Readonly<z.infer<typeof numbersSchema>>;
export type BookChange = Readonly<z.infer<typeof changeSchema>>;
export type BookTracking = Readonly<z.infer<typeof trackingSchema>>;

/** What is known of an order's shipments. */
export interface ShipmentBook {
  readonly shipments: readonly BookShipment[];
  readonly tracking: readonly BookTracking[];
  /** Entries that somebody else wrote. They are kept as they are. */
  readonly foreign: { readonly shipments: readonly unknown[]; readonly tracking: readonly unknown[] };
  readonly digest: string | null;
  /** When it was changed last, by Shopify's clock. */
  readonly changedAt: string | null;
}

export const bookKey = 'crossdock_shipments';
/** A metafield of type `json` holds 128 KB. shopify.dev, metafield limits, read 2026-11-26. */
const mostBytes = 100_000;
/** More than are changed or confirmed in practice. */
const mostChanges = 20;
const mostVersions = 10;

export function bookOf(place: NotePlace, { text, digest, changedAt }: OrderNote): ShipmentBook {
  const parsed = bookSchema.safeParse(text === undefined ? { shipments: [], tracking: [] } : jsonOf(text));
  if (!parsed.success) throw broken(place);
  const shipments = sorted(shipmentSchema, parsed.data.shipments);
  const tracking = sorted(trackingSchema, parsed.data.tracking);
  const foreign = { shipments: shipments.foreign, tracking: tracking.foreign };
  return { shipments: shipments.own, tracking: tracking.own, foreign, digest, changedAt };
}

/** Throws where what somebody else wrote there may be about one of these: a shipment by `of`, fulfillments by id. */
export function checkReadable(
  place: NotePlace,
  { foreign, shipments }: ShipmentBook,
  { of, ids }: { readonly of?: string; readonly ids: readonly string[] },
): void {
  // Whose a fulfillment is that no entry has may stand in any that cannot be read.
  const isHomeless = of === undefined && !shipments.some(({ parts }) => parts.some(({ id }) => ids.includes(id)));
  const isAbout =
    foreign.shipments.some((entry) => isHomeless || isNear(nameIn(entry, 'of'), [of])) ||
    foreign.tracking.some((entry) => isNear(nameIn(entry, 'id'), ids));
  if (isAbout) throw broken(place);
}

function nameIn(entry: unknown, name: 'of' | 'id'): string | undefined {
  const named = z.looseObject({ [name]: z.string() }).safeParse(entry);
  return named.success ? named.data[name] : undefined;
}

/** One without a name may be about any. */
function isNear(name: string | undefined, names: readonly (string | undefined)[]): boolean {
  return name === undefined || names.includes(name);
}

/**
 * Writes it, and gives it as it stands then; `undefined` where somebody changed it meanwhile. What is to be noted of it once it
 * is done needs room too: so many bytes are kept for that.
 */
export async function writeBook(place: NotePlace, book: ShipmentBook, keptFree = 0): Promise<ShipmentBook | undefined> {
  const kept = fitting(place, book, mostBytes - keptFree);
  const note = await swapNote(place, bookKey, { text: textOf(kept), digest: book.digest });
  return note && { ...kept, digest: note.digest, changedAt: note.changedAt };
}

/** Changes it by comparing and swapping, first as it is known. Nothing is written where `to` gives nothing. */
export async function changeBook(
  place: NotePlace,
  to: (book: ShipmentBook) => ShipmentBook | undefined,
  known?: ShipmentBook,
): Promise<ShipmentBook> {
  let first = known;
  return untilSwapped(
    place,
    async () => {
      const book = first ?? (await readBook(place));
      first = undefined;
      return book;
    },
    async (now) => {
      const next = to(now);
      if (!next) return { done: now };
      const done = await writeBook(place, next);
      return done && { done };
    },
  );
}

export async function readBook(place: NotePlace): Promise<ShipmentBook | undefined> {
  const note = await readNote(place, bookKey);
  return note && bookOf(place, note);
}

/** The book with another entry of a shipment. */
export function withShipment(book: ShipmentBook, entry: BookShipment): ShipmentBook {
  const next = { ...entry, versions: entry.versions.slice(-mostVersions) };
  return { ...book, shipments: [...book.shipments.filter(({ of }) => of !== entry.of), next] };
}

/** The book with another entry of a fulfillment's numbers. */
export function withTracking(book: ShipmentBook, entry: BookTracking): ShipmentBook {
  const next = { ...entry, changes: entry.changes.slice(-mostChanges) };
  return { ...book, tracking: [...book.tracking.filter(({ id }) => id !== entry.id), next] };
}

export function trackingIn({ tracking }: ShipmentBook, id: string): BookTracking {
  return tracking.find((each) => each.id === id) ?? { id, numbers: [], changes: [] };
}

/** Every number that a fulfillment had, or may have had. */
export function knownNumbers(book: ShipmentBook, id: string): readonly string[] {
  const { numbers, changes } = trackingIn(book, id);
  return [...numbers, ...changes.flatMap(({ to }) => to?.numbers.map(({ number }) => number) ?? [])];
}

/** Where it is too full, changes go behind which a newer one is done. */
function fitting(place: NotePlace, book: ShipmentBook, most: number): ShipmentBook {
  if (bytesOf(textOf(book)) <= most) return book;
  const tracking = book.tracking.map((entry) => {
    const done = entry.changes.findLastIndex(({ isDone }) => isDone);
    return { ...entry, changes: entry.changes.slice(Math.max(0, done)) };
  });
  const kept = { ...book, tracking };
  if (bytesOf(textOf(kept)) <= most) return kept;
  const seen = `it has more shipments and changes of their numbers than its book holds, the app's metafield "${bookKey}"`;
  throw noteTrouble(place, 'record.rejected', `${seen}. Do it in Shopify by hand, then resolve`);
}

function textOf({ shipments, tracking, foreign }: ShipmentBook): string {
  return JSON.stringify({
    shipments: [...foreign.shipments, ...shipments],
    tracking: [...foreign.tracking, ...tracking],
  });
}

function sorted<T>(schema: z.ZodType<T>, entries: readonly unknown[]) {
  const own: T[] = [];
  const foreign: unknown[] = [];
  for (const entry of entries) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) own.push(parsed.data);
    else foreign.push(entry);
  }
  return { own, foreign };
}

function broken(place: NotePlace) {
  const seen = `the app's metafield "${bookKey}" there, which tells which fulfillment is of which shipment, is not as this connector wrote it`;
  const next =
    'See who changed it and put back what stood there. Where that is lost, set it to {"shipments":[],"tracking":[]} only once every shipment of the order that left is confirmed and none is replayed any more: without it a fulfillment is known by its present numbers alone';
  return noteTrouble(place, 'record.invalid', `${seen}. ${next}`);
}
