import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, type Odoo } from './client.ts';

// Everything here was asked of a real Odoo 19.0 on 2026-11-26 first.

async function ask(odoo: Odoo, operation: string, body: Json = {}): Promise<Json> {
  return (await call(odoo, operation, body)).body;
}

/** Size and colour, with the ids of their values: 1 and 2, 3 and 4. Blue costs 3 more. */
function attributes(size: 'always' | 'dynamic') {
  const odoo = fakeOdoo();
  const sizes = odoo.state.add('product.attribute', { name: 'Size', create_variant: size });
  const colours = odoo.state.add('product.attribute', { name: 'Colour', create_variant: 'always' });
  for (const name of ['S', 'M']) odoo.state.add('product.attribute.value', { name, attribute_id: sizes });
  odoo.state.add('product.attribute.value', { name: 'red', attribute_id: colours });
  odoo.state.add('product.attribute.value', { name: 'blue', attribute_id: colours, default_extra_price: 3 });
  const lines = [
    [0, 0, { attribute_id: sizes, value_ids: [[6, 0, [1, 2]]] }],
    [0, 0, { attribute_id: colours, value_ids: [[6, 0, [3, 4]]] }],
  ];
  const shirt = { name: 'Shirt', list_price: 10, attribute_line_ids: lines };
  return { odoo, create: () => ask(odoo, 'product.template.create', { vals_list: [shirt] }) };
}

/** The shirts that there are, archived ones too, each as `[name, value]` of one field. */
async function variantsOf(odoo: Odoo, field: string): Promise<Json> {
  const domain = [['name', '=', 'Shirt']];
  const body = { domain, fields: ['display_name', field], order: 'id', context: { active_test: false } };
  const rows = await ask(odoo, 'product.product.search_read', body);
  return Array.isArray(rows) ? rows.map((row: Json) => [at(row, 'display_name'), at(row, field)]) : rows;
}

describe('variants of products of the fake Odoo', () => {
  it('are all made at once where every attribute says so, each with what its values add to the price', async () => {
    const { odoo, create } = attributes('always');
    await create();
    expect(await variantsOf(odoo, 'lst_price')).toEqual([
      ['Shirt (S, red)', 10],
      ['Shirt (S, blue)', 13],
      ['Shirt (M, red)', 10],
      ['Shirt (M, blue)', 13],
    ]);
  });

  it('are made one by one where one attribute says so, and one of each combination', async () => {
    const { odoo, create } = attributes('dynamic');
    const template = at(await create(), 0);
    expect(await variantsOf(odoo, 'id')).toEqual([]);
    const variant = { product_tmpl_id: template, product_template_attribute_value_ids: [[6, 0, [1, 4]]] };
    expect((await call(odoo, 'product.product.create', { vals_list: [variant] })).status).toBe(200);
    const second = await call(odoo, 'product.product.create', { vals_list: [variant] });
    expect(second.status).toBe(422);
    expect(second.body).toMatchObject({
      message: `The operation cannot be completed: duplicate key value violates unique constraint "product_product_combination_unique"\nDETAIL:  Key (product_tmpl_id, combination_indices)=(${String(template as number)}, 1,4) already exists.\n`,
    });
    expect(await variantsOf(odoo, 'combination_indices')).toEqual([['Shirt (S, blue)', '1,4']]);
  });

  it('are made of the lines of the same import, and archived when something speaks of them', async () => {
    const { odoo } = attributes('always');
    const fields = ['id', 'name', 'attribute_line_ids/attribute_id/.id', 'attribute_line_ids/value_ids/.id'];
    const body = { fields, data: [['x.shirt', 'Shirt', '1', '1,2']] };
    const template = at(await ask(odoo, 'product.template.load', body), 'ids', 0);
    const made = await variantsOf(odoo, 'id');
    expect([at(made, 0, 0), at(made, 1, 0), at(made, 2)]).toEqual(['Shirt (S)', 'Shirt (M)', undefined]);
    const partner_id = odoo.state.addPartner({ name: 'Ada' });
    const order_line = [[0, 0, { product_id: at(made, 0, 1) }]];
    await ask(odoo, 'sale.order.create', { vals_list: [{ partner_id, order_line }] });
    const line = at(await ask(odoo, 'product.template.read', { ids: [template], fields: ['attribute_line_ids'] }), 0);
    const ids = at(line, 'attribute_line_ids');
    await ask(odoo, 'product.template.attribute.line.write', { ids, vals: { value_ids: [[3, 1, 0]] } });
    expect(await variantsOf(odoo, 'active')).toEqual([
      ['Shirt (S)', false],
      ['Shirt (M)', true],
    ]);
  });

  it('keep an attribute as it is once a product has it', async () => {
    const { odoo, create } = attributes('dynamic');
    await create();
    const ids = [1];
    expect(await ask(odoo, 'product.attribute.write', { ids, vals: { create_variant: 'always' } })).toMatchObject({
      message:
        'You cannot change the Variants Creation Mode of the attribute Size because it is used on the following products:\nShirt',
    });
    const line = 'product.template.attribute.line.write';
    expect(await ask(odoo, line, { ids, vals: { value_ids: [[4, 3, 0]] } })).toMatchObject({
      message:
        'On the product Shirt you cannot associate the value Colour: red with the attribute Size because they do not match.',
    });
    expect(await ask(odoo, line, { ids, vals: { value_ids: [[5, 0, 0]] } })).toMatchObject({
      message: 'The attribute Size must have at least one value for the product Shirt.',
    });
  });
});
