import { wooKey } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { shopWithGoods } from './world.ts';

const draft = {
  name: 'Ada Byron',
  email: 'Ada.Byron@example.test',
  phone: '+49 30 1234',
  company: 'Engines Ltd',
  taxId: 'DE123456789',
  billingAddress: { lines: ['Elmstr. 12', 'Floor 3'], city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
  shippingAddresses: [{ name: 'Gate 4', lines: ['Dock 9'], city: 'Hamburg', postalCode: '20095', countryCode: 'DE' }],
} as const;

async function pulled(shop: ReturnType<typeof shopWithGoods>['shop'], cursor?: string) {
  const emails: (string | undefined)[] = [];
  let last = cursor;
  for await (const page of shop.customers.pull(cursor === undefined ? {} : { cursor })) {
    emails.push(...page.items.map(({ email }) => email));
    last = page.cursor;
  }
  return { emails, cursor: last };
}

describe('customers of a shop', () => {
  it('come back as they were made, with what WooCommerce has no field for', async () => {
    const { shop } = shopWithGoods();
    const ref = await shop.customers.create(draft, { idempotencyKey: 'ada' });
    const [ada] = await shop.customers.get({ email: 'ADA.BYRON@example.test' });
    const { ref: there, updatedAt: _when, billingAddress, ...rest } = ada ?? { ref: undefined, updatedAt: '' };
    expect(there).toEqual(ref);
    const { billingAddress: wanted, shippingAddresses, ...told } = draft;
    expect(rest).toEqual({ ...told, shippingAddresses });
    expect(billingAddress).toMatchObject(wanted);
  });

  it('are found again by their key when the buyer has another address by now', async () => {
    const { shop, connect, state, fake } = shopWithGoods();
    const ref = await shop.customers.create(draft, { idempotencyKey: 'ada' });
    const made = state.customers.find(({ id }) => String(id) === ref.id);
    Object.assign(made ?? {}, { email: 'countess@example.test' });
    const before = fake.journal.all.length;
    expect(await connect().customers.create(draft, { idempotencyKey: 'ada' })).toEqual(ref);
    expect(fake.journal.all.slice(before).every(({ operation }) => operation.startsWith('GET'))).toBe(true);
  });

  it('that somebody else made are not taken for ours, and not changed', async () => {
    const { shop, state } = shopWithGoods();
    const { id } = state.addCustomer({ email: 'ada.byron@example.test', firstName: 'Adele' });
    await expect(shop.customers.create(draft, { idempotencyKey: 'ada' })).rejects.toMatchObject({
      code: 'record.duplicate',
      refs: [{ id: String(id) }],
    });
    expect(state.customer('ada.byron@example.test')).toMatchObject({ firstName: 'Adele' });
  });

  it('of staff have the address as well', async () => {
    const { shop, state } = shopWithGoods();
    state.addCustomer({ email: 'boss@example.test', role: 'shop_manager' });
    expect(await shop.customers.get({ email: 'boss@example.test' })).toHaveLength(1);
    await expect(
      shop.customers.create({ ...draft, email: 'boss@example.test' }, { idempotencyKey: 'boss' }),
    ).rejects.toMatchObject({ code: 'record.duplicate' });
  });

  it('are made once when somebody takes the address at the same moment', async () => {
    const { shop, state } = shopWithGoods();
    state.during('POST /customers', () => state.addCustomer({ email: draft.email }));
    const ended = await shop.customers.create(draft, { idempotencyKey: 'ada' }).catch((error: unknown) => error);
    expect(ended).toMatchObject({ code: 'record.duplicate' });
    expect(state.customers.filter(({ email }) => email.toLowerCase() === draft.email.toLowerCase())).toHaveLength(1);
  });

  it('whose address was taken since it was looked for are named as such', async () => {
    const { state, fake, connect } = shopWithGoods();
    let isFirst = true;
    const racing: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'POST' && isFirst) {
        isFirst = false;
        state.addCustomer({ email: draft.email });
      }
      return fake.fetch(request);
    };
    await expect(connect({ fetch: racing }).customers.create(draft, { idempotencyKey: 'ada' })).rejects.toMatchObject({
      code: 'record.duplicate',
    });
  });

  it('with another content under their key are refused', async () => {
    const { shop, connect } = shopWithGoods();
    await shop.customers.create(draft, { idempotencyKey: 'ada' });
    await expect(
      connect().customers.create({ ...draft, name: 'Ada King' }, { idempotencyKey: 'ada' }),
    ).rejects.toMatchObject({ code: 'key.reused' });
  });

  it('that WooCommerce has no place for are refused in words, unsent', async () => {
    const { shop, fake } = shopWithGoods();
    const [home] = draft.shippingAddresses;
    for (const [odd, code] of [
      [{ ...draft, email: undefined }, 'record.invalid'],
      [{ ...draft, email: 'no address' }, 'record.invalid'],
      [{ ...draft, shippingAddresses: [home, home] }, 'record.invalid'],
      [{ ...draft, accountNumber: 'A-1' }, 'options.invalid'],
    ] as const) {
      await expect(shop.customers.create(odd, { idempotencyKey: 'odd' })).rejects.toMatchObject({ code });
    }
    expect(fake.journal.all).toEqual([]);
  });

  it('that go away while they are read hide nobody', async () => {
    const { shop, state, fake } = shopWithGoods();
    for (let number = 0; number < 250; number += 1) state.addCustomer({ email: `c${number}@example.test` });
    const emails: (string | undefined)[] = [];
    let page = 0;
    for await (const { items } of shop.customers.pull({})) {
      emails.push(...items.map(({ email }) => email));
      page += 1;
      if (page !== 1) continue;
      // Among them the last one of the page, by which the place is found again.
      for (const email of emails.slice(-30)) await remove(fake.fetch, state.customer(email ?? '')?.id);
    }
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails).toHaveLength(251);
  });

  it('are handed out once, until they change', async () => {
    const { shop, clock, state } = shopWithGoods();
    state.addCustomer({ email: 'ada@example.test' });
    await clock.advance(3_600_000);
    state.addCustomer({ email: 'grace@example.test' });
    const first = await pulled(shop);
    expect(first.emails).toEqual(expect.arrayContaining(['ada@example.test', 'grace@example.test']));
    await clock.advance(3_600_000);
    const second = await pulled(shop, first.cursor);
    expect(second.emails).not.toContain('ada@example.test');
  });
});

async function remove(fetch: typeof globalThis.fetch, id: number | undefined): Promise<void> {
  const authorization = `Basic ${btoa(`${wooKey.key}:${wooKey.secret}`)}`;
  const url = `https://shop.example/wp-json/wc/v3/customers/${id}?force=true`;
  const response = await fetch(url, { method: 'DELETE', headers: { authorization } });
  if (!response.ok) throw new Error(`Customer ${id} was not deleted: ${response.status}.`);
}
