import { isCommerceError, type OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aTax } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { versions } from './world.ts';

const ways = ['orders.create', 'a batch', 'the server action'] as const;
type World = Awaited<ReturnType<typeof aWorldWithAction>>;

/** The state of the only order after it came by one of the three ways, or the code of the refusal and what it says. */
async function sent(world: World, way: (typeof ways)[number], draft: OrderDraft) {
  const item = { draft, customer: world.customer, idempotencyKey: 'k' };
  const importer = way === 'a batch' ? world.importer({ serverAction: undefined }) : world.importer();
  try {
    if (way === 'orders.create') await world.erp.orders.create(draft, item);
    else for (const outcome of await importer.orders([item])) if (!outcome.ok) throw outcome.error;
    return { said: 'ok', message: '', states: world.state.saleOrders.map(({ state }) => state) };
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    return { said: error.code, message: error.message, states: world.state.saleOrders.map(({ state }) => state) };
  }
}

function included(world: World, tax: string, change: Partial<OrderDraft> = {}): OrderDraft {
  const lines = [
    aLine({ sku: 'CAP', price: '5.00' }),
    aLine({ id: '2', sku: 'TEE', price: '12.00', taxes: [aTax('0.2', tax)] }),
  ];
  return aDraft({ taxesIncluded: true, lines, customer: world.customer, ...change });
}

describe.each(versions)('an order whose prices hold their taxes, in Odoo %s', (version) => {
  it.each(ways)('is not confirmed by %s with another tax than the channel states', async (way) => {
    const world = await aWorldWithAction(version);
    const { said, message, states } = await sent(world, way, included(world, '1.12'));
    expect({ said, states }).toEqual({ said: 'tax.mismatch', states: ['draft'] });
    expect(message).toContain('has "2.00" EUR of tax there, the channel says "1.12"');
    expect(message).toMatch(
      /SKU "TEE": the channel says "1.12" for "VAT" of rate "0.2", Odoo makes "2.00" by its tax \d/,
    );
    expect(message).not.toContain('SKU "CAP"');
  });

  it.each(ways)('goes through by %s with the tax that the channel states, and a cent beside it', async (way) => {
    for (const tax of ['2.00', '2.01', '1.99']) {
      const world = await aWorldWithAction(version);
      expect(await sent(world, way, included(world, tax))).toMatchObject({ said: 'ok', states: ['sale'] });
    }
  });

  it.each(ways)(
    'is not confirmed by %s where a tax of two cents more is stated than its one line explains',
    async (way) => {
      const world = await aWorldWithAction(version);
      expect(await sent(world, way, included(world, '2.02'))).toMatchObject({
        said: 'tax.mismatch',
        states: ['draft'],
      });
    },
  );

  it.each(ways)('goes on by %s when the tax of its line was corrected in Odoo', async (way) => {
    const world = await aWorldWithAction(version);
    const seven = world.state.addTax({ name: 'VAT 7 incl', percent: 7, included: true });
    const draft = included(world, '0.79');
    expect(await sent(world, way, draft)).toMatchObject({ said: 'tax.mismatch' });
    const client = world.client();
    const lines = await client.searchRead('sale.order.line', ['price_tax'], { domain: [['price_tax', '>', 0]] });
    expect(lines).toHaveLength(1);
    const field = version === '19.0' ? 'tax_ids' : 'tax_id';
    await client.write(
      'sale.order.line',
      lines.map(({ id }) => id),
      { [field]: [[6, 0, [seven]]] },
    );
    expect(await sent(world, way, draft)).toMatchObject({ said: 'ok', states: ['sale'] });
  });

  it.each(ways)('is compared by %s without what the channel owes itself', async (way) => {
    const world = await aWorldWithAction(version);
    const owed = [aTax('0.05', '0.57', { owedBy: 'channel' })];
    const lines = [aLine({ sku: 'TEE', price: '12.00', taxes: owed })];
    expect(await sent(world, way, included(world, '0', { lines }))).toMatchObject({ said: 'ok', states: ['sale'] });
  });
});

