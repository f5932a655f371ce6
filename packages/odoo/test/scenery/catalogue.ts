import type { Ref } from '@crossdock/core';
import type { OdooState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { refOf, type Erp, type Ground } from './ground.ts';

/** What is sold, and how much of it is there. */
export function catalogueScenery({ rename, slowly }: Ground) {
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
}

function productRef(state: OdooState, sku: string): Ref<'product'> {
  const product = state.records('product.product').find((record) => record['default_code'] === sku);
  return refOf('product', Number(product?.['product_tmpl_id']));
}
