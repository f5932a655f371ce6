import type { Price, ProductDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { shopifyBulk, type BulkPlace } from '../src/index.ts';
import { noted } from './calls.ts';
import { shopWithGoods } from './shop.ts';

/** A shop with so many products of two sizes, and partners' doors to it. */
function world(products: number) {
  const shop = shopWithGoods();
  const { calls, fetch } = noted(shop.fake.fetch);
  for (let number = 0; number < products; number += 1) {
    shop.state.addProduct({
      title: `Tee ${number}`,
      options: ['Size'],
      variants: ['S', 'M'].map((size) => ({ sku: `TEE-${number}-${size}`, options: [size], price: '10.00' })),
    });
  }
  const options = { shop: 'acme', accessToken: shop.state.accessToken, fetch, clock: shop.clock, random: () => 0.5 };
  const called = (name: string) => calls.filter(({ operationName }) => operationName === name).length;
  return {
    ...shop,
    calls,
    called,
    fetch,
    bulk: () => shopifyBulk(options),
    open: () => shop.connect({ fetch, bulkFrom: 10 }),
  };
}

const renaming =
  'mutation Rename($product: ProductUpdateInput!) { productUpdate(product: $product) { product { title } userErrors { field message } } }';

async function rename(shop: ReturnType<typeof world>, key: string) {
  const variables = shop.state.products.map(({ id }, number) => ({ product: { id, title: `New ${number}` } }));
  const answers = new Map<number, unknown>();
  for await (const some of shop.bulk().mutation(renaming, variables, { idempotencyKey: key })) {
    for (const { line, fields } of some) answers.set(line, fields['data']);
  }
  return answers;
}

const priceOf = (sku: string, amount: string): Price => ({ sku, amount: { amount, currency: 'USD' } });

describe('a bulk query of a partner', () => {
  const text = '{ products { edges { node { id title variants { edges { node { id sku } } } } } } }';

  it('hands out every object of the file, and goes on behind the last one', async () => {
    const { bulk, called } = world(50);
    const ids = new Set<string | undefined>();
    let place: BulkPlace | undefined;
    for await (const page of bulk().query(text)) {
      for (const { id } of page.rows) ids.add(id);
      ({ place } = page);
    }
    expect(ids.size).toBe(51 + 102);
    const rest = [];
    for await (const page of bulk().query(text, { from: place })) rest.push(...page.rows);
    expect(rest).toEqual([]);
    expect(called('BulkRunQuery')).toBe(1);
  });

  it('hands out what a failed operation wrote, where that is wanted, and then its failure', async () => {
    const { bulk, state } = world(50);
    state.failNextBulk({ errorCode: 'TIMEOUT', afterObjects: 20 });
    const rows: unknown[] = [];
    const read = async () => {
      for await (const page of bulk().query(text, { partial: true })) rows.push(...page.rows);
    };
    await expect(read()).rejects.toMatchObject({ code: 'platform.unavailable' });
    expect(rows.length).toBeGreaterThan(20);
  });

  it('is not read out of one that runs in another order', async () => {
    const { bulk, state } = world(5);
    const run = async (groupObjects: boolean) => {
      for await (const { rows } of bulk().query(text, { groupObjects })) expect(rows).not.toEqual([]);
    };
    await Promise.all([run(false), run(true)]);
    state.setBulkPace({ startMs: 20_000 });
    const loose = bulk().query(text).next();
    await bulk().query(text, { groupObjects: true }).next();
    await loose;
    expect(state.bulkOperations.map(({ query }) => query.endsWith('# grouped')).filter(Boolean)).toHaveLength(2);
    expect(state.bulkOperations).toHaveLength(4);
  });

  it('says what is wrong with a query that Shopify does not take', async () => {
    const pages = world(1).bulk().query('{ shop { name } }');
    await expect(pages.next()).rejects.toMatchObject({ code: 'request.rejected' });
  });

  it('says that a file is not kept any more', async () => {
    const { bulk, state } = world(5);
    let place: BulkPlace | undefined;
    for await (const page of bulk().query(text)) ({ place } = page);
    state.expireBulkFiles();
    const again = bulk().query(text, { from: { id: place?.id ?? '', at: 0 } });
    await expect(again.next()).rejects.toMatchObject({ code: 'request.rejected' });
  });
});

describe('a bulk mutation of a partner', () => {
  it('answers for each line, and carries the same lines out once', async () => {
    const shop = world(30);
    const first = await rename(shop, 'a');
    expect([...first.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, line) => line));
    expect(shop.state.products.map(({ title }) => title)).toEqual(
      shop.state.products.map((_, number) => `New ${number}`),
    );
    const [one] = shop.state.products;
    shop.state.changeProduct(one?.id ?? '', { title: 'By hand' });
    expect(await rename(shop, 'a')).toEqual(first);
    expect(shop.state.product(one?.id ?? '').title).toBe('By hand');
    expect(shop.state.bulkOperations).toHaveLength(1);
  });

  it('finds what was started when the answer was lost', async () => {
    const shop = world(10);
    shop.fake.faults.next('bulkOperationRunMutation', { kind: 'drop', when: 'after' });
    expect((await rename(shop, 'a')).size).toBe(11);
    expect(shop.state.bulkOperations).toHaveLength(1);
  });

  it('uploads again what was not taken, and leaves a start without an answer to the next call', async () => {
    const shop = world(10);
    shop.fake.faults.next('bulk.upload', { kind: 'drop', when: 'before' });
    shop.fake.faults.next('bulkOperationRunMutation', { kind: 'drop', when: 'before' });
    await expect(rename(shop, 'a')).rejects.toMatchObject({ code: 'write.uncertain' });
    expect((await rename(shop, 'a')).size).toBe(11);
    expect(shop.state.bulkOperations).toHaveLength(1);
  });

  it('takes another key or other lines for another mutation', async () => {
    const shop = world(10);
    await rename(shop, 'a');
    await rename(shop, 'b');
    expect(shop.state.bulkOperations).toHaveLength(2);
  });
});

