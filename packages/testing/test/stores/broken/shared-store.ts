import type { Json, SharedStore } from '@crossdock/core';
import { loosely, type BrokenStores } from './but.ts';

const shared = (part: (store: SharedStore) => SharedStore) => loosely((good) => ({ shared: part(good.shared) }));

/** One store broken a law. */
export const brokenShared: BrokenStores = {
  'shared/finds-what-was-left': shared((store) => ({
    update: (name, change) =>
      store.update(name, (state) => {
        const { next, result } = change(state);
        return { next: typeof next === 'object' && next !== null ? {} : next, result };
      }),
  })),
  'shared/names-are-apart': shared((store) => ({
    update: (name, change) => store.update(name.split('/')[1] ?? name, change),
  })),
  'shared/gives-the-result': shared((store) => ({
    async update<T>(name: string, change: (state: Json | undefined) => { readonly next?: Json; readonly result: T }) {
      const result = await store.update(name, change);
      // A store that forgets texts, and nothing else.
      return typeof result === 'string' ? (undefined as T) : result;
    },
  })),
  'shared/stays-without-next': shared((store) => ({
    update: (name, change) =>
      store.update(name, (state) => {
        const changed = change(state);
        return 'next' in changed && changed.next === undefined ? { ...changed, next: null } : changed;
      }),
  })),
  'shared/throwing-leaves-it': shared((store) => ({
    update: (name, change) =>
      store.update(name, (state) => {
        try {
          return change(state);
        } catch {
          throw new Error('The state was not changed.');
        }
      }),
  })),
  'shared/crowd-counts-exactly': shared((store) => ({
    async update(name, change) {
      const changed = change(await store.update(name, (state) => ({ result: state })));
      return store.update(name, () => changed);
    },
  })),
};
