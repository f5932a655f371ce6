import type { CustomerDraft } from '@crossdock/core';
import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooImport } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorld, versions } from './world.ts';

const belgium = { lines: ['Rue Haute 1'], city: 'Bruxelles', postalCode: '1000', countryCode: 'BE' };
const company: CustomerDraft = {
  name: 'Frites & Cie',
  company: 'Frites & Cie',
  email: 'desk@frites.example',
  accountNumber: 'B-1',
  taxId: 'BE0477472701',
  billingAddress: belgium,
  shippingAddresses: [
    { name: 'Depot', lines: ['Quai 4'], city: 'Gent', postalCode: '9000', countryCode: 'BE' },
    { name: 'Shop', lines: ['Markt 2'], city: 'Brugge', postalCode: '8000', countryCode: 'BE' },
    { name: 'Paris', lines: ['Rue de Rivoli 3'], city: 'Paris', postalCode: '75001', countryCode: 'FR' },
  ],
};
const tee = aLine({ sku: 'TEE' });
const key = { idempotencyKey: 'company/B-1' };
const vat = { modules: ['base_vat'] as const };

function partner(world: ReturnType<typeof aWorld>, id: string) {
  const fields = ['name', 'is_company', 'company_name', 'parent_id', 'type', 'vat'] as const;
  const domain = ['|' as const, ['id', '=', Number(id)] as const, ['parent_id', '=', Number(id)] as const];
  return world.client().searchRead('res.partner', fields, { domain, order: 'id' });
}

describe.each(versions)('a company in Odoo %s', (version) => {
  it('has its VAT number, its invoice address and every delivery address below it', async () => {
    const world = aWorld(version, {}, vat);
    const ref = await world.erp.customers.create(company, key);
    const [own, ...addresses] = await partner(world, ref.id);
    expect(own).toMatchObject({ is_company: true, company_name: null, parent_id: null, vat: 'BE0477472701' });
    expect(addresses).toMatchObject(
      ['Depot', 'Shop', 'Paris'].map((name) => ({
        name,
        type: 'delivery',
        is_company: false,
        parent_id: { id: Number(ref.id) },
      })),
    );
    expect(await world.erp.customers.get({ accountNumber: 'B-1' })).toMatchObject([
      {
        name: 'Frites & Cie',
        company: 'Frites & Cie',
        taxId: 'BE0477472701',
        billingAddress: { city: 'Bruxelles', countryCode: 'BE' },
        shippingAddresses: [{ city: 'Gent' }, { city: 'Brugge' }, { city: 'Paris', countryCode: 'FR' }],
      },
    ]);
  });

  it('is not what a person is who buys for one: they are a customer who names it', async () => {
    const world = aWorld(version);
    const ref = await world.erp.customers.create({ ...company, name: 'Amélie Dupont' }, key);
    expect((await partner(world, ref.id))[0]).toMatchObject({
      name: 'Amélie Dupont',
      is_company: false,
      company_name: 'Frites & Cie',
    });
    expect(await world.erp.customers.get({ accountNumber: 'B-1' })).toMatchObject([
      { name: 'Amélie Dupont', company: 'Frites & Cie' },
    ]);
  });

  it('with contacts and several invoice addresses is one customer, and none of its people is', async () => {
    const world = aWorld(version);
    const ref = await world.erp.customers.create(company, key);
    const parent_id = Number(ref.id);
    await world.client().create('res.partner', [
      { name: 'Amélie Dupont', parent_id, type: 'contact', email: 'amelie@frites.example' },
      { name: 'Books', parent_id, type: 'invoice', street: 'Rue Basse 9', city: 'Namur', country_id: 20 },
      { name: 'Books 2', parent_id, type: 'invoice', street: 'Rue Basse 11', city: 'Mons', country_id: 20 },
    ]);
    const found = await world.erp.customers.get({ accountNumber: 'B-1' });
    expect(found).toMatchObject([{ ref, name: 'Frites & Cie', shippingAddresses: [{}, {}, {}] }]);
    expect(await world.erp.customers.get({ email: 'amelie@frites.example' })).toEqual([]);
  });

  it('keeps the address of an order below it, once for however many orders', async () => {
    const world = aWorld(version);
    const customer = await world.erp.customers.create(company, key);
    const shippingAddress = { name: 'Stand', lines: ['Hall 4'], city: 'Liège', countryCode: 'BE' };
    for (const number of ['1', '2']) {
      const source = { system: 'shop', kind: 'order', id: number } as const;
      const draft = aDraft({ lines: [tee], customer, number, source, billingAddress: belgium, shippingAddress });
      await world.erp.orders.create(draft, { idempotencyKey: `order/${number}` });
    }
    const names = (await partner(world, customer.id)).map(({ name }) => name);
    expect(names.filter((name) => name === 'Stand')).toHaveLength(1);
  });
});

async function refusalOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!isCommerceError(error)) throw new Error('It was not refused.');
  return error;
}

