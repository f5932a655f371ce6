import type { Clock } from '@crossdock/core';

/** Work that a warehouse does when its time has come. */
export interface Schedule {
  at(moment: number, act: () => void): void;
}

/** A warehouse works in waves: what becomes due within a minute is done together. */
const waveMs = 60_000;

/**
 * Does work as time passes, without asking the clock to go on: nobody waits for a warehouse. Only the next wave holds a
 * timer, so that thousands of orders cost no more than one.
 */
export function schedule(clock: Pick<Clock, 'now' | 'deadline'>): Schedule {
  const waves = new Map<number, (() => void)[]>();
  let armed: { readonly at: number; readonly clear: () => void } | undefined;

  function arm(): void {
    const next = Math.min(...waves.keys());
    if (armed?.at === next) return;
    armed?.clear();
    armed = undefined;
    if (next === Number.POSITIVE_INFINITY) return;
    const timer = clock.deadline(next - clock.now());
    armed = { at: next, clear: () => timer.clear() };
    timer.signal.addEventListener('abort', work, { once: true });
  }

  function work(): void {
    armed = undefined;
    const due = [...waves.keys()].filter((at) => at <= clock.now()).toSorted((a, b) => a - b);
    for (const at of due) {
      const acts = waves.get(at) ?? [];
      waves.delete(at);
      for (const act of acts) act();
    }
    arm();
  }

  return {
    at(moment, act) {
      const wave = Math.ceil(moment / waveMs) * waveMs;
      const acts = waves.get(wave);
      if (acts) acts.push(act);
      else waves.set(wave, [act]);
      arm();
    },
  };
}
