import { fakeWooCommerce, wooKey } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { woocommerceClient } from '../src/index.ts';
import { shopWithGoods } from './world.ts';

const answer = z.object({ id: z.number(), name: z.string() });

function opened() {
  const fake = fakeWooCommerce();
  const { fetch, clock, state } = fake;
  const access = { url: 'https://shop.example', consumerKey: wooKey.key, consumerSecret: wooKey.secret } as const;
  const client = woocommerceClient({ ...access, fetch, clock, random: () => 0.5 });
  const asked = () => fake.journal.all.map(({ operation }) => operation);
  return { fake, state, clock, client, asked };
}

describe('the client of any route', () => {
  it('makes, reads, changes and deletes', async () => {
    const { client } = opened();
    const made = await client.post('wc/v3/products/tags', { json: { name: 'ten' }, answer });
    expect(made).toEqual({ data: { id: made.data.id, name: 'ten' }, status: 201, total: undefined });
    const list = await client.get('wc/v3/products/tags', { search: { per_page: 5 }, answer: z.array(answer) });
    expect(list).toEqual({ data: [made.data], status: 200, total: 1 });
    const route = `wc/v3/products/tags/${made.data.id}`;
    expect((await client.put(route, { json: { name: 'eleven' }, answer })).data.name).toBe('eleven');
    await client.delete(route, { search: { force: true }, answer: z.unknown() });
    await expect(client.get(route, { answer })).rejects.toMatchObject({
      code: 'record.missing',
      operation: 'GET wc/v3/products/tags/{id}',
    });
  });

  it('reads a list to its end', async () => {
    const { client, state } = opened();
    state.seedProducts(230);
    const ids: number[] = [];
    const rows = client.pages('wc/v3/products', {
      search: { orderby: 'id', order: 'asc', _fields: 'id' },
      answer: z.object({ id: z.number() }),
    });
    for await (const page of rows) ids.push(...page.map(({ id }) => id));
    expect(ids).toEqual(state.products.map(({ id }) => id).toSorted((one, other) => one - other));
    expect(new Set(ids).size).toBe(230);
  });

  it('repeats a read, and no change whose answer was lost unless a repeat is harmless', async () => {
    const { client, fake, asked } = opened();
    fake.faults.next('GET /products/tags', { kind: 'drop', when: 'after' });
    await client.get('wc/v3/products/tags', { answer: z.array(answer) });
    expect(asked()).toHaveLength(2);
    fake.faults.next('POST /products/tags', { kind: 'drop', when: 'after' });
    const sent = client.post('wc/v3/products/tags', { json: { name: 'ten' }, answer });
    await expect(sent).rejects.toMatchObject({ code: 'write.uncertain' });
    const [tag] = (await client.get('wc/v3/products/tags', { answer: z.array(answer) })).data;
    fake.faults.next('PUT /products/tags/{id}', { kind: 'drop', when: 'after' });
    const again = { json: { description: 'x' }, safety: 'repeatable', answer } as const;
    expect((await client.put(`wc/v3/products/tags/${tag?.id}`, again)).status).toBe(200);
    expect(asked().filter((operation) => operation.startsWith('P'))).toEqual([
      'POST /products/tags',
      'PUT /products/tags/{id}',
      'PUT /products/tags/{id}',
    ]);
  });

  it('gives no answer that does not fit', async () => {
    const { client } = opened();
    const strict = client.get('wc/v3/products/tags', { answer: z.object({ tags: z.array(answer) }) });
    await expect(strict).rejects.toMatchObject({ code: 'response.unexpected' });
  });

  it.each(['/wc/v3/coupons', 'wc/v3/coupons?page=2', 'wc/../../wp-admin', 'coupons', ''])(
    'is not asked for "%s"',
    async (route) => {
      const { client, asked } = opened();
      await expect(client.get(route, { answer: z.unknown() })).rejects.toMatchObject({ code: 'options.invalid' });
      expect(asked()).toEqual([]);
    },
  );
});

describe.each([
  ['https', {}],
  ['http', { url: 'http://shop.example', allowHttp: true }],
] as const)('a shop with plain permalinks over %s', (way, options) => {
  it('is read and written as any other, where the connector was told', async () => {
    const { shop, state, place } = shopWithGoods(
      { ...options, permalinks: 'plain' },
      { permalinks: 'plain', https: way === 'https' },
    );
    const parent = state.addProduct({ sku: 'SHIRT', type: 'variable' });
    state.addVariation(parent.id, { sku: 'SHIRT-RED', stock: 1, option: 'Red' });
    const id = place();
    expect(await shop.check()).toEqual({ ok: true });
    const updates = ['TEE', 'SHIRT-RED'].map((sku) => ({ sku, available: 7 }));
    const pushed = await shop.inventory.push(updates, { idempotencyKey: 'p' });
    expect(pushed.map(({ ok }) => ok)).toEqual([true, true]);
    expect([state.stockOf('TEE'), state.stockOf('SHIRT-RED')]).toEqual([7, 7]);
    const order = await shop.orders.get({ system: 'woocommerce', kind: 'order', id: String(id) });
    expect(order?.number).toBe(String(id));
    expect(await shop.orders.get({ system: 'woocommerce', kind: 'order', id: '404404' })).toBeUndefined();
  });
});
