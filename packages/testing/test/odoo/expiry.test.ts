import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, confirmedOrder, type Odoo } from './client.ts';

// Everything here was asked of a real Odoo 19.0 with the module product_expiry on 2026-11-26 first. The fake begins on 2026-11-01.

const times = { expiration_time: 30, removal_time: 5, alert_time: 7, use_time: 3 };

async function dairy(): Promise<{ odoo: Odoo; product: Json }> {
  const odoo = fakeOdoo();
  const product = odoo.state.addProduct({ sku: 'MILK', tracking: 'lot' });
  odoo.state.change('product.product', product, { use_expiration_date: true, ...times });
  await lot(odoo, product, 'OLD', '2026-10-20 00:00:00');
  await lot(odoo, product, 'REMOVE', '2026-11-03 00:00:00');
  await lot(odoo, product, 'FRESH');
  odoo.state.setStock('MILK', 5, { lot: 'OLD' });
  odoo.state.setStock('MILK', 4, { lot: 'REMOVE' });
  odoo.state.setStock('MILK', 7, { lot: 'FRESH' });
  return { odoo, product };
}

async function lot(odoo: Odoo, product: Json, name: string, expires?: string): Promise<void> {
  const vals = { name, product_id: product, ...(expires === undefined ? {} : { expiration_date: expires }) };
  await call(odoo, 'stock.lot.create', { vals_list: vals });
}

const lotId = (odoo: Odoo, name: string) => odoo.state.records('stock.lot').find((one) => one['name'] === name)?.['id'];

/** Takes these lots off the shelf by hand, as only a person would. */
async function take(odoo: Odoo, product: Json, lots: Readonly<Record<string, number>>): Promise<number> {
  const picking = odoo.state.pickings.find(({ state }) => state === 'assigned')?.id ?? 0;
  const { body: moves } = await call(odoo, 'stock.move.search', { domain: [['picking_id', '=', picking]] });
  const { body: lines } = await call(odoo, 'stock.move.line.search', { domain: [['picking_id', '=', picking]] });
  const gone = Array.isArray(lines) ? lines.map((id: Json): Json => [2, id, 0]) : [];
  const taken = Object.entries(lots).map(([name, quantity]): Json => {
    const vals = { product_id: product, lot_id: lotId(odoo, name), quantity, picked: true, picking_id: picking };
    return [0, 0, vals];
  });
  const move_ids = [[1, at(moves, 0), { move_line_ids: [...gone, ...taken] }]];
  await call(odoo, 'stock.picking.write', { ids: [picking], vals: { move_ids } });
  return picking;
}

