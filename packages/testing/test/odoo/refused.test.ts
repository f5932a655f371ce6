import { describe, expect, it } from 'vitest';
import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { at, call, confirmedOrder, type Odoo } from './client.ts';

/** A confirmed order of three shirts and one repair, and where its parts are. */
async function sold(odoo: Odoo = fakeOdoo()) {
  const shirt = odoo.state.addProduct({ sku: 'TEE', onHand: 10 });
  odoo.state.addProduct({ sku: 'REPAIR', type: 'service' });
  const order = await confirmedOrder(odoo, { TEE: 3, REPAIR: 1 });
  const [line = 0] = await idsOf(odoo, 'sale.order.line', [['order_id', '=', order]]);
  const [picking = 0] = await idsOf(odoo, 'stock.picking', [['sale_id', '=', order]]);
  const [move = 0] = await idsOf(odoo, 'stock.move', [['picking_id', '=', picking]]);
  return { odoo, shirt, order, line, picking, move };
}

async function idsOf(odoo: Odoo, model: string, domain: Json): Promise<number[]> {
  const { body } = await call(odoo, `${model}.search`, { domain, order: 'id' });
  return Array.isArray(body) ? body.map(Number) : [];
}

const write = (odoo: Odoo, model: string, id: number, vals: Json) => call(odoo, `${model}.write`, { ids: [id], vals });

const ship = (odoo: Odoo, picking: number) =>
  call(odoo, 'stock.picking.button_validate', { ids: [picking], context: { skip_sms: true } });

const refused = (words: RegExp, name = 'odoo.exceptions.UserError') => ({
  status: 422,
  body: { name, message: expect.stringMatching(words) },
});

