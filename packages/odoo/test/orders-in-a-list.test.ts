import { isCommerceError, type CustomerDraft, type OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooImport, type ImportOutcome, type OdooOptions, type OrderImport } from '../src/index.ts';
import { aDraft, aLine, aTax } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';

type World = Awaited<ReturnType<typeof aWorldWithAction>>;

function order(id: string, draft: Partial<OrderDraft> = {}, customer: Partial<CustomerDraft> = {}): OrderImport {
  const source = { system: 'shop', kind: 'order', id } as const;
  return {
    draft: aDraft({ lines: [aLine({ sku: 'TEE' })], number: id, source, ...draft }),
    customer: { name: 'Guest', email: `guest-${id}@example.com`, shippingAddresses: [], ...customer },
    idempotencyKey: id,
  };
}

/** The order by the ports: its customer, then itself. */
async function created({ erp }: World, item: OrderImport): Promise<ImportOutcome> {
  try {
    const { draft, customer: who, idempotencyKey } = item;
    const customer = 'kind' in who ? who : await erp.customers.create(who, { idempotencyKey: `${idempotencyKey}/c` });
    const made = await erp.orders.create({ ...draft, customer }, { idempotencyKey });
    return { item, ok: true, order: made, customer };
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    return { item, ok: false, error };
  }
}

const ways = {
  create: async (world: World, items: readonly OrderImport[]) => {
    const outcomes: ImportOutcome[] = [];
    for (const item of items) outcomes.push(await created(world, item));
    return outcomes;
  },
  batch: (world: World, items: readonly OrderImport[]) => odooImport(world.options).orders(items),
  action: (world: World, items: readonly OrderImport[]) => world.importer().orders(items),
};
type Way = keyof typeof ways;
const everyWay = Object.keys(ways) as Way[];

const said = (outcomes: readonly ImportOutcome[]) => outcomes.map((one) => (one.ok ? 'ok' : one.error.code));
const messages = (outcomes: readonly ImportOutcome[]) => outcomes.flatMap((one) => (one.ok ? [] : [one.error.message]));
const statesIn = ({ state }: World) => state.saleOrders.map((one) => one.state);

function aWorld(options: Partial<OdooOptions> = {}) {
  return aWorldWithAction('19.0', options);
}

describe.each(['batch', 'action'] as const)('a list of orders by the %s', (way) => {
  it('goes on beside one whose SKU two products share', async () => {
    const here = await aWorld();
    for (const name of ['one', 'other']) here.state.addProduct({ sku: 'TWICE', name, price: 1, onHand: 10 });
    const items = [order('1'), order('2', { lines: [aLine({ sku: 'TWICE' })] }), order('3')];
    const outcomes = await ways[way](here, items);
    expect(said(outcomes)).toEqual(['ok', 'link.conflict', 'ok']);
    expect(messages(outcomes)[0]).toContain('SKU "TWICE"');
    expect(statesIn(here)).toEqual(['sale', 'sale']);
    expect(await ways[way](here, items)).toEqual(outcomes);
  });

  it.each([
    ['two products share the SKU of', 'link.conflict', 'ROUND'],
    ['there is no product for', 'sku.unknown', 'NOWHERE'],
  ])('goes on beside one that needs cents of rounding, where %s those', async (_what, code, roundingProduct) => {
    const here = await aWorld({ roundingProduct });
    here.state.addProduct({ sku: 'ROUND', name: 'other', price: 0, type: 'service', taxes: [] });
    const cent = { lines: [aLine({ sku: 'TEE', price: '0.99', taxes: [aTax('0.2', '0.21')] })] };
    const items = [order('1'), order('2', cent), order('3')];
    const outcomes = await ways[way](here, items);
    expect(said(outcomes)).toEqual(['ok', code, 'ok']);
    expect(statesIn(here).toSorted()).toEqual(['draft', 'sale', 'sale']);
  });

  it('keeps what is confirmed when a later step fails for all that are left', async () => {
    const here = await aWorld();
    const items = [order('1'), order('2', { lines: [aLine({ sku: 'NOPE' })] }), order('3')];
    if (way === 'batch')
      await ways[way](
        here,
        [items[0], items[2]].flatMap((one) => one ?? []),
      );
    here.platform.faults.always('product.product.search_read', { kind: 'drop', when: 'before' });
    const outcomes = await ways[way](here, items);
    expect(said(outcomes)).toEqual(['ok', 'network.unreachable', 'ok']);
    expect(statesIn(here)).toEqual(['sale', 'sale']);
  });

  it('is sent in halves when Odoo refuses a question for all of it, until the one to blame stands alone', async () => {
    const here = await aWorld();
    const refusal = { name: 'builtins.ValueError', message: 'No.', arguments: ['No.'], context: {}, debug: '' };
    const headers = { 'content-type': 'application/json' };
    const answer = { kind: 'answer', status: 500, headers, body: JSON.stringify(refusal) } as const;
    const question = way === 'batch' ? 'product.product.search_read' : 'ir.actions.server.run';
    // The whole list, its first half, and the first order of that.
    for (let time = 0; time < 3; time++) here.platform.faults.next(question, answer);
    const outcomes = await ways[way](
      here,
      ['1', '2', '3', '4'].map((id) => order(id)),
    );
    expect(said(outcomes)).toEqual(way === 'batch' ? ['request.rejected', 'ok', 'ok', 'ok'] : ['ok', 'ok', 'ok', 'ok']);
  });
});

