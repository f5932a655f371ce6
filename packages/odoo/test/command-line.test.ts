import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { odooClientOf } from '../src/index.ts';
import { runCommand } from '../src/command-line.ts';
import { leastRights } from '../src/least-rights.ts';
import { ownGroups } from '../src/own-groups.ts';
import { aWorld, versions } from './world.ts';

const keyOf = { connector: 'odoo-api-key', admin: 'admin-key', internal: 'internal-key', least: 'least-key' } as const;
/** What the README names. */
const leastGroups = [
  'base.group_user',
  'sales_team.group_sale_salesman_all_leads',
  'stock.group_stock_user',
  'base.group_partner_manager',
  'product.group_product_manager',
  'account.group_account_invoice',
  'purchase.group_purchase_user',
];
const orderOperations = 'orders.pull orders.get orders.create orders.confirm orders.cancel';
const customerOperations = 'customers.pull customers.get customers.create';
const stockOperations = 'inventory.get inventory.pull shipments.pull shipments.confirm';
/** Those of the README that are told by these words. */
const theirGroups = (words: string) => [
  'base.group_user',
  ...leastGroups.filter((group) =>
    words
      .replace('contact', 'partner')
      .split(' ')
      .some((word) => group.includes(word)),
  ),
];
const address = 'https://hooks.example/odoo/secret-0123456789-abcdef';

const isOurs = ({ name }: Readonly<Record<string, unknown>>) =>
  typeof name === 'string' && name.startsWith('Crossdock');

/** A command line at an Odoo, as one of its users. */
function shellOf(
  version: (typeof versions)[number],
  groups: readonly string[] = leastGroups,
  modules: readonly 'mrp'[] = [],
) {
  const world = aWorld(version, {}, { modules });
  world.state.addUser({ login: 'admin-of-rules', apiKey: keyOf.admin, kind: 'admin' });
  world.state.addUser({ login: 'internal', apiKey: keyOf.internal, kind: 'internal' });
  world.state.addUser({ login: 'least', apiKey: keyOf.least, groups });
  const loginOf = { least: 'least', connector: 'connector', admin: 'admin-of-rules', internal: 'internal' };
  const run = (line: string, user: keyof typeof keyOf = 'connector', flags = {}) =>
    runCommand(
      line.split(' '),
      flags,
      { ODOO_URL: world.platform.origin, ODOO_DATABASE: 'odoo', ODOO_LOGIN: loginOf[user], ODOO_API_KEY: keyOf[user] },
      { fetch: world.platform.fetch, clock: world.platform.clock },
    );
  return { ...world, run };
}

