import { customerSchema, type CustomerDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooClientOf } from '../src/index.ts';
import { aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'shop/customer/7' };
const draft: CustomerDraft = {
  name: 'Jürgen "Jo" Groß, jr.',
  company: 'Groß & Söhne',
  email: 'Jo@Example.com',
  phone: '+49 30 1234567',
  accountNumber: 'K-7',
  billingAddress: { lines: ['Hauptstr. 1'], city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
  shippingAddresses: [
    { name: 'Lager', lines: ['Ring 2', 'Tor 3', 'Rampe'], city: 'Köln', postalCode: '50667', countryCode: 'DE' },
    { name: 'NY', lines: ['5th Ave'], city: 'New York', subdivision: 'US-NY', postalCode: '10110', countryCode: 'US' },
  ],
};

describe.each(versions)('a customer of Odoo %s', (version) => {
  it('is made once, with addresses, and found by number and by e-mail', async () => {
    const world = aWorld(version);
    const ref = await world.erp.customers.create(draft, key);
    expect(await world.connect().customers.create(draft, key)).toEqual(ref);
    const [found, ...more] = await world.erp.customers.get({ email: 'jo@example.COM' });
    expect(more).toEqual([]);
    expect(() => customerSchema.parse(found)).not.toThrow();
    expect(found).toMatchObject({
      ref,
      name: 'Jürgen "Jo" Groß, jr.',
      company: 'Groß & Söhne',
      accountNumber: 'K-7',
      billingAddress: { lines: ['Hauptstr. 1'], city: 'Berlin', countryCode: 'DE' },
      shippingAddresses: [
        { name: 'Lager', lines: ['Ring 2', 'Tor 3, Rampe'], countryCode: 'DE' },
        { name: 'NY', subdivision: 'New York', countryCode: 'US' },
      ],
    });
    expect(await world.erp.customers.get({ accountNumber: 'K-7' })).toEqual([found]);
  });

  it('is made once when the answer is lost', async () => {
    const world = aWorld(version);
    world.platform.faults.next('res.partner.load', { kind: 'drop', when: 'after' });
    await world.erp.customers.create(draft, key);
    expect(await world.erp.customers.get({ accountNumber: 'K-7' })).toHaveLength(1);
  });
});

describe('looking a customer up', () => {
  it('wants every part to fit, and finds all who have the same number', async () => {
    const world = aWorld();
    await world.erp.customers.create(draft, key);
    await world.erp.customers.create({ ...draft, email: 'other@example.com' }, { idempotencyKey: 'second' });
    expect(await world.erp.customers.get({ accountNumber: 'K-7' })).toHaveLength(2);
    expect(await world.erp.customers.get({ accountNumber: 'K-7', email: 'other@example.com' })).toHaveLength(1);
    expect(await world.erp.customers.get({ accountNumber: 'K-8', email: 'other@example.com' })).toEqual([]);
  });

  it('finds the customer and not a contact below who has the same mailbox', async () => {
    const world = aWorld();
    const { platform } = world;
    const client = odooClientOf({
      url: platform.origin,
      database: 'odoo',
      apiKey: 'odoo-api-key',
      fetch: platform.fetch,
      clock: platform.clock,
    });
    const values = { name: 'Desk', email: 'zoe@example.com', parent_id: Number(world.customer.id) };
    await client.create('res.partner', [values]);
    expect((await world.erp.customers.get({ email: 'zoe@example.com' })).map(({ ref }) => ref.id)).toEqual([
      world.customer.id,
    ]);
  });

  it('takes nothing for everybody', async () => {
    expect(await aWorld().erp.customers.get({})).toEqual([]);
  });

  it('does not take a wildcard for a mailbox', async () => {
    const world = aWorld();
    expect(await world.erp.customers.get({ email: '%@example.com' })).toEqual([]);
  });

  it('refuses a country that Odoo does not know', async () => {
    const bad = { ...draft, billingAddress: { lines: ['x'], countryCode: 'ZZ' } };
    await expect(aWorld().erp.customers.create(bad, key)).rejects.toMatchObject({ code: 'address.invalid' });
  });
});
