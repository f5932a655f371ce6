import { customerSchema, type CustomerDraft } from '@crossdock/core';
import { describe, expect, it, vi } from 'vitest';
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

  it('is not found by what says nothing, although others have no address or number either', async () => {
    const world = aWorld(version);
    world.state.addPartner({ name: 'Nameless' });
    world.platform.journal.clear();
    for (const identity of [{}, { email: '' }, { email: ' ' }, { accountNumber: '' }, { accountNumber: ' \t' }]) {
      expect(await world.erp.customers.get(identity)).toEqual([]);
    }
    expect(world.platform.journal.all).toEqual([]);
    expect(await world.erp.customers.get({ email: ' zoe@example.com', accountNumber: ' C-1001 ' })).toHaveLength(1);
  });

  it('is made once when the answer is lost', async () => {
    const world = aWorld(version);
    world.platform.faults.next('res.partner.load', { kind: 'drop', when: 'after' });
    await world.erp.customers.create(draft, key);
    expect(await world.erp.customers.get({ accountNumber: 'K-7' })).toHaveLength(1);
  });
});

const byAccount = (world: ReturnType<typeof aWorld>) => world.erp.customers.get({ accountNumber: 'K-7' });

describe.each(versions)('one account in Odoo %s', (version) => {
  it('is one customer, however many processes bring it under keys of their own at the same moment', async () => {
    const world = aWorld(version);
    const refs = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        world.connect().customers.create(draft, { idempotencyKey: `process-${index}` }),
      ),
    );
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(await byAccount(world)).toMatchObject([{ ref: refs[0], shippingAddresses: [{}, {}] }]);
  });

  it('keeps what the first process said of it, when others say something else at the same moment', async () => {
    const world = aWorld(version);
    const ends = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((name) =>
        world.connect().customers.create({ ...draft, email: `${name}@example.com` }, { idempotencyKey: name }),
      ),
    );
    const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    expect(refusals).toMatchObject(Array.from({ length: 3 }, () => ({ code: 'record.duplicate' })));
    const winner = ends.findIndex(({ status }) => status === 'fulfilled');
    expect(await byAccount(world)).toMatchObject([{ email: `${'abcd'[winner]}@example.com` }]);
  });

  it.each([
    ['the very same content', draft.phone, 'made'],
    ['another content', '+49 30 7654321', 'record.duplicate'],
  ])('is one customer when a slow process comes late with %s', async (_, phone, end) => {
    const world = aWorld(version);
    // It finds nobody, then waits so long for the country that another process is quicker, however slow this machine is.
    const { clock } = world.platform;
    const release = clock.hold();
    world.platform.faults.next('res.country.search_read', { kind: 'slow', ms: 40_000 });
    const late = world.connect().customers.create({ ...draft, phone }, { idempotencyKey: 'slow' });
    const slow = late.then(
      (ref) => ({ code: 'made', id: ref.id }),
      (error: unknown) => error,
    );
    await vi.waitFor(() => expect(clock.sleepers).toBeGreaterThan(0));
    const { id } = await world.erp.customers.create(draft, key);
    release();
    expect(await slow).toMatchObject(end === 'made' ? { code: end, id } : { code: end });
    expect(await byAccount(world)).toMatchObject([{ phone: draft.phone }]);
  });

  it('is a double under another key, unless the content is the very same', async () => {
    const world = aWorld(version);
    const ref = await world.erp.customers.create(draft, key);
    const other = { idempotencyKey: 'other' };
    expect(await world.erp.customers.create(draft, other)).toEqual(ref);
    const changed = { ...draft, phone: '+49 30 7654321' };
    await expect(world.erp.customers.create(changed, other)).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(await byAccount(world)).toHaveLength(1);
  });

  it('is a double when a person entered it in Odoo', async () => {
    const world = aWorld(version);
    const taken = { ...draft, accountNumber: 'C-1001' };
    await expect(world.erp.customers.create(taken, key)).rejects.toMatchObject({
      code: 'record.duplicate',
      refs: [world.customer],
    });
  });
});

describe('the key of a customer', () => {
  it.each<[string, CustomerDraft]>([
    ['another mailbox', { ...draft, email: 'other@example.com' }],
    ['another account number', { ...draft, accountNumber: 'K-8' }],
  ])('is used up for %s', async (_, edited) => {
    const world = aWorld();
    await world.erp.customers.create(draft, key);
    await expect(world.erp.customers.create(edited, key)).rejects.toMatchObject({ code: 'key.reused' });
    expect(await world.erp.customers.get({ accountNumber: edited.accountNumber ?? '' })).toHaveLength(
      edited.accountNumber === draft.accountNumber ? 1 : 0,
    );
  });

  it('makes one customer without an account number and a mailbox, and another key another one', async () => {
    const world = aWorld();
    const { accountNumber: _number, email: _email, ...guest } = draft;
    const ref = await world.erp.customers.create(guest, key);
    expect(await world.connect().customers.create(guest, key)).toEqual(ref);
    await world.client().write('res.partner', [Number(ref.id)], { comment: '<p>Calls on Mondays.</p>' });
    expect(await world.connect().customers.create(guest, key)).toEqual(ref);
    expect(await world.erp.customers.create(guest, { idempotencyKey: 'other' })).not.toEqual(ref);
  });
});

describe('looking a customer up', () => {
  it('wants every part to fit, and finds all who have the same number', async () => {
    const world = aWorld();
    await world.erp.customers.create(draft, key);
    await world.client().create('res.partner', [{ name: 'Jo', ref: 'K-7', email: 'other@example.com' }]);
    expect(await world.erp.customers.get({ accountNumber: 'K-7' })).toHaveLength(2);
    expect(await world.erp.customers.get({ accountNumber: 'K-7', email: 'other@example.com' })).toHaveLength(1);
    expect(await world.erp.customers.get({ accountNumber: 'K-8', email: 'other@example.com' })).toEqual([]);
  });

  it('finds the customer and not a contact below who has the same mailbox', async () => {
    const world = aWorld();
    const values = { name: 'Desk', email: 'zoe@example.com', parent_id: Number(world.customer.id) };
    await world.client().create('res.partner', [values]);
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
