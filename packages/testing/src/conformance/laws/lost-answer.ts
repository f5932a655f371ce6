import type { FakePlatform } from '../../fake/platform.ts';

/** More calls than one write takes; a law that asks for more is not one write any more. */
export const mostCalls = 12;
/** Longer than any platform takes to end what it began. */
export const settleMs = 60_000;

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
