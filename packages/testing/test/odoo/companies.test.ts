import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, type Odoo } from './client.ts';

// Everything here was asked of a real Odoo 19.0 with two companies on 2026-11-26 first.

const adminKey = 'admin-key';

function group(logins: readonly string[] = []): { odoo: Odoo; second: number; warehouse: Json } {
  const odoo = fakeOdoo();
  odoo.state.addProduct({ sku: 'TEE', onHand: 15 });
  odoo.state.addPartner({ name: 'Ada' });
  odoo.state.addUser({ login: 'boss', apiKey: adminKey, kind: 'admin' });
  const warehouse = { name: 'Second', code: 'SEC' };
  const second = odoo.state.addCompany({ name: 'Second Ltd', warehouse, logins: ['boss', ...logins] });
  return { odoo, second, warehouse: odoo.state.records('stock.warehouse')[1]?.['id'] };
}

const idOf = (odoo: Odoo, model: string, field: string, value: string): Json =>
  odoo.state.records(model).find((record) => record[field] === value)?.['id'];

async function foreignOrder(odoo: Odoo, second: number): Promise<Json> {
  const line = { product_id: idOf(odoo, 'product.product', 'default_code', 'TEE'), product_uom_qty: 1, price_unit: 5 };
  const vals_list = { partner_id: idOf(odoo, 'res.partner', 'name', 'Ada'), order_line: [[0, 0, line]] };
  const context = { allowed_company_ids: [second] };
  return (await call(odoo, 'sale.order.create', { vals_list, context }, adminKey)).body;
}

describe('companies of the fake Odoo', () => {
  it('may only be named by who acts for them', async () => {
    const { odoo, second } = group();
    const unauthorized = {
      status: 403,
      body: { name: 'odoo.exceptions.AccessError', message: 'Access to unauthorized or invalid companies.' },
    };
    for (const companies of [[second], [1, second], [99]]) {
      const context = { allowed_company_ids: companies };
      expect(await call(odoo, 'res.partner.search', { domain: [], context })).toMatchObject(unauthorized);
    }
    const vals_list = { partner_id: 1, company_id: second };
    expect(await call(odoo, 'sale.order.create', { vals_list })).toMatchObject(unauthorized);
  });

  it('show their warehouses, stock and orders to themselves alone', async () => {
    const { odoo, second } = group();
    const order = await foreignOrder(odoo, second);
    const warehouses = await call(odoo, 'stock.warehouse.search_read', { domain: [], fields: ['code'] });
    const orders = await call(odoo, 'sale.order.search', { domain: [] });
    const companies = await call(odoo, 'res.company.search', { domain: [] });
    expect([warehouses.body, orders.body, companies.body]).toEqual([[{ id: 1, code: 'WH' }], [], [1]]);
    const product = idOf(odoo, 'product.product', 'default_code', 'TEE');
    const stock = async (context: Json) => {
      const asked = { ids: [product], fields: ['qty_available'], context };
      return at((await call(odoo, 'product.product.read', asked, adminKey)).body, 0, 'qty_available');
    };
    expect(await stock({})).toBe(15);
    expect(await stock({ allowed_company_ids: [second] })).toBe(0);
    expect(await stock({ allowed_company_ids: [second, 1] })).toBe(15);
    expect(order).toHaveLength(1);
  });

  it.each(['read', 'write', 'action_confirm'])('refuse to %s an order to others', async (method) => {
    const { odoo, second } = group();
    const ids = await foreignOrder(odoo, second);
    const rest: Json = { read: { fields: ['name'] }, write: { vals: { note: 'x' } } }[method] ?? {};
    const refused = await call(odoo, `sale.order.${method}`, { ids, ...rest });
    expect(refused.status).toBe(403);
    expect(at(refused.body, 'message')).toBe(
      "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\nSorry, Channel Connector (id=5) doesn't have 'read' access to:\n- Sales Order (sale.order)\n\nIf you really, really need access, perhaps you can win over your friendly administrator with a batch of freshly baked cookies.\n\nThis seems to be a multi-company issue, but you do not have access to the proper company to access the record anyhow.",
    );
  });

  it('say which company to act for, where the caller may', async () => {
    const { odoo, second } = group(['connector']);
    const ids = await foreignOrder(odoo, second);
    const context = { allowed_company_ids: [1] };
    const refused = await call(odoo, 'sale.order.read', { ids, fields: ['name'], context });
    expect(at(refused.body, 'message')).toContain('by switching to the company: Second Ltd.');
    // Without a word about companies all of the caller's are looked at.
    expect((await call(odoo, 'sale.order.read', { ids, fields: ['state'] })).body).toMatchObject([{ state: 'draft' }]);
  });

  it('sell from their own warehouse, without the price list of the first', async () => {
    const { odoo, second, warehouse } = group();
    const ids = await foreignOrder(odoo, second);
    const context = { allowed_company_ids: [second] };
    const fields = ['company_id', 'warehouse_id', 'pricelist_id'];
    expect((await call(odoo, 'sale.order.read', { ids, fields, context }, adminKey)).body).toMatchObject([
      { company_id: [second, 'Second Ltd'], warehouse_id: [warehouse, 'Second'], pricelist_id: false },
    ]);
    await call(odoo, 'sale.order.action_confirm', { ids, context }, adminKey);
    expect(odoo.state.pickings).toMatchObject([{ name: 'SEC/OUT/00001' }]);
    expect(odoo.state.records('stock.picking')).toMatchObject([{ company_id: second }]);
    expect(odoo.state.stockOf('TEE')).toMatchObject({ free: 15 });
  });

  it('do not mix in one order', async () => {
    const { odoo, second, warehouse } = group();
    const partner_id = idOf(odoo, 'res.partner', 'name', 'Ada');
    const product = odoo.state.add('product.product', { name: 'Only', default_code: 'ONLY', company_id: second });
    const own = await call(odoo, 'sale.order.create', { vals_list: { partner_id, warehouse_id: warehouse } });
    const order_line = [[0, 0, { product_id: product }]];
    const sold = await call(odoo, 'sale.order.create', { vals_list: { partner_id, order_line } });
    const read = await call(odoo, 'product.product.read', { ids: [product], fields: ['name'] });
    const head = 'Uh-oh! You’ve got some company inconsistencies here:\n';
    const tail = ' belongs to another company.\nTo avoid a mess, no company crossover is allowed!';
    expect(own.status).toBe(422);
    expect(at(own.body, 'message')).toBe(
      `${head}- “S00001” belongs to company “My Company” while “Warehouse” (warehouse_id: 'Second')${tail}`,
    );
    expect(at(sold.body, 'message')).toBe(
      `${head}- “S00002 - [ONLY] Only (Ada)” belongs to company “My Company” while “Product” (product_id: '[ONLY] Only')${tail}`,
    );
    expect(at(read.body, 'message')).toMatch(/freshly baked cookies\.$/);
  });

  it('hide a record from who resolves its external id, without saying so', async () => {
    const { odoo, second } = group();
    const data = [['shop.hidden', 'Only Second', String(second)]];
    const context = { allowed_company_ids: [second] };
    await call(odoo, 'res.partner.load', { fields: ['id', 'name', 'company_id/.id'], data, context }, adminKey);
    const asked = { module: 'shop', xml_id: 'hidden' };
    const theirs = await call(odoo, 'ir.model.data.check_object_reference', asked, adminKey);
    expect((await call(odoo, 'ir.model.data.check_object_reference', asked)).body).toEqual(['res.partner', false]);
    expect(at(theirs.body, 1)).toEqual(idOf(odoo, 'res.partner', 'name', 'Only Second'));
  });
});
