import type { Clock } from '@crossdock/core';

/** Sets a timer of a simulated clock; the returned function takes it out again. */
export type SetTimer = (fire: () => void) => () => void;

/** What `sleep` promises, over a timer: resolves when it fires, rejects with the signal's reason when that is aborted first. */
export function asleep(signal: AbortSignal | undefined, set: SetTimer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = () => {
      remove();
      reject(signal?.reason as Error);
    };
    const remove = set(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** What `deadline` gives, over a timer. */
export function deadlineOf(set: SetTimer): ReturnType<Clock['deadline']> {
  const controller = new AbortController();
  const clear = set(() => controller.abort(new DOMException('The time limit passed.', 'TimeoutError')));
  return { signal: controller.signal, clear };
}
