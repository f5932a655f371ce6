import { digests } from './digests.ts';

/** The turns of the event loop by which a clock learns whether the world is idle. */
export interface Turns {
  /** A turn in which everything else that is ready has its go. Whoever asks first has its turn first. */
  next(): Promise<void>;
  /** Whether something is hashed or signed right now. It waits for nobody, but may take longer than any number of turns. */
  readonly isHashing: boolean;
}

/**
 * Turns in the order in which they are asked for. A turn is a digest: what is hashed or signed meanwhile takes its way
 * through the same threads, and a timer of zero would be a millisecond of the wall.
 */
export function turnsInOrder(): Turns {
  const all = digests();
  let last: Promise<unknown> = Promise.resolve();
  return {
    async next() {
      last = last.then(() => all.turn());
      await last;
    },
    get isHashing() {
      return all.underWay > 0;
    },
  };
}