// What a real server refuses and a generous one would let pass. Recorded on Odoo 19.0, 2026-11-26.
describe('fake Odoo refuses', () => {
  it('to order less than was delivered, and less than nothing', async () => {
    const { odoo, line, picking } = await sold();
    const words = /cannot be decreased below the amount already delivered/;

    expect(await write(odoo, 'sale.order.line', line, { product_uom_qty: -1 })).toMatchObject(refused(words));
    await ship(odoo, picking);
    expect(await write(odoo, 'sale.order.line', line, { product_uom_qty: 2 })).toMatchObject(refused(words));
    expect(await write(odoo, 'sale.order.line', line, { product_uom_qty: 3 })).toMatchObject({ status: 200 });
    expect(odoo.state.saleOrders).toMatchObject([{ lines: [{ quantity: 3, delivered: 3 }, { quantity: 1 }] }]);
  });

  it('a NUL in a question, a value and a row', async () => {
    const odoo = fakeOdoo();
    const message = 'A string literal cannot contain NUL (0x00) characters.';
    const refusal = { status: 500, body: { name: 'builtins.ValueError', message } };

    expect(await call(odoo, 'res.partner.search', { domain: [['ref', 'in', ['a', 'b\0']]] })).toMatchObject(refusal);
    expect(await call(odoo, 'res.partner.create', { vals_list: [{ name: 'a\0' }] })).toMatchObject(refusal);
    const rows = {
      fields: ['id', 'name'],
      data: [
        ['x.a', 'a'],
        ['x.b', 'b\0'],
      ],
    };
    expect(await call(odoo, 'res.partner.load', rows)).toMatchObject({
      status: 200,
      body: { ids: false, messages: [{ record: 1, message: expect.stringContaining(`'ValueError'>: ${message}`) }] },
    });
  });

  it('to change product or unit in a locked order, even to the same', async () => {
    const { odoo, order, line, shirt } = await sold();
    await call(odoo, 'sale.order.action_lock', { ids: [order] });

    for (const vals of [{ product_id: shirt }, { product_uom_id: 2 }])
      expect(await write(odoo, 'sale.order.line', line, vals)).toMatchObject(refused(/in a locked order/));
  });

  it('to make a note of a line that sells something', async () => {
    const { odoo, line } = await sold();

    expect(await write(odoo, 'sale.order.line', line, { display_type: 'line_note' })).toMatchObject(
      refused(/^You cannot change the type of a sale order line/),
    );
  });

  it('a note with a product', async () => {
    const { odoo, order, shirt } = await sold();
    const note = { order_id: order, display_type: 'line_note', name: 'Gift', product_id: shirt };

    expect(await call(odoo, 'sale.order.line.create', { vals_list: note })).toMatchObject(
      refused(/Forbidden values on non-accountable/, 'odoo.exceptions.ValidationError'),
    );
  });

  it('customers, units and operation types that are not there, as missing records', async () => {
    const { odoo, order, shirt } = await sold();
    const unit = { order_id: order, product_id: shirt, product_uom_id: 99_999 };
    const missing = { status: 404, body: { name: 'odoo.exceptions.MissingError' } };

    expect(await call(odoo, 'sale.order.create', { vals_list: { partner_id: 99_999 } })).toMatchObject(missing);
    expect(await call(odoo, 'sale.order.line.create', { vals_list: unit })).toMatchObject(missing);
    expect(await call(odoo, 'stock.picking.create', { vals_list: { picking_type_id: 99_999 } })).toMatchObject(missing);
  });

  it('to give a transfer that is done another operation or its goods another origin', async () => {
    const { odoo, picking, move } = await sold();
    await ship(odoo, picking);

    expect(await write(odoo, 'stock.picking', picking, { picking_type_id: 1 })).toMatchObject(
      refused(/^Changing the operation type/),
    );
    expect(await write(odoo, 'stock.move', move, { location_id: 1 })).toMatchObject(refused(/^Deleting product moves/));
    expect(await call(odoo, 'stock.move.unlink', { ids: [move] })).toMatchObject(refused(/^Deleting product moves/));
  });

  it('to write quantities on what is canceled, below zero or not a number', async () => {
    const { odoo, order, move } = await sold();
    const [line = 0] = await idsOf(odoo, 'stock.move.line', [['move_id', '=', move]]);

    expect(await write(odoo, 'stock.move.line', line, { quantity: -1 })).toMatchObject(refused(/negative quantity/));
    expect(await write(odoo, 'stock.move', move, { quantity: 'two' })).toMatchObject({ status: 500 });
    await call(odoo, 'sale.order.action_cancel', { ids: [order] });
    expect(await write(odoo, 'stock.move', move, { quantity: 1 })).toMatchObject(
      refused(/^You cannot change a cancelled stock move/),
    );
  });

  it('to validate what is canceled, as if it were empty', async () => {
    const { odoo, order, picking } = await sold();
    await call(odoo, 'sale.order.action_cancel', { ids: [order] });

    expect(await ship(odoo, picking)).toMatchObject(refused(/^You can’t validate an empty transfer/));
  });

  it('a second lot of the same name, and another product for a lot that was moved', async () => {
    const odoo = fakeOdoo();
    const milk = odoo.state.addProduct({ sku: 'MILK', tracking: 'lot' });
    const tea = odoo.state.addProduct({ sku: 'TEA', tracking: 'lot' });
    odoo.state.setStock('MILK', 5, { lot: 'L-1' });
    const [lot = 0] = await idsOf(odoo, 'stock.lot', []);

    expect(await call(odoo, 'stock.lot.create', { vals_list: { name: 'L-1', product_id: milk } })).toMatchObject(
      refused(/must be unique within a company/, 'odoo.exceptions.ValidationError'),
    );
    expect(await write(odoo, 'stock.lot', lot, { product_id: tea })).toMatchObject(refused(/^You are not allowed/));
  });
});

describe('fake Odoo keeps', () => {
  // Recorded on Odoo 19.0, 2026-11-26.
  it('what a line reserves when the line is only taken off its move', async () => {
    const { odoo, move } = await sold();

    await write(odoo, 'stock.move', move, { move_line_ids: [[5, 0, 0]] });

    expect(odoo.state.stockOf('TEE')).toEqual({ onHand: 10, reserved: 3, free: 7 });
    const { body } = await call(odoo, 'stock.move.read', { ids: [move], fields: ['quantity', 'move_line_ids'] });
    expect(at(body, 0)).toMatchObject({ quantity: 0, move_line_ids: [] });
  });
});

