import type { ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { lateMs, seenLater } from './late.ts';

/** Collections that are there and change. */
export const categoryScenery: Pick<Scenery<ShopifyState>, 'categories.pull'> = {
  'categories.pull': {
    async seed({ state, clock }, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        const id = state.addCollection({ title: `Collection ${clock.now()}` });
        refs.push({ system: 'shopify', kind: 'category', id } as const);
        await clock.advance(1000);
      }
      return refs;
    },
    touch: ({ state }, { id }) => state.changeCollection(id, {}),
    late: {
      ms: lateMs,
      begin(platform, { id }) {
        platform.state.changeCollection(id, {});
        return seenLater(platform, platform.state.unlist(id));
      },
    },
  },
};
