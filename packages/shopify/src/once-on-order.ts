import {
  CommerceError,
  fingerprint,
  halfDone,
  isCommerceError,
  mayHaveWritten,
  systemClock,
  type Clock,
  type ErrorCode,
  type HalfDone,
  type Json,
} from '@crossdock/core';
import type * as z from 'zod';
import {
  readLedger,
  writeLedger,
  type Ledger,
  type LedgerEntry,
  type LedgerPlace,
  type OpenWrite,
} from './order-ledger.ts';
import { leaseMsOf, sendWindow, type SendWindow } from './send-window.ts';

/** What became of a write: `nothing` was done, or it is `unclear` and nobody can tell. */
export type Found = { readonly result: string } | 'nothing' | 'unclear';

/** What is to be done, decided on what is there now. */
export interface PlannedWrite<T extends Json> {
  /** What is needed to find out what became of it. Little: it is noted on the order. */
  readonly trace: T;
  /** Sends it, each request with this signal. */
  readonly send: (signal: AbortSignal) => Promise<string>;
}

/** A write of an order that Shopify knows no key for, and how to see whether it was carried out. */
export interface OrderWrite<T extends Json> {
  /** Made anew when somebody changed what is noted. Throws when it cannot be done; the result where it is there already. */
  readonly plan: () => Promise<PlannedWrite<T> | { readonly result: string }>;
  /** What a trace is read with: it stands where people can change it. */
  readonly traceSchema: z.ZodType<T>;
  readonly find: (trace: T) => Promise<Found>;
  /**
   * What belongs to it, may be repeated, and is left alone once the result is noted. Gives an error for what was refused and
   * no repeat helps; what it throws is made up for by the next call.
   */
  readonly settle?: (trace: T) => Promise<CommerceError | undefined>;
}

/** The call that is to be made once. */
export interface OnceCall extends LedgerPlace {
  /** Of what one write is open at a time; by itself, so that what is found there afterwards belongs to it. */
  readonly subject: string;
  readonly idempotencyKey: string;
  /** What tells this call from another one with its key. */
  readonly content: Json;
  readonly clock?: Clock | undefined;
  /** Longest time that one request to the shop takes. */
  readonly timeoutMs?: number | undefined;
}

/** What the ledger needs of a connector's settings. */
export type OnceSettings = Pick<OnceCall, 'client' | 'system' | 'clock' | 'timeoutMs'>;

/** More than callers that meet in practice. */
const mostRounds = 20;
/** So often an attempt is noted anew when Shopify had no room for it in its time. */
const mostWindows = 3;
const defaultTimeoutMs = 30_000;

/**
 * Makes a write once for its key, whoever asks and from which process. The key is noted on the order before it is sent, by
 * comparing and swapping, and read again just before; requests go out for a while after that only. Whoever meets a write that
 * is open looks what became of it, and waits by Shopify's clock until nothing of it can be under way.
 */
export async function onceOnOrder<T extends Json>(call: OnceCall, write: OrderWrite<T>): Promise<string> {
  const { clock = systemClock, timeoutMs = defaultTimeoutMs, operation, subject, signal } = call;
  const key = (await fingerprint(call.idempotencyKey)).slice(0, 16);
  const content = (await fingerprint(call.content)).slice(0, 16);
  const named = { operation, subject, key, content };
  /** What we tried to note, whether or not we heard that it went well: what stands there in the end says which of it counts. */
  const ours = new Map<string, OwnAttempt<T>>();
  const entryOf = (planned: PlannedWrite<T>): LedgerEntry => {
    const attempt = crypto.randomUUID();
    ours.set(attempt, { planned, window: sendWindow(clock, signal) });
    return { ...named, open: { attempt, leaseMs: leaseMsOf(timeoutMs), trace: planned.trace } };
  };

  for (let round = 0; round < mostRounds; round += 1) {
    const ledger = await readLedger(call);
    if (!ledger) throw refusal(call, 'record.missing', 'there is no such order', 'Check the link to it.');
    const own = ledger.entries.find((entry) => entry.operation === operation && entry.key === key);
    if (own && own.content !== content) {
      throw refusal(call, 'key.reused', 'its key belongs to another content', 'Take another key for it.');
    }
    if (own?.result !== undefined) return own.result;
    if (own && !own.open) throw unclear(call);
    const attempt = own?.open && ours.get(own.open.attempt);
    if (own && attempt) {
      const result = attempt.window.isFresh() ? await sent(call, write, own, attempt) : undefined;
      if (result !== undefined) return result;
      if (ours.size >= mostWindows) {
        await change(call, (now) => without(now, own));
        throw refusal(call, 'platform.throttled', 'Shopify had no room for it in time', 'Nothing was sent; repeat it.');
      }
      await writeLedger(call, { entries: replaced(ledger, own, entryOf(attempt.planned)), digest: ledger.digest });
      continue;
    }
    const open = ledger.entries.find((one) => one.operation === operation && one.subject === subject && one.open);
    const room = open?.open
      ? await roomAfter(call, write, ledger, { entry: open, open: open.open, isOwn: open === own })
      : ledger;
    if (!room) continue;
    const plan = await write.plan();
    if ('result' in plan) {
      await writeLedger(call, { entries: [...room.entries, { ...named, ...plan }], digest: room.digest });
      continue;
    }
    await writeLedger(call, { entries: [...room.entries, entryOf(plan)], digest: room.digest });
  }
  throw refusal(call, 'platform.conflict', 'others change the same order all the time', 'Try again.');
}