describe('a large push', () => {
  it('writes prices by calls, so that no older price comes behind a newer one', async () => {
    const { open, state, called, clock } = world(20);
    state.setBulkPace({ startMs: 600_000 });
    const skus = state.products.flatMap(({ variants }) => variants.map(({ sku = '' }) => sku));
    const push = (amount: string, idempotencyKey: string) =>
      open().prices.push(
        [...skus, 'NEVER-SOLD'].map((sku) => priceOf(sku, amount)),
        { idempotencyKey },
      );
    const outcomes = await push('7.00', 'monday');
    expect(outcomes.filter(({ ok }) => !ok)).toMatchObject([
      { item: { sku: 'NEVER-SOLD' }, error: { code: 'sku.unknown' } },
    ]);
    await push('9.00', 'tuesday');
    await clock.advance(700_000);
    expect(new Set(skus.map((sku) => state.variant(sku).price))).toEqual(new Set(['9.00']));
    expect(called('BulkRunMutation')).toBe(0);
  });

  it('makes products by calls, once', async () => {
    const { open, state, called } = world(0);
    const drafts = Array.from({ length: 20 }, (_, number): ProductDraft => {
      const sku = `MADE-${number}`;
      const price = number === 7 ? undefined : priceOf(sku, '3.00');
      const variant = { sku, options: [], stocked: true, tracking: 'none' as const, ...(price && { price }) };
      return { title: `Made ${number}`, status: 'active', categories: [], variants: [variant] };
    });
    const outcomes = await open().products.push(drafts, { idempotencyKey: 'a' });
    expect(outcomes.filter(({ ok }) => !ok)).toMatchObject([
      { item: { title: 'Made 7' }, error: { code: 'price.missing' } },
    ]);
    await open().products.push(drafts, { idempotencyKey: 'b' });
    expect(state.products).toHaveLength(20);
    expect(called('BulkRunMutation')).toBe(0);
  });
});
