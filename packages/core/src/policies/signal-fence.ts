/** Under which a signal keeps its check: a registered symbol, so that two copies of this package work together. */
const fence = Symbol.for('crossdock.fence');

/**
 * The signal with a check that is made just before a request goes out. A signal is aborted by a timer, and after a process
 * stood still a request may be faster than its timers: the check aborts the signal then.
 */
export function withFence(signal: AbortSignal, check: () => void): AbortSignal {
  return Object.defineProperty(signal, fence, { value: check });
}

/** One signal of several, aborted with the first of them, that makes all of their checks. */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const checks = signals.flatMap((signal) => checkOf(signal) ?? []);
  const any = AbortSignal.any([...signals]);
  return checks.length === 0 ? any : withFence(any, () => checks.forEach((check) => check()));
}

/** Makes the check of a signal that has one, then throws its reason if it is aborted. */
export function throwIfGone(signal: AbortSignal | undefined): void {
  if (isGone(signal)) signal?.throwIfAborted();
}

/** Makes the check of a signal that has one, and says whether it is aborted. */
export function isGone(signal: AbortSignal | undefined): boolean {
  if (signal === undefined) return false;
  checkOf(signal)?.();
  return signal.aborted;
}

function checkOf(signal: AbortSignal): (() => void) | undefined {
  const check: unknown = Reflect.get(signal, fence);
  // Only `withFence` sets it.
  return typeof check === 'function' ? (check as () => void) : undefined;
}
