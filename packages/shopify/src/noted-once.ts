import { CommerceError, fingerprint, type Json, type Ref } from '@crossdock/core';
import { readLedger, writeLedger, type Ledger, type LedgerEntry, type LedgerPlace } from './order-ledger.ts';

/** A write of an order, and what it is about. */
export interface KeyedWrite {
  readonly place: LedgerPlace;
  readonly subject: Ref;
  readonly idempotencyKey: string;
  /** What tells this write from another one with its key. */
  readonly content: Json;
}

/** More than callers that meet in practice. */
const mostRounds = 20;

/** Notes it on the order under its key unless a call with this key did so before, and gives what stands there then. */
export async function notedOnce(write: KeyedWrite, result: string): Promise<string> {
  const named = await nameOf(write);
  for (let round = 0; round < mostRounds; round += 1) {
    const ledger = await ledgerOf(write);
    const before = resultIn(write, ledger, named);
    if (before !== undefined) return before;
    if (await writeLedger(write.place, { ...ledger, entries: [...ledger.entries, { ...named, result }] }))
      return result;
  }
  throw trouble(write, 'platform.conflict', 'others change the same order all the time. Try again');
}

async function nameOf({ place, subject, idempotencyKey, content }: KeyedWrite): Promise<LedgerEntry> {
  const key = (await fingerprint(idempotencyKey)).slice(0, 16);
  return {
    operation: place.operation,
    subject: subject.id,
    key,
    content: (await fingerprint([subject.id, content])).slice(0, 16),
  };
}

async function ledgerOf(write: KeyedWrite): Promise<Ledger> {
  const ledger = await readLedger(write.place);
  if (ledger) return ledger;
  throw trouble(write, 'record.missing', 'there is no such order. Check the link to it');
}

function resultIn(write: KeyedWrite, { entries }: Ledger, named: LedgerEntry): string | undefined {
  const own = entries.find(({ operation, key }) => operation === named.operation && key === named.key);
  if (own && own.content !== named.content) {
    throw trouble(write, 'key.reused', 'its key belongs to another content. Take another key for it');
  }
  return own?.result;
}

function trouble(
  { place: { system, operation, order }, subject }: KeyedWrite,
  code: 'record.missing' | 'key.reused' | 'platform.conflict',
  seen: string,
): CommerceError {
  const message = `\`${operation}\` was not carried out on ${subject.kind} "${subject.id}" of "${system}": ${seen}.`;
  return new CommerceError({ code, system, operation, refs: [subject, order], message });
}
