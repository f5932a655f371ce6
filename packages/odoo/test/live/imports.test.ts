import { isCommerceError, sumMoney, zeroMoney, type CustomerDraft, type OrderDraft } from '@crossdock/core';
import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest';
import {
  installImportAction,
  odooImport,
  type ImportOutcome,
  type InstalledAction,
  type OdooOptions,
  type OrderImport,
} from '../../src/index.ts';
import { describeLive } from './describe-live.ts';
import type { LiveWorld } from './live-world.ts';

const ways = ['a batch', 'the server action'] as const;
type Way = (typeof ways)[number];

/** The server action for the external ids of this run, or `undefined` where nobody gave an administrator's key. */
async function installed({ client, options }: LiveWorld): Promise<InstalledAction | undefined> {
  try {
    return await installImportAction(client, { modules: [options.externalIdModule ?? ''] });
  } catch (error) {
    if (isCommerceError(error, 'access.denied')) return undefined;
    throw error;
  }
}

/** Leaves the action as it was before this run. */
async function takenBack({ client, hand, options }: LiveWorld, { id, outcome }: InstalledAction): Promise<void> {
  if (outcome === 'made') await hand.press('ir.actions.server', 'unlink', [id]);
  else await installImportAction(client, { withoutModules: [options.externalIdModule ?? ''] });
}

const said = (outcomes: readonly ImportOutcome[]) => outcomes.map((one) => (one.ok ? 'ok' : one.error.code));

function item(draft: OrderDraft, customer?: CustomerDraft): OrderImport {
  return { draft, customer: customer ?? draft.customer, idempotencyKey: draft.source.id };
}

/** An order of three tees, each on a line of its own, of which the channel states the tax. */
function taxed({ anOrder, money, tee, currency }: LiveWorld, taxesIncluded: boolean, tax: string): OrderDraft {
  const plain = anOrder(['1', '2', '3'].map(() => ({ sku: tee.sku, quantity: 1 })));
  const taxes = [{ title: 'VAT', rate: '0.19', amount: money(tax), owedBy: 'seller' } as const];
  const lines = plain.lines.map((line) => ({ ...line, unitPrice: money('0.99'), total: money('0.99'), taxes }));
  const goods = sumMoney(
    lines.map(({ total }) => total),
    currency,
  );
  const all = sumMoney(
    lines.map(() => money(tax)),
    currency,
  );
  const total = sumMoney(taxesIncluded ? [goods] : [goods, all], currency);
  const zero = zeroMoney(currency);
  const totals = { goods, discount: zero, shipping: zero, fees: zero, tax: all, total };
  return { ...plain, taxesIncluded, lines, totals };
}

