import type { Clock, SharedStore } from '@crossdock/core';
import * as z from 'zod';

const turnSchema = z.object({ holder: z.string(), until: z.number() });

/** A turn of a process that died is free again after so long; above the longest that an answer is waited for. */
const leaseMs = 45_000;
const lookEveryMs = 200;

/**
 * Lets one work at a time run under a name, over all processes that have the same store. Without a store nobody else is
 * known, and work runs at once.
 */
export function oneAtATime(
  shared: SharedStore | undefined,
  clock: Pick<Clock, 'sleep'>,
  name: string,
): <T>(work: () => Promise<T>) => Promise<T> {
  if (!shared) return (work) => work();

  /** Milliseconds until it may be free; 0: it is ours. */
  function take(store: SharedStore, holder: string): Promise<number> {
    return store.update(name, (state, now) => {
      const turn = turnSchema.safeParse(state).data;
      // No turn lasts longer: one that does was taken before the clock was set back.
      const isHeld = turn && turn.until > now && turn.until - now <= leaseMs;
      if (isHeld && turn.holder !== holder) return { result: turn.until - now };
      return { next: { holder, until: now + leaseMs }, result: 0 };
    });
  }

  function release(store: SharedStore, holder: string): Promise<void> {
    return store.update(name, (state) => {
      const isOurs = turnSchema.safeParse(state).data?.holder === holder;
      return { next: isOurs ? { holder: '', until: 0 } : undefined, result: undefined };
    });
  }

  return async (work) => {
    const holder = crypto.randomUUID();
    for (let waitMs = await take(shared, holder); waitMs > 0; waitMs = await take(shared, holder)) {
      await clock.sleep(Math.min(waitMs, lookEveryMs));
    }
    try {
      return await work();
    } finally {
      // A store that is down now keeps the turn until its lease ends; what the work gave is good all the same.
      await release(shared, holder).catch(() => undefined);
    }
  };
}
