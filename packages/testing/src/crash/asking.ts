import { patience, type WorldClock } from './clock.ts';

/** Real milliseconds without a sign of life after which a process is taken for hung. */
const hungAfterMs = 20_000;
/** Real milliseconds between two looks at whether a platform lets time pass while it works. */
const restingAfterMs = 40;

/** A process that hangs: it neither answers nor waits for the clock. */
export class Hung extends Error {
  override readonly name = 'Hung';
}

/** Where a process says that only time can help it on. */
export interface Idleness {
  tell(nextAt: number): void;
  /** Resolves with the moment when the process said so, or says so next. */
  next(): Promise<number>;
  reset(): void;
}

export function idleness(): Idleness {
  let said: number | undefined;
  let listener: ((nextAt: number) => void) | undefined;
  return {
    tell(nextAt) {
      if (!listener) said = nextAt;
      listener?.(nextAt);
      listener = undefined;
    },
    next() {
      if (said !== undefined) {
        const at = said;
        said = undefined;
        return Promise.resolve(at);
      }
      return new Promise((resolve) => {
        listener = resolve;
      });
    },
    reset() {
      said = undefined;
      listener = undefined;
    },
  };
}

/** Waits for an answer, and moves the world's clock on whenever the process is idle. `goOn` tells it the time. */
export async function withTime<T>(
  clock: WorldClock,
  answer: Promise<T>,
  idle: Idleness,
  goOn: (now: number) => void,
): Promise<T> {
  const answered = answer.then((value) => ({ value }));
  for (let quietMs = 0; ;) {
    const pause = patience(restingAfterMs);
    const seen = await Promise.race([answered, idle.next(), pause.late]);
    pause.clear();
    if (typeof seen === 'object') {
      idle.reset();
      return seen.value;
    }
    if (typeof seen === 'number') {
      quietMs = 0;
      await clock.advance(Math.max(0, seen - clock.now()));
      goOn(clock.now());
      continue;
    }
    quietMs += restingAfterMs;
    if (quietMs >= hungAfterMs) throw new Hung('A call neither came to an end nor waited for the clock.');
    if (clock.isResting && quietMs >= 5 * restingAfterMs && clock.nextWakeAt !== undefined) {
      await clock.advance(Math.max(0, clock.nextWakeAt - clock.now()));
      goOn(clock.now());
    }
  }
}
