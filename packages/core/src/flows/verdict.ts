import type { CommerceError } from '../errors/commerce-error.ts';
import type { Random } from '../ports/clock.ts';

/** How often an uncertain write is looked up again before a person is asked. */
export const uncertainRetries = 3;
const longestDelayMs = 3_600_000;

export type Verdict = { readonly do: 'retry'; readonly inMs: number } | { readonly do: 'park' };

/** What becomes of a job that failed. `uncertainBefore` counts the uncertain ends that this failure follows. */
export function verdictOf(
  error: CommerceError,
  at: { readonly attempt: number; readonly uncertainBefore: number },
  policy: {
    readonly maxAttempts: number;
    readonly retryDelayMs: number;
    readonly settleMs: number;
    readonly random: Random;
  },
): Verdict {
  const askedMs = error.retryAfterMs ?? 0;
  if (error.code === 'write.uncertain') {
    if (at.uncertainBefore >= uncertainRetries) return { do: 'park' };
    return { do: 'retry', inMs: Math.max(policy.settleMs, askedMs) };
  }
  if (!error.retryable || at.attempt >= policy.maxAttempts) return { do: 'park' };
  return { do: 'retry', inMs: Math.max(backoffMs(at.attempt, policy), askedMs) };
}

/** Doubles with each attempt; chance takes up to half away, so that what failed together does not return together. */
function backoffMs(
  attempt: number,
  { retryDelayMs, random }: { readonly retryDelayMs: number; readonly random: Random },
) {
  const full = Math.min(retryDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return Math.round(full * (1 - random() / 2));
}
