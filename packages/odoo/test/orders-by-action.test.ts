import type { CustomerDraft, OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { runCommand, type CommandResult, type Flags } from '../src/command-line.ts';
import { odooClientOf, odooImport, type OrderImport } from '../src/index.ts';
import { aDraft, aLine, aTax, eur } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { versions } from './world.ts';

type World = Awaited<ReturnType<typeof aWorldWithAction>>;

const address = { name: 'Ann Buyer', lines: ['1 Main St'], city: 'Boston', subdivision: 'US-MA', countryCode: 'US' };

function aBuyer(number: number): CustomerDraft {
  return {
    name: `Buyer ${number}`,
    email: `buyer-${number}@example.com`,
    billingAddress: address,
    shippingAddresses: [{ ...address, city: 'Salem' }],
  };
}

function anItem(world: World, number: number, change: Partial<OrderDraft> = {}, customer?: CustomerDraft): OrderImport {
  const draft = aDraft({
    number: `#${number}`,
    source: { system: 'shop', kind: 'order', id: String(number) },
    lines: [aLine({ sku: 'TEE', quantity: 1, price: '10.00' }), aLine({ id: '2', sku: 'CAP', price: '5.00' })],
    billingAddress: address,
    shippingAddress: { ...address, city: 'Salem' },
    customer: world.customer,
    placedAt: `2026-11-${String((number % 20) + 1).padStart(2, '0')}T09:15:00Z`,
    ...change,
  });
  return { draft, customer: customer ?? world.customer, idempotencyKey: `import-${number}` };
}

const many = (world: World, count: number) =>
  Array.from({ length: count }, (_, index) => anItem(world, index + 1, {}, aBuyer(index + 1)));

function ordersIn({ state }: World) {
  return state.saleOrders.map(({ state: word, dateOrder }) => [word, dateOrder]);
}

function buyersIn({ state }: World) {
  return state.partners.filter(({ email }) => typeof email === 'string' && email.startsWith('buyer-'));
}

function messageOf(outcome: Awaited<ReturnType<ReturnType<World['importer']>['orders']>>[number] | undefined): string {
  return outcome?.ok === false ? outcome.error.message : '';
}

function callsOf({ platform }: World): number {
  return platform.journal.all.filter(({ operation }) => !/version|authenticate/.test(operation)).length;
}

function datesOf(items: readonly OrderImport[]) {
  return items.map(({ draft }) => ['sale', draft.placedAt.replace('T', ' ').replace('Z', '')]);
}

/** The line of the action's text that names its modules, or why there is none. */
function modulesIn({ out, err }: CommandResult): string {
  return /^modules = .*$/m.exec(out)?.[0] ?? err;
}

async function printedAlone(flags: Flags) {
  return modulesIn(await runCommand(['action', 'print'], flags, {}));
}

describe.each(versions)('the server action of the import on Odoo %s', (version) => {
  it('is installed once, and says so', async () => {
    const { installed, run, serverAction } = await aWorldWithAction(version);
    expect(installed).toMatchObject({ code: 0, err: '' });
    expect(installed.out).toContain('made, for users of "sales_team.group_sale_salesman_all_leads"');
    expect(await run('action install')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${serverAction}: as it was`),
    });
    expect((await run('action print')).out).toContain('crossdock-import-orders/');
  });

  it('is installed by nobody who may not', async () => {
    const { run } = await aWorldWithAction(version);
    expect(await run('action install', 'connector', 'odoo-api-key')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^access\.denied/),
    });
  });

  it('makes and confirms a list with its customers and addresses by one call', async () => {
    const world = await aWorldWithAction(version);
    // Countries and states are asked for once.
    await world.importer().orders([anItem(world, 99)]);
    const importer = world.importer({ firstBatch: 40 });
    await importer.orders([anItem(world, 98)]);
    const before = callsOf(world);
    const items = many(world, 40);
    const outcomes = await importer.orders(items);
    expect(callsOf(world) - before).toBe(1);
    expect(outcomes.map(({ ok }) => ok)).toEqual(items.map(() => true));
    expect(ordersIn(world).slice(2)).toEqual(datesOf(items));
    expect(buyersIn(world)).toHaveLength(40);
    expect(world.state.pickings).toHaveLength(42);
  });

  it('writes nothing the second time', async () => {
    const world = await aWorldWithAction(version);
    const first = await world.importer().orders(many(world, 5));
    const written = ordersIn(world);
    expect(await world.importer().orders(many(world, 5))).toEqual(first);
    expect(ordersIn(world)).toEqual(written);
    expect(buyersIn(world)).toHaveLength(5);
  });

  it.each(['before', 'after'] as const)(
    'makes each order once when the connection drops %s the answer',
    async (when) => {
      const world = await aWorldWithAction(version);
      world.platform.faults.next('ir.actions.server.run', { kind: 'drop', when });
      const items = many(world, 4);
      const outcomes = await world.importer().orders(items);
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(ordersIn(world)).toEqual(datesOf(items));
      expect(buyersIn(world)).toHaveLength(4);
    },
  );

  it('makes each order once for eight importers at the same moment, with the action and without', async () => {
    const world = await aWorldWithAction(version);
    const importers = Array.from({ length: 8 }, (_, index) =>
      index % 2 === 0 ? world.importer() : odooImport(world.options),
    );
    const all = await Promise.all(importers.map((one) => one.orders(many(world, 5))));
    expect(all.flat().every(({ ok }) => ok)).toBe(true);
    expect(ordersIn(world)).toHaveLength(5);
    expect(buyersIn(world)).toHaveLength(5);
  });

  it('finds what the other ways made, and is found by them', async () => {
    const world = await aWorldWithAction(version);
    const draftOf = ({ draft }: OrderImport) => ({ ...draft, customer: world.customer });
    const [one, two, three] = [anItem(world, 1), anItem(world, 2), anItem(world, 3)];
    const created = await world.erp.orders.create(draftOf(one), one);
    const [imported] = await odooImport(world.options).orders([two]);
    const outcomes = await world.importer().orders([one, two, three]);
    expect(outcomes).toMatchObject([{ ok: true, order: created }, imported, { ok: true }]);
    const [, , third] = outcomes;
    expect(third).toMatchObject({ ok: true, order: await world.erp.orders.create(draftOf(three), three) });
    expect(await odooImport(world.options).orders([one, two, three])).toEqual(outcomes);
    expect(world.state.saleOrders).toHaveLength(3);
  });

  it('leaves what is to be refused, and each order answers for itself', async () => {
    const world = await aWorldWithAction(version);
    const good = anItem(world, 1);
    await world.importer().orders([good]);
    const lines = [aLine({ sku: 'TEE', taxes: [aTax('0.2', '3.00')] })];
    const outcomes = await world
      .importer()
      .orders([
        anItem(world, 1, { lines: [aLine({ sku: 'CAP', price: '6.00' })] }),
        anItem(world, 2, { lines: [aLine({ sku: 'NOPE' })] }),
        anItem(world, 3, { lines }),
        { ...anItem(world, 4), customer: { system: 'odoo', kind: 'customer', id: '99999' } },
        { ...anItem(world, 1), idempotencyKey: 'another' },
        { ...anItem(world, 5), idempotencyKey: good.idempotencyKey },
        anItem(world, 6),
      ]);
    expect(outcomes.map((one) => (one.ok ? 'ok' : one.error.code))).toEqual([
      'key.reused',
      'sku.unknown',
      'totals.mismatch',
      'customer.missing',
      'record.duplicate',
      'key.reused',
      'ok',
    ]);
    expect(world.state.saleOrders.map(({ state }) => state).toSorted()).toEqual(['draft', 'sale', 'sale']);
  });

  it('takes the cents of rounding by a line of their own', async () => {
    const world = await aWorldWithAction(version, { roundingProduct: 'ROUND' });
    const tax = [aTax('0.2', '0.20')];
    const lines = ['1', '2', '3'].map((id) => aLine({ id, sku: 'TEE', price: '0.99', taxes: tax }));
    const [outcome] = await world.importer().orders([anItem(world, 1, { lines })]);
    expect(outcome).toMatchObject({ ok: true });
    expect(ordersIn(world).map(([word]) => word)).toEqual(['sale']);
    const [line] = await world.client().searchRead('sale.order', ['amount_total'], { domain: [] });
    expect(line).toMatchObject({ amount_total: Number(eur('3.57').amount) });
  });

  it('leaves quotations where orders are not to be confirmed', async () => {
    const world = await aWorldWithAction(version, { confirmOrders: false });
    const items = many(world, 3);
    const outcomes = await world.importer().orders(items);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(ordersIn(world).map(([word]) => word)).toEqual(['draft', 'draft', 'draft']);
  });

  it('writes external ids of the modules alone that it was installed for, and says which one lacks', async () => {
    const world = await aWorldWithAction(version);
    const second = world.importer({ externalIdModule: 'second' });
    const [refusal] = await second.orders([anItem(world, 1)]);
    expect(refusal).toMatchObject({
      ok: false,
      error: { code: 'options.invalid', message: expect.stringContaining('action install --module second') },
    });
    expect(ordersIn(world)).toEqual([]);
    // As the refusal advises it: the first connector's module stays.
    const [, command = ''] = /"npx @crossdock\/odoo ([^"]+) --module second"/.exec(messageOf(refusal)) ?? [];
    expect(await world.run(command, 'boss', 'admin-key', { module: 'second' })).toMatchObject({
      code: 0,
      out: expect.stringContaining('changed\nexternal ids of "crossdock", "second"'),
    });
    // Installed again without saying which, or with one that is there, it keeps them.
    expect((await world.run('action install')).out).toContain('as it was\nexternal ids of "crossdock", "second"');
    const again = await world.run('action install', 'boss', 'admin-key', { module: 'second' });
    expect(again.out).toContain('as it was\nexternal ids of "crossdock", "second"');
    expect(await second.orders([anItem(world, 1)])).toMatchObject([{ ok: true }]);
    expect(await world.importer().orders([anItem(world, 2)])).toMatchObject([{ ok: true }]);
  });

  it('takes a module away where that is asked for, and never the last', async () => {
    const world = await aWorldWithAction(version, {}, 'crossdock, second');
    const without = (module: string, flags = {}) =>
      world.run('action install', 'boss', 'admin-key', { 'without-module': module, ...flags });
    expect(await without('second')).toMatchObject({ code: 0, out: expect.stringContaining('ids of "crossdock"\n') });
    // A name that is not there is a slip: nothing is written.
    const slip = await without('secnod,crossdock', { module: 'fourth' });
    expect(slip).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^options\.invalid.*not installed: .*"secnod", so/),
    });
    expect(slip.err).toContain('those of "crossdock", "fourth"');
    expect((await world.run('action install')).out).toContain('as it was\nexternal ids of "crossdock"\n');
    const [refusal] = await world.importer({ externalIdModule: 'second' }).orders([anItem(world, 1)]);
    expect(refusal).toMatchObject({ ok: false, error: { code: 'options.invalid' } });
    expect(await without('crossdock')).toMatchObject({ code: 1, err: expect.stringMatching(/^options\.invalid/) });
    expect(await without('crossdock', { module: 'third' })).toMatchObject({
      code: 0,
      out: expect.stringContaining('external ids of "third"\n'),
    });
    expect(await world.importer({ externalIdModule: 'third' }).orders([anItem(world, 1)])).toMatchObject([
      { ok: true },
    ]);
  });

  it('is printed as it would be installed: with the modules that it has, and those that are added and taken away', async () => {
    const world = await aWorldWithAction(version, {}, 'crossdock, second');
    const printed = async (flags: object, login = 'boss', apiKey = 'admin-key') => {
      return modulesIn(await world.run('action print', login, apiKey, flags));
    };
    expect(await printed({})).toBe("modules = ['crossdock', 'second']");
    expect(await printed({ module: 'third', 'without-module': 'crossdock' })).toBe("modules = ['second', 'third']");
    expect(await printed({ 'without-module': 'secnod' })).toMatch(/^options\.invalid.*was not printed: .*"secnod"/);
    expect(await printed({ module: 'sale' })).toMatch(/^options\.invalid.*"sale" is an addon/);
    expect(await printed({}, 'connector', 'odoo-api-key')).toMatch(/^access\.denied/);
    // What is installed stays as it is.
    expect((await world.run('action install')).out).toContain('as it was\nexternal ids of "crossdock", "second"');
    // Without an Odoo it is the text for one that has none yet.
    expect(await printedAlone({})).toBe("modules = ['crossdock']");
    expect(await printedAlone({ module: 'a,b', 'without-module': 'a' })).toBe("modules = ['b']");
    expect(await printedAlone({ 'without-module': 'a' })).toMatch(/^options\.invalid.*"a", so/);
  });

  it.each(['sale', 'crossdock,base', 'Base', ''])(
    'is not installed for "%s", whose names are not ours',
    async (module) => {
      const { run } = await aWorldWithAction(version);
      const refused = await run('action install', 'boss', 'admin-key', { module });
      expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/^options\.invalid/) });
    },
  );

  it('refuses the action of another release, makes nothing, and says how to install that of this one', async () => {
    const world = await aWorldWithAction(version);
    const code = (await world.run('action print')).out;
    const [, release = ''] = /crossdock-import-orders\/(\w+)/.exec(code) ?? [];
    const admin = odooClientOf({ ...world.options, login: 'boss', apiKey: 'admin-key' });
    for (const other of ['2', release.replaceAll(/[0-9a-f]/g, (digit) => (digit === '0' ? '1' : '0'))]) {
      await admin.write('ir.actions.server', [world.serverAction], { code: code.replaceAll(release, other) });
      const [outcome] = await world.importer().orders([anItem(world, 1)]);
      expect(outcome).toMatchObject({ ok: false, error: { code: 'options.invalid' } });
      expect(messageOf(outcome)).toContain('not the one of this release');
      expect(ordersIn(world)).toEqual([]);
    }
    expect((await world.run('action install')).out).toContain(': changed');
    expect(await world.importer().orders([anItem(world, 1)])).toMatchObject([{ ok: true }]);
  });

  it.each([
    ['print', 'printed'],
    ['install', 'installed'],
  ])('says of a foreign action under its external id what was not done with it: %s', async (command, done) => {
    const world = await aWorldWithAction(version);
    const admin = odooClientOf({ ...world.options, login: 'boss', apiKey: 'admin-key' });
    await admin.write('ir.actions.server', [world.serverAction], { code: 'pass' });
    const { code, err } = await world.run(`action ${command}`);
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^link\\.conflict.*"${world.serverAction}" was not ${done} in`));
  });

  it('refuses an id that is no action of ours, and makes nothing', async () => {
    const world = await aWorldWithAction(version);
    const [outcome] = await world.importer({ serverAction: 99_999 }).orders([anItem(world, 1)]);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'options.invalid' } });
    expect(ordersIn(world)).toEqual([]);
  });
});
