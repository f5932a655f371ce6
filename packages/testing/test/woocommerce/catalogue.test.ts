import type { Json } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { cart, openShop, type Answer } from './shop.ts';

const idOf = ({ body }: Answer) => (body as { readonly id: number }).id; // a record
const idsOf = ({ body }: Answer) => (body as readonly { readonly id: number }[]).map(({ id }) => id); // a list of records

describe('categories and tags', () => {
  it('are there once by name below each category, and ready for HTML', async () => {
    const { call } = openShop();
    const made = await call('POST', 'products/categories', { name: 'Tops & <b>Tees</b>' });
    expect([made.status, made.body]).toMatchObject([201, { name: 'Tops &amp; Tees', slug: 'tops-tees', parent: 0 }]);
    const again = await call('POST', 'products/categories', { name: 'tops & tees' });
    expect([again.status, again.body]).toMatchObject([
      400,
      { code: 'term_exists', data: { status: 400, resource_id: idOf(made) } },
    ]);
    const below = await call('POST', 'products/categories', { name: 'Tops & Tees', parent: idOf(made) });
    expect(below.body).toMatchObject({ slug: 'tops-tees-tops-tees', parent: idOf(made) });
    const missing = await call('POST', 'products/categories', { name: 'X', parent: 999 });
    expect(missing.body).toMatchObject({ code: 'missing_parent', data: { status: 400 } });
  });

  it('hold products, also those below, and leave them without when they go', async () => {
    const { state, call } = openShop();
    const { id: clothes } = state.addCategory({ name: 'Clothes' });
    const { id: hats } = state.addCategory({ name: 'Hats', parent: clothes });
    const { id } = state.addProduct({ sku: 'HAT', categories: [hats] });
    expect(idsOf(await call('GET', `products?category=${clothes}`))).toEqual([id]);
    expect((await call('GET', `products/categories/${clothes}`)).body).toMatchObject({ count: 1 });
    const tag = state.addTag({ name: 'New' });
    const sent = [{ id: hats }, { id: 999_999 }, { id: tag.id }];
    const silent = await call('PUT', `products/${id}`, { categories: sent });
    expect(silent.body).toMatchObject({ categories: [{ id: hats, name: 'Hats' }] });
    expect((await call('GET', `products?tag=${tag.id}`)).body).toEqual([]);
    await call('DELETE', `products/categories/${hats}?force=true`);
    expect((await call('GET', `products/${id}`)).body).toMatchObject({ categories: [] });
    expect((await call('DELETE', 'products/categories/15?force=true')).body).toMatchObject({
      code: 'woocommerce_rest_cannot_delete',
    });
  });

  it('come in pages, by name, and in batches', async () => {
    const { call } = openShop();
    const create = ['C', 'A', 'B', 'A'].map((name) => ({ name }));
    const { body } = await call('POST', 'products/tags/batch', { create });
    expect(body).toMatchObject({ create: [{ name: 'C' }, { name: 'A' }, { name: 'B' }, { id: 0, error: {} }] });
    const { body: page, headers } = await call('GET', 'products/tags?per_page=2&page=2');
    expect([page, headers.get('x-wp-total')]).toMatchObject([[{ name: 'C' }], '3']);
    expect((await call('GET', 'products/tags/999')).body).toMatchObject({ code: 'woocommerce_rest_term_invalid' });
  });
});

describe('attributes of the shop', () => {
  it('are shown by their names, and kept by their slugs in orders', async () => {
    const { state, call } = openShop();
    const attribute = idOf(await call('POST', 'products/attributes', { name: 'Size' }));
    const options = ['L & XL'];
    const parent = await call('POST', 'products', { type: 'variable', attributes: [{ id: attribute, options }] });
    expect(parent.body).toMatchObject({ attributes: [{ id: attribute, slug: 'pa_size', options: ['L &amp; XL'] }] });
    const variation = await call('POST', `products/${idOf(parent)}/variations`, {
      sku: 'TEE-L',
      regular_price: '3.00',
      attributes: [{ id: attribute, option: 'L & XL' }],
    });
    expect(variation.body).toMatchObject({ name: 'L &amp; XL', attributes: [{ id: attribute, name: 'Size' }] });
    const { id } = state.placeOrder(cart('TEE-L'));
    expect((await call('GET', `orders/${id}`)).body).toMatchObject({
      line_items: [
        { meta_data: [{ key: 'pa_size', value: 'l-xl', display_key: 'Size', display_value: 'L &amp; XL' }] },
      ],
    });
    const terms = await call('GET', `products/attributes/${attribute}/terms`);
    expect(terms.body).toMatchObject([{ name: 'L &amp; XL', slug: 'l-xl' }]);
    expect((await call('POST', 'products/attributes', { name: 'Size' })).status).toBe(400);
    expect((await call('DELETE', `products/attributes/${attribute}`)).status).toBe(200);
    expect((await call('GET', `products/attributes/${attribute}/terms`)).status).toBe(404);
  });
});

