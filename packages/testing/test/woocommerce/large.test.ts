import { describe, expect, it } from 'vitest';
import { openShop } from './shop.ts';

const page = async ({ call }: ReturnType<typeof openShop>, query: string) => {
  const { body, headers } = await call('GET', `products?per_page=100&orderby=id&order=asc&_fields=id,sku&${query}`);
  // A list of products.
  return {
    skus: (body as readonly { readonly sku: string }[]).map(({ sku }) => sku),
    total: headers.get('x-wp-total'),
  };
};

describe('a shop of fifty thousand products', () => {
  it('serves all of them, page by page', async () => {
    const shop = openShop();
    shop.state.seedProducts(50_000 - shop.state.products.length);
    const seen = new Set<string>();
    for (let number = 1; number <= 500; number++) {
      for (const sku of (await page(shop, `page=${number}`)).skus) seen.add(sku);
    }
    expect(seen.size).toBe(50_000);
    expect(await page(shop, 'page=501')).toEqual({ skus: [], total: '50000' });
  }, 60_000);
});

describe('what a list has found', () => {
  it('is looked for again after everything that changes it', async () => {
    const shop = openShop();
    const { state, call } = shop;
    const find = (query: string) => page(shop, query);
    expect((await find('status=publish')).skus).toEqual(['MUG', 'TEE']);
    state.addProduct({ sku: 'HAT' });
    expect((await find('status=publish')).skus).toEqual(['MUG', 'TEE', 'HAT']);
    await call('PUT', `products/${state.product('HAT')?.id}`, { status: 'draft' });
    expect((await find('status=publish')).skus).toEqual(['MUG', 'TEE']);
    const show = state.unlistProduct('TEE');
    expect((await find('status=publish')).skus).toEqual(['MUG']);
    show();
    expect((await find('status=publish')).skus).toEqual(['MUG', 'TEE']);
    expect((await find('stock_status=outofstock')).skus).toEqual([]);
    state.placeOrder({ lines: [{ sku: 'TEE', quantity: 5 }] });
    expect((await find('stock_status=outofstock')).skus).toEqual(['TEE']);
    state.removeProduct('TEE', true);
    expect((await find('status=publish')).skus).toEqual(['MUG']);
    state.removeProduct('MUG');
    expect((await find('status=publish')).skus).toEqual([]);
  });

  it('is not that of another question', async () => {
    const shop = openShop();
    expect((await page(shop, 'include=10,11')).skus).not.toEqual((await page(shop, 'include=10')).skus);
    expect((await page(shop, 'sku=MUG')).skus).toEqual(['MUG']);
    expect((await page(shop, 'sku=TEE')).skus).toEqual(['TEE']);
  });

  it('sorts by what changed last', async () => {
    const { state, call, clock } = openShop();
    const first = async () =>
      ((await call('GET', 'products?orderby=modified')).body as readonly { readonly sku: string }[])[0]?.sku; // products
    await clock.advance(1000);
    state.touchProduct('MUG');
    expect(await first()).toBe('MUG');
    await clock.advance(1000);
    state.touchProduct('TEE');
    expect(await first()).toBe('TEE');
  });
});
