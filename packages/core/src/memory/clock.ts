/** The machine's time, for stores that were given no clock. */
export const systemNow = { now: () => Date.now() };

/** Calls after real milliseconds, unless it is stopped before. For what hangs: a simulated clock hangs with it. */
export function afterRealMs(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
