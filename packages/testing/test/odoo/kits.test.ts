import type { Json } from '@crossdock/core';
import { fakeOdoo, type OdooVersion } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, confirmedOrder, result, type Odoo } from './client.ts';

// Everything here was asked of a real Odoo 19.0 with the module mrp on 2026-11-26 first.

function shop(version: OdooVersion = '19.0'): Odoo {
  const odoo = fakeOdoo({ version, modules: ['mrp'] });
  odoo.state.addProduct({ sku: 'A', onHand: 9 });
  odoo.state.addProduct({ sku: 'B', onHand: 20 });
  odoo.state.addProduct({ sku: 'WRAPPING', type: 'consumable' });
  odoo.state.addProduct({ sku: 'GREETING', type: 'service' });
  odoo.state.addKit({ sku: 'KIT', components: { A: 2, B: 1, WRAPPING: 3, GREETING: 1 } });
  return odoo;
}

const figures = ['qty_available', 'free_qty', 'virtual_available', 'outgoing_qty'];

async function stockOf(odoo: Odoo, sku: string): Promise<Json> {
  const [found] = odoo.state.records('product.product').filter(({ default_code: code }) => code === sku);
  return at(await result(odoo, 'product.product.read', [[found?.['id']]], { fields: figures }), 0);
}

const movesOf = (odoo: Odoo) => odoo.state.pickings.map(({ moves }) => moves.map(({ sku, demand }) => [sku, demand]));

describe.each(['17.0', '18.0', '19.0'] as const)('kits of the fake Odoo %s', (version) => {
  it('are delivered as their components, without the services among them', async () => {
    const odoo = shop(version);
    await confirmedOrder(odoo, { KIT: 3 });
    expect(movesOf(odoo)).toEqual([
      [
        ['A', 6],
        ['B', 3],
        ['WRAPPING', 9],
      ],
    ]);
    expect(odoo.state.saleOrders[0]).toMatchObject({ deliveryStatus: 'pending', lines: [{ sku: 'KIT', quantity: 3 }] });
  });

  it('are there as often as the scarcest counted component allows', async () => {
    const odoo = shop(version);
    expect(await stockOf(odoo, 'KIT')).toMatchObject({ qty_available: 4, free_qty: 4, outgoing_qty: 0 });
    await confirmedOrder(odoo, { KIT: 3 });
    expect(await stockOf(odoo, 'KIT')).toMatchObject({
      qty_available: 4,
      free_qty: 1,
      virtual_available: 1,
      outgoing_qty: 3,
    });
    expect(odoo.state.stockOf('KIT')).toEqual({ onHand: 4, reserved: 3, free: 1 });
  });

  it('count as delivered when all components of one are', async () => {
    const odoo = shop(version);
    await confirmedOrder(odoo, { KIT: 3 });
    const order = odoo.state.saleOrders[0]?.name ?? '';
    odoo.state.ship(order, { quantities: { A: 3, B: 3, WRAPPING: 9 } });
    expect(odoo.state.saleOrders[0]).toMatchObject({ deliveryStatus: 'partial', lines: [{ delivered: 1 }] });
    odoo.state.ship(order);
    expect(odoo.state.saleOrders[0]).toMatchObject({ deliveryStatus: 'full', lines: [{ delivered: 3 }] });
  });

  it('count as come back when one component came back', async () => {
    const odoo = shop(version);
    await confirmedOrder(odoo, { KIT: 3 });
    const { id } = odoo.state.ship(odoo.state.saleOrders[0]?.name ?? '');
    const context = { active_model: 'stock.picking', active_id: id, active_ids: [id] };
    const wizard = await result(odoo, 'stock.return.picking.create', [{ picking_id: id }], { context });
    const lines = odoo.state.records('stock.return.picking.line');
    for (const [index, line] of lines.entries()) {
      await result(odoo, 'stock.return.picking.line.write', [[line['id']], { quantity: index === 0 ? 1 : 0 }]);
    }
    const method = version === '17.0' ? 'create_returns' : 'action_create_returns';
    const picking = at(await result(odoo, `stock.return.picking.${method}`, [[wizard]]), 'res_id');
    await result(odoo, 'stock.picking.button_validate', [[picking]], { context: { skip_backorder: true } });
    expect(odoo.state.saleOrders[0]?.lines).toMatchObject([{ delivered: 2 }]);
  });

  it('may hold kits, and every change goes to the first move of a component', async () => {
    const odoo = shop(version);
    odoo.state.setStock('A', 100);
    odoo.state.setStock('B', 100);
    odoo.state.addKit({ sku: 'BIG', components: { KIT: 1, B: 2 } });
    await confirmedOrder(odoo, { BIG: 4 });
    const line = Number(odoo.state.saleOrders[0]?.lines[0]?.id);
    expect(movesOf(odoo)[0]).toEqual([
      ['A', 8],
      ['B', 4],
      ['WRAPPING', 12],
      ['B', 8],
    ]);
    await result(odoo, 'sale.order.line.write', [[line], { product_uom_qty: 6 }]);
    expect(movesOf(odoo)[0]).toEqual([
      ['A', 12],
      ['B', 10],
      ['WRAPPING', 18],
      ['B', 8],
    ]);
    // Four kits are found, not six, so two are taken off and two too many are shipped.
    await result(odoo, 'sale.order.line.write', [[line], { product_uom_qty: 2 }]);
    expect(movesOf(odoo)[0]).toEqual([
      ['A', 8],
      ['B', 4],
      ['WRAPPING', 12],
      ['B', 8],
    ]);
    odoo.state.ship(odoo.state.saleOrders[0]?.name ?? '');
    expect(odoo.state.saleOrders[0]?.lines).toMatchObject([{ quantity: 2, delivered: 4 }]);
  });
});

