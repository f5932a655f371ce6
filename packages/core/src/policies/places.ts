import type { Lane } from '../ports/options.ts';
import { laneQueue } from './lane-queue.ts';

/** So many may be at work at one moment; the others wait for a place. */
export interface Places {
  /**
   * Resolves with what gives the place back: at once where one is free, else in the order of the lanes. Rejects with the
   * signal's reason when it is aborted first.
   */
  take(lane: Lane, signal?: AbortSignal): Promise<() => void>;
  /** Lets another number work from now on. Where it is less, nobody is stopped: places are given back and not taken again. */
  resize(most: number): void;
  /** Whether somebody would have to wait. */
  isFull(): boolean;
}

/** Makes places for at most so many at one moment. */
export function places(atFirst: number): Places {
  let most = atFirst;
  const queue = laneQueue<() => void>();
  let taken = 0;

  /** A place that is given back goes to whoever is next, so that nobody comes in between. */
  function leave(): void {
    const admit = taken > most ? undefined : queue.take();
    if (admit) admit();
    else taken--;
  }

  function place(): () => void {
    let isHeld = true;
    return () => {
      if (isHeld) leave();
      isHeld = false;
    };
  }

  function wait(lane: Lane, signal: AbortSignal | undefined): Promise<() => void> {
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const admit = () => {
      signal?.removeEventListener('abort', onAbort);
      resolve(place());
    };
    const onAbort = () => {
      queue.remove(admit);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    queue.add(admit, lane);
    return promise;
  }

  return {
    async take(lane, signal) {
      signal?.throwIfAborted();
      if (taken >= most) return wait(lane, signal);
      taken++;
      return place();
    },
    resize(wanted) {
      most = wanted;
      while (taken < most) {
        const admit = queue.take();
        if (!admit) return;
        taken++;
        admit();
      }
    },
    isFull: () => taken >= most,
  };
}
