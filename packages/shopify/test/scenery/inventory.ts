import type { ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { lateMs, seenLater } from './late.ts';

/** Stock that is there and changes. */
export const inventoryScenery: Pick<Scenery<ShopifyState>, 'inventory.pull'> = {
  'inventory.pull': {
    async seed({ state, clock }, count) {
      const skus = [];
      for (let number = 0; number < count; number += 1) {
        const sku = `L-${clock.now()}`;
        state.addProduct({ title: sku, variants: [{ sku, price: '10.00', stock: 50 }] });
        skus.push(sku);
        await clock.advance(1000);
      }
      return skus;
    },
    touch: ({ state }, sku) => state.setAvailable(sku, state.available(sku) - 1),
    late: {
      ms: lateMs,
      begin(platform, sku) {
        platform.state.setAvailable(sku, platform.state.available(sku) - 1);
        return seenLater(platform, platform.state.unlist(platform.state.levelId(sku)));
      },
    },
  },
};