describe('kits of the fake Odoo', () => {
  it('are received as their components', async () => {
    const odoo = shop();
    const kit = odoo.state.records('product.product').find(({ default_code: code }) => code === 'KIT')?.['id'];
    const move = { product_id: kit, product_uom_qty: 2, location_id: 1, location_dest_id: 5 };
    const vals = { picking_type_id: 1, location_id: 1, location_dest_id: 5, move_ids: [[0, 0, move]] };
    const { body } = await call(odoo, 'stock.picking.create', { vals_list: vals });
    await call(odoo, 'stock.picking.action_confirm', { ids: body });
    expect(movesOf(odoo)).toEqual([
      [
        ['A', 4],
        ['B', 2],
        ['WRAPPING', 6],
      ],
    ]);
  });

  it('are no goods of their own: nobody can count them', async () => {
    const odoo = shop();
    const kit = odoo.state.records('product.product').find(({ default_code: code }) => code === 'KIT')?.['id'];
    const answer = await call(odoo, 'stock.quant.create', {
      vals_list: { product_id: kit, location_id: 5, inventory_quantity: 4 },
      context: { inventory_mode: true },
    });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        message:
          'You should update the components quantity instead of directly updating the quantity of the kit product.',
      },
    });
  });

  it('are read by who sells and written by manufacturing alone', async () => {
    const odoo = shop();
    const read = await call(odoo, 'mrp.bom.search_read', { domain: [], fields: ['type', 'product_qty', 'product_id'] });
    const write = await call(odoo, 'mrp.bom.create', { vals_list: { product_tmpl_id: 1, type: 'phantom' } });
    const counted = await call(odoo, 'product.template.search_read', { domain: [], fields: ['bom_count'] });
    expect(read.body).toEqual([{ id: 1, type: 'phantom', product_qty: 1, product_id: false }]);
    expect(write.status).toBe(403);
    expect(at(write.body, 'message')).toContain('\n\t- Manufacturing/Administrator\n\nContact');
    expect(at(counted.body, 'message')).toContain("'Byproduct' (mrp.bom.byproduct)");
  });

  it('cannot hold themselves, and make no negative or no quantity', () => {
    const odoo = shop();
    const template = odoo.state.records('product.product').find(({ default_code: code }) => code === 'KIT');
    const bom = (vals: { readonly [field: string]: Json }) => () =>
      odoo.state.add('mrp.bom', { product_tmpl_id: template?.['product_tmpl_id'], type: 'phantom', ...vals });
    expect(bom({ bom_line_ids: [[0, 0, { product_id: template?.['id'] }]] })).toThrow(
      'because it would create a cycle between these products: [KIT] KIT.',
    );
    expect(bom({ product_qty: 0 })).toThrow('The quantity to produce must be positive!');
    expect(bom({ bom_line_ids: [[0, 0, { product_id: 2, product_qty: -1 }]] })).toThrow('greater or equal to 0');
  });

  it('do not exist where the module is not installed', async () => {
    const odoo = fakeOdoo();
    const fields = await call(odoo, 'product.template.fields_get', { allfields: ['bom_ids', 'is_kits'] });
    const moves = await call(odoo, 'stock.move.fields_get', { allfields: ['bom_line_id'] });
    expect([fields.body, moves.body]).toEqual([{}, {}]);
    expect((await call(odoo, 'mrp.bom.search', { domain: [] })).status).toBe(404);
  });
});
