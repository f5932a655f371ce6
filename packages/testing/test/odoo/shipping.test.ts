import { describe, expect, it } from 'vitest';
import { fakeOdoo } from '@crossdock/testing';
import { at, call, confirmedOrder, type Odoo } from './client.ts';

async function ready(
  lines: Readonly<Record<string, number>>,
): Promise<{ odoo: Odoo; picking: number; moves: readonly number[] }> {
  const odoo = fakeOdoo();
  odoo.state.addProduct({ sku: 'TEE', onHand: 100 });
  odoo.state.addProduct({ sku: 'MUG', onHand: 100 });
  await confirmedOrder(odoo, lines);
  const [picking] = odoo.state.records('stock.picking').map(({ id }) => Number(id));
  const { body } = await call(odoo, 'stock.move.search', { domain: [['picking_id', '=', picking ?? 0]], order: 'id' });
  return { odoo, picking: picking ?? 0, moves: Array.isArray(body) ? body.map(Number) : [] };
}

const validate = (odoo: Odoo, picking: number, context: { readonly [key: string]: boolean | readonly number[] } = {}) =>
  call(odoo, 'stock.picking.button_validate', { ids: [picking], context });

describe('fake Odoo shipping', () => {
  it('asks about SMS at the first delivery, moves nothing, and marks everything as picked all the same', async () => {
    const { odoo, picking, moves } = await ready({ TEE: 2 });

    const answer = await validate(odoo, picking);

    expect(answer).toMatchObject({
      status: 200,
      body: { type: 'ir.actions.act_window', res_model: 'confirm.stock.sms' },
    });
    expect(odoo.state.pickings).toMatchObject([{ state: 'assigned' }]);
    expect(odoo.state.records('stock.move').find(({ id }) => id === moves[0])).toMatchObject({ picked: true });
  });

  it('asks about SMS once in the life of a company', async () => {
    const { odoo, picking } = await ready({ TEE: 2 });
    const { body } = await validate(odoo, picking);
    await call(odoo, 'confirm.stock.sms.dont_send_sms', { ids: [at(body, 'res_id')], context: at(body, 'context') });
    await confirmedOrder(odoo, { MUG: 1 });
    const second = odoo.state.pickings.find(({ state }) => state === 'assigned');

    expect((await validate(odoo, second?.id ?? 0)).body).toBe(true);
    expect(odoo.state.pickings.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('asks about a backorder before anything moves, and the window makes it', async () => {
    const { odoo, picking, moves } = await ready({ TEE: 10 });
    await call(odoo, 'stock.move.write', { ids: moves, vals: { quantity: 4, picked: true } });

    const question = await validate(odoo, picking, { skip_sms: true });
    const before = odoo.state.stockOf('TEE').onHand;
    const context = at(question.body, 'context');
    const wizard = await call(odoo, 'stock.backorder.confirmation.create', { vals_list: {}, context });
    await call(odoo, 'stock.backorder.confirmation.process', { ids: wizard.body, context });

    expect(at(question.body, 'res_model')).toBe('stock.backorder.confirmation');
    expect(before).toBe(100);
    expect(odoo.state.stockOf('TEE')).toEqual({ onHand: 96, reserved: 6, free: 90 });
    expect(odoo.state.pickings).toMatchObject([
      { name: 'WH/OUT/00001', state: 'done', moves: [{ quantity: 4 }] },
      { name: 'WH/OUT/00002', state: 'assigned', backorderOf: 'WH/OUT/00001', moves: [{ demand: 6, quantity: 6 }] },
    ]);
    expect(odoo.state.saleOrders).toMatchObject([{ deliveryStatus: 'partial', lines: [{ delivered: 4 }] }]);
  });

  it('ships without a backorder when told so, and calls the order fully delivered', async () => {
    const { odoo, picking, moves } = await ready({ TEE: 10 });
    await call(odoo, 'stock.move.write', { ids: moves, vals: { quantity: 6, picked: true } });

    await validate(odoo, picking, { skip_sms: true, skip_backorder: true, picking_ids_not_to_backorder: [picking] });

    expect(odoo.state.pickings).toHaveLength(1);
    expect(odoo.state.saleOrders).toMatchObject([{ deliveryStatus: 'full', lines: [{ quantity: 10, delivered: 6 }] }]);
    expect(odoo.state.stockOf('TEE')).toEqual({ onHand: 94, reserved: 0, free: 94 });
  });

  it('ships only what is picked when anything is', async () => {
    const { odoo, picking, moves } = await ready({ TEE: 3, MUG: 2 });
    await call(odoo, 'stock.move.write', { ids: moves.slice(0, 1), vals: { picked: true } });

    await validate(odoo, picking, { skip_sms: true, skip_backorder: true });

    expect([odoo.state.stockOf('TEE').onHand, odoo.state.stockOf('MUG').onHand]).toEqual([97, 100]);
  });

  it('ships more than was asked and more than there is', async () => {
    const { odoo, picking, moves } = await ready({ TEE: 2 });
    await call(odoo, 'stock.move.write', { ids: moves, vals: { quantity: 500, picked: true } });
    const { reserved } = odoo.state.stockOf('TEE');

    expect((await validate(odoo, picking, { skip_sms: true })).body).toBe(true);
    // All of it, so that less than nothing is free. Recorded on Odoo 19.0, 2026-11-26.
    expect(reserved).toBe(500);
    expect(odoo.state.stockOf('TEE')).toEqual({ onHand: -400, reserved: 0, free: -400 });
    expect(odoo.state.saleOrders).toMatchObject([{ lines: [{ quantity: 2, delivered: 500 }] }]);
  });

  it('moves stock when somebody writes a quantity on what is done', async () => {
    const { odoo, picking, moves } = await ready({ TEE: 3 });
    await validate(odoo, picking, { skip_sms: true });

    await call(odoo, 'stock.move.write', { ids: moves, vals: { quantity: 1 } });

    expect(odoo.state.stockOf('TEE').onHand).toBe(99);
    expect(odoo.state.saleOrders).toMatchObject([{ lines: [{ delivered: 1 }] }]);
  });

  it('takes a tracking number before and after the delivery is done', async () => {
    const { odoo, picking } = await ready({ TEE: 1 });
    const carrier = odoo.state.addCarrier({ name: 'UPS', trackingUrl: 'https://t.example/<shipmenttrackingnumber>' });
    await call(odoo, 'stock.picking.write', {
      ids: [picking],
      vals: { carrier_id: carrier, carrier_tracking_ref: '1Z1' },
    });
    await validate(odoo, picking, { skip_sms: true });
    await call(odoo, 'stock.picking.write', { ids: [picking], vals: { carrier_tracking_ref: '1Z1,1Z2' } });

    const { body } = await call(odoo, 'stock.picking.read', {
      ids: [picking],
      fields: ['carrier_tracking_url', 'state'],
    });

    expect(body).toMatchObject([{ carrier_tracking_url: 'https://t.example/1Z1,1Z2', state: 'done' }]);
  });

  it('forgets a sold-out product some time after its stock came to zero', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'LAST', onHand: 2 });
    await confirmedOrder(odoo, { LAST: 2 });
    odoo.state.ship('S00001');
    const rows = async () =>
      (
        await call(odoo, 'stock.quant.search_read', {
          domain: [['location_id.usage', '=', 'internal']],
          fields: ['quantity'],
        })
      ).body;

    const soon = await rows();
    await odoo.clock.advance(120_000);
    const later = await rows();

    expect(soon).toMatchObject([{ quantity: 0 }]);
    expect(later).toEqual([]);
  });

  it('cancels the transfer with its order and gives the goods free', async () => {
    const { odoo } = await ready({ TEE: 5 });
    await call(odoo, 'sale.order.action_cancel', { ids: [odoo.state.saleOrders[0]?.id ?? 0] });

    expect(odoo.state.pickings).toMatchObject([{ state: 'cancel' }]);
    expect(odoo.state.stockOf('TEE')).toEqual({ onHand: 100, reserved: 0, free: 100 });
  });

  // Recorded on Odoo 19.0, 2026-11-26.
  it('counts three lots of four pieces as one dozen', async () => {
    const odoo = fakeOdoo();
    const milk = odoo.state.addProduct({ sku: 'MILK', tracking: 'lot' });
    for (const lot of ['L1', 'L2', 'L3']) odoo.state.setStock('MILK', 4, { lot });
    const dozen = odoo.state.add('uom.uom', { name: 'Crate of 12', relative_factor: 12, relative_uom_id: 1 });
    const picking = {
      picking_type_id: odoo.state.records('stock.picking.type').find((one) => one['code'] === 'outgoing')?.['id'] ?? 0,
    };
    const move = { product_id: milk, product_uom: dozen, product_uom_qty: 1, location_id: 5, location_dest_id: 2 };

    const { body } = await call(odoo, 'stock.picking.create', { vals_list: { ...picking, move_ids: [[0, 0, move]] } });
    await call(odoo, 'stock.picking.action_confirm', { ids: body });

    expect(odoo.state.pickings).toMatchObject([{ state: 'assigned', moves: [{ quantity: 1 }] }]);
    expect(odoo.state.stockOf('MILK')).toEqual({ onHand: 12, reserved: 12, free: 0 });
  });

  it('asks before goods past their date go out', async () => {
    const odoo = fakeOdoo();
    const milk = odoo.state.addProduct({ sku: 'MILK', tracking: 'lot' });
    const [lot] = [
      await call(odoo, 'stock.lot.create', {
        vals_list: { name: 'L1', product_id: milk, expiration_date: '2026-01-01 00:00:00' },
      }),
    ];
    expect(lot.status).toBe(200);
    odoo.state.setStock('MILK', 5, { lot: 'L1' });
    await confirmedOrder(odoo, { MILK: 1 });
    const [picking] = odoo.state.pickings;

    const answer = await validate(odoo, picking?.id ?? 0, { skip_sms: true });

    expect(at(answer.body, 'res_model')).toBe('expiry.picking.confirmation');
    expect(odoo.state.stockOf('MILK').onHand).toBe(5);
  });
});
