import type { Json } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { fakeOdoo, odooFacts } from '@crossdock/testing';
import { at, call, confirmedOrder } from './client.ts';

const seededShop = async () => {
  const odoo = fakeOdoo({ seed: 7 });
  odoo.state.addProduct({ sku: 'TEE', onHand: 5 });
  await confirmedOrder(odoo, { TEE: 2 });
  return JSON.stringify(odoo.state.saleOrders);
};

describe('fake Odoo state', () => {
  it('gives the same shop for the same seed', async () => {
    expect(await seededShop()).toBe(await seededShop());
  });

  it('keeps stock of several warehouses apart', () => {
    const odoo = fakeOdoo();
    odoo.state.addWarehouse({ name: 'West', code: 'WEST' });
    odoo.state.addProduct({ sku: 'TEE', onHand: 5 });
    odoo.state.setStock('TEE', 7, { warehouse: 'WEST' });
    odoo.state.setStock('TEE', 4);

    expect([odoo.state.stockOf('TEE').onHand, odoo.state.stockOf('TEE', 'WEST').onHand]).toEqual([11, 7]);
  });

  it('prices in the currency of a price list and leaves its discount on lines that do not say their own', async () => {
    const odoo = fakeOdoo();
    const product = odoo.state.addProduct({ sku: 'TEE', price: 11 });
    const partner = odoo.state.addPartner({ name: 'Jane' });
    const pricelist = odoo.state.addPricelist({ name: 'EUR web', currency: 'EUR', percent: 10, rate: 0.92 });

    await call(odoo, 'sale.order.create', {
      vals_list: {
        partner_id: partner,
        pricelist_id: pricelist,
        order_line: [
          [0, 0, { product_id: product, product_uom_qty: 2 }],
          [0, 0, { product_id: product, price_unit: 3.33 }],
          [0, 0, { product_id: product, price_unit: 3.33, discount: 0 }],
        ],
      },
    });

    expect(odoo.state.saleOrders).toMatchObject([
      {
        currency: 'EUR',
        lines: [
          { priceUnit: 10.120000000000001, discount: 10 },
          { priceUnit: 3.33, discount: 10 },
          { priceUnit: 3.33, discount: 0 },
        ],
      },
    ]);
  });

  it('overwrites the order date when an order is confirmed', async () => {
    const odoo = fakeOdoo();
    const partner = odoo.state.addPartner({ name: 'Jane' });
    const { body } = await call(odoo, 'sale.order.create', {
      vals_list: { partner_id: partner, date_order: '2026-10-01 09:15:00' },
    });

    await call(odoo, 'sale.order.action_confirm', { ids: body });

    expect(odoo.state.saleOrders).toMatchObject([{ dateOrder: '2026-11-01 00:00:00' }]);
  });

  it('posts for every change of a transaction, after the commit, with what was true in between', async () => {
    const odoo = fakeOdoo();
    const seen: string[] = [];
    odoo.webhooks.deliver = async (request) => {
      seen.push(await request.text());
      return new Response('');
    };
    odoo.state.addProduct({ sku: 'TEE', onHand: 5 });
    const fields = ['name', 'state', 'delivery_status', 'amount_total', 'partner_id', 'write_date'];
    odoo.state.addWebhook({ name: 'Changed', model: 'sale.order', url: 'https://hook.example/o', fields });
    await confirmedOrder(odoo, { TEE: 1 });
    await odoo.clock.advance(10);

    const told = [...new Set(seen)].map((body) => JSON.parse(body) as Json); // A post is JSON.
    expect(seen.length).toBeGreaterThan(told.length);
    expect(told).toContainEqual(expect.objectContaining({ state: 'sale', delivery_status: false }));
    expect(told.at(-1)).toMatchObject({ _action: 'Changed(#481)', _model: 'sale.order', delivery_status: 'pending' });
    expect(seen.at(-1)).toMatch(
      /^\{"_action": "Changed\(#481\)", "_id": 1, "_model": "sale.order", "amount_total": 11.5, .*"partner_id": \d+, .*"write_date": "2026-11-01 00:00:00\.\d{6}"\}$/,
    );
  });

  it('posts once when a transfer is done, before its date is written', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'TEE', onHand: 5 });
    const fields = ['state', 'date_done'];
    odoo.state.addWebhook({
      name: 'Done',
      model: 'stock.picking',
      url: 'https://hook.example/p',
      fields,
      state: 'done',
    });
    await confirmedOrder(odoo, { TEE: 1 });
    odoo.state.ship('S00001');

    expect(odoo.webhooks.postings.map(({ body }) => JSON.parse(body) as Json)).toEqual([
      { _action: 'Done(#481)', _id: 1, _model: 'stock.picking', id: 1, state: 'done', date_done: false },
    ]);
  });

  it('lets administrators alone make rules that post', async () => {
    const odoo = fakeOdoo();
    odoo.state.addUser({ login: 'boss', apiKey: 'boss', kind: 'admin' });
    const ask = async (operation: string, body: Json) => (await call(odoo, operation, body, 'boss')).body;
    const find = (model: string, domain: Json) => ask(`${model}.search`, { domain });
    const model_id = at(await find('ir.model', [['model', '=', 'res.partner']]), 0);
    const named = [
      ['model', '=', 'res.partner'],
      ['name', 'in', ['name', 'email']],
    ];
    const rule = {
      name: 'Mail',
      model_id,
      trigger: 'on_write',
      trigger_field_ids: [[6, 0, await find('ir.model.fields', [...named.slice(0, 1), ['name', '=', 'email']])]],
      filter_domain: "[('email', '!=', False)]",
      action_server_ids: [
        [
          0,
          0,
          {
            name: 'Mail',
            model_id,
            state: 'webhook',
            webhook_url: 'https://hook.example/m',
            webhook_field_ids: [[6, 0, await find('ir.model.fields', named)]],
            usage: 'base_automation',
          },
        ],
      ],
    };
    const refused = await call(odoo, 'base.automation.create', { vals_list: rule });
    await ask('base.automation.create', { vals_list: rule });
    const partner = odoo.state.addPartner({ name: 'Ada' });
    for (const vals of [{ phone: '1' }, { email: 'a@x.example' }, { email: 'a@x.example' }, { email: false }]) {
      await call(odoo, 'res.partner.write', { ids: [partner], vals });
    }

    expect(at(refused.body, 'message')).toContain(
      "You are not allowed to create 'Automation Rule' (base.automation) records.\n\nThis operation is allowed for the following groups:\n\t- Role / Administrator\n",
    );
    const bodies = new Set(odoo.webhooks.postings.map(({ body }) => body));
    expect([...bodies].map((body) => JSON.parse(body) as Json)).toEqual([
      { _action: 'Mail(#481)', _id: partner, _model: 'res.partner', id: partner, name: 'Ada', email: 'a@x.example' },
    ]);
  });

  it('posts nothing of a transaction that was rolled back', async () => {
    const odoo = fakeOdoo();
    odoo.state.addWebhook({ name: 'Order', model: 'sale.order', url: 'https://hook.example/o', fields: ['name'] });
    const partner = odoo.state.addPartner({ name: 'Jane' });

    await call(odoo, 'sale.order.create', { vals_list: [{ partner_id: partner }, { partner_id: 99_999 }] });

    expect(odoo.webhooks.counts.posted).toBe(0);
  });

  it('reads ids that are texts, or are not there, as nothing', async () => {
    const odoo = fakeOdoo();
    const partner = odoo.state.addPartner({ name: 'Jane' });

    expect((await call(odoo, 'res.partner.read', { ids: [String(partner)], fields: ['name'] })).body).toEqual([]);
    expect((await call(odoo, 'res.partner.read', { ids: [99_999], fields: ['name'] })).body).toEqual([]);
    expect((await call(odoo, 'res.partner.write', { ids: [99_999], vals: {} })).status).toBe(404);
    expect((await call(odoo, 'sale.order.action_confirm', { ids: [99_999] })).status).toBe(404);
  });

  it('refuses a barcode that another product has, and no SKU at all', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'TEE', barcode: '4006381333931' });
    const create = (vals: { readonly [field: string]: string }) =>
      call(odoo, 'product.product.create', { vals_list: vals });

    expect((await create({ name: 'Copy', barcode: '4006381333931' })).status).toBe(422);
    expect((await create({ name: 'Copy', default_code: 'TEE' })).status).toBe(200);
  });

  it('names a source and how sure it is for everything it believes', () => {
    for (const { source, evidence } of Object.values(odooFacts)) {
      expect(source).toMatch(
        evidence === 'recorded' ? /^recorded on Odoo Community .*2026-11-2[36]$/ : /^our assumption$/,
      );
    }
  });
});
