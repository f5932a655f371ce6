import { CommerceError } from '@crossdock/core';
import * as z from 'zod';
import { jsonOf } from './json-text.ts';
import { readLedger, writeLedger, type LedgerEntry, type LedgerPlace } from './order-ledger.ts';

/** What is noted on an order of the tracking of one of its fulfillments. */
const noteSchema = z.object({
  /** Every number, and what stood in place of one, that a change took from it or gave it. */
  numbers: z.array(z.string()),
  /** The latest changes, in the order in which they were begun. */
  changes: z.array(z.object({ key: z.string(), content: z.string(), isDone: z.boolean() })),
});
export type ShipmentNote = z.infer<typeof noteSchema>;

const operation = 'shipments.update';
/** More than tracking is changed in practice; whoever repeats an older one writes it again. */
const mostChanges = 20;
/** More than callers that meet in practice. */
const mostRounds = 20;
const nothing: ShipmentNote = { numbers: [], changes: [] };

/** The numbers that changes took from the fulfillments of an order or gave them, by the fulfillment's id. */
export async function notedNumbers(place: LedgerPlace): Promise<ReadonlyMap<string, readonly string[]>> {
  const ledger = await readLedger(place);
  const noted = ledger?.entries.filter((entry) => entry.operation === operation) ?? [];
  return new Map(noted.map((entry) => [entry.subject, noteIn(entry, place).numbers]));
}

/** Changes what is noted of a fulfillment, by comparing and swapping. Nothing is written where `to` gives nothing. */
export async function changeNote(
  place: LedgerPlace,
  id: string,
  to: (note: ShipmentNote) => ShipmentNote | undefined,
): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const ledger = await readLedger(place);
    if (!ledger) throw trouble(place, 'record.missing', 'there is no such order. Check the link to it');
    const isOwn = (entry: LedgerEntry) => entry.operation === operation && entry.subject === id;
    const own = ledger.entries.find(isOwn);
    const note = to(own ? noteIn(own, place) : nothing);
    if (!note) return;
    const content = JSON.stringify({ ...note, changes: note.changes.slice(-mostChanges) });
    // Without a result, so that it stays however much is noted behind it.
    const entry: LedgerEntry = { operation, subject: id, key: 'tracking', content };
    const others = ledger.entries.filter((each) => !isOwn(each));
    if (await writeLedger(place, { ...ledger, entries: [...others, entry] })) return;
  }
  throw trouble(place, 'platform.conflict', 'others change the same order all the time. Try again');
}

function noteIn({ content, subject }: LedgerEntry, place: LedgerPlace): ShipmentNote {
  const parsed = noteSchema.safeParse(jsonOf(content));
  if (parsed.success) return parsed.data;
  const seen = `what is noted of fulfillment "${subject}" is not as this connector wrote it. See who changed it`;
  throw trouble(place, 'record.invalid', seen);
}

function trouble(
  { system, operation: of, order }: LedgerPlace,
  code: 'record.missing' | 'record.invalid' | 'platform.conflict',
  seen: string,
): CommerceError {
  const message = `\`${of}\` was not carried out on order "${order.id}" of "${system}": ${seen}.`;
  return new CommerceError({ code, system, operation: of, refs: [order], message });
}
