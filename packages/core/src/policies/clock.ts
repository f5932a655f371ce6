import type { Clock } from '../ports/clock.ts';

/** The longest delay that a timer can hold; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock and timers. The only place in core where real time is read or waited for. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async sleep(ms, signal) {
    for (let rest = ms; rest > longestTimerMs; rest -= longestTimerMs) await pause(longestTimerMs, signal);
    await pause(ms % longestTimerMs, signal);
  },
  deadline(ms) {
    const controller = new AbortController();
    const timer = setTimeout(
      () => controller.abort(new DOMException('The time limit passed.', 'TimeoutError')),
      Math.min(ms, longestTimerMs),
    );
    return { signal: controller.signal, clear: () => clearTimeout(timer) };
  },
};

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    // A signal's reason is whatever its owner gave, and goes back to the owner as it is.
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
