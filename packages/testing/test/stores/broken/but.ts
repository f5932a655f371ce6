import type { StoreSet, Stores } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import type { TestClock } from '@crossdock/testing';

/** For laws, stores that break them and no other. */
export type BrokenStores = Readonly<Record<string, (clock: TestClock) => Stores>>;
type Change = (set: StoreSet, clock: TestClock) => Partial<StoreSet>;

/** Stores that are right but for one thing, outside and inside a unit of work. */
export function but(change: Change): (clock: TestClock) => Stores {
  return (clock) => {
    const good = memoryStores({ clock });
    return {
      ...good,
      ...change(good, clock),
      atomically: (work) => good.atomically((inside) => work({ ...inside, ...change(inside, clock) })),
    };
  };
}

/** Stores that are wrong outside a unit of work, or in how they carry one out. */
export function loosely(change: (good: Stores) => Partial<Stores>): (clock: TestClock) => Stores {
  return (clock) => {
    const good = memoryStores({ clock });
    return { ...good, ...change(good) };
  };
}

/** What broken stores remember of each other's calls. */
export const memo = <V>() => new Map<string, V>();