/** Ten lines of four taxes each, every one of which the channel rounds for itself. */
function ofFourTaxes(world: World, taxesIncluded: boolean, price: string, amounts: readonly string[]) {
  const rates = ['0.0625', '0.0025', '0.01', '0.01125'];
  const taxes = rates.map((rate) => ({
    rate,
    tax: world.state.addTax({ name: `Tax ${rate}`, percent: Number(rate) * 100, included: taxesIncluded }),
  }));
  const stated = rates.map((rate, index) => aTax(rate, amounts[index] ?? '0'));
  const lines = Array.from({ length: 10 }, (_, index) => aLine({ id: `${index}`, sku: 'TEE', price, taxes: stated }));
  const draft = aDraft({ taxesIncluded, lines, customer: world.customer });
  const options = { taxes, roundingProduct: 'ROUND' };
  return {
    draft,
    world: {
      ...world,
      erp: world.connect(options),
      importer: (change = {}) => world.importer({ ...options, ...change }),
    },
  };
}

describe.each(versions)('an order of four taxes a line, in Odoo %s', (version) => {
  it.each(ways)('goes through by %s where each tax was rounded by the channel', async (way) => {
    const holding = ofFourTaxes(await aWorldWithAction(version), true, '18.82', ['1.08', '0.04', '0.17', '0.19']);
    expect(await sent(holding.world, way, holding.draft)).toMatchObject({ said: 'ok', states: ['sale'] });
    const without = ofFourTaxes(await aWorldWithAction(version), false, '14.67', ['0.92', '0.04', '0.15', '0.17']);
    expect(await sent(without.world, way, without.draft)).toMatchObject({ said: 'ok', states: ['sale'] });
  });

  it.each(ways)('is not confirmed by %s with more than a cent beside each tax', async (way) => {
    const { world, draft } = ofFourTaxes(await aWorldWithAction(version), true, '18.82', [
      '1.02',
      '0.04',
      '0.17',
      '0.19',
    ]);
    const { said, message, states } = await sent(world, way, draft);
    expect({ said, states }).toEqual({ said: 'tax.mismatch', states: ['draft'] });
    expect(message).not.toContain('roundingProduct');
  });
});

describe.each(ways)('an order whose prices exclude their taxes, by %s', (way) => {
  it('goes through where a line of rounding equals the cents out', async () => {
    const world = await aWorldWithAction('19.0', { roundingProduct: 'ROUND' });
    const lines = ['1', '2', '3'].map((id) => aLine({ id, sku: 'TEE', price: '0.99', taxes: [aTax('0.2', '0.20')] }));
    const draft = aDraft({ lines, customer: world.customer });
    expect(await sent(world, way, draft)).toMatchObject({ said: 'ok', states: ['sale'] });
  });

  it('is not confirmed where taxes of nothing stand beside the one that differs', async () => {
    const made = await aWorldWithAction('19.0');
    const rule = (rate: string) => ({
      rate,
      tax: made.state.addTax({ name: `Tax ${rate}`, percent: Number(rate) * 100 }),
    });
    const options = { taxes: [rule('0'), rule('0.2')], roundingProduct: 'ROUND' };
    const importer = (change = {}) => made.importer({ ...options, ...change });
    const world = { ...made, erp: made.connect(options), importer };
    const nothing = Array.from({ length: 5 }, () => aTax('0', '0.00'));
    const draft = aDraft({
      lines: [aLine({ sku: 'TEE', price: '10.00', taxes: [aTax('0.2', '2.02'), ...nothing] })],
      customer: world.customer,
    });
    const { said, states } = await sent(world, way, draft);
    expect({ said, states }).toEqual({ said: expect.stringMatching(/mismatch/), states: ['draft'] });
  });

  it('is not confirmed where another reduction hides another tax', async () => {
    const world = await aWorldWithAction('19.0');
    const draft = aDraft({
      lines: [aLine({ sku: 'TEE', price: '10.00', taxes: [aTax('0.2', '2.00')] })],
      customer: world.customer,
    });
    const confirmless = { ...world, erp: world.connect({ confirmOrders: false }) };
    await sent(confirmless, 'orders.create', draft);
    const [line] = await world.client().searchRead('sale.order.line', ['price_unit'], { domain: [] });
    await world.client().write('sale.order.line', [line?.id ?? 0], { price_unit: 12, tax_ids: [[6, 0, []]] });
    expect(await sent(world, way, draft)).toMatchObject({
      said: 'tax.mismatch',
      states: ['draft'],
      message: expect.stringContaining('the channel says "2.00"'),
    });
  });
});
