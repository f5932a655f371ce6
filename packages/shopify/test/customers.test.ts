import type { CustomerDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { shopWithGoods } from './shop.ts';

const home = { lines: ['12 Elm Street'], city: 'Dayton', subdivision: 'OH', postalCode: '45402', countryCode: 'US' };
const ada: CustomerDraft = {
  name: 'Ada King Byron',
  company: 'Byron Ltd',
  email: 'Ada@Example.test',
  phone: '+1 (513) 555-0100',
  accountNumber: 'A-1',
  taxId: 'DE123',
  billingAddress: home,
  shippingAddresses: [{ ...home, name: 'Dock Four', lines: ['Dock 4', 'Gate B', 'Hall 2'] }],
};

function world() {
  const shop = shopWithGoods({ accountNumberTag: 'account:' });
  let keys = 0;
  const create = async (draft: CustomerDraft, key?: string) => {
    keys += 1;
    return shop.connect().customers.create(draft, { idempotencyKey: key ?? `key-${keys}` });
  };
  const others = () => shop.state.customers.length;
  return { ...shop, create, others };
}

describe('a customer that is made', () => {
  it('is given again as it was told', async () => {
    const { create, shop } = world();
    const ref = await create(ada);
    const [found, ...others] = await shop.customers.get({ accountNumber: 'A-1' });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      ref,
      name: 'Ada King Byron',
      company: 'Byron Ltd',
      email: 'ada@example.test',
      phone: '+15135550100',
      accountNumber: 'A-1',
      taxId: 'DE123',
      billingAddress: home,
    });
    expect(found?.shippingAddresses).toMatchObject([{ name: 'Dock Four', lines: ['Dock 4', 'Gate B, Hall 2'] }]);
  });

  it('is the one of the same content, whoever asks again', async () => {
    const { create, others } = world();
    const ref = await create(ada, 'a');
    expect(await create(ada, 'a')).toEqual(ref);
    expect(await create(ada, 'b')).toEqual(ref);
    expect(others()).toBe(1);
  });

  it('is refused under a key that made another one', async () => {
    const { create } = world();
    await create(ada, 'a');
    await expect(create({ ...ada, name: 'Ada Lovelace' }, 'a')).rejects.toMatchObject({ code: 'key.reused' });
  });

  it.each([
    ['e-mail address', { ...ada, phone: undefined, accountNumber: undefined }],
    ['telephone number', { ...ada, email: 'other@example.test', accountNumber: undefined }],
    ['account number', { ...ada, email: 'other@example.test', phone: undefined }],
  ])('is not made where another one has its %s, and that one stays as it is', async (_what, draft) => {
    const { create, state, others } = world();
    const there = state.addCustomer({
      firstName: 'Grace',
      email: 'ada@example.test',
      phone: '+15135550100',
      tags: ['account:A-1', 'vip'],
    });
    await expect(create(draft)).rejects.toMatchObject({ code: 'record.duplicate', refs: [{ id: there.id }] });
    expect(state.customer(there.id)).toEqual(there);
    expect(others()).toBe(1);
  });

  it('is known again by its key when its buyer has another mailbox by now', async () => {
    const { create, others, state } = world();
    const plain = { name: 'Bo Ek', email: 'bo@example.test', shippingAddresses: [] };
    const { id } = await create(plain, 'k');
    state.changeCustomer(id, { email: 'bo@new.example' });
    expect((await create(plain, 'k')).id).toBe(id);
    expect(others()).toBe(1);
  });

  it('is found by each of the account numbers that a merge left on it', async () => {
    const { create, others, shop, state } = world();
    const merged = state.addCustomer({ email: 'm@example.test', lastName: 'M', tags: ['account:1', 'account:2'] });
    for (const accountNumber of ['1', '2']) {
      for (const email of [undefined, 'm@example.test']) {
        const found = await shop.customers.get({ accountNumber, ...(email !== undefined && { email }) });
        expect(found.map(({ ref }) => ref.id)).toEqual([merged.id]);
      }
    }
    expect(await shop.customers.get({ accountNumber: '3', email: 'm@example.test' })).toEqual([]);
    const other = { name: 'N', email: 'n@example.test', accountNumber: '2', shippingAddresses: [] };
    await expect(create(other)).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(others()).toBe(1);
  });

  it('is known again by its mark when a merge left that of another one before it', async () => {
    const { create, others, state } = world();
    const plain = { name: 'Bo Ek', email: 'bo@example.test', shippingAddresses: [] };
    const { id } = await create(plain, 'k');
    const { tags } = state.customer(id);
    state.changeCustomer(id, { tags: ['xdock:0123456789abcdef-0123456789abcdef', ...tags] });
    expect((await create(plain, 'k')).id).toBe(id);
    expect((await create(plain, 'other')).id).toBe(id);
    await expect(create({ ...plain, name: 'Bo Eck' }, 'k')).rejects.toMatchObject({ code: 'key.reused' });
    expect(others()).toBe(1);
  });

  it('is refused with an account number that makes too long a tag', async () => {
    const { create, others } = world();
    await expect(create({ ...ada, accountNumber: '9'.repeat(250) })).rejects.toMatchObject({ code: 'record.invalid' });
    expect(others()).toBe(0);
  });

  it('keeps a number that names no country on the addresses alone', async () => {
    const { create, state, shop } = world();
    const { id } = await create({ ...ada, phone: '0171 123456' });
    expect(state.customer(id).phone).toBeUndefined();
    expect(await shop.customers.get({ email: 'ada@example.test' })).toMatchObject([
      { billingAddress: { phone: '0171 123456' } },
    ]);
  });

  it.each([
    ['neither address nor number', { name: 'Ada', shippingAddresses: [] }],
    ['an e-mail address that is none', { name: 'Ada', email: 'ada at home', shippingAddresses: [] }],
    ['a comma in its account number', { ...ada, accountNumber: 'A,1' }],
  ])('is refused before anything is sent with %s', async (_what, draft) => {
    const { create, others } = world();
    await expect(create(draft)).rejects.toMatchObject({ code: 'record.invalid' });
    expect(others()).toBe(0);
  });

  it('has its tax number too when the answer to that was lost', async () => {
    const { create, fake, shop, others } = world();
    const end = fake.faults.always('metafieldsSet', { kind: 'drop', when: 'before' });
    await expect(create(ada, 'a')).rejects.toMatchObject({ code: expect.any(String) });
    end();
    await create(ada, 'a');
    expect(await shop.customers.get({ email: 'ada@example.test' })).toMatchObject([{ taxId: 'DE123' }]);
    expect(others()).toBe(1);
  });

  it('tells apart what only begins alike', async () => {
    const { shop, state } = world();
    state.addCustomer({ firstName: 'Jane', email: 'jane@example.test', tags: ['account:A-10'] });
    expect(await shop.customers.get({ accountNumber: 'A-1' })).toEqual([]);
    expect(await shop.customers.get({ email: 'jane@example.tes' })).toEqual([]);
  });

  it('wants to be told where account numbers stand', async () => {
    const { connect } = shopWithGoods();
    await expect(connect().customers.get({ accountNumber: 'A-1' })).rejects.toMatchObject({ code: 'options.invalid' });
  });
});

describe('protected customer data', () => {
  it('that the app is not approved for is a named error', async () => {
    const { state, shop } = world();
    state.addCustomer({ firstName: 'Ada', email: 'ada@example.test' });
    state.protectCustomerData({ objects: ['Customer'] });
    const pages = shop.customers.pull({})[Symbol.asyncIterator]();
    await expect(pages.next()).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('that comes blank is no customer without a name', async () => {
    const { state, shop } = world();
    const { id } = state.addCustomer({ firstName: 'Ada', email: 'ada@example.test' });
    state.protectCustomerData({ fields: [] });
    for await (const page of shop.customers.pull({})) {
      expect(page.items).toEqual([]);
      expect(page.problems).toMatchObject([{ ref: { id }, error: { code: 'access.denied' } }]);
    }
  });
});
