import type { StoreSet } from '@crossdock/core';
import { but, type BrokenStores } from './but.ts';

const cursors = (part: (store: StoreSet['cursors']) => Partial<StoreSet['cursors']>) =>
  but((set) => ({ cursors: { ...set.cursors, ...part(set.cursors) } }));

/** One store broken a law. */
export const brokenCursors: BrokenStores = {
  'cursors/unread-is-undefined': cursors((store) => {
    let asked = false;
    return {
      async read(name) {
        const cursor = await store.read(name);
        const first = !asked && name === 'shop/orders.pull' && cursor === undefined;
        asked = true;
        return first ? '' : cursor;
      },
    };
  }),
  'cursors/reads-what-was-written': cursors((store) => ({
    read: (name) => store.read(name.replace('erp/', 'shop/')),
  })),
  'cursors/advances-only-from-what-was-read': cursors((store) => ({
    advance: async (name, expected, next) =>
      (await store.advance(name, expected, next)) || store.advance(name, await store.read(name), next),
  })),
};
