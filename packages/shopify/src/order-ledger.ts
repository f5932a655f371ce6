import { momentSchema, type Json } from '@crossdock/core';
import * as z from 'zod';
import { jsonOf } from './json-text.ts';
import { bytesOf, noteTrouble, readNote, swapNote, untilSwapped, type NotePlace } from './order-note.ts';

/** A write that somebody is at, or was. */
const openSchema = z.object({
  attempt: z.string(),
  /** How long after it was noted somebody else may be sure that nothing of it is under way. A length, so that no clocks are compared. */
  leaseMs: z.number().nonnegative(),
  /** What is needed to find out what became of it. */
  trace: z.json().transform((trace): Json => trace),
  /** Who waits for it: that it stood there at this moment of Shopify's clock, and a look that is unlike any other. */
  seen: z.object({ since: momentSchema, look: z.string() }).optional(),
});
/** One write of ours: under which key, of what content, and how it ended. Neither open nor with a result, nobody can tell. */
const entrySchema = z.object({
  operation: z.string(),
  /** Of what one write is open at a time: an authorization, a return. */
  subject: z.string(),
  key: z.string(),
  content: z.string(),
  open: openSchema.optional(),
  result: z.string().optional(),
});
export type LedgerEntry = Readonly<z.infer<typeof entrySchema>>;
export type OpenWrite = Readonly<z.infer<typeof openSchema>>;
const ledgerSchema = z.object({ writes: z.array(entrySchema) });

/** What stands on an order, and what tells whether it was changed since. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly digest: string | null;
  /** When it was changed last, by Shopify's clock. */
  readonly changedAt: string | null;
  /** The entries as they stood there: what else is to be written is new, and is not dropped for want of room. */
  readonly read?: readonly LedgerEntry[];
}

export type LedgerPlace = NotePlace;

const metafieldKey = 'crossdock_writes';
/** A metafield of type `json` holds 128 KB. shopify.dev, metafield limits, read 2026-11-26. */
const mostBytes = 100_000;

/** What this connector wrote on an order; `undefined` where there is no such order. */
export async function readLedger(place: LedgerPlace): Promise<Ledger | undefined> {
  const note = await readNote(place, metafieldKey);
  if (!note) return undefined;
  const { text, digest, changedAt } = note;
  if (text === undefined) return { entries: [], digest, changedAt };
  const parsed = ledgerSchema.safeParse(jsonOf(text));
  if (parsed.success) return { entries: parsed.data.writes, read: parsed.data.writes, digest, changedAt };
  throw noteTrouble(
    place,
    'record.invalid',
    `the app's metafield "${metafieldKey}" there is not as this connector wrote it, and without it nothing tells what was done already. See who changed it and put back what stood there; where that is lost, compare the order's money, returns, holds and events with what was asked, resolve what is done, and only then set it to {"writes":[]}`,
  );
}

/**
 * Writes it, and gives it as it stands then; `undefined` where somebody changed it meanwhile. Of more than fit the oldest that
 * have a result go, never what is written now.
 */
export async function writeLedger(
  place: LedgerPlace,
  { entries, digest, read }: Pick<Ledger, 'entries' | 'digest' | 'read'>,
): Promise<Ledger | undefined> {
  const kept = fitting(place, entries, read);
  const note = await swapNote(place, metafieldKey, { text: textOf(kept), digest });
  return note && { entries: kept, read: kept, digest: note.digest, changedAt: note.changedAt };
}

/** Changes it by comparing and swapping, and gives the entry that stands there then. Nothing is written where `to` gives none. */
export async function changeLedger(
  place: LedgerPlace,
  to: (ledger: Ledger) => { readonly found: LedgerEntry } | { readonly added: LedgerEntry },
): Promise<LedgerEntry> {
  return untilSwapped(
    place,
    () => readLedger(place),
    async (ledger) => {
      const next = to(ledger);
      if ('found' in next) return { done: next.found };
      const entries = [...ledger.entries, next.added];
      return (await writeLedger(place, { ...ledger, entries })) && { done: next.added };
    },
  );
}

/** Of more than fit, the oldest that have a result go. What is open, what nobody can tell and what is written now stays. */
function fitting(
  place: LedgerPlace,
  entries: readonly LedgerEntry[],
  read: readonly LedgerEntry[] | undefined,
): readonly LedgerEntry[] {
  let surplus = bytesOf(textOf(entries)) - mostBytes;
  const isWritten = (entry: LedgerEntry) => (read ? !read.includes(entry) : entry === entries.at(-1));
  const kept = entries.filter((entry) => {
    if (surplus <= 0 || entry.result === undefined || isWritten(entry)) return true;
    surplus -= bytesOf(JSON.stringify(entry)) + 1;
    return false;
  });
  if (surplus <= 0) return kept;
  throw noteTrouble(
    place,
    'record.rejected',
    'its key does not fit among what is noted there: it is too large, or too many writes of the order are in doubt. Split what has many lines, or resolve those first',
  );
}

function textOf(writes: readonly LedgerEntry[]): string {
  return JSON.stringify({ writes });
}
