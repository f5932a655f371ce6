import { CommerceError, type ReadOptions } from '@crossdock/core';

/**
 * Waits for the answer to a question that several callers share. A caller who is stopped waits no longer, and asks
 * nothing when it was stopped before; the question itself goes on, because the others wait for it.
 */
export function sharedAnswer<T>(
  system: string,
  operation: string,
  ask: () => Promise<T>,
  options: ReadOptions | undefined,
): Promise<T> {
  const signal = options?.signal;
  if (!signal) return ask();
  if (signal.aborted) return Promise.reject(stopped(system, operation));
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(stopped(system, operation));
    signal.addEventListener('abort', onAbort, { once: true });
    void ask()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Asks at most once for an answer that stays true. A question that failed is asked again by whoever comes next. */
export function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}

function stopped(system: string, operation: string): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    message: `\`${operation}\` at "${system}" was stopped by its caller before it was sent. Call it again when it is wanted.`,
    system,
    operation,
  });
}
