import type { InboxEntry, StoreSet } from '@crossdock/core';
import { but, memo, type BrokenStores } from './but.ts';

const inbox = (part: (store: StoreSet['inbox']) => Partial<StoreSet['inbox']>) =>
  but((set) => ({ inbox: { ...set.inbox, ...part(set.inbox) } }));

/** One store broken a law. */
export const brokenInbox: BrokenStores = {
  'inbox/stored-once': inbox((store) => ({
    async put(entry) {
      await store.put(entry);
      return 'stored';
    },
  })),
  'inbox/comes-back-as-it-came': inbox((store) => ({
    async get(system, deliveryId) {
      const entry = await store.get(system, deliveryId);
      return entry && { ...entry, body: entry.body.trim() };
    },
  })),
  'inbox/unknown-is-undefined': inbox((store) => {
    let last: InboxEntry | undefined;
    return {
      put(entry) {
        last = entry;
        return store.put(entry);
      },
      get: async (system, deliveryId) => (await store.get(system, deliveryId)) ?? last,
    };
  }),
  'inbox/refuses-what-is-no-text': inbox((store) => ({
    put: (entry) =>
      store.put({ ...entry, deliveryId: entry.deliveryId.toWellFormed(), body: entry.body.toWellFormed() }),
  })),
  'inbox/systems-are-apart': inbox((store) => ({
    put: async (entry) => ((await store.get('shop', entry.deliveryId)) ? 'already' : store.put(entry)),
  })),
  'inbox/latest-is-the-last-received': inbox((store) => {
    const last = memo<string>();
    return {
      async put(entry) {
        const answer = await store.put(entry);
        if (answer === 'stored') last.set(entry.system, entry.receivedAt);
        return answer;
      },
      latest: async (system) => last.get(system),
    };
  }),
};
