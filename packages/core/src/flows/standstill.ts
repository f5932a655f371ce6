import type { Clock } from '../ports/clock.ts';
import { sha256 } from '../rules/fingerprint.ts';

/** Tells when a planned run waits for nothing any more that will come by itself. */
export interface Standstill {
  /** Something that answers by itself: a read, a look into a store. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Something that only a replay would know. Never settles, so that the flow neither goes on with it nor fails. */
  unknown(): Promise<never>;
  /** Resolves when only what is unknown is waited for. */
  readonly reached: Promise<void>;
  /** Stops looking. */
  stop(): void;
}

/** Turns of the event loop that a flow may need from one answer to its next question. */
const quietTurns = 3;
/** How long a step may take for what nobody sees, such as a file that it reads, while other steps wait for the unknown. */
const longestMs = 1_000;

/** `atWork` gives the number of steps at work: those that wait for something unknown, and perhaps more. */
export function standstill(clock: Clock, atWork: () => number): Standstill {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const stopped = new AbortController();
  let inFlight = 0;
  let unknowns = 0;
  /** Rises whenever anything happens. */
  let changes = 0;

  const look = async () => {
    const seen = ++changes;
    const isQuiet = () => seen === changes && inFlight === 0 && unknowns > 0;
    for (let turns = 0; turns < quietTurns && isQuiet(); turns++) await turn();
    if (isQuiet() && atWork() > unknowns) await pass(clock, longestMs, stopped.signal);
    if (isQuiet()) resolve();
  };

  return {
    async during(work) {
      changes++;
      inFlight++;
      try {
        return await work;
      } finally {
        inFlight--;
        void look();
      }
    },
    unknown() {
      unknowns++;
      void look();
      return new Promise<never>(() => {});
    },
    reached,
    stop: () => stopped.abort(),
  };
}

/** One turn of the event loop, for a clock may stand still: hashing is answered by the next one. */
async function turn(): Promise<void> {
  await sha256('');
}

async function pass(clock: Clock, ms: number, stop: AbortSignal): Promise<void> {
  const limit = clock.deadline(ms);
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of [limit.signal, stop]) signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  limit.clear();
}
