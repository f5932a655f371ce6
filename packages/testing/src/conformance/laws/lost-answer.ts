import type { FakePlatform } from '../../fake/platform.ts';

/** More calls than one write takes; a law that asks for more is not one write any more. */
export const mostCalls = 12;
/** More calls than a write takes in a process that has just begun. */
export const mostCallsAtFirst = 60;

/** Longer than any platform takes to end what it began. */
export const settleMs = 60_000;

/**
 * Lets so many calls through, and then has no room for any. The returned function ends that, and says whether somebody met it.
 */
export function noRoomAfter({ faults, journal }: FakePlatform<unknown>, calls: number): () => boolean {
  const before = journal.all.length;
  for (let call = 1; call <= calls; call++) faults.next('*', { kind: 'slow', ms: 0 });
  const stop = faults.always('*', { kind: 'throttle', retryAfterSeconds: 3600 });
  return () => {
    stop();
    for (let call = 1; call <= calls; call++) faults.take('*');
    return journal.all.length - before > calls;
  };
}

/** Loses the answer to the call that comes in as number `nth` from now. The returned function says whether it came. */
export function loseAnswer({ faults, journal }: FakePlatform<unknown>, nth: number): () => boolean {
  const before = journal.all.length;
  for (let call = 1; call < nth; call++) faults.next('*', { kind: 'slow', ms: 0 });
  faults.next('*', { kind: 'drop', when: 'after' });
  return () => {
    // What was not used up must not hit somebody later.
    for (let call = 1; call <= nth; call++) faults.take('*');
    return journal.all.length - before >= nth;
  };
}