describe.each(versions)('crossdock-odoo on Odoo %s', (version) => {
  it('writes the types of the models that are there', async () => {
    const { out, code } = await shellOf(version).run('types res.partner product.product');
    expect(code).toBe(0);
    expect(out).toContain("declare module '@crossdock/odoo'");
    expect(out).toMatch(/'res\.partner': \{/);
    expect(out).toMatch(/country_id: Many2one \| null;/);
    expect(out).toMatch(/child_ids: readonly number\[\];/);
    expect(out).toMatch(/ type: .*'delivery'.* \| null;/);
    expect(out).toMatch(/active: boolean;/);
  });

  it('says of a model that is not there that it is not', async () => {
    expect(await shellOf(version).run('types res.nope')).toMatchObject({ code: 1, out: '' });
  });

  it('finds nothing to say of a user who is in the groups that the README names', async () => {
    const { out, code } = await shellOf(version).run('rights', 'least');
    expect(out).not.toMatch(/too (few|many)/);
    expect(code).toBe(0);
  });

  it.each([
    ['customers and orders', 'sale contact', `${customerOperations} ${orderOperations}`],
    ['orders, stock and shipments', 'sale stock contact', `${orderOperations} ${stockOperations}`],
    ['customers', 'contact', customerOperations],
    ['a catalogue', 'product', 'products.push products.pull categories.pull prices.pull'],
    ['stock, shipments and returns', 'stock', `${stockOperations} returns.create returns.confirm fulfillments.pull`],
    ['bills', 'sale invoice', 'invoices.create invoices.confirm payments.create refunds.create invoices.readiness'],
    ['purchases and arrivals', 'stock purchase_user', 'purchases.create receipts.pull receipts.confirm'],
  ])('finds nothing to say of a user with the groups of the README for %s', async (_what, groups, operations) => {
    const { out, code } = await shellOf(version, theirGroups(groups)).run(`rights ${operations}`, 'least');
    expect(out).toMatch(/^The rights are what \d+ operations need, and no more\.\n$/);
    expect(code).toBe(0);
  });

  it.each([
    ['stock.group_stock_user', 'Inventory / User'],
    ['purchase.group_purchase_user', 'Purchase / User'],
    ['account.group_account_invoice', 'Accounting / Invoicing'],
    ['product.group_product_manager', 'Products / Create'],
    ['sales_team.group_sale_manager', 'Sales / Administrator'],
    ['base.group_system', 'Role / Administrator'],
  ])('names %s as a group too many', async (group, name) => {
    const groups = [...theirGroups('sale contact'), group];
    const line = `rights ${customerOperations} ${orderOperations}`;
    const { out, code } = await shellOf(version, groups).run(line, 'least');
    expect(out.match(/is in "[^\n]*/g)).toEqual([`is in "${name}" (${group}), which nothing here needs`]);
    expect(code).toBe(1);
  });

  it('asks for bills of material where this Odoo has kits, and for a group that reads them', async () => {
    const groups = theirGroups('product');
    const line = 'rights products.push products.pull';
    const without = await shellOf(version, groups, ['mrp']).run(line, 'least');
    expect(without.out).toContain('too few: may not read "mrp.bom", needed by products.push, products.pull');
    expect((await shellOf(version, [...groups, 'stock.group_stock_user'], ['mrp']).run(line, 'least')).code).toBe(0);
    expect((await shellOf(version, [...groups, 'stock.group_stock_user']).run(line, 'least')).code).toBe(1);
    expect((await shellOf(version, leastGroups, ['mrp']).run('rights', 'least')).code).toBe(0);
  });

  it('finds nothing to say of a user who only takes orders, counts stock and ships', async () => {
    const few = leastGroups.filter((group) => /^(base|sales_team|stock)\./.test(group));
    const orders = 'orders.pull orders.get orders.create orders.confirm orders.cancel';
    const { out, code } = await shellOf(version, few).run(
      `rights ${orders} inventory.get inventory.pull shipments.pull shipments.confirm`,
      'least',
    );
    expect(out).not.toMatch(/too (few|many)/);
    expect(code).toBe(0);
  });

  it.each(leastGroups.filter((one) => one !== 'base.group_user'))('names what is missing without %s', async (group) => {
    const rest = leastGroups.filter((one) => one !== group);
    const { out, code } = await shellOf(version, rest).run('rights', 'least');
    expect(out).toContain('too few');
    expect(code).toBe(1);
  });

  it('names the group that shows everybody’s orders, where a salesperson sees only their own', async () => {
    const own = leastGroups.map((group) => group.replace('_all_leads', ''));
    const { out } = await shellOf(version, own).run('rights orders.pull', 'least');
    expect(out).toContain('too few: is not in "Sales / User: All Documents"');
    // Without that group Odoo posts no bill, whoever may write it.
    const clerk = leastGroups.filter((group) => group !== 'account.group_account_invoice');
    const { out: unposted } = await shellOf(version, clerk).run('rights invoices.confirm', 'least');
    expect(unposted).toContain('is not in "Accounting / Invoicing" (account.group_account_invoice)');
  });

  it.each([
    ['base.group_system', 'write "res.users"'],
    ['base.group_erp_manager', 'write "res.groups"'],
    ['sales_team.group_sale_manager', 'write "crm.team"'],
    ['stock.group_stock_manager', 'write "stock.warehouse"'],
    ['account.group_account_manager', 'write "account.journal"'],
  ])('says what is too many with %s', async (group, excess) => {
    const { out, code } = await shellOf(version, [...leastGroups, group]).run('rights', 'least');
    expect(out).toContain(`too many: may ${excess}`);
    expect(code).toBe(1);
  });

  it('says what a limited user may not do, and for which operation that is needed', async () => {
    const { out, code } = await shellOf(version).run('rights orders.create customers.create', 'internal');
    expect(out).toContain('too few: may not create "sale.order", needed by orders.create');
    expect(out).toContain('may not create "res.partner", needed by orders.create, customers.create');
    expect(out).not.toContain('purchase.order');
    expect(code).toBe(1);
  });

  it('says what a user may do beyond what is needed', async () => {
    const sparing = await shellOf(version).run('rights products.pull');
    expect(sparing.out).toContain('too many: may create "sale.order"');
    const admin = await shellOf(version).run('rights', 'admin');
    expect(admin.out).toContain('too many: may write "ir.actions.server"');
    expect(admin.code).toBe(1);
  });

  it('installs a rule once, however often it is asked, and its address anew', async () => {
    const { run, state } = shellOf(version);
    const line = 'webhook sale.order stock.picking';
    const install = (url: string) => run(line, 'admin', { install: true, url, 'own-user': '7' });
    expect((await install(address)).out).toBe('rule of "sale.order": made\nrule of "stock.picking": made\n');
    expect((await install(address)).out).toContain('rule of "sale.order": as it was');
    expect((await install(`${address}-2`)).out).toContain('rule of "stock.picking": changed');
    const rules = state.records('base.automation').filter(isOurs);
    expect(rules.map((rule) => rule['filter_domain'])).toEqual(Array(2).fill('[("write_uid", "!=", 7)]'));
    const actions = state.records('ir.actions.server').filter(isOurs);
    expect(actions.map((action) => [action['state'], action['webhook_url']])).toEqual(
      ['sale.order', 'stock.picking'].map(() => ['webhook', `${address}-2`]),
    );
  });

  it('makes a rule that posts what the connector reads', async () => {
    const { run, platform, customer, options } = shellOf(version);
    await run('webhook res.partner', 'admin', { install: true, url: address });
    platform.webhooks.deliver = async () => new Response();
    await odooClientOf(options).write('res.partner', [Number(customer.id)], { city: 'Salem' });
    await platform.clock.advance(5_000);
    const bodies = platform.webhooks.postings.map(({ body, url }) => [url, JSON.parse(body)] as const);
    expect(bodies.at(-1)).toEqual([
      address,
      expect.objectContaining({ _model: 'res.partner', _id: Number(customer.id) }),
    ]);
    expect(bodies.at(-1)?.[1]).toHaveProperty('write_date');
  });

  it('cannot install what its user may not', async () => {
    const refused = await shellOf(version).run('webhook sale.order', 'connector', { install: true, url: address });
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('access.denied') as unknown });
    expect(refused.err).not.toContain('secret-0123');
  });
});

describe('crossdock-odoo', () => {
  const { run } = shellOf('19.0');

  it('prints the rules without asking anybody', async () => {
    const { out, code } = await runCommand(['webhook', 'sale.order'], { print: true }, {});
    expect(code).toBe(0);
    expect(out).toContain('On create and edit');
    expect(out).toContain('write_date');
  });

  it.each([
    ['no command', '', {}],
    ['another command', 'sing', {}],
    ['types of nothing', 'types', {}],
    ['rights for what is none', 'rights orders.sing', {}],
    ['a rule of what no pull brings', 'webhook res.users', { print: true }],
    ['a rule neither to print nor to install', 'webhook sale.order', {}],
    [
      'a rule that posts to an address without a secret',
      'webhook sale.order',
      { install: true, url: 'https://a.example/x' },
    ],
    ['a user that is none', 'webhook sale.order', { print: true, 'own-user': 'me' }],
  ])('refuses %s in words', async (_what, line, flags) => {
    const { out, err, code } = await run(line, 'admin', flags);
    expect([out, code]).toEqual(['', 1]);
    expect(err.length).toBeGreaterThan(20);
  });

  it('says what is missing when it does not know which Odoo', async () => {
    expect((await runCommand(['rights'], {}, { ODOO_API_KEY: 'a-key' })).err).toContain('Set ODOO_URL');
  });

  it('repeats no key', async () => {
    const environment = { ODOO_URL: 'https://odoo.example', ODOO_DATABASE: 'odoo', ODOO_API_KEY: 'canary\nkey' };
    const { err } = await runCommand(['rights'], {}, environment);
    expect(err).toContain('options.invalid');
    expect(err).not.toContain('canary');
  });

  it.each(Object.keys(leastRights))('finds nothing to say of the groups that %s is in need of', async (operation) => {
    const theirs = ownGroups.filter(({ operations }) => operations.some((one) => one === operation));
    const groups = ['base.group_user', ...theirs.map(({ group }) => group)];
    const { out } = await shellOf('19.0', groups).run(`rights ${operation}`, 'least');
    expect(out).toBe('The rights are what 1 operations need, and no more.\n');
  });

  it('has the groups of every operation in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| [^|`]+\| `([\w.]+)` +\| ((?:`[\w.]+` ?)+) *\|$/gm)].map(
      ([, group = '', operations = '']) => [group, [...operations.matchAll(/`([^`]+)`/g)].map(([, one]) => one)],
    );
    const inNeed = ownGroups.filter(({ operations }) => operations.length > 0);
    expect(rows).toEqual(inNeed.map(({ group, operations }) => [group, operations]));
  });

  it('has the least rights of every operation in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = new Map<string, string>();
    for (const [, operations = '', rights = ''] of readme.matchAll(
      /^\| (`[a-z]+\.[a-z` .]+`) +\| ((?:[a-z, ]+ `[a-z.]+`(?:; )?)+) *\|$/gm,
    ))
      for (const [, operation = ''] of operations.matchAll(/`([^`]+)`/g)) rows.set(operation, rights.trim());
    const expected = Object.entries(leastRights).map(
      ([operation, rights]) =>
        [
          operation,
          Object.entries(rights)
            .map(([model, deeds]) => `${deeds.join(', ')} \`${model}\``)
            .join('; '),
        ] as const,
    );
    expect(rows).toEqual(new Map(expected));
  });
});
