import { systemClock } from '../policies/clock.ts';
import type { Clock } from '../ports/clock.ts';
import type { Integration } from './integration.ts';
import type { PullOperation } from './pulls.ts';
import type { SweepOptions } from './sweep-options.ts';

/** What `run` does until it is told to stop. */
export interface RunOptions<S> {
  /** Aborted: the loops end, and `run` resolves when what was at work has stopped. */
  readonly signal: AbortSignal;
  /** What to pull, and how long to wait after each pull. */
  readonly polls?:
    | readonly { readonly system: keyof S & string; readonly operation: PullOperation; readonly everyMs: number }[]
    | undefined;
  /** What to sweep, and how long to wait after each sweep: an hour does, as a sweep looks back a day. */
  readonly sweeps?:
    | readonly (Omit<SweepOptions, 'signal' | 'updatedAfter'> & {
        readonly system: keyof S & string;
        readonly operation: PullOperation;
        readonly everyMs: number;
      })[]
    | undefined;
  /** Jobs at work at the same time. Default 10. */
  readonly concurrency?: number | undefined;
  /** Longest wait before the queue is looked at again, in milliseconds. Default 1 000. */
  readonly idleMs?: number | undefined;
  /** Told of everything that a poll, a sweep or the work throws; the loop goes on after `idleMs`. `at` names the call. */
  readonly onError: (error: unknown, at: string) => void;
  readonly clock?: Clock | undefined;
}

/**
 * Polls, sweeps and works until it is told to stop, for programs that have no scheduler. Several processes may run it on the same
 * stores.
 */
export async function run<S>(integration: Integration<S>, options: RunOptions<S>): Promise<void> {
  const { signal, polls = [], sweeps = [], concurrency, idleMs = 1_000, clock = systemClock } = options;
  const again = (at: string, turn: () => Promise<number>) => repeat(at, turn, { ...options, idleMs, clock });
  await Promise.all([
    again('work', async () => {
      const { nextInMs = idleMs } = await integration.work({
        signal,
        ...(concurrency !== undefined && { concurrency }),
      });
      return Math.min(nextInMs, idleMs);
    }),
    ...polls.map(({ system, operation, everyMs }) =>
      again(`poll ${system} ${operation}`, async () => {
        await integration.poll(system, operation, { signal });
        return everyMs;
      }),
    ),
    ...sweeps.map(({ system, operation, everyMs, ...how }) =>
      again(`sweep ${system} ${operation}`, async () => {
        await integration.sweep(system, operation, { ...how, signal });
        return everyMs;
      }),
    ),
  ]);
}

/** Takes turns until the signal is aborted; each says how long to wait for the next. */
async function repeat(
  at: string,
  turn: () => Promise<number>,
  { signal, idleMs, clock, onError }: Pick<RunOptions<never>, 'signal' | 'onError'> & { idleMs: number; clock: Clock },
): Promise<void> {
  while (!signal.aborted) {
    let waitMs = idleMs;
    try {
      waitMs = await turn();
    } catch (error) {
      if (!signal.aborted) onError(error, at);
    }
    // Only the signal ends a sleep early, and the loop looks at it next.
    await clock.sleep(waitMs, signal).catch(() => {});
  }
}
