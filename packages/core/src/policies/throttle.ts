import { CommerceError } from '../errors/commerce-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lane } from '../ports/options.ts';
import type { Usage } from '../ports/usage.ts';
import type { Bucket, Reading } from './bucket.ts';
import { laneQueue } from './lane-queue.ts';
import { believable, zeroOrMore } from './reading.ts';

/** A call's share of an allowance, from before it is sent until its end is known. */
export interface Reservation {
  /** It was answered, or may have been: what it cost is spent. */
  settle(reading?: Reading): void;
  /** It was not sent: its share is free again. */
  giveBack(): void;
  /** The platform said "too many". */
  refused(retryAfterMs: number | undefined): void;
}

export interface Throttle {
  /**
   * Resolves when `cost` fits: at once where nobody waits, else in the order of the lanes. Rejects with the signal's
   * reason when it is aborted first, and with `platform.throttled` as soon as the allowance itself has no room for longer
   * than the longest wait. Every reservation has to be ended by one of its three verbs.
   */
  reserve(cost: number, lane: Lane, signal?: AbortSignal): Promise<Reservation>;
  /** What an answer to a call that drew from elsewhere says of this allowance. */
  learn(reading: Reading): void;
  usage(): Omit<Usage, 'bucket'>;
}

type Waiting = {
  readonly cost: number;
  readonly admit: () => void;
  readonly refuse: () => void;
};

/**
 * Lets calls through as a platform's allowance permits, so that the platform never has to say "too many". A queue that
 * moves may be long; an allowance that is shut for more than `longestWaitMs` is waited for by nobody.
 */
export function throttle(bucket: Bucket, clock: Clock, longestWaitMs: number): Throttle {
  const queue = laneQueue<Waiting>();
  let outstanding = 0;
  let settledTotal = 0;
  let alarm: { readonly at: number; readonly controller: AbortController } | undefined;
  const used = { calls: 0, spent: 0, throttled: 0, waitedMs: 0 };

  function admit(cost: number): Reservation {
    const settledBefore = settledTotal;
    let open = true;
    outstanding += cost;
    used.calls++;
    const end = (act: () => void) => {
      if (!open) return;
      open = false;
      outstanding -= cost;
      act();
      pump();
    };
    const spend = (reading: Reading) => {
      const spent = reading.spent ?? cost;
      bucket.settle(spent, reading, settledTotal - settledBefore, clock.now(), outstanding);
      settledTotal += spent;
      used.spent += spent;
    };
    return {
      settle: (reading = {}) => end(() => spend(believable(reading))),
      giveBack: () =>
        end(() => {
          used.calls--;
        }),
      refused: (retryAfterMs) =>
        end(() => {
          used.throttled++;
          bucket.empty(zeroOrMore(retryAfterMs), clock.now());
        }),
    };
  }

  /** Lets through whoever fits now, and sets the alarm for the next. */
  function pump(): void {
    for (let head = queue.next(); head; head = queue.next()) {
      const waitMs = bucket.waitMs(head.cost, outstanding, clock.now());
      if (tooLong(waitMs)) {
        queue.take();
        head.refuse();
        continue;
      }
      if (waitMs > 0) {
        wakeIn(waitMs);
        return;
      }
      queue.take();
      head.admit();
    }
    wakeIn(Number.POSITIVE_INFINITY);
  }

  function wakeIn(ms: number): void {
    const at = clock.now() + ms;
    if (alarm?.at === at) return;
    alarm?.controller.abort();
    alarm = undefined;
    // Only an answer makes room, and an answer calls by itself.
    if (ms === Number.POSITIVE_INFINITY) return;
    const controller = new AbortController();
    alarm = { at, controller };
    void wake(ms, controller.signal);
  }

  async function wake(ms: number, replaced: AbortSignal): Promise<void> {
    try {
      await clock.sleep(ms, replaced);
    } catch (error) {
      // Replaced by another alarm; anything else is the clock's failure, and nobody would be woken again.
      if (replaced.aborted) return;
      throw error;
    }
    alarm = undefined;
    pump();
  }

  /** Where only an answer can make room, it is not known, and answers have limits of their own. */
  function tooLong(waitMs: number): boolean {
    return waitMs !== Number.POSITIVE_INFINITY && waitMs > longestWaitMs;
  }

  function noRoom(cost: number): CommerceError {
    const waitMs = bucket.waitMs(cost, outstanding, clock.now());
    return new CommerceError({
      code: 'platform.throttled',
      message: `A call was not sent: its allowance is shut for more than ${longestWaitMs} ms. Try again when it is open.`,
      retryAfterMs: waitMs === Number.POSITIVE_INFINITY ? undefined : waitMs,
    });
  }

  function wait(cost: number, lane: Lane, signal: AbortSignal | undefined): Promise<Reservation> {
    const { promise, resolve, reject } = Promise.withResolvers<Reservation>();
    const since = clock.now();
    const waiting: Waiting = {
      cost,
      admit() {
        signal?.removeEventListener('abort', onAbort);
        used.waitedMs += clock.now() - since;
        resolve(admit(cost));
      },
      refuse() {
        signal?.removeEventListener('abort', onAbort);
        reject(noRoom(cost));
      },
    };
    const onAbort = () => {
      queue.remove(waiting);
      reject(signal?.reason as Error);
      pump();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    queue.add(waiting, lane);
    pump();
    return promise;
  }

  return {
    async reserve(cost, lane, signal) {
      const waitMs = bucket.waitMs(cost, outstanding, clock.now());
      if (!queue.next() && waitMs === 0) return admit(cost);
      signal?.throwIfAborted();
      if (tooLong(waitMs)) throw noRoom(cost);
      return wait(cost, lane, signal);
    },
    learn(reading) {
      bucket.settle(0, { ...believable(reading), spent: undefined }, 0, clock.now(), outstanding);
      pump();
    },
    usage: () => ({ ...used }),
  };
}
