import { describe, expect, it } from 'vitest';
import { fakeOdoo, odooFacts } from '@crossdock/testing';
import { call, confirmedOrder } from './client.ts';

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

  it('posts a webhook for every write of a transaction, all alike, after the commit', async () => {
    const odoo = fakeOdoo();
    const seen: string[] = [];
    odoo.webhooks.deliver = async (request) => {
      seen.push(await request.text());
      return new Response('');
    };
    odoo.state.addProduct({ sku: 'TEE', onHand: 5 });
    odoo.state.addWebhook({
      name: 'Done',
      model: 'stock.picking',
      url: 'https://hook.example/p',
      fields: ['name', 'state', 'sale_id', 'write_date'],
      state: 'done',
    });
    await confirmedOrder(odoo, { TEE: 1 });

    odoo.state.ship('S00001', { trackingRef: '1Z9' });
    await odoo.clock.advance(10);

    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen).size).toBe(1);
    expect(JSON.parse(seen[0] ?? '{}')).toMatchObject({
      _action: 'Done(#481)',
      _model: 'stock.picking',
      state: 'done',
      sale_id: 1,
      write_date: expect.stringMatching(/^2026-11-01 00:00:00\.\d{6}$/),
    });
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
