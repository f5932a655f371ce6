import type { FakePlatform, WooCommerceState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { addGoods, skuOf } from './goods.ts';

type Shop = FakePlatform<WooCommerceState>;

/** How late a list may show a change: within the overlap of a pull. */
const lateMs = 110_000;

async function seed({ state, clock }: Shop, count: number): Promise<readonly string[]> {
  const before = state.products.length;
  const skus = Array.from({ length: count }, (_, index) => skuOf(before + index));
  for (const [index] of skus.entries()) {
    addGoods(state, before + index);
    await clock.advance(1000);
  }
  return skus;
}

const take = ({ state }: Shop, sku: string) => state.setStock(sku, (state.stockOf(sku) ?? 0) - 1);

/** What the shop counts, and how it is counted anew. */
export const stockScenery: Pick<Scenery<WooCommerceState>, 'inventory.pull' | 'inventory.get' | 'inventory.push'> = {
  'inventory.pull': {
    seed,
    touch: take,
    unreadable({ state }) {
      const { id } = state.addProduct({ sku: 'ODD', stock: 1 });
      // What a plugin makes of it.
      Object.assign(state.product('ODD') ?? {}, { manageStock: 'perhaps' });
      return { system: 'woocommerce', kind: 'variant', id: String(id) };
    },
    late: {
      ms: lateMs,
      begin(platform, sku) {
        const { state, clock } = platform;
        take(platform, sku);
        const show = state.unlistProduct(sku);
        const seenAt = clock.now() + lateMs;
        return async () => {
          await clock.advance(seenAt - clock.now());
          show();
        };
      },
    },
  },
  'inventory.get': { stocked: () => 'TEE', unknownSku: () => 'NOBODY-KNOWS-THIS' },
  'inventory.push': {
    update({ state }, number) {
      const sku = skuOf(number);
      if (!state.product(sku)) addGoods(state, number);
      state.setStock(sku, 5);
      return { sku, available: 7 };
    },
    stock: ({ state }, { sku }) => state.stockOf(sku),
    change: (platform, { sku }) => take(platform, sku),
  },
};
