import type { CustomerDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { normalizedEmail } from '../src/customer-identity.ts';
import { odooImport } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { aWorld, versions } from './world.ts';

type Action = Awaited<ReturnType<typeof aWorldWithAction>>;

const guest: CustomerDraft = {
  name: 'Jo Doe',
  email: 'Jo@Example.com',
  phone: '+49 30 1234567',
  shippingAddresses: [],
};
const tee = aLine({ sku: 'TEE' });
const byEmail = (world: ReturnType<typeof aWorld>) => world.erp.customers.get({ email: 'jo@example.com' });
const eight = Array.from({ length: 8 }, (_, index) => index);

describe.each(versions)('a buyer without an account number in Odoo %s', (version) => {
  it('is one customer, however many processes bring them under keys of their own at the same moment', async () => {
    const world = aWorld(version);
    const refs = await Promise.all(
      eight.map((index) => world.connect().customers.create(guest, { idempotencyKey: `order-${index}` })),
    );
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(await byEmail(world)).toMatchObject([{ ref: refs[0] }]);
  });

  it('keeps what the first process said of them; the others learn who has the mailbox', async () => {
    const world = aWorld(version);
    const ends = await Promise.allSettled(
      eight.map((index) =>
        world.connect().customers.create({ ...guest, phone: `+49 30 ${index}` }, { idempotencyKey: `order-${index}` }),
      ),
    );
    const winner = ends.findIndex(({ status }) => status === 'fulfilled');
    const [customer, ...more] = await byEmail(world);
    expect(more).toEqual([]);
    expect(customer).toMatchObject({ phone: `+49 30 ${winner}` });
    const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    expect(refusals).toMatchObject(
      Array.from({ length: 7 }, () => ({ code: 'record.duplicate', refs: [customer?.ref] })),
    );
  });

  it('is one customer for orders that are imported and a caller who makes them, in either order', async () => {
    const world = aWorld(version);
    const order = { draft: aDraft({ lines: [tee] }), customer: guest, idempotencyKey: 'order-1' };
    expect(await odooImport(world.options).orders([order])).toMatchObject([{ ok: true }]);
    const [imported] = await byEmail(world);
    expect(await world.erp.customers.create(guest, { idempotencyKey: 'other' })).toEqual(imported?.ref);

    const late = aWorld(version);
    const made = await late.erp.customers.create(guest, { idempotencyKey: 'first' });
    expect(await odooImport(late.options).orders([order])).toMatchObject([{ ok: true }]);
    expect(await byEmail(late)).toMatchObject([{ ref: made }]);
  });

  it('is one customer when an import and callers come at the same moment', async () => {
    const world = aWorld(version);
    const order = { draft: aDraft({ lines: [tee] }), customer: guest, idempotencyKey: 'order-1' };
    await Promise.all([
      odooImport(world.options).orders([order]),
      ...eight.map((index) => world.connect().customers.create(guest, { idempotencyKey: `caller-${index}` })),
    ]);
    expect(await byEmail(world)).toHaveLength(1);
  });
});

describe('a mailbox', () => {
  it('is the same with other capitals and blanks round it', async () => {
    const world = aWorld();
    const ref = await world.erp.customers.create(guest, { idempotencyKey: 'one' });
    const same = { ...guest, email: ' JO@EXAMPLE.COM ' };
    await expect(world.erp.customers.create(same, { idempotencyKey: 'two' })).rejects.toMatchObject({
      code: 'record.duplicate',
      refs: [ref],
    });
  });

  it('that a person entered in Odoo is a double, and so is that of an account', async () => {
    const world = aWorld();
    const taken = { ...guest, email: 'zoe@example.com' };
    await expect(world.erp.customers.create(taken, { idempotencyKey: 'one' })).rejects.toMatchObject({
      code: 'record.duplicate',
      refs: [world.customer],
    });
    const account = await world.erp.customers.create({ ...guest, accountNumber: 'K-7' }, { idempotencyKey: 'two' });
    await expect(world.erp.customers.create(guest, { idempotencyKey: 'three' })).rejects.toMatchObject({
      code: 'record.duplicate',
      refs: [account],
    });
  });

  it('may be shared by accounts, and by guests who have a number of their own or no mailbox', async () => {
    const world = aWorld();
    const { email: _, ...nobody } = guest;
    const drafts = [
      { ...guest, accountNumber: 'K-7' },
      { ...guest, accountNumber: 'K-8' },
      { ...guest, accountNumber: 'guest-1042' },
      nobody,
    ];
    const refs = [];
    for (const [index, draft] of drafts.entries())
      refs.push(await world.erp.customers.create(draft, { idempotencyKey: `key-${index}` }));
    refs.push(await world.erp.customers.create(nobody, { idempotencyKey: 'another' }));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(5);
  });

  it('gives its customer to the same key for ever, whatever a person writes into the notes', async () => {
    const world = aWorld();
    const ref = await world.erp.customers.create(guest, { idempotencyKey: 'one' });
    const account = await world.erp.customers.create({ ...guest, accountNumber: 'K-7' }, { idempotencyKey: 'two' });
    const ids = [Number(ref.id), Number(account.id)];
    await world.client().write('res.partner', ids, { comment: '<p>Calls on Mondays.</p>' });
    expect(await world.connect().customers.create(guest, { idempotencyKey: 'one' })).toEqual(ref);
    const again = { ...guest, accountNumber: 'K-7' };
    expect(await world.connect().customers.create(again, { idempotencyKey: 'two' })).toEqual(account);
  });

  it('is used up under its key', async () => {
    const world = aWorld();
    await world.erp.customers.create(guest, { idempotencyKey: 'one' });
    for (const edited of [
      { ...guest, phone: '1' },
      { ...guest, email: 'other@example.com' },
    ]) {
      await expect(world.erp.customers.create(edited, { idempotencyKey: 'one' })).rejects.toMatchObject({
        code: 'key.reused',
      });
    }
  });

  it('of somebody who is archived is said to be so', async () => {
    const world = aWorld();
    const ref = await world.erp.customers.create(guest, { idempotencyKey: 'one' });
    await world.client().write('res.partner', [Number(ref.id)], { active: false });
    const changed = { ...guest, phone: '1' };
    await expect(world.erp.customers.create(changed, { idempotencyKey: 'two' })).rejects.toMatchObject({
      code: 'record.duplicate',
      refs: [ref],
      message: expect.stringContaining('archived') as string,
    });
  });

  it.each([
    ['Jo@Example.COM', 'jo@example.com'],
    [' jo@example.com\n', 'jo@example.com'],
    ['JÖ@Example.com', 'JÖ@example.com'],
    ['none', undefined],
    ['a@b@c', undefined],
    ['Jo <jo@example.com>', undefined],
    ['', undefined],
  ])('%j is compared as %j', (text, normal) => {
    expect(normalizedEmail(text)).toBe(normal);
  });
});

const account = (number: string): CustomerDraft => ({ ...guest, name: `Account ${number}`, accountNumber: number });

const order = (id: string, sku: string, customer: CustomerDraft) => ({
  draft: aDraft({ lines: [aLine({ sku })], number: id, source: { system: 'shop', kind: 'order', id } }),
  customer,
  idempotencyKey: id,
});

describe.each(versions)('who an order is by, in Odoo %s,', (version) => {
  const ways = [
    ['the import', (world: Action) => odooImport(world.options)],
    ['the server action', (world: Action) => world.importer()],
  ] as const;

  describe.each(ways)('by %s', (_way, importerOf) => {
    /** The customers of orders that come in one list, or one after another. */
    const send = async (world: Action, customers: readonly CustomerDraft[], inOneList: boolean) => {
      const items = customers.map((customer, index) => {
        const id = `${customer.accountNumber ?? 'guest'}-${index}`;
        const source = { system: 'shop', kind: 'order', id } as const;
        return { draft: aDraft({ lines: [tee], number: id, source }), customer, idempotencyKey: id };
      });
      const lists = inOneList ? [items] : items.map((item) => [item]);
      const ends = [];
      for (const list of lists) ends.push(...(await importerOf(world).orders(list)));
      return ends.map((end) => (end.ok ? end.customer.id : end.error.code));
    };

    it.each([true, false])('two accounts with one mailbox are two customers (in one list: %s)', async (inOneList) => {
      const world = await aWorldWithAction(version);
      const [one, other, again] = await send(world, [account('A'), account('B'), account('A')], inOneList);
      expect(one).toMatch(/^\d+$/);
      expect(other).toMatch(/^\d+$/);
      expect(other).not.toBe(one);
      expect(again).toBe(one);
    });

    it.each([true, false])(
      'a guest with the mailbox of two accounts waits for a person (in one list: %s)',
      async (inOneList) => {
        const world = await aWorldWithAction(version);
        const [, , last] = await send(world, [account('A'), account('B'), guest], inOneList);
        expect(last).toBe('customer.ambiguous');
        await expect(world.erp.customers.create(guest, { idempotencyKey: 'alone' })).rejects.toMatchObject({
          code: 'customer.ambiguous',
          refs: (await byEmail(world)).map(({ ref }) => ref),
        });
      },
    );

    it.each([true, false])(
      'a guest with the mailbox of one account is that account (in one list: %s)',
      async (inOneList) => {
        const world = await aWorldWithAction(version);
        const [one, same] = await send(world, [account('A'), guest], inOneList);
        expect(same).toBe(one);
      },
    );

    it.each([true, false])(
      'a guest who has ordered with an account in between is the guest of before (in one list: %s)',
      async (inOneList) => {
        const world = await aWorldWithAction(version);
        const buyers = [guest, account('A'), guest, account('B'), guest];
        const [first, one, again, other, last] = await send(world, buyers, inOneList);
        expect([first, one, other]).toEqual((await byEmail(world)).map(({ ref }) => ref.id));
        expect([again, last]).toEqual([first, first]);
        // Made of the same content, so another key gets them.
        expect(await world.erp.customers.create(guest, { idempotencyKey: 'alone' })).toMatchObject({ id: first });
      },
    );

    it('a guest whose first order failed is the same when it is sent again after an order with an account', async () => {
      const world = await aWorldWithAction(version);
      const first = order('1', 'LATE', guest);
      const ends = await importerOf(world).orders([first, order('2', 'TEE', account('A')), order('3', 'TEE', guest)]);
      expect(ends.map(({ ok }) => ok)).toEqual([false, true, true]);
      await world.client().create('product.product', [{ name: 'Late', default_code: 'LATE' }]);
      const [again] = await importerOf(world).orders([first]);
      const [later] = await importerOf(world).orders([order('4', 'TEE', guest)]);
      expect(again).toMatchObject({ ok: true });
      expect(later).toMatchObject({ ok: true, customer: again?.ok === true ? again.customer : undefined });
    });

    it.each([true, false])(
      'a guest whose first order failed is nobody else, and an account is the one of its first order (in one list: %s)',
      async (inOneList) => {
        const world = await aWorldWithAction(version);
        const nowhere = { name: 'Jo', lines: ['1 Main St'], city: 'X', countryCode: 'ZZ' };
        const abroad = order('6', 'TEE', { ...guest, email: 'kim@example.com' });
        const items = [
          order('1', 'LATE', guest),
          order('2', 'TEE', account('A')),
          order('3', 'TEE', guest),
          order('4', 'LATE', { ...account('B'), name: 'First', email: 'b@example.com' }),
          order('5', 'TEE', { ...account('B'), name: 'Later', email: 'b@example.com' }),
          { ...abroad, draft: { ...abroad.draft, shippingAddress: nowhere } },
          order('7', 'TEE', { ...account('C'), email: 'kim@example.com' }),
          order('8', 'TEE', { ...guest, email: 'kim@example.com' }),
        ];
        const ends = [];
        for (const list of inOneList ? [items] : items.map((item) => [item]))
          ends.push(...(await importerOf(world).orders(list)));
        const buyers = ends.map((end) => (end.ok ? end.customer.id : end.error.code));
        const named = await world.erp.customers.get({ accountNumber: 'A' });
        expect(buyers.slice(0, 2)).toEqual(['sku.unknown', named[0]?.ref.id]);
        expect(buyers[2]).not.toBe(buyers[1]);
        expect(buyers[2]).toMatch(/^\d+$/);
        expect(await world.erp.customers.get({ accountNumber: 'B' })).toMatchObject([
          { ref: { id: buyers[4] }, name: 'First' },
        ]);
        expect(buyers[7]).toMatch(/^\d+$/);
        expect(buyers[7]).not.toBe(buyers[6]);
      },
    );

    it('a guest stays who was made of the mailbox, whoever else a person enters with it', async () => {
      const world = await aWorldWithAction(version);
      const [first] = await importerOf(world).orders([order('1', 'TEE', guest)]);
      const customer = first?.ok === true ? first.customer : undefined;
      await world.client().create('res.partner', [{ name: 'Jo', email: 'jo@example.com' }]);
      expect(await importerOf(world).orders([order('2', 'TEE', guest)])).toMatchObject([{ ok: true, customer }]);
      // An account number that a person gives the guest makes no other customer of it.
      await world.client().write('res.partner', [Number(customer?.id)], { ref: 'K-7' });
      expect(await importerOf(world).orders([order('3', 'TEE', guest)])).toMatchObject([{ ok: true, customer }]);
      expect(await world.erp.customers.create(guest, { idempotencyKey: 'alone' })).toEqual(customer);
    });

    it('a guest is the customer without an account number, and two of those wait for a person', async () => {
      const world = await aWorldWithAction(version);
      await world.erp.customers.create(account('A'), { idempotencyKey: 'account' });
      const entered = { name: 'Jo', email: 'jo@example.com' };
      const [id = 0] = await world.client().create('res.partner', [entered]);
      expect(await send(world, [guest], true)).toEqual([String(id)]);
      await expect(world.erp.customers.create(guest, { idempotencyKey: 'alone' })).rejects.toMatchObject({
        code: 'record.duplicate',
        refs: [{ id: String(id) }],
      });
      const [second = 0] = await world.client().create('res.partner', [entered]);
      const refs = [{ id: String(id) }, { id: String(second) }];
      const item = { draft: aDraft({ lines: [tee], number: 'x' }), customer: guest, idempotencyKey: 'x' };
      expect(await importerOf(world).orders([item])).toMatchObject([
        { ok: false, error: { code: 'customer.ambiguous', refs } },
      ]);
      await expect(world.erp.customers.create(guest, { idempotencyKey: 'alone' })).rejects.toMatchObject({
        code: 'customer.ambiguous',
        refs,
      });
    });

    it('a customer whose e-mail field in Odoo holds a name is found by the mailbox', async () => {
      const world = await aWorldWithAction(version);
      const [id] = await world.client().create('res.partner', [{ name: 'Jo', email: '"Jo Doe" <JO@example.com>' }]);
      expect(await send(world, [guest], true)).toEqual([String(id)]);
      expect(await byEmail(world)).toMatchObject([{ ref: { id: String(id) }, email: 'jo@example.com' }]);
    });
  });
});
