import type { Clock } from '../../src/ports/clock.ts';

/** A clock for simulations of hours: jumps from one sleeper to the next, one turn of the event loop for each. */
export interface EventClock extends Clock {
  /** Lets time pass until `until`; sleepers beyond it sleep on. */
  run(until: number): Promise<void>;
}

type Sleeper = { readonly at: number; readonly order: number; readonly wake: () => void };

export function eventClock(): EventClock {
  let now = 0;
  let order = 0;
  const sleepers = new Set<Sleeper>();
  const earliest = () => {
    let first: Sleeper | undefined;
    for (const sleeper of sleepers) {
      if (!first || sleeper.at < first.at || (sleeper.at === first.at && sleeper.order < first.order)) first = sleeper;
    }
    return first;
  };
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, order: order++, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            sleepers.delete(sleeper);
            reject(signal.reason as Error);
          },
          { once: true },
        );
      }),
    deadline: () => ({ signal: new AbortController().signal, clear: () => undefined }),
    async run(until) {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = earliest();
        if (!next || next.at > until) break;
        sleepers.delete(next);
        now = next.at;
        next.wake();
      }
      now = until;
    },
  };
}
