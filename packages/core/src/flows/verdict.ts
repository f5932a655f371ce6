import type { ErrorCode } from '../errors/codes.ts';
import { isCommerceError, type CommerceError } from '../errors/commerce-error.ts';
import type { Random } from '../ports/clock.ts';
import type { AttemptEnd, AttemptNote } from './attempt-notes.ts';

/** How often an uncertain write is looked up again before a person is asked. */
export const uncertainRetries = 3;
/** The longest delay, also where a platform asks for more: a strange answer must not hide a job for years. */
const longestDelayMs = 3_600_000;
/** How long a run waits for a worker that has its version: longer than a rolling deploy takes. */
const deployMs = 3_600_000;

/** Waiting helps against these, and giving up after so many attempts would park everything whenever a system is down. */
const waits: Partial<Record<ErrorCode, { readonly end: AttemptEnd; readonly longestMs: number }>> = {
  'allowance.unknown': { end: 'outage', longestMs: 600_000 },
  'circuit.open': { end: 'outage', longestMs: 600_000 },
  'network.unreachable': { end: 'outage', longestMs: 600_000 },
  'network.timeout': { end: 'outage', longestMs: 600_000 },
  'platform.unavailable': { end: 'outage', longestMs: 600_000 },
  'platform.throttled': { end: 'outage', longestMs: 600_000 },
  'store.unavailable': { end: 'outage', longestMs: 600_000 },
  'write.in-flight': { end: 'outage', longestMs: 600_000 },
  'lease.lost': { end: 'outage', longestMs: 600_000 },
  'flow.version-missing': { end: 'unversioned', longestMs: 60_000 },
};

export type Verdict =
  | { readonly do: 'retry'; readonly inMs: number; readonly end: AttemptEnd }
  | { readonly do: 'park' };

/** What becomes of a job that failed. */
export function verdictOf(
  error: CommerceError,
  at: {
    readonly now: number;
    /** From 1, with the attempt that failed now. */
    readonly attempt: number;
    readonly step: string;
    /** Whether a write of this attempt may have happened, whatever the flow failed with in the end. */
    readonly doubted: boolean;
    readonly ends: readonly AttemptNote[];
  },
  policy: {
    readonly maxAttempts: number;
    readonly retryDelayMs: number;
    readonly settleMs: number;
    readonly outageMs: number;
    readonly random: Random;
  },
): Verdict {
  const isUncertain = error.code === 'write.uncertain';
  const leastMs = Math.max(askedMs(error), at.doubted || isUncertain ? policy.settleMs : 0);
  // A write that a system in trouble left open is looked up again when the trouble is over.
  const wait = waits[isUncertain && isCommerceError(error.cause) ? error.cause.code : error.code];
  if (isUncertain && wait?.end !== 'outage') {
    const before = at.ends.filter(({ end, step }) => end === 'uncertain' && step === at.step).length;
    if (before >= uncertainRetries) return { do: 'park' };
    return { do: 'retry', inMs: leastMs, end: 'uncertain' };
  }
  const retry = (time: number, longestMs: number, end: AttemptEnd) => ({
    do: 'retry' as const,
    inMs: Math.max(backoffMs(time, longestMs, policy), leastMs),
    end: at.doubted ? ('uncertain' as const) : end,
  });
  if (wait !== undefined) {
    const before = at.ends.filter(({ end }) => end === wait.end);
    const since = Math.min(at.now, ...before.map((note) => Date.parse(note.at)));
    const patienceMs = wait.end === 'outage' ? policy.outageMs : deployMs;
    if (at.now - since >= patienceMs) return { do: 'park' };
    return { ...retry(before.length + 1, wait.longestMs, wait.end), end: wait.end };
  }
  const counted = at.attempt - at.ends.filter(({ end }) => isWaiting(end)).length;
  if (!error.retryable || counted >= policy.maxAttempts) return { do: 'park' };
  return retry(counted, longestDelayMs, 'failed');
}

/** Ends that say nothing of the job itself. */
function isWaiting(end: AttemptEnd): boolean {
  return end === 'stopped' || end === 'outage' || end === 'unversioned';
}

/** What the platform asked for, as far as it can be granted. */
function askedMs({ retryAfterMs = 0 }: CommerceError): number {
  return Number.isNaN(retryAfterMs) ? 0 : Math.min(Math.max(0, retryAfterMs), longestDelayMs);
}

/** Doubles with each attempt; chance takes up to half away, so that what failed together does not return together. */
function backoffMs(
  time: number,
  longestMs: number,
  { retryDelayMs, random }: { readonly retryDelayMs: number; readonly random: Random },
) {
  const full = Math.min(retryDelayMs * 2 ** (time - 1), longestMs);
  return Math.round(full * (1 - random() / 2));
}