/** An order that brings a company as its buyer. */
function anItem(id: string, taxId: string) {
  return {
    draft: aDraft({ lines: [tee], number: id, source: { system: 'shop', kind: 'order', id } }),
    customer: { ...company, accountNumber: id, email: `${id}@frites.example`, taxId },
    idempotencyKey: `order/${id}`,
  };
}

describe.each(versions)('the VAT number of a customer in Odoo %s', (version) => {
  it.each([
    ['BE0477472701', 'BE', 'BE0477472701'],
    ['be 0477.472.701', 'BE', 'BE0477472701'],
    ['FR23334175221', 'BE', 'FR23334175221'],
    ['ATU12345675', 'AT', 'ATU12345675'],
    ['/', 'BE', '/'],
  ])('%s of %s is taken as %s', async (taxId, countryCode, kept) => {
    const world = aWorld(version, {}, vat);
    const billingAddress = { ...belgium, countryCode };
    await world.erp.customers.create({ ...company, taxId, billingAddress }, key);
    expect(await world.erp.customers.get({ accountNumber: 'B-1' })).toMatchObject([{ taxId: kept }]);
  });

  it.each([
    ['BE04774727', 'BE'],
    ['be 0477.472', 'BE'],
    ['FR1234567', 'BE'],
    ['1', 'BE'],
  ])('%s of %s is refused by name, without the number and the name', async (taxId, countryCode) => {
    const world = aWorld(version, {}, vat);
    const draft = { ...company, taxId, billingAddress: { ...belgium, countryCode } };
    const error = await refusalOf(world.erp.customers.create(draft, key));
    expect(error).toMatchObject({ code: 'record.rejected', operation: 'customers.create', details: { field: 'vat' } });
    for (const part of ['account number "B-1"', 'Odoo refused the VAT number', `country "${countryCode}"`, 'replay'])
      expect(error.message).toContain(part);
    const everything = JSON.stringify([error.message, error.details, String(error.cause)]);
    for (const secret of [taxId, 'Frites', '0477', '1234567', 'desk@'].filter((text) => text.length > 1))
      expect(everything).not.toContain(secret);
    expect(await world.erp.customers.get({ accountNumber: 'B-1' })).toEqual([]);

    // Nothing was made, so the key is free for the corrected customer.
    await world.erp.customers.create({ ...draft, taxId: 'BE0477472701' }, key);
  });

  it('is refused by name for its own order of an import only', async () => {
    const world = aWorld(version, {}, vat);
    const outcomes = await odooImport(world.options).orders([
      anItem('B-1', 'BE0477472701'),
      anItem('B-2', 'BE04774727'),
      anItem('B-3', 'BE0477472701'),
      anItem('B-4', '1'),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true, false]);
    const messages = outcomes.map((outcome) => (outcome.ok ? '' : outcome.error.message));
    expect(messages[1]).toContain('account number "B-2" was not created in "odoo". Odoo refused the VAT number');
    expect(messages[3]).toContain('account number "B-4" was not created in "odoo". Odoo refused the VAT number');
    // Each is told in the words that Odoo has for it.
    expect(messages[1]).toContain('does not seem to be valid');
    expect(messages[3]).toContain('To explicitly indicate no');
  });
});

describe('what is no refusal of the VAT number', () => {
  it.each(['jo@frites.example', 'Amélie Dupont', 'Frites'])(
    'does not name the customer by "%s"',
    async (accountNumber) => {
      const world = aWorld('19.0', {}, vat);
      const draft = { ...company, accountNumber, taxId: 'BE04774727' };
      const { message } = await refusalOf(world.erp.customers.create(draft, key));
      expect(message).toContain('The customer was not created in "odoo". Odoo refused the VAT number in country "BE"');
      expect(message).not.toContain(accountNumber);
    },
  );

  it('is not called one, although the customer has a number', async () => {
    const world = aWorld('19.0');
    world.platform.faults.next('res.partner.load', {
      kind: 'answer',
      status: 200,
      body: JSON.stringify({
        ids: false,
        messages: [{ type: 'error', record: 0, message: 'The customer Frites & Cie is on the black list.' }],
      }),
    });
    const error = await refusalOf(world.erp.customers.create(company, key));
    expect(error.code).toBe('record.rejected');
    expect(error.message).not.toContain('VAT');
    expect(error.message).not.toContain('Frites');
    expect(error.message).toContain('account number "B-1"');
  });

  it('is one in any language that quotes the number', async () => {
    const world = aWorld('19.0');
    world.platform.faults.next('res.partner.load', {
      kind: 'answer',
      status: 200,
      body: JSON.stringify({
        ids: false,
        messages: [{ type: 'error', record: 0, message: 'Die USt-IdNr. [0477472701] ist offenbar falsch.' }],
      }),
    });
    const error = await refusalOf(world.erp.customers.create(company, key));
    expect(error.message).toContain('Odoo refused the VAT number');
    expect(error.message).not.toContain('0477472701');
  });
});