interface OwnAttempt<T extends Json> {
  readonly planned: PlannedWrite<T>;
  readonly window: SendWindow;
}

/** The result; `undefined` where nothing went out before the time was up. */
async function sent<T extends Json>(
  call: OnceCall,
  write: OrderWrite<T>,
  entry: LedgerEntry,
  { planned: { trace, send }, window }: OwnAttempt<T>,
): Promise<string | undefined> {
  let result: string;
  try {
    result = await send(window.signal);
  } catch (error) {
    // What may have been carried out ends as `write.uncertain`, whatever came behind it.
    const isHeldBack = isCommerceError(error, 'call.aborted') && window.hasStopped() && call.signal?.aborted !== true;
    if (isHeldBack) return undefined;
    if (!mayHaveWritten(error)) {
      // What stands there when this fails too is looked up by the next call; the refusal is what counts.
      await change(call, (ledger) => without(ledger, entry)).catch(() => undefined);
      throw error;
    }
    // A look that fails too finds nothing: the call's own failure is what counts, and the next call looks again.
    const found = await write.find(trace).catch(() => 'nothing' as const);
    if (typeof found === 'string') {
      const next = 'Repeat it with its key in two minutes: it is looked for before anything is sent.';
      throw refusal(call, 'write.uncertain', 'its answer was lost and nothing of it is seen yet', next, {
        cause: error,
      });
    }
    ({ result } = found);
  }
  const refused = await settled(call, write, trace);
  // A note that fails is made up for by the next call, which looks: an error would say that nothing was sent.
  await change(call, (ledger) => withResult(ledger, entry, result)).catch(() => undefined);
  if (refused) throw refused;
  return result;
}

/** What belongs to a write that was carried out, so that nothing that fails from here on says that it was not. */
async function settled<T extends Json>(
  call: OnceCall,
  { settle }: OrderWrite<T>,
  trace: T,
): Promise<CommerceError | undefined> {
  return settle?.(trace).catch((error: unknown) => {
    throw halfDone(error, afterwards(call));
  });
}

function afterwards({ system, operation, order }: OnceCall): HalfDone {
  const what = `\`${operation}\` was carried out on order "${order.id}" of "${system}", and not all that belongs to it`;
  const next = 'Repeat it with its key: nothing is sent twice.';
  return { what, next, system, operation, refs: [order] };
}

function traceIn<T extends Json>(call: OnceCall, { traceSchema }: OrderWrite<T>, { trace }: OpenWrite): T {
  const parsed = traceSchema.safeParse(trace);
  if (parsed.success) return parsed.data;
  const seen = "what the app's metafield there says of an open write is not as this connector wrote it";
  const next = 'See who changed it; delete it once nothing of the order is in doubt.';
  throw refusal(call, 'record.invalid', seen, next, { cause: parsed.error });
}

interface OpenEntry {
  readonly entry: LedgerEntry;
  readonly open: OpenWrite;
}

/**
 * The ledger without a write that somebody left open, once nothing of it was done nor will be. `undefined` where everything
 * has to be read anew. Throws while somebody may be at it.
 */
