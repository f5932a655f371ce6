import type { Price, ProductDraft } from '@crossdock/core';
import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { many2one, optionalText, recordId, rowOf } from '../../src/index.ts';
import { refOf, type LiveGround } from './live-ground.ts';
import type { LiveState } from './live-platform.ts';
import { ownNames } from './own-names.ts';

const variant = rowOf(z.object({ id: recordId, product_tmpl_id: many2one, write_date: z.string() }));
const template = rowOf(
  z.object({ id: recordId, name: z.string(), description_sale: optionalText, write_date: z.string() }),
);
const allOfThem = { context: { active_test: false } } as const;

/** What is sold, how it is grouped, and what it costs. */
export function liveCatalogue(ground: LiveGround) {
  const { client, hand, list, run, traces } = ground;
  let made = 0;

  return {
    'products.pull': {
      seed: ground.pooled(async (count) =>
        (await goodsOf(skus(count))).map((product) => refOf('product', product.template)),
      ),
      touch: (_platform, ref) => ground.touch('product.template', ref, 'name'),
    },
    'products.get': {
      async seed({ state }, given) {
        const { sku, barcode } = ownNames(run, state.number).there(given);
        const [product] = await goodsOf([sku]);
        await client.write('product.product', [product?.id ?? 0], { barcode });
        return refOf('product', product?.template ?? 0);
      },
    },
    'products.push': {
      async known({ state }, number) {
        const draft = productDraft(`KNOWN-${run}-${state.number}-${number}`);
        const [{ sku } = { sku: '' }] = draft.variants;
        if ((await variantsOf(sku)).length === 0) await goodsOf([sku]);
        return draft;
      },
      fresh: ({ state }, number) => productDraft(`FRESH-${run}-${state.number}-${number}`),
      created: async () =>
        (await client.searchRead('product.template', template, { domain: ofRun('name') }, allOfThem)).map(({ id }) =>
          String(id),
        ),
      async shown(_platform, sku) {
        const [one] = await variantsOf(sku);
        if (!one) return undefined;
        const [product] = await client.read('product.template', [one.product_tmpl_id.id], template);
        if (!product) return undefined;
        await passed(product.write_date);
        const version = `${product.write_date} ${one.write_date}`;
        return { title: product.name, description: product.description_sale ?? '', version };
      },
    },
    'categories.pull': {
      seed: ground.pooled(async (count) => {
        const values = Array.from({ length: count }, () => ({ name: `Live category ${run} ${++made}` }));
        const ids = await client.create('product.category', values);
        for (const id of ids) traces.categories.add(id);
        return ids.map((id) => refOf('category', id));
      }),
      touch: (_platform, ref) => ground.touch('product.category', ref, 'name'),
    },
    'prices.pull': {
      seed: ground.pooled(async (count) => {
        const products = await goodsOf(skus(count));
        const rules = products.map(({ id }) => fixed(id, 3));
        return (await client.create('product.pricelist.item', rules)).map((id) => refOf('price', id));
      }),
      touch: (_platform, { id }) =>
        client.write('product.pricelist.item', [Number(id)], { fixed_price: 3 + ++made / 100 }),
    },
    'prices.get': {
      async priced({ state }, number): Promise<Price> {
        const sku = `SOLD-${run}-${state.number}-${number}`;
        if ((await variantsOf(sku)).length === 0) await goodsOf([sku], number + 0.5);
        return { sku, amount: ground.money(`${number}.50`) };
      },
      unknownSku: () => `NOBODY-${run}`,
      async another(_platform, { sku }) {
        await putOnList(sku, { min_quantity: 10 });
        return { sku, amount: ground.money('0.25'), minimumQuantity: 10 };
      },
      async notNow(_platform, { sku }) {
        await putOnList(sku, { date_end: '2020-01-01 00:00:00' });
        return { sku, amount: ground.money('0.25') };
      },
    },
  } satisfies Partial<Scenery<LiveState>>;

  function skus(count: number): readonly string[] {
    return Array.from({ length: count }, () => `SHELF-${run}-${++made}`);
  }

  async function goodsOf(wanted: readonly string[], price?: number) {
    const products = await hand.addProducts(wanted, price);
    for (const { id, template: of } of products) {
      traces.products.add(id);
      traces.templates.add(of);
    }
    return products;
  }

  function variantsOf(sku: string) {
    return client.searchRead('product.product', variant, { domain: [['default_code', '=', sku]] }, allOfThem);
  }

  function ofRun(field: string) {
    return [[field, 'like', run]] as const;
  }

  async function putOnList(sku: string, more: object): Promise<void> {
    const [product] = await variantsOf(sku);
    await client.create('product.pricelist.item', [{ ...fixed(product?.id ?? 0, 0.25), ...more }]);
  }

  function fixed(product_id: number, fixed_price: number) {
    return { pricelist_id: list, applied_on: '0_product_variant', product_id, compute_price: 'fixed', fixed_price };
  }
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

/** Waits until the next write of a record has another stamp: Odoo shows whole seconds. */
async function passed(writtenAt: string): Promise<void> {
  const at = Date.parse(`${writtenAt.replace(' ', 'T')}Z`);
  if (Date.now() - at < stampMs) await new Promise((done) => setTimeout(done, stampMs));
}

const stampMs = 1100;
