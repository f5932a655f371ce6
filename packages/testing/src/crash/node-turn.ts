import { setImmediate } from 'node:timers/promises';

/** One turn of the event loop, in which everything else that is ready has its go. */
export function turn(): Promise<void> {
  return setImmediate();
}