const address = { name: 'Ann', lines: ['1 Main St'], city: 'Boston', countryCode: 'US' };
const nul = 'a\0b';
const bad: readonly [string, string, OrderImport][] = [
  ['no lines', 'no lines', order('2', { lines: [] })],
  ['no day', '`placedAt`', order('2', { placedAt: 'yesterday' })],
  ['the day that some systems have for none', '`placedAt`', order('2', { placedAt: '0001-01-01T00:00:00Z' })],
  ['a NUL in a SKU', '`lines.0.sku`', order('2', { lines: [aLine({ sku: nul })] })],
  ['a NUL in a title', '`lines.0.title`', order('2', { lines: [aLine({ sku: 'TEE', title: nul })] })],
  ['a NUL in the note', '`note`', order('2', { note: nul })],
  ['a NUL in its source', '`source.id`', order('2', { source: { system: 'shop', kind: 'order', id: nul } })],
  ['a NUL in an address', '`shippingAddress.city`', order('2', { shippingAddress: { ...address, city: nul } })],
  ['a NUL in the mailbox', 'email`', order('2', {}, { email: `${nul}@example.com` })],
  ['a NUL in the name', 'name`', order('2', {}, { name: nul })],
  ['half of a sign in the mailbox', 'email`', order('2', {}, { email: 'a\uD800@example.com' })],
];

describe.each(everyWay)('an order by the way of %s', (way) => {
  it.each(bad)('with %s is refused by name, and stops no other', async (_what, words, item) => {
    const here = await aWorld();
    const before = here.platform.journal.all.length;
    expect(said(await ways[way](here, [item]))).toEqual(['record.invalid']);
    // The ports make the customer by itself.
    const writes = way === 'create' ? /^sale\.order\.load/ : /\.(?:load|run)$/;
    const calls = here.platform.journal.all.slice(before);
    expect(calls.filter(({ operation }) => writes.test(operation))).toEqual([]);
    const outcomes = await ways[way](here, [order('1'), item, order('3')]);
    expect(said(outcomes)).toEqual(['ok', 'record.invalid', 'ok']);
    expect(messages(outcomes)[0]).toContain(words);
    expect(messages(outcomes)[0]).not.toContain('\0');
    expect(statesIn(here)).toEqual(['sale', 'sale']);
  });

  it('goes in with signs in what Odoo is not told', async () => {
    const here = await aWorld();
    const lines = [aLine({ sku: 'TEE', attributes: { engraving: nul } })];
    const assessments = [{ level: 'low' as const, facts: ['\uD83D'] }];
    const told = order('1', { lines, attributes: { gift: 'x\uD83D' }, risk: { assessments } });
    expect(said(await ways[way](here, [told]))).toEqual(['ok']);
    expect(statesIn(here)).toEqual(['sale']);
  });

  it('with a line that has no title gives it the SKU for one', async () => {
    const here = await aWorld();
    const outcomes = await ways[way](here, [order('1', { lines: [aLine({ sku: 'TEE', title: ' ' })] })]);
    expect(said(outcomes)).toEqual(['ok']);
    const lines = here.state.records('sale.order.line').map(({ name }) => name);
    expect(lines).toEqual(['TEE']);
  });
});
