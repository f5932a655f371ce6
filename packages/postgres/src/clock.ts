import { setTimeout } from 'node:timers/promises';

/** Resolves after real milliseconds: for waits for other processes, whose time no clock of ours can move. */
export async function realPause(ms: number): Promise<void> {
  await setTimeout(ms);
}

/** Real milliseconds since some moment, which no change of the machine's time moves. */
export function realMs(): number {
  return performance.now();
}
