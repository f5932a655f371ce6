/** Under which a signal keeps its check: a registered symbol, so that two copies of this package work together. */
const fence = Symbol.for('crossdock.fence');

/**
 * The signal with a check that is made just before a request goes out. A signal is aborted by a timer, and after a process
 * stood still a request may be faster than its timers: the check aborts the signal then.
 */
export function withFence(signal: AbortSignal, check: () => void, assure?: () => Promise<void>): AbortSignal {
  const fenced: Fence = { check, assure };
  return Object.defineProperty(signal, fence, { value: fenced });
}

/** What `assure` does, if given, is ask whether the right is still there although its time is up by our own clock. */
interface Fence {
  readonly check: () => void;
  readonly assure: (() => Promise<void>) | undefined;
}

/** One signal of several, aborted with the first of them, that makes all of their checks. */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const fences = signals.flatMap((signal) => fenceOf(signal) ?? []);
  const any = AbortSignal.any([...signals]);
  if (fences.length === 0) return any;
  return withFence(
    any,
    () => fences.forEach(({ check }) => check()),
    async () => {
      for (const { assure } of fences) await assure?.();
    },
  );
}

/**
 * Before a check: whoever is late with its signs of life, but not yet replaced, asks for more time instead of giving up.
 * Does nothing for a signal that has nothing to ask, and for one whose right is not in question.
 */
export async function assureRight(signal: AbortSignal | undefined): Promise<void> {
  const fenced = signal && fenceOf(signal);
  if (fenced?.assure) await fenced.assure();
}

/** Makes the check of a signal that has one, then throws its reason if it is aborted. */
export function throwIfGone(signal: AbortSignal | undefined): void {
  if (isGone(signal)) signal?.throwIfAborted();
}

/** Makes the check of a signal that has one, and says whether it is aborted. */
export function isGone(signal: AbortSignal | undefined): boolean {
  if (signal === undefined) return false;
  fenceOf(signal)?.check();
  return signal.aborted;
}

function fenceOf(signal: AbortSignal): Fence | undefined {
  // Only `withFence` sets it.
  return Reflect.get(signal, fence) as Fence | undefined;
}
