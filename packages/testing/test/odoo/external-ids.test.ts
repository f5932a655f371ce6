import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, type Odoo } from './client.ts';

// Recorded on Odoo 19.0, 2026-11-26; what makes the server forget comes from the source of Odoo 19.0, read 2026-11-26.

const adminKey = 'admin-key';

function shop(): { odoo: Odoo; partner: string; product: string } {
  const odoo = fakeOdoo();
  odoo.state.addUser({ login: 'boss', apiKey: adminKey, kind: 'admin' });
  const product = odoo.state.addProduct({ sku: 'TEE', onHand: 15 });
  return { odoo, partner: String(odoo.state.addPartner({ name: 'Ada' })), product: String(product) };
}

const asked = async (odoo: Odoo, name: string, context: Json = {}) =>
  call(odoo, 'ir.model.data.check_object_reference', { module: 'shop', xml_id: name, context });

const load = async (odoo: Odoo, fields: readonly string[], ...data: readonly (readonly string[])[]) =>
  call(odoo, 'sale.order.load', { fields, data, context: { mode: 'update', noupdate: true } });

describe('external ids of the fake Odoo', () => {
  it('are remembered of an order that was refused for a record that is not there, and of none that is', async () => {
    const { odoo, partner } = shop();
    const fields = ['id', 'partner_id/.id', 'team_id/.id'];
    const refused = await load(odoo, fields, ['shop.bad', partner, '999'], ['shop.beside', partner, '']);
    expect(at(refused.body, 'messages')).toMatchObject([{ record: 0, field: 'team_id', field_name: 'Sales Team' }]);
    expect(odoo.state.saleOrders).toEqual([]);
    expect((await asked(odoo, 'bad')).body).toEqual(['sale.order', false]);
    expect((await asked(odoo, 'beside')).body).toEqual(['sale.order', false]);
    expect(await asked(odoo, 'never')).toMatchObject({ body: { name: 'builtins.ValueError' } });
    // It can be made all the same, and is found then.
    const made = await load(odoo, fields, ['shop.bad', partner, '']);
    expect((await asked(odoo, 'bad')).body).toEqual(['sale.order', at(made.body, 'ids', 0)]);
  });

  it('are not remembered of an order that could not be made at all, and forgotten when others change', async () => {
    const { odoo, partner } = shop();
    const fields = ['id', 'partner_id/.id', 'team_id/.id'];
    await load(odoo, fields, ['shop.nobody', '99999', '999']);
    expect(await asked(odoo, 'nobody')).toMatchObject({ body: { name: 'builtins.ValueError' } });
    await load(odoo, fields, ['shop.bad', partner, '999']);
    const ids = await call(odoo, 'ir.model.data.search', { domain: [], limit: 1 }, adminKey);
    await call(odoo, 'ir.model.data.write', { ids: ids.body, vals: { noupdate: true } }, adminKey);
    expect(await asked(odoo, 'bad')).toMatchObject({ body: { name: 'builtins.ValueError' } });
  });

  it('of archived records are found by who asks for those, and given by an import', async () => {
    const { odoo } = shop();
    const ada = await call(odoo, 'res.partner.load', { fields: ['id', 'name'], data: [['shop.ada2', 'Ada']] });
    const id = at(ada.body, 'ids', 0);
    odoo.state.change('res.partner', Number(id), { active: false });
    expect((await asked(odoo, 'ada2')).body).toEqual(['res.partner', false]);
    expect((await asked(odoo, 'ada2', { active_test: false })).body).toEqual(['res.partner', id]);
    const again = await call(odoo, 'res.partner.load', { fields: ['id', 'name'], data: [['shop.ada2', 'Ada']] });
    expect(at(again.body, 'ids')).toEqual([id]);
  });

  it('say of a cell of a line which lines and which field of them', async () => {
    const { odoo, partner, product } = shop();
    const fields = ['id', 'partner_id/.id', 'order_line/product_id/.id', 'order_line/tax_ids/.id'];
    const refused = await load(odoo, fields, ['shop.order', partner, product, ''], ['', '', product, '999']);
    expect(at(refused.body, 'messages')).toMatchObject([
      {
        rows: { from: 0, to: 1 },
        record: 0,
        field: 'order_line',
        field_name: 'Order Lines',
        message: "No matching record found for database id '999' in field 'Order Lines/Taxes'",
        moreinfo: { res_model: 'ir.model.data', domain: [['model', '=', 'account.tax']] },
      },
    ]);
    expect((await asked(odoo, 'order')).body).toEqual(['sale.order', false]);
  });
});