// Recorded on Odoo 19.0, 2026-11-26.
describe('fake Odoo refuses in stock and accounting', () => {
  it('counts of what cannot lie there', async () => {
    const odoo = fakeOdoo();
    const tea = odoo.state.addProduct({ sku: 'TEA', tracking: 'lot' });
    const milk = odoo.state.addProduct({ sku: 'MILK', tracking: 'lot' });
    odoo.state.setStock('MILK', 1, { lot: 'L-1' });
    const [lot = 0] = await idsOf(odoo, 'stock.lot', []);
    const [shelf = 0] = await idsOf(odoo, 'stock.location', [['usage', '=', 'internal']]);
    const [view = 0] = await idsOf(odoo, 'stock.location', [['usage', '=', 'view']]);
    const count = async (vals: { readonly [field: string]: Json }) => {
      const counted = { product_id: milk, location_id: shelf, inventory_quantity: 1, ...vals };
      const context = { inventory_mode: true };
      const { body } = await call(odoo, 'stock.quant.create', { vals_list: counted, context });
      return at(body, 'name');
    };

    expect(await count({ product_id: 99_999 })).toBe('odoo.exceptions.MissingError');
    expect(await count({ location_id: 99_999 })).toBe('odoo.exceptions.MissingError');
    expect(await count({ location_id: view })).toBe('odoo.exceptions.ValidationError');
    expect(await count({ product_id: tea, lot_id: lot })).toBe('odoo.exceptions.ValidationError');
    expect(await count({ inventory_quantity: 'many' })).toBe('builtins.ValueError');
    const [quant = 0] = await idsOf(odoo, 'stock.quant', [['location_id', '=', shelf]]);
    expect(await write(odoo, 'stock.quant', quant, { location_id: view })).toMatchObject(
      refused(/editing is restrict/),
    );
  });

  it('to validate a return that a second return took the place of', async () => {
    const { odoo, picking } = await sold();
    await ship(odoo, picking);
    const back = async (quantity: number) => {
      const context = { active_id: picking, active_ids: [picking], active_model: 'stock.picking' };
      const { body } = await call(odoo, 'stock.return.picking.create', { vals_list: {}, context });
      const [line = 0] = await idsOf(odoo, 'stock.return.picking.line', [['wizard_id', '=', at(body, 0)]]);
      await write(odoo, 'stock.return.picking.line', line, { quantity });
      const made = await call(odoo, 'stock.return.picking.action_create_returns', { ids: body, context });
      return Number(at(made.body, 'res_id'));
    };

    const first = await back(2);
    const second = await back(1);

    expect(await ship(odoo, first)).toMatchObject(refused(/^Transfer trouble alert!/));
    expect(await ship(odoo, second)).toMatchObject({ status: 200, body: true });
    expect(odoo.state.stockOf('TEE').onHand).toBe(8);
    expect(odoo.state.pickings.map(({ state }) => state)).toEqual(['done', 'assigned', 'done']);
  });

  it('to cancel an invoice twice and to take back a draft', async () => {
    const { odoo, order } = await sold();
    const wizard = { advance_payment_method: 'delivered', sale_order_ids: [[6, 0, [order]]] };
    const made = await call(odoo, 'sale.advance.payment.inv.create', { vals_list: wizard });
    await call(odoo, 'sale.advance.payment.inv.create_invoices', { ids: made.body });
    const [invoice = 0] = await idsOf(odoo, 'account.move', []);

    const drafted = await call(odoo, 'account.move.button_draft', { ids: [invoice] });
    await call(odoo, 'account.move.button_cancel', { ids: [invoice] });
    const canceled = await call(odoo, 'account.move.button_cancel', { ids: [invoice] });

    expect(drafted).toMatchObject(refused(/^Only posted\/cancelled journal entries/));
    expect(canceled).toMatchObject(refused(/^Only draft journal entries/));
  });

  it('contacts that are their own parents, and to archive who can log in', async () => {
    const odoo = fakeOdoo();
    const parent = odoo.state.addPartner({ name: 'Shop' });
    const { body } = await call(odoo, 'res.partner.create', { vals_list: { name: 'Jane', parent_id: parent } });
    const [user] = odoo.state.records('res.users');

    expect(await write(odoo, 'res.partner', parent, { parent_id: at(body, 0) })).toMatchObject(
      refused(/recursive Partner/, 'odoo.exceptions.ValidationError'),
    );
    expect(await call(odoo, 'res.partner.action_archive', { ids: [user?.['partner_id'] ?? 0] })).toMatchObject(
      refused(/linked to an active user/, 'odoo.exceptions.ValidationError'),
    );
  });
});