describe('goods with a date of the fake Odoo', () => {
  it('get the dates of their product, once', async () => {
    const { odoo } = await dairy();
    const fields = ['expiration_date', 'use_date', 'removal_date', 'alert_date', 'product_expiry_alert'];
    const read = async (name: string) =>
      at((await call(odoo, 'stock.lot.read', { ids: [lotId(odoo, name)], fields })).body, 0);
    expect(await read('OLD')).toMatchObject({
      use_date: '2026-10-17 00:00:00',
      removal_date: '2026-10-15 00:00:00',
      alert_date: '2026-10-13 00:00:00',
      product_expiry_alert: true,
    });
    expect(await read('FRESH')).toMatchObject({
      expiration_date: '2026-12-01 00:00:00',
      removal_date: '2026-11-26 00:00:00',
      product_expiry_alert: false,
    });
    const vals = { expiration_date: '2027-01-01 00:00:00' };
    await call(odoo, 'stock.lot.write', { ids: [lotId(odoo, 'FRESH')], vals });
    expect(await read('FRESH')).toMatchObject({ ...vals, removal_date: '2026-11-26 00:00:00' });
  });

  it('are on hand but neither free nor reserved when they should be off the shelf', async () => {
    const { odoo, product } = await dairy();
    const fields = ['qty_available', 'free_qty', 'virtual_available'];
    const { body } = await call(odoo, 'product.product.read', { ids: [product], fields });
    expect(body).toMatchObject([{ qty_available: 16, free_qty: 7, virtual_available: 7 }]);
    await confirmedOrder(odoo, { MILK: 9 });
    expect(odoo.state.pickings).toMatchObject([{ state: 'assigned', moves: [{ demand: 9, quantity: 7 }] }]);
    const quants = await call(odoo, 'stock.quant.search_read', {
      domain: [
        ['lot_id.name', '=', 'REMOVE'],
        ['location_id.usage', '=', 'internal'],
      ],
      fields: ['quantity', 'available_quantity', 'removal_date'],
    });
    expect(quants.body).toMatchObject([{ quantity: 4, available_quantity: 0, removal_date: '2026-10-29 00:00:00' }]);
  });

  it('are asked about before they leave, and leave when somebody says so', async () => {
    const { odoo, product } = await dairy();
    await confirmedOrder(odoo, { MILK: 5 });
    const picking = await take(odoo, product, { OLD: 3, REMOVE: 2 });
    const { body } = await call(odoo, 'stock.picking.button_validate', { ids: [picking], context: { skip_sms: true } });
    expect(body).toMatchObject({
      name: 'Confirmation',
      res_model: 'expiry.picking.confirmation',
      context: { default_lot_ids: [[6, 0, [lotId(odoo, 'OLD'), lotId(odoo, 'REMOVE')]]] },
    });
    expect(odoo.state.pickings).toMatchObject([{ state: 'assigned' }]);
    const context = at(body, 'context');
    const wizard = await call(odoo, 'expiry.picking.confirmation.create', { vals_list: {}, context });
    expect((await call(odoo, 'expiry.picking.confirmation.process', { ids: wizard.body, context })).body).toBe(true);
    expect(odoo.state.pickings).toMatchObject([{ state: 'done' }]);
  });

  it('can be left out, and then a backorder is asked about', async () => {
    const { odoo, product } = await dairy();
    await confirmedOrder(odoo, { MILK: 5 });
    const picking = await take(odoo, product, { OLD: 1, FRESH: 4 });
    const { body } = await call(odoo, 'stock.picking.button_validate', { ids: [picking], context: { skip_sms: true } });
    const context = at(body, 'context');
    const wizard = await call(odoo, 'expiry.picking.confirmation.create', { vals_list: {}, context });
    const answer = await call(odoo, 'expiry.picking.confirmation.process_no_expired', { ids: wizard.body, context });
    expect(at(answer.body, 'res_model')).toBe('stock.backorder.confirmation');
    expect(odoo.state.pickings).toMatchObject([{ state: 'assigned', moves: [{ quantity: 4 }] }]);
  });

  it('leave without a word when the caller said so before', async () => {
    const { odoo, product } = await dairy();
    await confirmedOrder(odoo, { MILK: 5 });
    const ids = [await take(odoo, product, { OLD: 5 })];
    const context = { skip_sms: true, skip_expired: true };
    expect((await call(odoo, 'stock.picking.button_validate', { ids, context })).body).toBe(true);
  });
});

describe('packages of the fake Odoo', () => {
  it.each(['17.0', '18.0', '19.0'] as const)(
    'are made once for each external id, whatever their name, on %s',
    async (version) => {
      const odoo = fakeOdoo({ version });
      const model = version === '19.0' ? 'stock.package' : 'stock.quant.package';
      const load = async (id: string) => {
        const args = {
          service: 'object',
          method: 'execute_kw',
          args: ['odoo', 5, 'odoo-api-key', model, 'load', [['id', 'name'], [[id, 'SSCC1']]]],
        };
        const response = await odoo.fetch(`${odoo.origin}/jsonrpc`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: args }),
        });
        return at((await response.json()) as Json, 'result', 'ids'); // A JSON answer is JSON.
      };
      expect([await load('shop.a'), await load('shop.a'), await load('shop.b')]).toEqual([[1], [1], [2]]);
      expect(odoo.state.records(model).map(({ name }) => name)).toEqual(['SSCC1', 'SSCC1']);
    },
  );
});
