import type { Stores } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { orderBook } from '../order-book.ts';

const kept = new Map<string, Stores>();

/** A sound flow on stores that claim to be somewhere else, and are in the process. */
export default orderBook({
  module: import.meta.url,
  stores: {
    forgetful: {
      live: 'at-place',
      open(place, clock) {
        const stores = kept.get(place) ?? { ...memoryStores({ clock }), close: async () => {} };
        kept.set(place, stores);
        return stores;
      },
      remove: (place) => void kept.delete(place),
    },
  },
});
