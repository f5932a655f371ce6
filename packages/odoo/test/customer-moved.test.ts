import { isCommerceError, type CustomerDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooImport, type ImportOutcome } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { versions } from './world.ts';

type World = Awaited<ReturnType<typeof aWorldWithAction>>;

const guest: CustomerDraft = { name: 'Jo Doe', email: 'jo@example.com', shippingAddresses: [] };
const account = (number: string): CustomerDraft => ({ ...guest, name: `Account ${number}`, accountNumber: number });

function order(id: string, customer: CustomerDraft, sku = 'TEE') {
  const source = { system: 'shop', kind: 'order', id } as const;
  return { draft: aDraft({ lines: [aLine({ sku })], number: id, source }), customer, idempotencyKey: id };
}

/** The partner that an order was for, made or not. */
function buyerOf(outcome: ImportOutcome | undefined): string | undefined {
  if (outcome?.ok === true) return outcome.customer.id;
  return outcome?.error.refs.find(({ kind }) => kind === 'customer')?.id;
}

async function write({ client }: World, id: string, values: Readonly<Record<string, unknown>>) {
  await client().write('res.partner', [Number(id)], values);
}

async function aCompany({ client }: World) {
  const [id = 0] = await client().create('res.partner', [{ name: 'Acme', is_company: true }]);
  return id;
}

/** Whom `customers.create` says that a draft is, by the customer or in the refusal. */
async function askedAlone({ erp }: World, draft: CustomerDraft) {
  try {
    return (await erp.customers.create(draft, { idempotencyKey: 'alone' })).id;
  } catch (error) {
    return isCommerceError(error) ? error.refs[0]?.id : undefined;
  }
}

const ways = [
  ['the import', (world: World) => odooImport(world.options)],
  ['the server action', (world: World) => world.importer()],
] as const;

describe.each(versions)('a customer that a person changed in Odoo %s', (version) => {
  describe.each(ways)('by %s', (_way, importerOf) => {
    it('stays the guest of the mailbox below a company, whoever else has it', async () => {
      const world = await aWorldWithAction(version);
      const [own = ''] = (await importerOf(world).orders([order('1', guest)])).map(buyerOf);
      await write(world, own, { parent_id: await aCompany(world) });
      const inOneList = await importerOf(world).orders([order('2', account('A')), order('3', guest)]);
      expect(inOneList.map(({ ok }) => ok)).toEqual([true, true]);
      expect(buyerOf(inOneList[0])).not.toBe(own);
      expect(buyerOf(inOneList[1])).toBe(own);
      expect((await importerOf(world).orders([order('4', guest)])).map(buyerOf)).toEqual([own]);
      expect(await askedAlone(world, guest)).toBe(own);
      expect(await askedAlone(world, { ...guest, phone: '1' })).toBe(own);
    });

    it('stays the guest of the mailbox in the archive: the order waits for a person', async () => {
      const world = await aWorldWithAction(version);
      const [own = ''] = (await importerOf(world).orders([order('1', guest)])).map(buyerOf);
      await write(world, own, { active: false });
      const inOneList = await importerOf(world).orders([order('2', account('A')), order('3', guest)]);
      const waits = { ok: false, error: { code: 'customer.missing', refs: [{ kind: 'customer', id: own }, {}] } };
      expect(inOneList).toMatchObject([{ ok: true }, waits]);
      expect(await importerOf(world).orders([order('4', guest)])).toMatchObject([waits]);
      expect(await askedAlone(world, guest)).toBe(own);
    });

    it('stays the account of its number below a company, and in the archive', async () => {
      const world = await aWorldWithAction(version);
      const [own = ''] = (await importerOf(world).orders([order('1', account('A'))])).map(buyerOf);
      await write(world, own, { parent_id: await aCompany(world) });
      await world.client().create('res.partner', [{ name: 'Other', ref: 'A' }]);
      expect((await importerOf(world).orders([order('2', account('A'))])).map(buyerOf)).toEqual([own]);
      expect(await askedAlone(world, account('A'))).toBe(own);
      await write(world, own, { active: false });
      expect((await importerOf(world).orders([order('3', account('A'))])).map(buyerOf)).toEqual([own]);
      expect(await askedAlone(world, account('A'))).toBe(own);
    });

    it('is the one of two with an account number that was made of it', async () => {
      const world = await aWorldWithAction(version);
      const [own = ''] = (await importerOf(world).orders([order('1', account('A'))])).map(buyerOf);
      await world.client().create('res.partner', [{ name: 'Other', ref: 'A' }]);
      expect((await importerOf(world).orders([order('2', account('A'))])).map(buyerOf)).toEqual([own]);
      expect(await askedAlone(world, account('A'))).toBe(own);
    });

    it('who has another mailbox or number now gives the old one to whoever has it, and else keeps it', async () => {
      const world = await aWorldWithAction(version);
      const [own = '', numbered = ''] = (
        await importerOf(world).orders([order('1', guest), order('2', account('A'))])
      ).map(buyerOf);
      await write(world, own, { email: 'moved@example.com' });
      expect((await importerOf(world).orders([order('3', guest)])).map(buyerOf)).toEqual([numbered]);
      expect(await askedAlone(world, guest)).toBe(numbered);
      // Under the key that made it, it is what it was.
      expect(await world.connect().customers.create(guest, { idempotencyKey: '1/customer' })).toMatchObject({
        id: own,
      });
      await write(world, numbered, { email: 'moved-too@example.com', ref: 'B' });
      expect((await importerOf(world).orders([order('4', guest)])).map(buyerOf)).toEqual([own]);
      expect(await askedAlone(world, guest)).toBe(own);
      expect((await importerOf(world).orders([order('5', account('A'))])).map(buyerOf)).toEqual([numbered]);
      const [other = 0] = await world.client().create('res.partner', [{ name: 'Other', ref: 'A' }]);
      expect((await importerOf(world).orders([order('6', account('A'))])).map(buyerOf)).toEqual([String(other)]);
      expect(await askedAlone(world, account('A'))).toBe(String(other));
    });
  });
});
