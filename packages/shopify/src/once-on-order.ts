import {
  CommerceError,
  fingerprint,
  mayHaveWritten,
  stableUuid,
  systemClock,
  systemRandom,
  type Clock,
  type ErrorCode,
  type Json,
  type Random,
  type WriteOptions,
} from '@crossdock/core';
import { readLedger, writeLedger, type Ledger, type LedgerEntry, type LedgerPlace } from './order-ledger.ts';

/** A write of an order that Shopify knows no key for, and how to see whether it was carried out. */
export interface OrderWrite<P extends Json> {
  /** What is to be done and what is there before, as it is now. Throws when it cannot be done. */
  readonly plan: () => Promise<P>;
  /** What became of a plan: its result, `undefined` where nothing of it was done. Throws where nobody can tell. */
  readonly find: (plan: P) => Promise<string | undefined>;
  readonly send: (plan: P) => Promise<string>;
}

/** The call that is to be made once. */
export interface OnceCall extends LedgerPlace {
  readonly idempotencyKey: string;
  /** What tells this call from another one with its key. */
  readonly content: Json;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** Longest time that one call to the shop takes, its retries not counted. */
  readonly timeoutMs?: number | undefined;
}

/** After this, whoever began a write has an answer or has given it up. Longer than a call may take. */
const leaseMs = 60_000;
/** More than callers that meet in practice. */
const mostRounds = 20;
const longestTimeoutMs = 30_000;

/**
 * Makes a write once for its key, whoever asks and from which process. The key is noted on the order before it is sent, by
 * comparing and swapping, and one write at a time may be open: so that what is found on the order afterwards belongs to it.
 */
export async function onceOnOrder<P extends Json>(call: OnceCall, write: OrderWrite<P>): Promise<string> {
  const { clock = systemClock, random = systemRandom, operation } = call;
  const key = (await fingerprint(call.idempotencyKey)).slice(0, 16);
  const content = (await fingerprint(call.content)).slice(0, 16);
  const attempt = (await stableUuid(JSON.stringify([key, clock.now(), random(), random()]))).slice(0, 18);
  const isOwn = (entry: LedgerEntry) => entry.operation === operation && entry.key === key;
  // Whoever wrote an entry of this operation wrote its plan as this connector does.
  const planOf = (entry: LedgerEntry) => entry.plan as P;
  const longestMs = Math.max(leaseMs, 2 * (call.timeoutMs ?? longestTimeoutMs));

  for (let round = 0; round < mostRounds; round += 1) {
    const ledger = await readLedger(call);
    if (!ledger) throw refusal(call, 'record.missing', 'there is no such order', 'Check the link to it.');
    const own = ledger.entries.find(isOwn);
    if (own && own.content !== content) {
      throw refusal(call, 'key.reused', 'its key belongs to another content', 'Take another key for it.');
    }
    if (own?.result !== undefined) return own.result;
    if (own?.attempt === attempt) return sent(call, own, write);
    const open = ledger.entries.find((entry) => entry.operation === operation && entry.result === undefined);
    if (open) {
      const found = await write.find(planOf(open));
      if (found !== undefined) {
        await writeLedger(call, withResult(ledger, open, found));
        continue;
      }
      if (clock.now() < open.at + longestMs) {
        throw refusal(call, 'write.in-flight', 'somebody else is at it, or was just now', 'Try again in a minute.');
      }
    }
    // One that was given up and did nothing makes room.
    const rest = ledger.entries.filter((entry) => entry !== open);
    const plan = await write.plan();
    const entry: LedgerEntry = { operation, key, content, attempt, at: clock.now(), plan };
    const isWritten = await writeLedger(call, { entries: [...rest, entry], digest: ledger.digest });
    if (isWritten) return sent(call, entry, write);
  }
  throw refusal(call, 'platform.conflict', 'others change the same order all the time', 'Try again.');
}

async function sent<P extends Json>(call: OnceCall, entry: LedgerEntry, write: OrderWrite<P>): Promise<string> {
  // The plan of this very attempt.
  const plan = entry.plan as P;
  let result: string;
  try {
    result = await write.send(plan);
  } catch (error) {
    if (!mayHaveWritten(error)) {
      await change(call, (ledger) => without(ledger, entry));
      throw error;
    }
    const found = await foundOf(write, plan);
    if (found === undefined) {
      const next = 'Repeat it with its key in a minute: it is looked for before anything is sent.';
      throw refusal(call, 'write.uncertain', 'its answer was lost and nothing of it is seen yet', next, error);
    }
    result = found;
  }
  await change(call, (ledger) => withResult(ledger, entry, result));
  return result;
}

/** A look that fails too finds nothing: the call's own failure is what counts, and the next call looks again. */
async function foundOf<P extends Json>(write: OrderWrite<P>, plan: P): Promise<string | undefined> {
  return write.find(plan).catch(() => undefined);
}

async function change(call: OnceCall, to: (ledger: Ledger) => Ledger): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const ledger = await readLedger(call);
    if (!ledger || (await writeLedger(call, to(ledger)))) return;
  }
}

function isSame(one: LedgerEntry, other: LedgerEntry): boolean {
  return one.operation === other.operation && one.key === other.key && one.attempt === other.attempt;
}

function withResult({ entries, digest }: Ledger, ended: LedgerEntry, result: string): Ledger {
  return { entries: entries.map((entry) => (isSame(entry, ended) ? { ...entry, result } : entry)), digest };
}

function without({ entries, digest }: Ledger, gone: LedgerEntry): Ledger {
  return { entries: entries.filter((entry) => !isSame(entry, gone)), digest };
}

function refusal(call: OnceCall, code: ErrorCode, seen: string, next: string, cause?: unknown): CommerceError {
  const { system, operation, order } = call;
  return new CommerceError({
    code,
    system,
    operation,
    refs: [order],
    message: `\`${operation}\` was not ${code === 'write.uncertain' ? 'seen to be ' : ''}carried out on order "${order.id}" of "${system}": ${seen}. ${next}`,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What the ledger needs of a connector's settings and of a call. */
export type OnceSettings = Pick<OnceCall, 'client' | 'system' | 'clock' | 'random' | 'timeoutMs'>;
