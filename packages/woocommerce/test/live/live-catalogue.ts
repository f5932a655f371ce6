import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import type { LiveShop } from './live-shop.ts';
import type { LiveState } from './live-platform.ts';
import { pooled } from './live-sales.ts';

const shown = z.array(
  z.object({
    id: z.int(),
    stock_quantity: z.number().nullable(),
    regular_price: z.string(),
    sale_price: z.string(),
  }),
);

/** Goods, their stock and their prices. */
export function liveCatalogue(shop: LiveShop) {
  const { hand, run, currency } = shop;
  let made = 0;

  return {
    'inventory.pull': {
      seed: pooled(async (count) => {
        const goods = await shop.addProducts(
          Array.from({ length: count }, () => `SEEN-${++made}`),
          5,
        );
        return goods.map(({ sku }) => sku);
      }),
      async touch(_platform, sku) {
        const product = await productOf(sku);
        if (product) await shop.setStock(product, 4);
      },
    },
    'inventory.get': { stocked: () => shop.tee.sku, unknownSku: () => `NOBODY-${run}` },
    'inventory.push': {
      async update({ state }, number) {
        const { sku, product } = await known(`STOCK-${state.number}-${number}`);
        if (product) await shop.setStock(product, 5);
        return { sku, available: 7 };
      },
      stock: async (_platform, { sku }) => (await productOf(sku))?.stock_quantity ?? undefined,
      async change(_platform, { sku }) {
        const product = await productOf(sku);
        if (product) await shop.setStock(product, (product.stock_quantity ?? 0) - 1);
      },
    },
    'prices.push': {
      async price({ state }, number) {
        const { sku } = await known(`PRICE-${state.number}-${number}`);
        return { sku, amount: { amount: '12.50', currency } };
      },
      async amount(_platform, { sku }) {
        const product = await productOf(sku);
        return product && (product.sale_price || product.regular_price);
      },
    },
  } satisfies Partial<Scenery<LiveState>>;

  /** A product with five units, made unless it is there. */
  async function known(name: string) {
    const sku = `${name}-${run}`;
    const product = await productOf(sku);
    if (!product) await shop.addProduct(name, 5);
    return { sku, product };
  }

  async function productOf(sku: string) {
    const fields = '_fields=id,stock_quantity,regular_price,sale_price';
    const [product] = await hand.read(`/products?sku=${sku}&${fields}`, shown);
    return product;
  }
}
