import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, type Odoo } from './client.ts';

// How a server action is made and run was asked of a real Odoo 19.0 on 2026-11-26; what our own code in it does is ours.

const admin = { login: 'boss', apiKey: 'boss-key', kind: 'admin' } as const;

async function ask(odoo: Odoo, operation: string, body: Json, key?: string): Promise<Json> {
  return (await call(odoo, operation, body, key)).body;
}

async function aShop(groups: Json = []) {
  const odoo = fakeOdoo();
  odoo.state.addUser(admin);
  odoo.state.addProduct({ sku: 'TEE', price: 10, onHand: 5, taxes: [] });
  odoo.state.addProduct({ sku: 'ROUND', price: 0, type: 'service', taxes: [] });
  const model = await ask(odoo, 'ir.model.search', { domain: [['model', '=', 'sale.order']] }, admin.apiKey);
  const vals = {
    name: 'Import',
    model_id: at(model, 0),
    state: 'code',
    code: "# crossdock-import-orders/r1\nmodules = ['x']",
    group_ids: [[6, 0, groups]],
  };
  const ids = await ask(odoo, 'ir.actions.server.create', { vals_list: [vals] }, admin.apiKey);
  const run = (orders: readonly Json[]) =>
    call(odoo, 'ir.actions.server.run', { ids, context: { crossdock_orders_r1: { orders } } });
  return { odoo, ids, run };
}

const twoTees = { name: 'Tee', product_uom_qty: '2', price_unit: '10', discount: '0' };

function anOrder(change: { readonly [field: string]: Json } = {}): Json {
  const id = typeof change['id'] === 'string' ? change['id'] : 'x.order_1';
  return {
    id,
    key: '[x k1/',
    origin: 'shop:1, [x k1/a',
    customer: {
      find: { ref: 'C-1', email: '' },
      id: 'x.account_1',
      values: { name: 'Ada', ref: 'C-1' },
      deliveries: [],
    },
    invoice: null,
    shipping: {
      key: 'f1',
      type: 'delivery',
      values: { name: '', street: '1 Main St', country_id: 233, state_id: false },
    },
    values: { client_order_ref: '1', date_order: '2026-11-01 10:00:00' },
    lines: [{ ...line(), id: `${id}_1`, sku: 'TEE', values: twoTees }],
    total: '20.01',
    tax: '0.00',
    currency: 'USD',
    taxed: 1,
    rounding: 'ROUND',
    confirm: true,
    ...change,
  };
}

describe('our server action on the fake Odoo', () => {
  it('makes each order once, with its customer, address and rounding, however many ask', async () => {
    const { odoo, run } = await aShop();
    const answers = await Promise.all(Array.from({ length: 8 }, () => run([anOrder()])));
    const made = answers.filter(({ body }) => at(body, 'orders', 'x.order_1', 'made') === true);
    expect(made).toHaveLength(1);
    expect(at(made[0]?.body, 'orders', 'x.order_1')).toMatchObject({
      state: 'sale',
      settled: true,
      date_order: '2026-11-01 10:00:00',
    });
    expect(odoo.state.saleOrders).toMatchObject([
      {
        state: 'sale',
        lines: [
          { sku: 'TEE', externalId: 'x.order_1_1' },
          { sku: 'ROUND', total: 0.01 },
        ],
      },
    ]);
    expect(odoo.state.partners.filter(({ type }) => type === 'delivery')).toMatchObject([{ street: '1 Main St' }]);
  });

  it('leaves nothing of an order that is left out, and makes the others', async () => {
    const { odoo, run } = await aShop();
    const partners = odoo.state.partners.length;
    const unknown = anOrder({ id: 'x.order_2', key: '[x k2/', lines: [{ ...line(), id: 'x.order_2_1', sku: 'NOPE' }] });
    const archived = anOrder({ id: 'x.order_3', key: '[x k3/', customer: { id: 999 } });
    const { body } = await run([unknown, archived]);
    expect(body).toEqual({
      release: 'r1',
      orders: { 'x.order_2': { left: 'sku' }, 'x.order_3': { left: 'customer' } },
    });
    expect(odoo.state.partners).toHaveLength(partners);
    const twice = await run([anOrder(), anOrder({ id: 'x.order_4', origin: 'shop:1, [x k1/b' })]);
    expect(twice.body).toMatchObject({ orders: { 'x.order_1': { made: true }, 'x.order_4': { left: 'key' } } });
  });

  it('leaves an order a quotation where the sum differs by more than rounding, or confirming is refused', async () => {
    const { odoo, run } = await aShop();
    expect((await run([anOrder({ total: '25' })])).body).toMatchObject({
      orders: { 'x.order_1': { made: true, state: 'draft', settled: false } },
    });
    expect(odoo.state.pickings).toEqual([]);
  });

  it('writes only new external ids, of its own kinds and in its own modules', async () => {
    const { odoo, run } = await aShop();
    const foreign = ['base.order_1', 'x.group_system', 'x.order_1.a'].map((id) => anOrder({ id }));
    const { body } = await run(foreign);
    expect(at(body, 'orders')).toEqual(Object.fromEntries(foreign.map((order) => [at(order, 'id'), { left: 'name' }])));
    await run([anOrder()]);
    const stolen = anOrder({ id: 'x.order_1_1', key: '[x k9/' });
    expect((await run([stolen])).body).toMatchObject({ orders: { 'x.order_1_1': { left: 'refused' } } });
    expect(odoo.state.saleOrders).toMatchObject([{ lines: [{ externalId: 'x.order_1_1' }, {}] }]);
  });

  it('leaves an order a quotation where its tax is another one than stated', async () => {
    const { run } = await aShop();
    expect((await run([anOrder({ tax: '3.00' })])).body).toMatchObject({
      orders: { 'x.order_1': { made: true, state: 'draft', settled: false } },
    });
  });

  it('is run by who is in its groups, and seen by administrators alone', async () => {
    const { odoo, ids, run } = await aShop([7]);
    odoo.state.addUser({ login: 'lena', apiKey: 'lena-key', kind: 'internal' });
    expect((await run([])).status).toBe(200);
    const other = await call(odoo, 'ir.actions.server.run', { ids }, 'lena-key');
    expect(other.status).toBe(403);
    expect(other.body).toMatchObject({ message: "You don't have enough access rights to run this action." });
    expect((await call(odoo, 'ir.actions.server.read', { ids, fields: ['name'] })).status).toBe(403);
    const group = { module: 'sales_team', xml_id: 'group_sale_salesman_all_leads' };
    expect(await ask(odoo, 'ir.model.data.check_object_reference', group, admin.apiKey)).toEqual(['res.groups', 3]);
  });
});

function line(): { readonly [field: string]: Json } {
  return { taxes: [], delivery: false, values: { name: 'x', product_uom_qty: '1', price_unit: '1', discount: '0' } };
}
