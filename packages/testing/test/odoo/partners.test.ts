import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, confirmedOrder, type Odoo } from './client.ts';

// Everything here was asked of a real Odoo 19.0 on 2026-11-26 first.

type Vals = { readonly [field: string]: Json };

const create = async (odoo: Odoo, model: string, vals: Vals): Promise<number> =>
  Number(at((await call(odoo, `${model}.create`, { vals_list: vals })).body, 0));
const partner = (odoo: Odoo, id: number) => odoo.state.partners.find((one) => one['id'] === id);
const germany = (odoo: Odoo) => odoo.state.records('res.country').find(({ code }) => code === 'DE')?.['id'];
const refused = (message: string) => ({ status: 422, body: { message } });

async function company(odoo: Odoo): Promise<number> {
  return create(odoo, 'res.partner', {
    name: 'Weg GmbH',
    is_company: true,
    street: 'Weg 1',
    city: 'Berlin',
    vat: 'DE1',
  });
}

describe('contacts of the fake Odoo', () => {
  it('below a company have its VAT number, and without a type of their own its address', async () => {
    const odoo = fakeOdoo();
    const parent_id = await company(odoo);
    const contact = await create(odoo, 'res.partner', { parent_id, name: 'Ada', street: 'Her own 3' });
    const delivery = await create(odoo, 'res.partner', { parent_id, name: 'Door', type: 'delivery', city: 'Bonn' });
    expect(partner(odoo, contact)).toMatchObject({ street: 'Weg 1', city: 'Berlin', vat: 'DE1' });
    expect(partner(odoo, delivery)).toMatchObject({ street: false, city: 'Bonn', vat: 'DE1' });
    await call(odoo, 'res.partner.write', { ids: [parent_id], vals: { street: 'New 9', vat: 'DE2' } });
    expect(partner(odoo, contact)).toMatchObject({ street: 'New 9', vat: 'DE2' });
    expect(partner(odoo, delivery)).toMatchObject({ street: false, city: 'Bonn', vat: 'DE2' });
  });

  it('move their company along with them', async () => {
    const odoo = fakeOdoo();
    const parent_id = await company(odoo);
    const contact = await create(odoo, 'res.partner', { parent_id, name: 'Ada' });
    await call(odoo, 'res.partner.write', { ids: [contact], vals: { street: 'Away 7' } });
    expect(partner(odoo, parent_id)).toMatchObject({ street: 'Away 7', city: 'Berlin' });
  });

  it('cannot be deleted while an order or a user needs them', async () => {
    const odoo = fakeOdoo();
    const id = odoo.state.addPartner({ name: 'Ada' });
    await create(odoo, 'sale.order', { partner_id: id });
    expect(await call(odoo, 'res.partner.unlink', { ids: [id] })).toMatchObject(
      refused(
        "The operation cannot be completed: Another model is using the record you are trying to delete.\n\nThe troublemaker is: 'Sales Order' (sale.order)\nThanks to the following constraint: 'Customer' (partner_id)\nHow about archiving the record instead?",
      ),
    );
    const user = odoo.state.partners.find(({ name }) => name === 'Administrator')?.['id'];
    expect(await call(odoo, 'res.partner.unlink', { ids: [user] })).toMatchObject({
      status: 500,
      body: { name: 'odoo.exceptions.RedirectWarning' },
    });
  });

  it('are refused with a VAT number that their country does not write so, where base_vat is installed', async () => {
    expect(await make('DE123')).toBe(
      '\nThe VAT number [123] for partner [Bad VAT] does not seem to be valid.  \nNote: the expected format is DE123456788 or 12/345/67890',
    );
    expect(await make('1')).toBe("To explicitly indicate no (valid) VAT, use '/' instead. ");
    expect(await make('de 136695976')).toBe('DE136695976');
    expect(await make('136695976')).toBe('136695976');
    expect(await make('ATU12345675')).toBe('ATU12345675');
    expect(await make('/')).toBe('/');
    expect(await make('DE123', [])).toBe('DE123');
  });

  it('are not checked where nobody knows their country', async () => {
    const odoo = fakeOdoo({ modules: ['base_vat'] });
    const id = await create(odoo, 'res.partner', { name: 'Somewhere', vat: 'de 123' });
    expect(partner(odoo, id)).toMatchObject({ vat: 'de 123' });
  });
});

describe('orders of the fake Odoo', () => {
  it('are all left alone when one of them cannot be confirmed', async () => {
    const odoo = fakeOdoo();
    const partner_id = odoo.state.addPartner({ name: 'Ada' });
    const product_id = odoo.state.addProduct({ sku: 'TEE' });
    const good = await create(odoo, 'sale.order', { partner_id, order_line: [[0, 0, { product_id }]] });
    const line = { name: 'What is this', product_uom_qty: 1, price_unit: 5 };
    const bad = await create(odoo, 'sale.order', { partner_id, order_line: [[0, 0, line]] });
    expect(await call(odoo, 'sale.order.action_confirm', { ids: [good, bad] })).toMatchObject(
      refused('Some order lines are missing a product, you need to correct them before going further.'),
    );
    expect(odoo.state.saleOrders.map(({ state }) => state)).toEqual(['draft', 'draft']);
    expect((await call(odoo, 'sale.order.action_confirm', { ids: [good] })).body).toBe(true);
  });

  it('refuse new products, and a new price list once they are confirmed', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'TEE' });
    const product_id = odoo.state.addProduct({ sku: 'MUG' });
    const order = await confirmedOrder(odoo, { TEE: 1 });
    const line = odoo.state.saleOrders[0]?.lines[0]?.id ?? 0;
    expect(await call(odoo, 'sale.order.line.write', { ids: [line], vals: { product_id } })).toMatchObject(
      refused('You cannot modify the product of this order line.'),
    );
    expect(await call(odoo, 'sale.order.write', { ids: [order], vals: { pricelist_id: 1 } })).toMatchObject(
      refused('You cannot change the pricelist of a confirmed order !'),
    );
  });

  it('that are locked name the fields that they refuse, and take the rest', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'TEE' });
    const order = await confirmedOrder(odoo, { TEE: 1 });
    const line = odoo.state.saleOrders[0]?.lines[0]?.id ?? 0;
    await call(odoo, 'sale.order.action_lock', { ids: [order] });
    const write = (vals: Vals) => call(odoo, 'sale.order.line.write', { ids: [line], vals });
    const head = 'It is forbidden to modify the following fields in a locked order:\n';
    expect(await write({ price_unit: 7, product_uom_qty: 3 })).toMatchObject(refused(`${head}Unit Price\nQuantity`));
    expect(await write({ discount: 5 })).toMatchObject(refused(`${head}Discount (%)`));
    expect(await write({ tax_ids: [[5, 0, 0]] })).toMatchObject(refused(`${head}Taxes`));
    const rest = { client_order_ref: 'R', commitment_date: '2026-12-01 00:00:00' };
    expect((await call(odoo, 'sale.order.write', { ids: [order], vals: rest })).body).toBe(true);
  });
});

/** The number that a new partner has, or why there is none. */
async function make(vat: string, modules: readonly 'base_vat'[] = ['base_vat']) {
  const odoo = fakeOdoo({ modules });
  const vals_list = { name: 'Bad VAT', country_id: germany(odoo), vat };
  const { status, body } = await call(odoo, 'res.partner.create', { vals_list });
  return status === 200 ? partner(odoo, Number(at(body, 0)))?.['vat'] : at(body, 'message');
}
