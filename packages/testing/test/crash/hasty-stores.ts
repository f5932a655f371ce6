import type { Stores, StoreSet } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import type { StoresAtPlace } from '@crossdock/testing/crash';

/** Stores that say that a unit of work has landed, and let it land when they are asked for something else. */
export function hastyStores(): StoresAtPlace {
  const kept = new Map<string, Stores>();
  return {
    live: 'at-place',
    open(place, clock) {
      const real = kept.get(place) ?? memoryStores({ clock });
      kept.set(place, real);
      return hasty(real);
    },
    remove: (place) => void kept.delete(place),
  };
}

class TakenBack extends Error {}

function hasty(real: Stores): Stores {
  let late: (() => Promise<unknown>) | undefined;
  const land = async () => {
    const work = late;
    late = undefined;
    await work?.();
  };
  const afterwards = <T extends object>(store: T): T =>
    new Proxy(store, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...args: readonly unknown[]) => {
          await land();
          return Reflect.apply(method, target, args) as unknown;
        };
      },
    });
  const set = Object.fromEntries(
    Object.entries(real).map(([name, store]) => [
      name,
      typeof store === 'object' ? afterwards(store as object) : store,
    ]),
    // The same stores, each of which lands first what is late.
  ) as unknown as StoreSet;
  return {
    ...real,
    ...set,
    async atomically(work) {
      await land();
      let given: { readonly result: Awaited<ReturnType<typeof work>> } | undefined;
      await real
        .atomically(async (inside) => {
          given = { result: await work(inside) };
          throw new TakenBack();
        })
        .catch((error: unknown) => {
          if (!(error instanceof TakenBack)) throw error;
        });
      late = () => real.atomically(work);
      if (!given) throw new TypeError('The unit of work gave nothing.');
      return given.result;
    },
    close: async () => {},
  };
}