async function roomAfter<T extends Json>(
  call: OnceCall,
  write: OrderWrite<T>,
  ledger: Ledger,
  { entry, open, isOwn }: OpenEntry & { readonly isOwn: boolean },
): Promise<Ledger | undefined> {
  const trace = traceIn(call, write, open);
  const isEnded = async (found: Found, now: Ledger) => {
    if (typeof found === 'string') return false;
    const refused = await settled(call, write, trace);
    await writeLedger(call, withResult(now, entry, found.result)).catch((error: unknown) => {
      throw write.settle ? halfDone(error, afterwards(call)) : error;
    });
    // Whoever asks with another key is told of his own write alone.
    if (refused && isOwn) throw refused;
    return true;
  };
  if (await isEnded(await write.find(trace), ledger)) return undefined;
  const seen = await leaseOf(call, ledger, { entry, open });
  if (!seen) return undefined;
  if (seen.leftMs > 0) throw inFlight(call, entry, seen.leftMs);
  // Looked for once more, because only now nothing of it is under way.
  const found = await write.find(trace);
  if (await isEnded(found, seen.now)) return undefined;
  if (found === 'nothing') return without(seen.now, entry);
  const ended = { ...entry, open: undefined };
  await writeLedger(call, { ...seen.now, entries: replaced(seen.now, entry, ended) });
  return undefined;
}

/**
 * How long somebody may still be at it, by Shopify's clock alone: from when it surely stood there until this look at it, which
 * is noted too. `undefined` where the ledger was changed meanwhile.
 */
async function leaseOf(
  call: OnceCall,
  ledger: Ledger,
  { entry, open }: OpenEntry,
): Promise<{ readonly leftMs: number; readonly now: Ledger } | undefined> {
  const since = open.seen?.since ?? ledger.changedAt;
  if (since === null) return undefined;
  const looked = { ...entry, open: { ...open, seen: { since, look: crypto.randomUUID() } } };
  const now = await writeLedger(call, { ...ledger, entries: replaced(ledger, entry, looked) });
  if (!now || now.changedAt === null) return undefined;
  return { leftMs: open.leaseMs - (Date.parse(now.changedAt) - Date.parse(since)), now };
}

async function change(call: OnceCall, to: (ledger: Ledger) => Ledger): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const ledger = await readLedger(call);
    if (!ledger || (await writeLedger(call, to(ledger)))) return;
  }
}

function isSame(one: LedgerEntry, other: LedgerEntry): boolean {
  return one.operation === other.operation && one.key === other.key;
}

function replaced({ entries }: Ledger, gone: LedgerEntry, next: LedgerEntry): readonly LedgerEntry[] {
  return entries.map((entry) => (isSame(entry, gone) ? next : entry));
}

/** What was needed to find it out goes: the metafield has room for results of many writes. */
function withResult(ledger: Ledger, entry: LedgerEntry, result: string): Ledger {
  return { ...ledger, entries: replaced(ledger, entry, { ...entry, open: undefined, result }) };
}

function without(ledger: Ledger, gone: LedgerEntry): Ledger {
  const isGone = (entry: LedgerEntry) => isSame(entry, gone) && entry.open?.attempt === gone.open?.attempt;
  return { ...ledger, entries: ledger.entries.filter((entry) => !isGone(entry)) };
}

function unclear(call: OnceCall): CommerceError {
  const seen = 'of an earlier attempt nobody can tell whether it was, because others changed the same meanwhile';
  const next =
    'Compare what stands in Shopify with what was asked and do there what is missing, then resolve; with this key nothing is sent any more, and others go on.';
  return refusal(call, 'write.uncertain', seen, next);
}

function inFlight(call: OnceCall, { subject, key }: LedgerEntry, leftMs: number): CommerceError {
  const of = subject === '' ? '' : ` of "${subject}"`;
  const seen = `one${of} is open there under the key with the fingerprint "${key}"`;
  const next = `Try again in ${Math.ceil(leftMs / 1000)} s.`;
  return refusal(call, 'write.in-flight', seen, next, { retryAfterMs: leftMs });
}

function refusal(
  call: OnceCall,
  code: ErrorCode,
  seen: string,
  next: string,
  more: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
): CommerceError {
  const { system, operation, order } = call;
  return new CommerceError({
    code,
    system,
    operation,
    refs: [order],
    message: `\`${operation}\` was not ${code === 'write.uncertain' ? 'seen to be ' : ''}carried out on order "${order.id}" of "${system}": ${seen}. ${next}`,
    ...more,
  });
}