describeLive('a list of orders', (world) => {
  let action: InstalledAction | undefined;
  let options: Partial<OdooOptions> = {};
  const twice = () => `TWO-${world().run}`;

  beforeAll(async () => {
    const { client, hand, run, traces } = world();
    action = await installed(world());
    const goods = await hand.addProducts([`ROUND-${run}`, twice(), twice()], 0);
    for (const { id, template } of goods) {
      traces.products.add(id);
      traces.templates.add(template);
    }
    const [rounding] = goods;
    await client.write('product.product', [rounding?.id ?? 0], { type: 'service' });
    const [included, excluded] = [await hand.addTax(19, true), await hand.addTax(19, false)];
    for (const tax of [included, excluded]) traces.taxes.add(tax);
    const taxes = [
      { rate: '0.19', included: true, tax: included },
      { rate: '0.19', included: false, tax: excluded },
    ];
    options = { taxes, roundingProduct: rounding?.sku };
  });
  afterAll(async () => {
    if (action) await takenBack(world(), action);
  });

  /** An importer as another process would have it. */
  function importer(way: Way, { skip }: TestContext) {
    if (way === 'a batch') return odooImport({ ...world().options, ...options });
    if (!action) return skip('the user who sets the scenes may not install the server action. Give an administrator');
    return odooImport({ ...world().options, ...options, serverAction: action.id });
  }

  it.for(ways)('is made and confirmed by %s, each order once, its taxes as the channel says', async (way, context) => {
    const { count, erp } = world();
    const drafts = [taxed(world(), false, '0.19'), taxed(world(), true, '0.16'), world().anOrder()];
    const items = drafts.map((draft) => item(draft));
    const outcomes = await importer(way, context).orders(items);
    expect(said(outcomes)).toEqual(['ok', 'ok', 'ok']);
    expect(await importer(way, context).orders(items)).toEqual(outcomes);
    for (const outcome of outcomes) {
      const { number, totals, placedAt } = outcome.item.draft;
      const order = outcome.ok ? await erp.orders.get(outcome.order) : undefined;
      expect(order).toMatchObject({ status: 'confirmed', totals: { total: totals.total } });
      expect(Date.parse(order?.placedAt ?? '')).toBe(Date.parse(placedAt));
      expect(await count('sale.order', ['client_order_ref', '=', number])).toBe(1);
    }
  });

  it.for(ways)('is confirmed by %s beside those that are refused, and each of these says why', async (way, context) => {
    const { anOrder, count, run } = world();
    const list: readonly (readonly [string, OrderDraft])[] = [
      ['ok', anOrder()],
      ['link.conflict', anOrder([{ sku: twice(), quantity: 1 }])],
      ['sku.unknown', anOrder([{ sku: `NOBODY-${run}`, quantity: 1 }])],
      ['record.invalid', anOrder([])],
      ['record.invalid', anOrder([{ sku: `TEE\0${run}`, quantity: 1 }])],
      ['record.invalid', anOrder(undefined, { placedAt: '0001-01-01T00:00:00Z' })],
      ['tax.mismatch', taxed(world(), true, '0.30')],
      ['ok', anOrder()],
    ];
    const items = list.map(([, draft]) => item(draft));
    const outcomes = await importer(way, context).orders(items);
    expect(said(outcomes)).toEqual(list.map(([code]) => code));
    expect(said(await importer(way, context).orders(items))).toEqual(list.map(([code]) => code));
    const made = await Promise.all(
      list.map(([, { number }]) => count('sale.order', ['client_order_ref', '=', number])),
    );
    // What is taxed otherwise waits as a quotation.
    expect(made).toEqual([1, 0, 0, 0, 0, 0, 1, 1]);
    const states = ['client_order_ref', 'in', list.map(([, { number }]) => number)] as const;
    expect(await count('sale.order', states, ['state', '=', 'sale'])).toBe(2);
  });

  it.for(ways)('has the customers by %s that one order after the other would have', async (way, context) => {
    const { anOrder, count, run } = world();
    const email = `${way.replaceAll(' ', '-')}.${run}@example.test`;
    const guest = { name: `Live buyer ${run}`, email, shippingAddresses: [] };
    const account = { ...guest, accountNumber: `I-${run}-${way}` };
    const who = [account, guest, guest, { ...account, accountNumber: `J-${run}-${way}` }, guest];
    const outcomes = await importer(way, context).orders(who.map((one) => item(anOrder(), one)));
    // The last one may be either of two accounts.
    expect(said(outcomes)).toEqual(['ok', 'ok', 'ok', 'ok', 'customer.ambiguous']);
    const ids = outcomes.flatMap((one) => (one.ok ? [one.customer.id] : []));
    expect(ids).toEqual([ids[0], ids[0], ids[0], ids[3]]);
    expect(new Set(ids).size).toBe(2);
    expect(await count('res.partner', ['email', '=', email], ['parent_id', '=', false])).toBe(2);
  });

  it.for(ways)('is made once by %s when the answer to its making is lost', async (way, context) => {
    const { anOrder, count, lose, lostAnswers } = world();
    const items = [anOrder(), anOrder()].map((draft) => item(draft));
    const importing = importer(way, context);
    const before = lostAnswers();
    lose({ operation: way === 'a batch' ? 'sale.order.load' : 'ir.actions.server.run', how: 'hung-up' });
    await importing.orders(items);
    expect(lostAnswers()).toBe(before + 1);
    expect(said(await importer(way, context).orders(items))).toEqual(['ok', 'ok']);
    for (const { draft } of items) expect(await count('sale.order', ['client_order_ref', '=', draft.number])).toBe(1);
  });
});
