import { setTimeout } from 'node:timers/promises';

/** The machine's time, for stores that were given no clock. */
export const systemNow = { now: () => Date.now() };

/** Real milliseconds since some moment: for waits for other processes, whose time no clock of ours can move. */
export function realMs(): number {
  return performance.now();
}

/** Resolves after real milliseconds; meanwhile the process does other things. */
export async function realPause(ms: number): Promise<void> {
  await setTimeout(ms);
}
