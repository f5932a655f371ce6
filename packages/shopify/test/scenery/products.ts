import type { ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { lateMs, seenLater } from './late.ts';

/** Products that are there and change. */
export const productScenery: Pick<Scenery<ShopifyState>, 'products.pull' | 'products.get'> = {
  'products.pull': {
    async seed({ state, clock }, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        const title = `Product ${clock.now()}`;
        refs.push(productRef(state.addProduct({ title, variants: [{ sku: title, price: '10.00' }] }).id));
        await clock.advance(1000);
      }
      return refs;
    },
    touch: ({ state }, { id }) => void state.touchProduct(id),
    late: {
      ms: lateMs,
      begin(platform, { id }) {
        platform.state.touchProduct(id);
        const show = platform.state.unlist(id);
        return seenLater(platform, show);
      },
    },
  },
  'products.get': {
    seed: ({ state }, { sku, barcode }) =>
      productRef(state.addProduct({ title: sku, variants: [{ sku, barcode, price: '10.00' }] }).id),
  },
};

function productRef(id: string) {
  return { system: 'shopify', kind: 'product', id } as const;
}
