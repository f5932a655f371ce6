import { expect, it } from 'vitest';
import * as z from 'zod';
import { describeLive } from './describe-live.ts';
import { readPull } from './live-shop.ts';
import { withId } from './shop-hand.ts';

describeLive('stock', (shop) => {
  it('is set in products and variations, item by item, and a sale since the last look is not undone', async () => {
    const { run, hand, addProduct, connect, place, stockOf } = shop();
    const product = await addProduct('COUNTED', 10);
    const parent = await hand.write('POST', '/products?_fields=id', withId, {
      type: 'variable',
      sku: `SHIRT-${run}`,
      attributes: [{ name: 'Size', options: ['S'], variation: true }],
    });
    const small = `SHIRT-S-${run}`;
    const goods = { sku: small, regular_price: '10', manage_stock: true, stock_quantity: 5 };
    const { id } = await hand.write('POST', `/products/${parent.id}/variations`, withId, goods);
    await place({ line_items: [{ product_id: product.id, quantity: 3 }] });
    const outcomes = await connect().inventory.push(
      [
        { sku: small, available: 8 },
        { sku: product.sku, available: 20, expected: 10 },
        { sku: `NOBODY-${run}`, available: 1 },
      ],
      { idempotencyKey: 'push-1' },
    );
    expect(outcomes).toMatchObject([
      { ok: true },
      { ok: false, error: { code: 'stock.stale' } },
      { ok: false, error: { code: 'sku.unknown' } },
    ]);
    expect(await stockOf(product)).toBe(7);
    const shown = z.object({ stock_quantity: z.number() });
    expect(await hand.read(`/products/${parent.id}/variations/${id}`, shown)).toEqual({ stock_quantity: 8 });
  });

  it('is brought by the next pull once somebody counted anew', async () => {
    const { addProduct, setStock, connect, hand } = shop();
    const product = await addProduct('PULLED', 10);
    const dated = z.object({ date_modified_gmt: z.string() });
    const { date_modified_gmt: moment } = await hand.read(`/products/${product.id}`, dated);
    const updatedAfter = new Date(Date.parse(`${moment}Z`) - 1000).toISOString();
    const first = await readPull((since) => connect().inventory.pull(since), { updatedAfter });
    expect(first.items.find(({ sku }) => sku === product.sku)).toMatchObject({ available: 10 });
    await setStock(product, 41);
    const next = await readPull((since) => connect().inventory.pull(since), { cursor: first.cursor });
    expect(next.items.findLast(({ sku }) => sku === product.sku)).toMatchObject({ available: 41 });
  });
});
