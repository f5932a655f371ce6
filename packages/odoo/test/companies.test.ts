import type { OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooImport, type OdooOptions, type OrderImport } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { all, versions } from './world.ts';

type World = Awaited<ReturnType<typeof twoCompanies>>;

async function twoCompanies(version: (typeof versions)[number]) {
  const world = await aWorldWithAction(version, {}, 'crossdock,second');
  const [first] = await world.client().searchRead('res.company', ['name'], { domain: [], order: 'id', limit: 1 });
  const warehouse = { name: 'Second', code: 'TWO' };
  const second = world.state.addCompany({ name: 'Second Ltd', warehouse, logins: ['boss', 'connector'] });
  // Nobody but the boss acts for it.
  const third = world.state.addCompany({
    name: 'Third Ltd',
    warehouse: { name: 'Third', code: 'TRI' },
    logins: ['boss'],
  });
  const companies = { one: first?.id ?? 0, two: second, three: third };
  return { ...world, companies };
}

function anItem(world: World, source: string, id: string, change: Partial<OrderDraft> = {}): OrderImport {
  const draft = aDraft({
    number: `${source}-${id}`,
    source: { system: source, kind: 'order', id },
    lines: [aLine({ sku: 'TEE' })],
    customer: world.customer,
    ...change,
  });
  return { draft, customer: world.customer, idempotencyKey: `${source}/${id}` };
}

const ways = {
  'orders.create': async (world: World, options: OdooOptions, items: readonly OrderImport[]) => {
    const outcomes: string[] = [];
    for (const item of items) {
      const made = world.connect(options).orders.create({ ...item.draft, customer: world.customer }, item);
      outcomes.push(await made.then(() => 'ok').catch((error: { code: string }) => error.code));
    }
    return outcomes;
  },
  'a batch': (_world: World, options: OdooOptions, items: readonly OrderImport[]) =>
    imported(options, undefined, items),
  'the server action': (world: World, options: OdooOptions, items: readonly OrderImport[]) =>
    imported(options, world.serverAction, items),
};

async function imported(options: OdooOptions, serverAction: number | undefined, items: readonly OrderImport[]) {
  const outcomes = await odooImport({ ...options, serverAction }).orders(items);
  return outcomes.map((one) => (one.ok ? 'ok' : one.error.code));
}

/** The companies of the orders, by the channel's number. */
async function companiesOf(world: World) {
  const { one, two, three } = world.companies;
  const orders = await world
    .client()
    .searchRead(
      'sale.order',
      ['client_order_ref', 'company_id', 'warehouse_id'],
      { domain: [], order: 'id' },
      { context: { allowed_company_ids: [one, two].filter((id) => id !== three) } },
    );
  return Object.fromEntries(orders.map((order) => [order['client_order_ref'], order['company_id']]));
}

describe.each(versions)('two companies in Odoo %s', (version) => {
  describe.each(Object.entries(ways))('orders by %s', (_name, make) => {
    it('belong to the company of their connector', async () => {
      const world = await twoCompanies(version);
      const { one, two } = world.companies;
      expect(await make(world, { ...world.options, pricelists: {}, company: one }, [])).toEqual([]);
      await make(world, { ...world.options, company: one }, [anItem(world, 'de', '1')]);
      await make(world, { ...world.options, company: two, warehouse: 'TWO' }, [anItem(world, 'us', '1')]);
      expect(await companiesOf(world)).toMatchObject({ 'de-1': { id: one }, 'us-1': { id: two } });
    });

    it('of a source that another company took are refused, and stop no other', async () => {
      const world = await twoCompanies(version);
      const { one, two } = world.companies;
      await make(world, { ...world.options, company: one }, [anItem(world, 'shop', '1')]);
      const items = [anItem(world, 'shop', '1'), anItem(world, 'shop', '2')];
      expect(await make(world, { ...world.options, company: two }, items)).toEqual(['link.conflict', 'ok']);
      const apart = { ...world.options, company: two, externalIdModule: 'second' };
      expect(await make(world, apart, [{ ...anItem(world, 'shop', '1'), idempotencyKey: 'second/1' }])).toEqual(['ok']);
    });

    it('take no product of another company', async () => {
      const world = await twoCompanies(version);
      const { one, two } = world.companies;
      const id = world.state.addProduct({ sku: 'THEIRS', name: 'Theirs', price: 1 });
      const [row] = await world
        .client()
        .searchRead('product.product', ['product_tmpl_id'], { domain: [['id', '=', id]] });
      const template = row?.['product_tmpl_id'];
      world.state.change(
        'product.template',
        typeof template === 'object' && template && 'id' in template ? Number(template.id) : 0,
        {
          company_id: two,
        },
      );
      const item = anItem(world, 'shop', '1', { lines: [aLine({ sku: 'THEIRS' })] });
      expect(await make(world, { ...world.options, company: one }, [item])).toEqual(['sku.unknown']);
    });

    it('go from no warehouse of another company', async () => {
      const world = await twoCompanies(version);
      const options = { ...world.options, company: world.companies.one, warehouse: 'TWO' };
      expect(await make(world, options, [anItem(world, 'shop', '1')])).toEqual(['options.invalid']);
    });

    it('of a company that the user does not act for are refused', async () => {
      const world = await twoCompanies(version);
      const options = { ...world.options, company: world.companies.three };
      expect(await make(world, options, [anItem(world, 'shop', '1')])).toEqual(['access.denied']);
    });
  });

  it('do not see each other’s orders', async () => {
    const world = await twoCompanies(version);
    const { one, two } = world.companies;
    const [first, second] = [world.connect({ company: one }), world.connect({ company: two })];
    const mine = await first.orders.create(
      { ...anItem(world, 'de', '1').draft, customer: world.customer },
      { idempotencyKey: '1' },
    );
    const theirs = await second.orders.create(
      { ...anItem(world, 'us', '1').draft, customer: world.customer },
      { idempotencyKey: '2' },
    );
    const seenBy = async (erp: typeof first) =>
      (await all(erp.orders.pull({ updatedAfter: '2000-01-01T00:00:00Z' }))).flatMap(({ items }) =>
        items.map(({ ref }) => ref),
      );
    expect(await seenBy(first)).toEqual([mine]);
    expect(await seenBy(second)).toEqual([theirs]);
    await expect(first.orders.get(theirs)).rejects.toMatchObject({ code: 'access.denied' });
    await expect(first.orders.cancel(theirs, 'customer', { idempotencyKey: '3' })).rejects.toMatchObject({
      code: 'access.denied',
    });
  });
});
