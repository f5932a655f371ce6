import { fingerprint, type Json, type Ref } from '@crossdock/core';
import { changeLedger, type Ledger, type LedgerEntry, type LedgerPlace } from './order-ledger.ts';
import { noteTrouble } from './order-note.ts';

/** A write of an order, and what it is about. */
export interface KeyedWrite {
  readonly place: LedgerPlace;
  readonly subject: Ref;
  readonly idempotencyKey: string;
  /** What tells this write from another one with its key. */
  readonly content: Json;
}

/**
 * Notes it on the order under its key unless a call with this key did so before, and gives what stands there then. A key is of
 * one subject: for another one it is another write.
 */
export async function notedOnce(write: KeyedWrite, result: string): Promise<string> {
  const named = await nameOf(write);
  const entry = await changeLedger(write.place, (ledger) => {
    const found = ownIn(write, ledger, named);
    return found ? { found } : { added: { ...named, result } };
  });
  return entry.result ?? result;
}

/** What a call with this key noted; `undefined` where none did. */
export async function notedBefore(write: KeyedWrite, ledger: Ledger): Promise<string | undefined> {
  return ownIn(write, ledger, await nameOf(write))?.result;
}

async function nameOf({ place, subject, idempotencyKey, content }: KeyedWrite): Promise<LedgerEntry> {
  const key = (await fingerprint([subject.id, idempotencyKey])).slice(0, 16);
  const of = (await fingerprint([subject.id, content])).slice(0, 16);
  return { operation: place.operation, subject: subject.id, key, content: of };
}

function ownIn({ place, subject }: KeyedWrite, { entries }: Ledger, named: LedgerEntry): LedgerEntry | undefined {
  const own = entries.find(({ operation, key }) => operation === named.operation && key === named.key);
  if (!own || own.content === named.content) return own;
  throw noteTrouble(place, 'key.reused', 'its key belongs to another content. Take another key for it', subject);
}
