import type { FakePlatform, WooCommerceState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { addGoods, skuOf } from './goods.ts';

type Shop = FakePlatform<WooCommerceState>;

/** How late a list may show a change: within the overlap of a pull. */
const lateMs = 110_000;

const productRef = (id: number) => ({ system: 'woocommerce', kind: 'product', id: String(id) }) as const;

/** The SKU of the product with this number, or of its first variation. */
function skuAt({ state }: Shop, id: string): string {
  const number = Number(id);
  const found =
    state.products.find((one) => one.parentId === number) ?? state.products.find((one) => one.id === number);
  if (!found) throw new Error(`There is no product ${id}.`);
  return found.sku;
}

/** Every third one has a variation. */
async function seed({ state, clock }: Shop, count: number) {
  const refs = [];
  const before = state.products.length;
  for (let number = before; number < before + count; number += 1) {
    addGoods(state, number);
    const made = state.product(skuOf(number));
    refs.push(productRef(made?.parentId || made?.id || 0));
    await clock.advance(1000);
  }
  return refs;
}

/** What the shop sells. */
export const catalogueScenery: Pick<Scenery<WooCommerceState>, 'products.pull' | 'products.get'> = {
  'products.pull': {
    seed,
    touch: (platform, { id }) => platform.state.touchProduct(skuAt(platform, id)),
    late: {
      ms: lateMs,
      begin(platform, { id }) {
        const { state, clock } = platform;
        const { sku } = state.products.find((one) => String(one.id) === id) ?? { sku: '' };
        state.touchProduct(sku);
        const show = state.unlistProduct(sku);
        const seenAt = clock.now() + lateMs;
        return async () => {
          await clock.advance(seenAt - clock.now());
          show();
        };
      },
    },
  },
  'products.get': {
    seed: ({ state }, { sku, barcode }) => productRef(state.addProduct({ sku, gtin: barcode, price: '10.00' }).id),
  },
};
