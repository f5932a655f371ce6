import type { Clock } from '@crossdock/core';
import type { TestClock } from '../fake/clock.ts';
import { asleep, deadlineOf } from '../fake/timer-waits.ts';
import { turn } from './node-turn.ts';

/** The clock of the world outside. It stands still unless it is told to go on. */
export interface WorldClock extends TestClock {
  /** Resolves when nobody outside is at work any more, apart from those who wait for us. */
  settle(): Promise<void>;
  /** Counts a request to a platform as long as it takes. */
  during<T>(request: Promise<T>): Promise<T>;
  /** Whether a platform that works on a request lets time pass over it. */
  readonly isResting: boolean;
}

type Timer = { readonly at: number; readonly order: number; readonly isSleep: boolean; readonly fire: () => void };

/** Timers by the moment they are due, those of one moment in the order they were set. */
function timers() {
  const set = new Set<Timer>();
  let order = 0;
  const first = (isSleep?: boolean) => {
    let found: Timer | undefined;
    for (const timer of set) {
      if (isSleep !== undefined && timer.isSleep !== isSleep) continue;
      if (!found || timer.at < found.at || (timer.at === found.at && timer.order < found.order)) found = timer;
    }
    return found;
  };
  return {
    first,
    get sleepers() {
      return [...set].filter(({ isSleep }) => isSleep).length;
    },
    add(at: number, isSleep: boolean, fire: () => void): () => void {
      const timer = { at, order: order++, isSleep, fire };
      set.add(timer);
      return () => void set.delete(timer);
    },
    /** Takes the first that is due at `moment`. */
    take(moment: number): Timer | undefined {
      const timer = first();
      if (!timer || timer.at > moment) return undefined;
      set.delete(timer);
      return timer;
    },
    clear: () => set.clear(),
  };
}

/** `waiting` says how many hold the clock only because they wait for an answer of ours. */
export function worldClock(startAt: string, waiting: () => number): WorldClock {
  const set = timers();
  let now = Date.parse(startAt);
  let holds = 0;
  let requests = 0;

  async function settle(): Promise<void> {
    for (let turns = 0; turns < 2; turns = holds > waiting() ? 0 : turns + 1) await turn();
  }
  return {
    now: () => now,
    sleep: (ms, signal) => asleep(signal, (wake) => set.add(now + Math.max(0, ms), true, wake)),
    deadline: (ms) => deadlineOf((pass) => set.add(now + Math.max(0, ms), false, pass)),
    settle,
    async during(request) {
      requests++;
      try {
        return await request;
      } finally {
        requests--;
      }
    },
    get isResting() {
      return requests > 0 && holds <= waiting();
    },
    async advance(ms) {
      const target = now + ms;
      await settle();
      for (let timer = set.take(target); timer; timer = set.take(target)) {
        now = Math.max(now, timer.at);
        timer.fire();
        await settle();
      }
      now = Math.max(now, target);
    },
    hold() {
      holds++;
      let isHeld = true;
      return () => {
        if (isHeld) holds--;
        isHeld = false;
      };
    },
    get sleepers() {
      return set.sleepers;
    },
    get nextWakeAt() {
      return set.first(true)?.at;
    },
  };
}

/** The clock of one process. It learns from outside what time it is, and says when only time can help it on. */
export interface ProcessClock extends Clock {
  /** It is this time now: whatever became due fires. */
  goOnTo(moment: number): void;
  /** The process is dead: nothing fires any more. */
  stop(): void;
}

/**
 * `onIdle` is told when somebody sleeps and nothing is at work, with the moment at which the next thing is due. Waits for
 * a socket or a store are work.
 */
export function processClock(startAt: number, isBusy: () => boolean, onIdle: (nextAt: number) => void): ProcessClock {
  const set = timers();
  let now = startAt;
  let watching = 0;
  let isStopped = false;

  async function watch(): Promise<void> {
    const mine = ++watching;
    // Long enough for a hash or a signature that is being made elsewhere.
    for (let turns = 0; turns < 3; turns = isBusy() ? 0 : turns + 1) await shortWhile();
    const next = set.first();
    if (mine === watching && !isStopped && next && set.first(true)) onIdle(next.at);
  }
  return {
    now: () => now,
    sleep(ms, signal) {
      if (isStopped) return never();
      const sleeping = asleep(signal, (wake) => set.add(now + Math.max(0, ms), true, wake));
      void watch();
      return sleeping;
    },
    deadline: (ms) => deadlineOf((pass) => set.add(now + Math.max(0, ms), false, pass)),
    goOnTo(moment) {
      for (let timer = set.take(moment); timer; timer = set.take(moment)) {
        now = Math.max(now, timer.at);
        timer.fire();
      }
      now = Math.max(now, moment);
      if (set.first(true)) void watch();
    },
    stop() {
      isStopped = true;
      set.clear();
    },
  };
}

/** What a dead process waits for. */
export function never<T>(): Promise<T> {
  return new Promise(() => {});
}

/** Resolves with `late` after so many real milliseconds, for what should never take so long. */
export function patience(ms: number): { readonly late: Promise<'late'>; clear(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late');
  });
  return { late, clear: () => clearTimeout(timer) };
}

function shortWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
