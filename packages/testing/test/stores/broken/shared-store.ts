import type { Json, SharedStore } from '@crossdock/core';
import { loosely, type BrokenStores } from './but.ts';

const shared = (part: (store: SharedStore) => SharedStore) => loosely((good) => ({ shared: part(good.shared) }));

type Change<T> = (state: Json | undefined, now: number) => { readonly next?: Json; readonly result: T };

/** One store broken a law. */
export const brokenShared: BrokenStores = {
  'shared/finds-what-was-left': shared((store) => ({
    update: (name, change) =>
      store.update(name, (state, now) => {
        const { next, result } = change(state, now);
        return { next: typeof next === 'object' && next !== null ? {} : next, result };
      }),
  })),
  'shared/names-are-apart': shared((store) => ({
    update: (name, change) => store.update(name.split('/')[1] ?? name, change),
  })),
  'shared/gives-the-result': shared((store) => ({
    async update<T>(name: string, change: Change<T>) {
      const result = await store.update(name, change);
      // A store that forgets texts, and nothing else.
      return typeof result === 'string' ? (undefined as T) : result;
    },
  })),
  'shared/stays-without-next': shared((store) => ({
    update: (name, change) =>
      store.update(name, (state, now) => {
        const changed = change(state, now);
        return 'next' in changed && changed.next === undefined ? { ...changed, next: null } : changed;
      }),
  })),
  'shared/throwing-leaves-it': shared((store) => ({
    update: (name, change) =>
      store.update(name, (state, now) => {
        try {
          return change(state, now);
        } catch {
          throw new Error('The state was not changed.');
        }
      }),
  })),
  'shared/crowd-counts-exactly': shared((store) => ({
    async update(name, change) {
      const changed = await store.update(name, (state, now) => ({ result: change(state, now) }));
      return store.update(name, () => changed);
    },
  })),
  'shared/gives-its-moment': shared((store) => ({
    update: (name, change) => store.update(name, (state, now) => change(state, now + 300_000)),
  })),
  'shared/moment-moves-with-its-clock': shared((store) => {
    let openedAt: number | undefined;
    return {
      update: (name, change) => store.update(name, (state, now) => change(state, (openedAt ??= now))),
    };
  }),
  'shared/moment-is-the-same-for-all': shared((store) => {
    let atOnce = 0;
    return {
      async update(name, change) {
        const before = atOnce++;
        try {
          // As if each of them were a process with a clock of its own.
          return await store.update(name, (state, now) => change(state, now + before));
        } finally {
          atOnce--;
        }
      },
    };
  }),
};
