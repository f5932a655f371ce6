import type { Clock } from '@crossdock/core';

/** Work that Amazon does when its time has come. */
export interface Schedule {
  after(ms: number, act: () => void): void;
}

type Entry = { readonly at: number; readonly act: () => void };

/** Does work as time passes, without asking the clock to go on. Only the next work holds a timer. */
export function schedule(clock: Pick<Clock, 'now' | 'deadline'>): Schedule {
  /** Soonest last, so that what is due is popped. */
  const entries: Entry[] = [];
  let armed: { readonly at: number; readonly clear: () => void } | undefined;

  function arm(): void {
    const next = entries.at(-1);
    if (armed?.at === next?.at) return;
    armed?.clear();
    armed = undefined;
    if (!next) return;
    const timer = clock.deadline(next.at - clock.now());
    armed = { at: next.at, clear: () => timer.clear() };
    timer.signal.addEventListener('abort', work, { once: true });
  }

  function work(): void {
    armed = undefined;
    for (let next = entries.at(-1); next && next.at <= clock.now(); next = entries.at(-1)) {
      entries.pop();
      next.act();
    }
    arm();
  }

  return {
    after(ms, act) {
      const at = clock.now() + Math.max(0, ms);
      entries.splice(placeOf(entries, at), 0, { at, act });
      arm();
    },
  };
}

/** Before everything that is due at the same moment or sooner: what was asked for first is done first. */
function placeOf(entries: readonly Entry[], at: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.at ?? 0) > at) low = middle + 1;
    else high = middle;
  }
  return low;
}
