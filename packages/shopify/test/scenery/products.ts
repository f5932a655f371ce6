import type { ProductDraft } from '@crossdock/core';
import type { ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { lateMs, seenLater } from './late.ts';

/** Products that are there and change. */
export const productScenery: Pick<Scenery<ShopifyState>, 'products.pull' | 'products.get' | 'products.push'> = {
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
  'products.push': {
    known({ state }, number) {
      const draft = draftOf(`KNOWN-${number}`);
      const isThere = state.products.some(({ variants }) => variants.some(({ sku }) => sku === `KNOWN-${number}`));
      if (!isThere) {
        const variants = [{ sku: `KNOWN-${number}`, price: '5.00' }];
        state.addProduct({ title: `Before ${number}`, variants, images: ['https://example.test/1.png'] });
      }
      return draft;
    },
    fresh: (_platform, number) => ({
      ...draftOf(`FRESH-${number}-S`),
      variants: ['S', 'M'].map((size) => ({
        ...variantOf(`FRESH-${number}-${size}`),
        options: [{ name: 'Size', value: size }],
      })),
    }),
    created: ({ state }) => state.products.map(({ id }) => id),
    shown({ state }, sku) {
      const product = state.products.find(({ variants }) => variants.some((variant) => variant.sku === sku));
      if (!product) return undefined;
      const { title, descriptionHtml, updatedAt } = product;
      return { title, description: descriptionHtml, version: updatedAt };
    },
  },
};

function draftOf(sku: string): ProductDraft {
  return {
    title: `Product ${sku}`,
    description: `About ${sku}`,
    status: 'active',
    vendor: 'Acme',
    categories: [],
    variants: [variantOf(sku)],
  };
}

function variantOf(sku: string): ProductDraft['variants'][number] {
  return {
    sku,
    options: [],
    price: { sku, amount: { amount: '12.50', currency: 'USD' } },
    stocked: true,
    tracking: 'none',
    weightGrams: 180,
  };
}

function productRef(id: string) {
  return { system: 'shopify', kind: 'product', id } as const;
}
