import { expect, it } from 'vitest';
import * as z from 'zod';
import { describeLive } from './describe-live.ts';
import { withId } from './shop-hand.ts';

const item = z.union([
  z.object({ id: z.int(), stock_quantity: z.number().nullable() }),
  z.object({ id: z.unknown(), error: z.object({ code: z.string() }) }),
]);
const batch = z.object({ update: z.array(item) });
const variable = { type: 'variable', attributes: [{ name: 'Size', options: ['S'], variation: true }] };

/** What the connector takes for granted of goods and batches. */
describeLive('what the connector relies on of goods', (shop) => {
  it('answers a batch item by item, in its order, with status 200', async () => {
    const { hand, addProduct } = shop();
    const [one, two] = [await addProduct('BATCH-1', 5), await addProduct('BATCH-2', 5)];
    const update = [
      { id: two.id, stock_quantity: 8 },
      { id: 1_987_654_321, stock_quantity: 8 },
      { id: one.id, stock_quantity: 9 },
    ];
    const { update: answers } = await hand.write('POST', '/products/batch', batch, { update });
    expect(answers).toMatchObject([
      { id: two.id, stock_quantity: 8 },
      { error: { code: 'woocommerce_rest_product_invalid_id' } },
      { id: one.id, stock_quantity: 9 },
    ]);
  });

  it('takes a hundred in a batch and no more', async () => {
    const { hand, tee } = shop();
    const update = Array.from({ length: 101 }, () => ({ id: tee.id }));
    expect(await hand.ask('POST', '/products/batch', { update })).toMatchObject({ status: 413 });
  });

  it('checks nothing in a batch that it checks alone: a decimal comma makes a hundredfold', async () => {
    const { hand, addProduct } = shop();
    const product = await addProduct('COMMA', 5);
    const priced = z.object({ regular_price: z.string() });
    const answer = z.object({ update: z.array(priced) });
    const number = { id: product.id, regular_price: 12 };
    expect(await hand.write('POST', '/products/batch', answer, { update: [number] })).toEqual({
      update: [{ regular_price: '12' }],
    });
    expect(await hand.ask('PUT', `/products/${product.id}`, { regular_price: 12 })).toMatchObject({ status: 400 });
    const { regular_price } = await hand.write('PUT', `/products/${product.id}`, priced, { regular_price: '1,50' });
    expect(Number(regular_price)).toBe(150);
  });

  it('finds a variation by its SKU, and writes it under its product alone', async () => {
    const { run, hand } = shop();
    const parent = await hand.write('POST', '/products?_fields=id', withId, { ...variable, sku: `PARENT-${run}` });
    const sku = `SMALL-${run}`;
    const stocked = { sku, regular_price: '10', manage_stock: true, stock_quantity: 5 };
    const { id } = await hand.write('POST', `/products/${parent.id}/variations`, withId, {
      ...stocked,
      attributes: [{ name: 'Size', option: 'S' }],
    });
    const shown = z.array(z.object({ id: z.int(), type: z.string(), parent_id: z.int() }));
    expect(await hand.read(`/products?sku=${sku}&_fields=id,type,parent_id`, shown)).toEqual([
      { id, type: 'variation', parent_id: parent.id },
    ]);
    expect(await hand.ask('PUT', `/products/${id}`, { stock_quantity: 4 })).toMatchObject({ status: 404 });
    const path = `/products/${parent.id}/variations/batch`;
    const { update } = await hand.write('POST', path, batch, { update: [{ id, stock_quantity: 4 }] });
    expect(update).toMatchObject([{ id, stock_quantity: 4 }]);
  });

  it('keeps a SKU for one product, and names the one that has it', async () => {
    const { hand, tee } = shop();
    expect(await hand.ask('POST', '/products', { name: 'Live twin', sku: tee.sku })).toMatchObject({
      status: 400,
      body: { code: 'product_invalid_sku', data: { resource_id: tee.id } },
    });
  });
});
