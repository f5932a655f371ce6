import type { Json } from '@crossdock/core';
import { fakeOdoo, type OdooVersion } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, rpcService } from './client.ts';

// Who may do what on a real Odoo 19.0, recorded on 2026-11-26.

const key = 'lena-key';

function aUser(groups: readonly string[], version: OdooVersion = '19.0') {
  const odoo = fakeOdoo({ version });
  const id = odoo.state.addUser({ login: 'lena', apiKey: key, groups });
  const may = async (model: string, operation: string) =>
    (await call(odoo, `${model}.has_access`, { ids: [], operation }, key)).body;
  return { odoo, id, may };
}

const least = ['sales_team.group_sale_salesman_all_leads', 'stock.group_stock_user', 'account.group_account_invoice'];

describe('rights of users of the fake Odoo', () => {
  it('are those of their groups, and of no administrator', async () => {
    const { may } = aUser(least);
    for (const model of ['sale.order', 'stock.picking', 'account.move', 'stock.return.picking']) {
      expect([model, await may(model, 'create')]).toEqual([model, true]);
    }
    for (const model of ['stock.warehouse', 'account.journal', 'account.tax', 'crm.team', 'product.template']) {
      expect([model, await may(model, 'write')]).toEqual([model, false]);
    }
    expect(await may('sale.order', 'unlink')).toBe(false);
  });

  it('are nothing of sales, stock or invoices for who is in no group of them', async () => {
    const { odoo, may } = aUser(['base.group_user']);
    expect(await may('stock.return.picking', 'create')).toBe(false);
    const make = { vals_list: [{}] };
    expect((await call(odoo, 'stock.return.picking.create', make, key)).body).toMatchObject({
      message:
        "You are not allowed to create 'Return Picking' (stock.return.picking) records.\n\nThis operation is allowed for the following groups:\n\t- Inventory/User\n\nContact your administrator to request access if necessary.",
    });
    const post = await call(odoo, 'account.move.action_post', { ids: [] }, key);
    expect(post.body).toMatchObject({ message: "You don't have the access rights to post an invoice." });
  });

  it('are to read rules of replenishment for who sells, buys or moves goods, and to set them for who runs the stock', async () => {
    const { may } = aUser(['sales_team.group_sale_salesman_all_leads']);
    expect([await may('stock.warehouse.orderpoint', 'read'), await may('stock.warehouse.orderpoint', 'write')]).toEqual(
      [true, false],
    );
    const none = aUser(['base.group_user', 'account.group_account_invoice']);
    const read = await call(none.odoo, 'stock.warehouse.orderpoint.search_read', { domain: [], fields: ['id'] }, key);
    expect(read.body).toMatchObject({
      message:
        "You are not allowed to access 'Minimum Inventory Rule' (stock.warehouse.orderpoint) records.\n\nThis operation is allowed for the following groups:\n\t- Inventory/Administrator\n\t- Inventory/User\n\t- Purchase/Administrator\n\t- Purchase/User\n\t- Sales/User: Own Documents Only\n\nContact your administrator to request access if necessary.",
    });
    const admin = aUser(['stock.group_stock_manager']);
    const product_id = admin.odoo.state.addProduct({ name: 'Widget', sku: 'W1', price: 1 });
    const make = () => call(admin.odoo, 'stock.warehouse.orderpoint.create', { vals_list: [{ product_id }] }, key);
    expect((await make()).status).toBe(200);
    expect(admin.odoo.state.records('stock.warehouse.orderpoint')).toMatchObject([
      { name: 'OP/00001', trigger: 'auto', warehouse_id: 1 },
    ]);
    expect((await make()).body).toMatchObject({
      message:
        'The operation cannot be completed: A replenishment rule already exists for this product on this location.',
    });
  });

  it('show a salesperson with own documents only what is theirs or nobody’s', async () => {
    const { odoo, id } = aUser(['sales_team.group_sale_salesman']);
    const partner_id = odoo.state.addPartner({ name: 'Ada' });
    const orders = [id, 2, false].map((user_id) => odoo.state.add('sale.order', { partner_id, user_id }));
    const seen = await call(odoo, 'sale.order.search', { domain: [], order: 'id' }, key);
    expect(seen.body).toEqual([orders[0], orders[2]]);
    expect((await call(odoo, 'sale.order.read', { ids: [orders[1]], fields: ['name'] }, key)).status).toBe(403);
  });

  it('are asked for by group, of a user from 18 on and of the caller before', async () => {
    const { odoo, id } = aUser(least);
    const ask = async (ids: Json, group: string) =>
      (await call(odoo, 'res.users.has_group', { ids, group_ext_id: group }, key)).body;
    expect(await ask([id], 'sales_team.group_sale_salesman')).toBe(true);
    expect(await ask([id], 'base.group_system')).toBe(false);
    expect(await ask([id], 'no.such_group')).toBe(false);
    expect(await ask([2], 'base.group_system')).toBe(true);
    expect(await ask([], 'base.group_user')).toMatchObject({ message: 'Expected singleton: res.users()' });
    const old = aUser(least, '17.0');
    const args = ['odoo', old.id, key, 'res.users', 'has_group', ['base.group_user']];
    expect(at(await rpcService(old.odoo, 'object', 'execute_kw', args), 'result')).toBe(true);
  });
});

describe('every field of a contact', () => {
  it('is what nobody but an administrator reads on 19, named or not', async () => {
    const { odoo } = aUser(least);
    const ids = [1];
    const all = await call(odoo, 'res.partner.read', { ids, fields: [] }, key);
    expect(all.status).toBe(403);
    expect(all.body).toMatchObject({ message: expect.stringContaining('res.partner.rtc_session_ids') as string });
    expect((await call(odoo, 'res.partner.read', { ids, fields: ['name'] }, key)).status).toBe(200);
    expect((await call(odoo, 'res.country.read', { ids, fields: [] }, key)).status).toBe(200);
  });
});
