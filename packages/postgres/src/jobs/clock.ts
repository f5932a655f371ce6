import type { Clock } from '@crossdock/core';

/** The time of this machine: it orders ids and decides nothing. */
export const machineClock: Pick<Clock, 'now'> = { now: () => Date.now() };

/** The clock of a pg-boss whose time stands still: it does nothing in the background. */
export function stillClock(clock: Pick<Clock, 'now'>) {
  return {
    now: () => clock.now(),
    setTimeout: () => undefined,
    clearTimeout: () => {},
    setInterval: () => undefined,
    clearInterval: () => {},
  };
}
