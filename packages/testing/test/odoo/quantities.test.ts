import { describe, expect, it } from 'vitest';
import { fakeOdoo } from '@crossdock/testing';
import { call, confirmedOrder, type Odoo } from './client.ts';

async function moveOf(odoo: Odoo, picking = odoo.state.pickings[0]?.id ?? 0): Promise<number> {
  const { body } = await call(odoo, 'stock.move.search', { domain: [['picking_id', '=', picking]], order: 'id' });
  return Array.isArray(body) ? Number(body[0]) : 0;
}

async function linesOf(odoo: Odoo, move: number) {
  const domain = [['move_id', '=', move]];
  const { body } = await call(odoo, 'stock.move.line.search_read', {
    domain,
    fields: ['quantity', 'lot_id'],
    order: 'id',
  });
  return body;
}

async function bought(odoo: Odoo) {
  const product = odoo.state.addProduct({ sku: 'TEE' });
  const line = [0, 0, { product_id: product, product_qty: 5, price_unit: 3 }];
  const vals = { partner_id: odoo.state.addPartner({ name: 'Mill' }), order_line: [line] };
  const { body } = await call(odoo, 'purchase.order.create', { vals_list: vals });
  await call(odoo, 'purchase.order.button_confirm', { ids: body });
  return { order: body, order_line: odoo.state.records('purchase.order.line').map(({ id }) => Number(id)) };
}

// Recorded on Odoo 19.0, 2026-11-26; of 17 and 18 not known.
describe('a quantity that is written on a move of the fake Odoo', () => {
  it('takes lots that lie free first, and what there is not stands on a line without one', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'MILK', tracking: 'lot' });
    odoo.state.setStock('MILK', 5, { lot: 'A' });
    odoo.state.setStock('MILK', 5, { lot: 'B' });
    await confirmedOrder(odoo, { MILK: 3 });
    const move = await moveOf(odoo);

    await call(odoo, 'stock.move.write', { ids: [move], vals: { quantity: 12 } });

    expect(await linesOf(odoo, move)).toMatchObject([
      { quantity: 5, lot_id: [1, 'A'] },
      { quantity: 5, lot_id: [2, 'B'] },
      { quantity: 2, lot_id: false },
    ]);
    expect(odoo.state.stockOf('MILK').free).toBe(-2);
    await call(odoo, 'stock.move.write', { ids: [move], vals: { quantity: 6 } });
    expect(await linesOf(odoo, move)).toMatchObject([{ quantity: 5 }, { quantity: 1 }]);
    expect(odoo.state.stockOf('MILK').free).toBe(4);
  });

  it('lets everything go when less is asked for than is reserved', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'TEE', onHand: 10 });
    await confirmedOrder(odoo, { TEE: 4 });

    await call(odoo, 'stock.move.write', { ids: [await moveOf(odoo)], vals: { product_uom_qty: 2 } });

    expect(odoo.state.pickings).toMatchObject([{ state: 'confirmed', moves: [{ demand: 2, quantity: 0 }] }]);
    expect(odoo.state.stockOf('TEE').free).toBe(10);
  });
});

// Recorded on Odoo 19.0, 2026-11-26; of 17 and 18 not known.
describe('a purchase of the fake Odoo', () => {
  it('receives once what was confirmed, taken back and confirmed again', async () => {
    const odoo = fakeOdoo();
    const { order } = await bought(odoo);

    await call(odoo, 'purchase.order.button_draft', { ids: order });
    await call(odoo, 'purchase.order.button_confirm', { ids: order });

    expect(odoo.state.pickings).toMatchObject([{ state: 'assigned', moves: [{ demand: 5 }] }]);
  });

  it('follows its quantity, and sends back what came and is not wanted any more', async () => {
    const odoo = fakeOdoo();
    const { order_line: lines } = await bought(odoo);
    const want = (quantity: number) =>
      call(odoo, 'purchase.order.line.write', { ids: lines, vals: { product_qty: quantity } });

    await want(7);
    expect(odoo.state.pickings).toMatchObject([{ state: 'assigned', moves: [{ demand: 7, quantity: 7 }] }]);
    await want(4);
    expect(odoo.state.pickings).toMatchObject([{ state: 'assigned', moves: [{ demand: 4, quantity: 4 }] }]);
    await call(odoo, 'stock.move.write', { ids: [await moveOf(odoo)], vals: { quantity: 3, picked: true } });
    const ids = odoo.state.pickings.map(({ id }) => id);
    await call(odoo, 'stock.picking.button_validate', { ids, context: { skip_backorder: true } });
    await want(1);

    expect(odoo.state.pickings).toMatchObject([
      { state: 'done', moves: [{ quantity: 3 }] },
      { state: 'cancel' },
      { name: 'WH/OUT/00001', state: 'assigned', moves: [{ demand: 2, quantity: 2 }] },
    ]);
  });
});
