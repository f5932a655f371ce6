import type { Json, Price, ProductDraft, Ref } from '@crossdock/core';
import type { OdooState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { refOf, type Erp, type Ground } from './ground.ts';

/** What is sold, and how much of it is there. */
export function catalogueScenery({ rename, slowly, clientOf }: Ground) {
  let lists = 0;
  let categories = 0;

  return {
    'products.pull': {
      seed({ state }, count) {
        const first = state.records('product.product').length;
        return Array.from({ length: count }, (_, index) => {
          const sku = `SEED-${first + index}`;
          state.addProduct({ sku, price: 1 });
          return productRef(state, sku);
        });
      },
      touch: (platform, { id }) => rename(platform, 'product.template', id),
      late: slowly('product.template', (_platform: Erp, { id }: Ref<'product'>) => id),
    },
    'products.get': {
      seed({ state }, { sku, barcode }) {
        state.addProduct({ sku, barcode });
        return productRef(state, sku);
      },
    },
    'products.push': {
      known({ state }, number) {
        const draft = productDraft(`KNOWN-${number}`);
        if (!state.records('product.product').some((row) => row['default_code'] === `KNOWN-${number}`))
          state.addProduct({ sku: `KNOWN-${number}`, name: 'Under another title' });
        return draft;
      },
      fresh: (_platform, number) => productDraft(`FRESH-${number}`),
      created: ({ state }) => state.records('product.template').map(({ id }) => String(Number(id))),
      shown({ state }, sku) {
        const product = state.records('product.product').find((row) => row['default_code'] === sku);
        const template = state.records('product.template').find((row) => row['id'] === product?.['product_tmpl_id']);
        if (!product || !template) return undefined;
        const version = `${textOf(product['write_date'])} ${textOf(template['write_date'])}`;
        return { title: textOf(template['name']), description: textOf(template['description_sale']), version };
      },
    },
    'categories.pull': {
      seed: ({ state }, count) =>
        Array.from({ length: count }, () =>
          refOf('category', state.add('product.category', { name: `Category ${++categories}` })),
        ),
      touch: (platform, { id }) => rename(platform, 'product.category', id),
      late: slowly('product.category', (_platform: Erp, { id }: Ref<'category'>) => id),
    },
    'prices.pull': {
      seed({ state }, count) {
        const list = state.addPricelist({ name: `List ${++lists}`, currency: 'USD' });
        const rules = Array.from({ length: count }, (_, index) => {
          const product = state.addProduct({ sku: `PRICED-${lists}-${index}`, price: 4 });
          return fixedPrice(list, product, 3);
        });
        return rules.map((rule) => refOf('price', state.add('product.pricelist.item', rule)));
      },
      touch: async (platform, { id }) => {
        const price = { fixed_price: 1 + (platform.clock.now() % 100_000) / 100 };
        await clientOf(platform).write('product.pricelist.item', [Number(id)], price);
      },
      late: slowly('product.pricelist.item', (_platform: Erp, { id }: Ref<'price'>) => id),
    },
    'prices.get': {
      async priced(platform, number): Promise<Price> {
        const { state } = platform;
        // It asks everything in another currency, which nobody can say exactly.
        const euro = state.records('product.pricelist').find(({ name }) => name === 'EUR');
        await clientOf(platform).write('product.pricelist', [Number(euro?.['id'])], { active: false });
        const sku = `SOLD-${number}`;
        if (!state.records('product.product').some((row) => row['default_code'] === sku))
          state.addProduct({ sku, price: number + 0.5 });
        return { sku, amount: { amount: `${number}.50`, currency: 'USD' } };
      },
      unknownSku: () => 'NOBODY-KNOWS-THIS',
      another({ state }, { sku }) {
        putOnList(state, sku, { min_quantity: 10 });
        return { sku, amount: { amount: '0.25', currency: 'USD' }, minimumQuantity: 10 };
      },
      notNow({ state }, { sku }) {
        putOnList(state, sku, { date_end: '2020-01-01 00:00:00' });
        return { sku, amount: { amount: '0.25', currency: 'USD' } };
      },
    },
    'inventory.pull': {
      seed({ state }, count) {
        const first = state.records('product.product').length;
        const skus = Array.from({ length: count }, (_, index) => `STOCK-${first + index}`);
        for (const sku of skus) state.addProduct({ sku, onHand: 5 });
        return skus;
      },
      touch: ({ state }, sku) => state.setStock(sku, state.stockOf(sku).onHand - 1),
      late: slowly('stock.quant', ({ state }: Erp, sku: string) => {
        const product = state.records('product.product').find((one) => one['default_code'] === sku);
        const quant = state.records('stock.quant').find((one) => one['product_id'] === product?.['id']);
        return String(Number(quant?.['id']));
      }),
    },
    'inventory.get': { stocked: () => 'TEE', unknownSku: () => 'NOBODY-KNOWS-THIS' },
  } satisfies Partial<Scenery<OdooState>>;

  /** Another price of a SKU, on a list of its own. */
  function putOnList(state: OdooState, sku: string, more: { readonly [field: string]: Json }): void {
    const list = state.addPricelist({ name: `List ${++lists}`, currency: 'USD' });
    const product = state.records('product.product').find((row) => row['default_code'] === sku);
    const rule = { ...fixedPrice(list, Number(product?.['id']), 0.25), ...more };
    state.add('product.pricelist.item', rule);
  }
}

function productRef(state: OdooState, sku: string): Ref<'product'> {
  const product = state.records('product.product').find((record) => record['default_code'] === sku);
  return refOf('product', Number(product?.['product_tmpl_id']));
}

function productDraft(sku: string): ProductDraft {
  return {
    title: `Title of ${sku}`,
    description: `All about ${sku}`,
    status: 'active',
    categories: [],
    variants: [{ sku, options: [], stocked: true, tracking: 'none' }],
  };
}

function fixedPrice(list: number, product: number, amount: number) {
  return {
    pricelist_id: list,
    applied_on: '0_product_variant',
    product_id: product,
    compute_price: 'fixed',
    fixed_price: amount,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
