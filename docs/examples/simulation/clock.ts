import type { Clock } from '@crossdock/core';

/** A clock that moves only when the simulation says so, straight to the next moment at which something is due. */
export interface SimulatedClock {
  readonly now: () => number;
  /** A process's view of it. Whatever it waits for is forgotten with `die`. */
  process(): Clock & { die(): void };
  /** Moves on by `ms`; what becomes due meanwhile happens in order. */
  advance(ms: number): void;
  /** Milliseconds until the next thing is due. */
  readonly nextInMs: number | undefined;
}

type Timer = { readonly at: number; readonly order: number; readonly fire: () => void };

export function simulatedClock(startAt: string): SimulatedClock {
  let now = Date.parse(startAt);
  let order = 0;
  const timers = new Set<Timer>();

  function next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  }

  return {
    now: () => now,
    process() {
      const own = new Set<Timer>();
      const add = (ms: number, fire: () => void) => {
        const timer: Timer = { at: now + Math.max(0, ms), order: order++, fire };
        timers.add(timer);
        own.add(timer);
        return () => {
          timers.delete(timer);
          own.delete(timer);
        };
      };
      return {
        now: () => now,
        sleep: (ms, signal) =>
          new Promise((resolve, reject) => {
            const onAbort = () => {
              remove();
              reject(signal?.reason as Error);
            };
            const remove = add(ms, () => {
              signal?.removeEventListener('abort', onAbort);
              resolve();
            });
            if (signal?.aborted) onAbort();
            else signal?.addEventListener('abort', onAbort, { once: true });
          }),
        deadline(ms) {
          const controller = new AbortController();
          const clear = add(ms, () => controller.abort(new DOMException('The time limit passed.', 'TimeoutError')));
          return { signal: controller.signal, clear };
        },
        die() {
          for (const timer of own) timers.delete(timer);
        },
      };
    },
    advance(ms) {
      const target = now + ms;
      for (let timer = next(); timer && timer.at <= target; timer = next()) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.fire();
      }
      now = target;
    },
    get nextInMs() {
      const timer = next();
      return timer && Math.max(0, timer.at - now);
    },
  };
}