describe('products', () => {
  it('get a picture anew each time an address is sent, and keep one that is named', async () => {
    const { state, call } = openShop();
    const path = `products/${state.product('MUG')?.id}`;
    const images = [{ src: 'https://pictures.example/mug.jpg' }];
    const pictures = async (sent: Json) => {
      const { body } = await call('PUT', path, { images: sent });
      return (body as { readonly images: readonly { readonly id: number; readonly src: string }[] }).images; // a product
    };
    const [first] = await pictures(images);
    const [second] = await pictures(images);
    expect(first?.src).toBe('https://shop.example/wp-content/uploads/2026/11/mug.jpg');
    expect(second?.id).not.toBe(first?.id);
    expect(await pictures([{ id: second?.id ?? 0, alt: 'A mug' }])).toMatchObject([{ id: second?.id, alt: 'A mug' }]);
    expect((await call('PUT', path, { images: [{ id: 999_999 }] })).status).toBe(400);
    expect((await call('PUT', path, { images: [{ id: 999_999, ...images[0] }] })).status).toBe(400);
    expect((await call('PUT', path, { images: [{ src: 'nope' }] })).body).toMatchObject({
      code: 'woocommerce_product_image_upload_error',
    });
  });

  it('fall back to the standard tax class in silence, and have no number of letters', async () => {
    const { call } = openShop();
    const { body } = await call('POST', 'products', { tax_class: 'nope', global_unique_id: 'abc' });
    expect(body).toMatchObject({ tax_class: '', global_unique_id: '' });
  });

  it('lose what a single write says null of, and keep it in a batch', async () => {
    const { state, call } = openShop();
    const id = state.product('MUG')?.id ?? 0;
    const nothing = { regular_price: null, manage_stock: null, sku: null, status: null };
    await call('POST', 'products/batch', { update: [{ id, ...nothing }] });
    expect(state.product('MUG')).toMatchObject({ regularPrice: '12.99', manageStock: true, status: 'publish' });
    expect((await call('PUT', `products/${id}`, nothing)).body).toMatchObject({
      regular_price: '',
      manage_stock: false,
      sku: '',
      status: 'draft',
    });
  });

  it('are what the shop makes of words that a batch does not check', async () => {
    const { call } = openShop();
    const create = [
      { sku: ' A%20<b>B</b>', type: 'zzz', status: 'zzz', stock_status: 'zzz', manage_stock: 'x' },
      { tax_status: 'zzz' },
      { catalog_visibility: 'zzz' },
    ];
    expect((await call('POST', 'products/batch', { create })).body).toMatchObject({
      create: [
        { sku: 'AB', type: 'simple', status: 'draft', stock_status: 'instock', manage_stock: false },
        { id: 0, error: { code: 'product_invalid_tax_status' } },
        { id: 0, error: { code: 'product_invalid_catalog_visibility' } },
      ],
    });
  });

  it('are found by their trade numbers, variations too', async () => {
    const { state, call } = openShop();
    const parent = state.addProduct({ sku: 'CAP', type: 'variable', gtin: '4006381333931' });
    const { id } = state.addVariation(parent.id, { sku: 'CAP-RED', gtin: '4006381333948', option: 'Red' });
    expect(idsOf(await call('GET', 'products?global_unique_id=4006381333948'))).toEqual([id]);
    expect(idsOf(await call('GET', 'products?global_unique_id=4006381333931,4006381333948'))).toHaveLength(2);
  });

  it('share the stock of their parent where they count none of their own', async () => {
    const { state, call } = openShop();
    const parent = state.addProduct({ sku: 'CAP', type: 'variable', stock: 5 });
    const { id } = state.addVariation(parent.id, { sku: 'CAP-RED', price: '9.00', option: 'Red' });
    state.addVariation(parent.id, { sku: 'CAP-BLUE', price: '9.00', option: 'Blue' });
    state.placeOrder(cart('CAP-RED', 2));
    expect([state.stockOf('CAP-BLUE'), state.product('CAP-RED')?.stock]).toEqual([3, null]);
    expect((await call('GET', `products/${parent.id}/variations/${id}`)).body).toMatchObject({
      manage_stock: 'parent',
      stock_quantity: 3,
    });
  });

  it('leave a variable product by force, and lie in the trash with what they were', async () => {
    const { state, call } = openShop();
    const parent = state.addProduct({ sku: 'CAP', type: 'variable' });
    state.addVariation(parent.id, { sku: 'CAP-RED', price: '9.00', stock: 1, option: 'Red' });
    state.removeProduct('CAP-RED', true);
    expect((await call('GET', `products/${parent.id}`)).body).toMatchObject({ variations: [], price: '' });
    state.removeProduct('MUG');
    const trash = await call('GET', 'products?status=trash');
    expect(trash.body).toMatchObject([
      { sku: 'MUG', meta_data: [{ key: '_wp_trash_meta_status', value: 'publish' }, {}, {}] },
    ]);
  });

  it('end PHP where a variation is made below one that is not there', async () => {
    const { call } = openShop();
    expect((await call('POST', 'products/999999/variations', {})).status).toBe(500);
    expect((await call('GET', 'products/999999/variations')).body).toEqual([]);
  });

  it('show only the custom fields that are wanted', async () => {
    const { state, call } = openShop();
    const meta = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];
    state.addProduct({ sku: 'HAT', meta });
    expect((await call('GET', 'products?sku=HAT&include_meta=b')).body).toMatchObject([{ meta_data: [{ key: 'b' }] }]);
    expect((await call('GET', 'products?sku=HAT&exclude_meta=b')).body).toMatchObject([{ meta_data: [{ key: 'a' }] }]);
  });
});
