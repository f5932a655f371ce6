/** How many calls a system takes at one moment, as it shows itself. */
export interface LearntLimit {
  now(): number;
  /** A call that was sent at `sentAt` was answered well, so much later. `kind` is what it is compared with: calls like it. */
  answered(call: {
    readonly kind: string;
    readonly sentAt: number;
    readonly tookMs: number;
    readonly isFull: boolean;
  }): void;
  /** A call that was sent at `sentAt` met a system in trouble. `at` is now. */
  troubled(call: { readonly sentAt: number; readonly at: number }): void;
}

/** Slower than twice as long as such calls take at best, and calls wait for each other over there. */
const slow = 2;
/** What a call may take longer without meaning anything: noise of a network. */
const noiseMs = 20;
/** How fast the best is forgotten, for each answer: a shop that grew slower for good is not held against itself. */
const forgets = 0.02;

/**
 * Starts low and grows by one when as many calls as the limit in a row were answered as fast as ever while all places were
 * taken. As many slow ones take one away. Trouble halves it, once for all the calls that were under way then.
 */
export function learntLimit({ start, most }: { readonly start: number; readonly most: number }): LearntLimit {
  let limit = Math.min(start, most);
  let run = 0;
  let halvedAt = Number.NEGATIVE_INFINITY;
  const best = new Map<string, number>();

  /** Whether it took longer than such calls take at best. */
  function isSlow(kind: string, tookMs: number): boolean {
    const known = best.get(kind) ?? tookMs;
    best.set(kind, Math.min(tookMs, known + (tookMs - known) * forgets));
    return tookMs > known * slow + noiseMs;
  }

  return {
    now: () => limit,
    answered({ kind, sentAt, tookMs, isFull }) {
      const wasSlow = isSlow(kind, tookMs);
      if (sentAt < halvedAt) return;
      if (wasSlow) run = Math.min(run, 0) - 1;
      else if (isFull) run = Math.max(run, 0) + 1;
      else run = Math.max(run, 0);
      if (run >= limit && limit < most) {
        limit += 1;
        run = 0;
      } else if (run <= -limit && limit > 1) {
        limit -= 1;
        run = 0;
      }
    },
    troubled({ sentAt, at }) {
      if (sentAt < halvedAt) return;
      limit = Math.max(1, Math.floor(limit / 2));
      halvedAt = at;
      run = 0;
    },
  };
}
