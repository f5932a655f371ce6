import { wooKey, type FakePlatform, type WooCommerceState } from '@crossdock/testing';
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
export const catalogueScenery: Pick<
  Scenery<WooCommerceState>,
  'products.push' | 'products.pull' | 'products.get' | 'prices.pull' | 'prices.get' | 'categories.pull'
> = {
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
  'products.push': {
    known({ state }, number) {
      const draft = draftOf(number);
      for (const { sku } of draft.variants) {
        if (!state.product(sku)) state.addProduct({ sku, name: 'As it was', price: '1.00', stock: 3 });
      }
      return draft;
    },
    // Every second one has variations.
    fresh: (_platform, number) => (number % 2 === 0 ? draftOf(number + 5000) : shirtOf(number + 5000)),
    created: ({ state }) => state.products.filter(({ type }) => type !== 'variation').map(({ id }) => String(id)),
    shown({ state }, sku) {
      const found = state.product(sku);
      const head = found?.type === 'variation' ? state.products.find(({ id }) => id === found.parentId) : found;
      if (!head || !found) return undefined;
      const version = `${head.modifiedAt}/${found.modifiedAt}`;
      return { title: head.name, description: head.description, version };
    },
  },
  'prices.pull': {
    async seed(platform, count) {
      const products = await seed(platform, count);
      return products.map(({ id }) => priceRef(platform.state.product(skuAt(platform, id))?.id ?? 0));
    },
    touch: ({ state }, { id }) => state.setPrice(skuOfId(state, id), '33.00'),
  },
  'prices.get': {
    priced({ state }, number) {
      const sku = `PRICED-${number}`;
      state.addProduct({ sku, price: '12.50', ...(number === 2 && { salePrice: '9.90' }) });
      return { sku, amount: { amount: number === 2 ? '9.90' : '12.50', currency: 'EUR' } };
    },
    unknownSku: () => 'NOBODY-KNOWS-THIS',
    async notNow(platform, price) {
      const { id = 0 } = platform.state.product(price.sku) ?? {};
      // A reduced price that begins tomorrow.
      const from = new Date(platform.clock.now() + 86_400_000).toISOString().slice(0, 19);
      await put(platform, `products/${id}`, { sale_price: '1.00', date_on_sale_from_gmt: from });
      return { ...price, amount: { ...price.amount, amount: '1.00' } };
    },
  },
  'categories.pull': {
    seed({ state }, count) {
      const refs = [];
      let parent = 0;
      for (let number = 0; number < count; number += 1) {
        const { id } = state.addCategory({ name: `Shelf ${state.terms.length}`, parent });
        // Every third one is below the one before.
        parent = number % 3 === 0 ? id : 0;
        refs.push({ system: 'woocommerce', kind: 'category', id: String(id) } as const);
      }
      return refs;
    },
    touch: (platform, { id }) =>
      put(platform, `products/categories/${id}`, { name: `Renamed at ${platform.clock.now()}` }),
  },
};

const priceRef = (id: number) => ({ system: 'woocommerce', kind: 'price', id: String(id) }) as const;

function skuOfId(state: WooCommerceState, id: string): string {
  return state.products.find((one) => String(one.id) === id)?.sku ?? '';
}

/** Somebody else changes it through the API. */
async function put(platform: Shop, path: string, change: object): Promise<void> {
  const response = await platform.fetch(`https://shop.example/wp-json/wc/v3/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${wooKey.key}:${wooKey.secret}`)}` },
    body: JSON.stringify(change),
  });
  if (!response.ok) throw new Error(`"${path}" was not changed: ${response.status}.`);
}

function draftOf(number: number) {
  const sku = `PUSHED-${number}`;
  return {
    title: `Mug ${number}`,
    description: `For tea, number ${number}`,
    status: 'active',
    categories: [],
    variants: [
      {
        sku,
        options: [],
        stocked: true,
        tracking: 'none',
        price: { sku, amount: { amount: '12.50', currency: 'EUR' } },
        weightGrams: 350,
      },
    ],
  } as const;
}

function shirtOf(number: number) {
  return {
    ...draftOf(number),
    title: `Shirt ${number}`,
    variants: (['Red', 'Blue'] as const).map((value) => ({
      sku: `SHIRT-${number}-${value}`,
      options: [{ name: 'Colour', value }],
      stocked: true,
      tracking: 'none' as const,
    })),
  };
}
