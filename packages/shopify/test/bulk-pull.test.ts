import type { Page, Product } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { noted } from './calls.ts';
import { shopWithGoods } from './shop.ts';

/** A shop whose catalogue is large enough for a file. */
function largeShop(products: number, bulkFrom = 10) {
  const world = shopWithGoods();
  const { calls, fetch } = noted(world.fake.fetch);
  const summer = world.state.addCollection({ title: 'Summer' });
  for (let number = 0; number < products; number += 1) {
    world.state.addProduct({
      title: `Tee ${number}`,
      options: ['Size'],
      collections: [summer],
      variants: ['S', 'M', 'L'].map((size) => ({
        sku: `TEE-${number}-${size}`,
        options: [size],
        price: '10.00',
        stock: 5,
      })),
    });
  }
  const open = () => world.connect({ fetch, bulkFrom });
  const started = () => calls.filter(({ operationName }) => operationName === 'BulkRunQuery').length;
  return { ...world, calls, fetch, open, started };
}

async function readAll<T>(pages: AsyncIterable<Page<T>>) {
  const all: Page<T>[] = [];
  for await (const page of pages) all.push(page);
  return { pages: all, items: all.flatMap(({ items }) => items), cursor: all.at(-1)?.cursor ?? '' };
}

const skusOf = (items: readonly { readonly sku: string }[] = []) => items.map(({ sku }) => sku).toSorted();
const titles = (items: readonly Product[]) => [...new Set(items.map(({ title }) => title))].toSorted();

describe('a first pull of a large catalogue', () => {
  it('reads products out of a file, whole and in pages, and goes on with what changed', async () => {
    const { state, open, started, calls } = largeShop(600);
    const byFile = await readAll(open().products.pull({}));
    expect(started()).toBe(1);
    expect(calls.filter(({ operationName }) => operationName === 'ProductsById')).toEqual([]);
    expect(byFile.pages.length).toBeGreaterThan(2);
    const byPages = await readAll(largeShop(600, 10_000).open().products.pull({}));
    expect(titles(byFile.items)).toEqual(titles(byPages.items));
    expect(byFile.items.find(({ title }) => title === 'Tee 7')).toMatchObject({
      categories: ['Summer'],
      variants: [{ sku: 'TEE-7-S' }, { sku: 'TEE-7-M' }, { sku: 'TEE-7-L' }],
    });
    const [one] = state.products;
    state.changeProduct(one?.id ?? '', { title: 'Changed' });
    const next = await readAll(open().products.pull({ cursor: byFile.cursor }));
    expect(titles(next.items)).toContain('Changed');
    expect(started()).toBe(1);
  });

  it('goes on in the middle of the file in another process', async () => {
    const { open, started } = largeShop(600);
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (;;) {
      let last = false;
      const pulled = open().products.pull(cursor === undefined ? {} : { cursor });
      const pages = pulled[Symbol.asyncIterator]();
      const { value, done } = await pages.next();
      if (done === true || value === undefined) break;
      for (const { title } of value.items) seen.add(title);
      last = !value.cursor.includes('bulk');
      ({ cursor } = value);
      await pages.return?.();
      if (last) break;
    }
    expect(seen.size).toBe(601);
    expect(started()).toBe(1);
  });

  it('takes the operation that runs already', async () => {
    const { state, open, started, clock } = largeShop(30);
    state.setBulkPace({ startMs: 60_000 });
    const stop = new AbortController();
    const first = readAll(open().products.pull({}, { signal: stop.signal }));
    const [stopped] = await Promise.all([
      first.catch((error: unknown) => error),
      clock.advance(3000).then(() => stop.abort()),
    ]);
    expect(stopped).toMatchObject({ code: 'call.aborted' });
    const { items } = await readAll(open().products.pull({}));
    expect(titles(items)).toHaveLength(31);
    expect(started()).toBe(1);
  });

  it('finds what was started when the answer was lost', async () => {
    const { fake, open, started, state } = largeShop(30);
    fake.faults.next('bulkOperationRunQuery', { kind: 'drop', when: 'after' });
    const { items } = await readAll(open().products.pull({}));
    expect(titles(items)).toHaveLength(31);
    expect(state.bulkOperations).toHaveLength(1);
    expect(started()).toBe(1);
  });

  it.each(['cut', 'reset'] as const)('goes on where a download was %s', async (how) => {
    const { open, state, started } = largeShop(300);
    state.breakNextDownload({ afterBytes: 50_001, how });
    const { items } = await readAll(open().products.pull({}));
    expect(titles(items)).toHaveLength(301);
    expect(items).toHaveLength(301);
    expect(started()).toBe(1);
  });

  it('goes by pages where the operation failed', async () => {
    const { open, state, calls } = largeShop(30);
    state.failNextBulk({ errorCode: 'TIMEOUT', afterObjects: 20 });
    const { items } = await readAll(open().products.pull({}));
    expect(titles(items)).toHaveLength(31);
    expect(calls.some(({ operationName }) => operationName === 'ProductsById')).toBe(true);
  });

  it('asks for another file where its own is not kept any more', async () => {
    const { open, state, started } = largeShop(600);
    const pages = open().products.pull({})[Symbol.asyncIterator]();
    const { value } = await pages.next();
    await pages.return?.();
    state.expireBulkFiles();
    const { items } = await readAll(open().products.pull({ cursor: value?.cursor }));
    expect(titles(items)).toHaveLength(601);
    expect(started()).toBe(2);
  });

  it('goes by pages where as many operations run as may', async () => {
    const { open, state, fetch, fake, calls } = largeShop(30);
    state.setBulkPace({ startMs: 3_600_000 });
    for (let number = 0; number < 5; number += 1) {
      const query = `{ products(query: "id:>${number}") { edges { node { id } } } }`;
      await fetch('https://acme.myshopify.com/admin/api/2026-07/graphql.json', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': state.accessToken },
        body: JSON.stringify({
          operationName: 'Other',
          variables: { query },
          query:
            'mutation Other($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: false) { userErrors { message } } }',
        }),
      });
    }
    expect(state.bulkOperations).toHaveLength(5);
    const { items } = await readAll(open().products.pull({}));
    expect(titles(items)).toHaveLength(31);
    expect(calls.some(({ operationName }) => operationName === 'ProductsById')).toBe(true);
    expect(fake.clock.now()).toBeGreaterThan(0);
  });

  it('reads prices and stock levels out of files as it does by pages', async () => {
    const byFile = largeShop(100).open();
    const byPages = largeShop(100, 10_000).open();
    const [prices, pagedPrices] = await Promise.all([byFile, byPages].map((shop) => readAll(shop.prices.pull({}))));
    expect(skusOf(prices?.items)).toHaveLength(302);
    expect(skusOf(prices?.items)).toEqual(skusOf(pagedPrices?.items));
    const [levels, pagedLevels] = await Promise.all([byFile, byPages].map((shop) => readAll(shop.inventory.pull({}))));
    const told = (items: (typeof levels & {})['items'] = []) =>
      items
        .map(({ sku, available, buckets }) => ({ sku, available, buckets }))
        .toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
    expect(told(levels?.items)).toHaveLength(302);
    expect(told(levels?.items)).toEqual(told(pagedLevels?.items));
  });
});
