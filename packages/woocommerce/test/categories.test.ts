import { describe, expect, it } from 'vitest';
import { shopWithGoods } from './world.ts';

async function pulled(shop: ReturnType<typeof shopWithGoods>['shop'], from?: string) {
  const paths: string[] = [];
  let cursor = from;
  for await (const page of shop.categories.pull(from === undefined ? {} : { cursor: from })) {
    paths.push(...page.items.map(({ path }) => path.join(' / ')));
    cursor = page.cursor;
  }
  return { paths, cursor };
}

describe('categories of a shop', () => {
  it('come with their paths, and not again until the tree is another one', async () => {
    const { shop, state } = shopWithGoods();
    const clothing = state.addCategory({ name: 'Cloth & Co' });
    state.addCategory({ name: 'Shirts', parent: clothing.id });
    const first = await pulled(shop);
    expect(first.paths).toEqual(expect.arrayContaining(['Cloth & Co', 'Cloth & Co / Shirts']));
    const second = await pulled(shop, first.cursor);
    expect(second.paths).toEqual([]);
    state.addCategory({ name: 'Hats', parent: clothing.id });
    const third = await pulled(shop, second.cursor);
    expect(third.paths).toEqual(expect.arrayContaining(['Cloth & Co / Hats', 'Cloth & Co / Shirts']));
  });
});
