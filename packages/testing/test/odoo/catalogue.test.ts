import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, type Odoo } from './client.ts';

// Everything here was asked of a real Odoo 19.0 on 2026-11-26 first.

async function ask(odoo: Odoo, operation: string, body: Json = {}): Promise<Json> {
  return (await call(odoo, operation, body)).body;
}

describe('units, categories, prices and rights of the fake Odoo', () => {
  it('delivers two packs of six as twelve pieces', async () => {
    const odoo = fakeOdoo();
    const product_id = odoo.state.addProduct({ sku: 'TEE', price: 15, onHand: 100 });
    const partner_id = odoo.state.addPartner({ name: 'Ada' });
    const line = { product_id, product_uom_qty: 2, product_uom_id: 2, discount: 0 };
    const ids = await ask(odoo, 'sale.order.create', { vals_list: [{ partner_id, order_line: [[0, 0, line]] }] });
    await ask(odoo, 'sale.order.action_confirm', { ids });
    expect(odoo.state.saleOrders[0]?.lines[0]).toMatchObject({ priceUnit: 90, quantity: 2 });
    expect(odoo.state.pickings[0]?.moves[0]).toMatchObject({ demand: 12, quantity: 12 });
    expect(odoo.state.stockOf('TEE')).toMatchObject({ free: 88 });
    odoo.state.ship(odoo.state.saleOrders[0]?.name ?? '', { quantities: { TEE: 1 } });
    expect(odoo.state.saleOrders[0]?.lines[0]).toMatchObject({ delivered: 0.17 });
  });

  it('names a category with its path, also after a parent is renamed, and refuses a loop', async () => {
    const odoo = fakeOdoo();
    const clothes = odoo.state.add('product.category', { name: 'Clothes' });
    const tees = odoo.state.add('product.category', { name: 'Tees', parent_id: clothes });
    odoo.state.change('product.category', clothes, { name: 'Wear' });
    expect(at(await ask(odoo, 'product.category.read', { ids: [tees], fields: ['complete_name'] }), 0)).toMatchObject({
      complete_name: 'Wear / Tees',
    });
    const loop = await ask(odoo, 'product.category.write', { ids: [clothes], vals: { parent_id: tees } });
    expect(loop).toMatchObject({ message: 'Recursion Detected.' });
  });

  it('gives one name to one transfer, and reserves by hand where that is set', async () => {
    const odoo = fakeOdoo();
    const make = { vals_list: [{ picking_type_id: 1, name: 'RET/1' }] };
    expect((await call(odoo, 'stock.picking.create', make)).status).toBe(200);
    expect(await ask(odoo, 'stock.picking.create', make)).toMatchObject({
      message: 'The operation cannot be completed: Reference must be unique per company!',
    });
    odoo.state.change('stock.picking.type', 2, { reservation_method: 'manual' });
    const product_id = odoo.state.addProduct({ sku: 'TEE', onHand: 5 });
    const partner_id = odoo.state.addPartner({ name: 'Ada' });
    const ids = await ask(odoo, 'sale.order.create', {
      vals_list: [{ partner_id, order_line: [[0, 0, { product_id }]] }],
    });
    await ask(odoo, 'sale.order.action_confirm', { ids });
    expect(odoo.state.stockOf('TEE')).toMatchObject({ reserved: 0 });
  });

  it('names a return as the call says, and makes one of two with that name', async () => {
    const odoo = fakeOdoo();
    const product_id = odoo.state.addProduct({ sku: 'TEE', onHand: 5 });
    const partner_id = odoo.state.addPartner({ name: 'Ada' });
    const order_line = [[0, 0, { product_id, product_uom_qty: 2 }]];
    const ids = await ask(odoo, 'sale.order.create', { vals_list: [{ partner_id, order_line }] });
    await ask(odoo, 'sale.order.action_confirm', { ids });
    const { id } = odoo.state.ship(odoo.state.saleOrders[0]?.name ?? '');
    const context = { active_model: 'stock.picking', active_id: id, active_ids: [id], default_name: 'RET/1/RMA-1' };
    const giveBack = async () => {
      const wizard = await ask(odoo, 'stock.return.picking.create', { vals_list: [{ picking_id: id }], context });
      const [row] = odoo.state.records('stock.return.picking.line').slice(-1);
      await ask(odoo, 'stock.return.picking.line.write', { ids: [row?.['id'] ?? 0], vals: { quantity: 1 } });
      return call(odoo, 'stock.return.picking.action_create_returns', { ids: wizard, context });
    };
    expect((await giveBack()).status).toBe(200);
    expect((await giveBack()).status).toBe(422);
    expect(odoo.state.pickings.map(({ name }) => name)).toEqual(['WH/OUT/00001', 'RET/1/RMA-1']);
  });

  it('speaks an installed language and refuses another', async () => {
    const odoo = fakeOdoo();
    const id = odoo.state.addProduct({ sku: 'TEE', name: 'Tee' });
    const inFrench = { lang: 'fr_FR' };
    const read = (context: Json) => ask(odoo, 'product.product.read', { ids: [id], fields: ['name'], context });
    expect(await read(inFrench)).toMatchObject({ message: 'Invalid language code: fr_FR' });
    odoo.state.addLanguage('fr_FR', 'French / Français');
    await ask(odoo, 'product.product.write', { ids: [id], vals: { name: 'Chemise' }, context: inFrench });
    expect([at(await read(inFrench), 0, 'name'), at(await read({}), 0, 'name')]).toEqual(['Chemise', 'Tee']);
  });

  it('tells who may do what before it is done', async () => {
    const odoo = fakeOdoo();
    expect(await ask(odoo, 'sale.order.has_access', { ids: [], operation: 'write' })).toBe(true);
    expect(await ask(odoo, 'res.users.has_access', { ids: [], operation: 'write' })).toBe(false);
    expect(await ask(odoo, 'sale.order.has_access', { ids: [], operation: 'nope' })).toMatchObject({
      name: 'builtins.AssertionError',
    });
  });
});
