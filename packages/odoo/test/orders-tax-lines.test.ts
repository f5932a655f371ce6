import { isCommerceError, subtractMoney, type OrderDraft, type TaxLine } from '@crossdock/core';
import type { OdooVersion } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { aDiscount, aDraft, aLine, aTax, eur } from './drafts.ts';
import type { OdooOptions } from '../src/index.ts';
import { aWorldWithAction } from './world-action.ts';

const ways = ['orders.create', 'a batch', 'the server action'] as const;
const fourRates = ['0.0625', '0.0025', '0.01', '0.01125'];
const rates = ['0.19', '0.21', '0.055', ...fourRates];

/** An Odoo with many taxes, and how a draft ends there by one of the three ways. */
async function aTaxedWorld(
  taxesIncluded: boolean,
  rounding: Partial<OdooOptions> = { roundingProduct: 'ROUND' },
  version: OdooVersion = '19.0',
) {
  const made = await aWorldWithAction(version);
  const taxOf = new Map(
    rates.map((rate) => [
      rate,
      made.state.addTax({ name: `Tax ${rate}`, percent: Number(rate) * 100, included: taxesIncluded }),
    ]),
  );
  const taxes = [...taxOf].map(([rate, tax]) => ({ rate, tax }));
  const options = { taxes, ...rounding };
  const send = async (way: (typeof ways)[number], draft: OrderDraft, change: Partial<OdooOptions> = {}) => {
    const item = { draft, customer: made.customer, idempotencyKey: 'k' };
    const importer = made.importer({
      ...options,
      ...change,
      ...(way === 'a batch' ? { serverAction: undefined } : {}),
    });
    try {
      if (way === 'orders.create') await made.connect({ ...options, ...change }).orders.create(draft, item);
      else for (const outcome of await importer.orders([item])) if (!outcome.ok) throw outcome.error;
      return { said: 'ok', message: '' };
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      return { said: error.code, message: error.message };
    }
  };
  const linesOf = () => made.client().searchRead('sale.order.line', ['id', 'price_tax', 'name'], { domain: [] });
  return {
    ...made,
    taxOf,
    send,
    linesOf,
    draftOf: (change: Partial<OrderDraft>) => aDraft({ taxesIncluded, customer: made.customer, ...change }),
  };
}

/** Nine caps as they should be, and a tee whose tax is said to be so much. */
const oneOfTen = (tax: string, capTax: string) => [
  ...Array.from({ length: 9 }, (_, index) =>
    aLine({ id: `${index}`, sku: 'CAP', price: '5.00', taxes: [aTax('0.19', capTax)] }),
  ),
  aLine({ id: 'tee', sku: 'TEE', price: '10.00', taxes: [aTax('0.19', tax)] }),
];

// What channels say of a line that one tax of Odoo makes.
const severalByOne: readonly [string, number, readonly TaxLine[]][] = [
  ['one tax is on top of another', 14.975, [aTax('0.05', '5.00'), aTax('0.095', '9.98')]],
  ['one rate is stated twice', 19, [aTax('0.19', '9.50'), aTax('0.19', '9.50')]],
  ['three are rounded each', 8.5, [aTax('0.0413', '4.13'), aTax('0.0313', '3.13'), aTax('0.0125', '1.25')]],
  ['it is rounded', 6.6667, [aTax('0.0667', '6.67')]],
  ['it is cut off', 6.6667, [aTax('0.0666', '6.67')]],
];

// The tax of a piece is 0.1881, and 0.158 where its price of 0.99 holds it.
const tees = (quantity: number, tax: string, rate = '0.19', change = {}) =>
  aLine({ sku: 'TEE', price: '0.99', quantity, taxes: [aTax(rate, tax)], ...change });
const pieces: readonly [boolean, string, Partial<OrderDraft>][] = [
  [false, 'four', { lines: [tees(4, '0.56', '0.19', { price: '0.76' })] }],
  [false, 'a hundred', { lines: [tees(100, '19.00')] }],
  [true, 'four', { lines: [tees(4, '0.48', '0.19', { price: '0.78' })] }],
  [true, 'a hundred', { lines: [tees(100, '16.00')] }],
  [
    false,
    'a hundred of which each is reduced',
    {
      lines: [tees(100, '17.00', '0.19', { total: '90.00', discounts: [aDiscount('9.00')] })],
    },
  ],
  [
    false,
    'many of two taxes',
    {
      lines: [tees(50, '0', '0.19', { taxes: [aTax('0.19', '9.50'), aTax('0.21', '10.50')] })],
    },
  ],
  // 0.19953 of a piece together, which the channel shares out.
  [
    true,
    'many whose taxes are rounded as one',
    {
      lines: [tees(50, '0', '0.19', { taxes: [aTax('0.19', '7.52'), aTax('0.0625', '2.48')] })],
    },
  ],
  [false, 'many of several lines beside one piece', { lines: [tees(40, '7.60'), tees(60, '11.40'), tees(1, '0.19')] }],
];

describe.each(ways)('the tax of one line of many, by %s', (way) => {
  it.each([
    [false, '0.95', ['1.82', '1.98']],
    [true, '0.80', ['1.52', '1.68']],
  ] as const)('is not what the rounding of all may be (prices hold it: %s)', async (included, capTax, taxes) => {
    for (const tax of taxes) {
      const world = await aTaxedWorld(included);
      const { said, message } = await world.send(way, world.draftOf({ lines: oneOfTen(tax, capTax) }));
      expect(said).toBe('tax.mismatch');
      expect(message).toContain(`SKU "TEE": the channel says "${tax}" for "VAT" of rate "0.19", Odoo makes "1.`);
      expect(message).not.toContain('SKU "CAP"');
      expect(world.state.saleOrders.map(({ state }) => state)).toEqual(['draft']);
      // A line of cents would be in the way of who corrects the other.
      expect(await world.linesOf()).toHaveLength(10);
    }
  });

  it.each([
    [false, '0.02'],
    [true, '0.03'],
  ])(
    'is not nothing for many cheap pieces because that of one would be (prices hold it: %s)',
    async (included, price) => {
      const world = await aTaxedWorld(included);
      const lines = [aLine({ sku: 'TEE', price, quantity: 1000, taxes: [aTax('0.19', '0.00')] })];
      const { said } = await world.send(way, world.draftOf({ lines }));
      expect(said).toBe(included ? 'tax.mismatch' : 'totals.mismatch');
      expect(world.state.saleOrders.map(({ state }) => state)).toEqual(['draft']);
      expect(await world.linesOf()).toHaveLength(1);
    },
  );

  it('is not of another rate because the sum of all does not tell: two rules that are swapped', async () => {
    const world = await aTaxedWorld(true);
    const [low = 0, high = 0] = [world.taxOf.get('0.055'), world.taxOf.get('0.21')];
    const taxes = [
      { rate: '0.055', tax: high },
      { rate: '0.21', tax: low },
    ];
    const lines = [
      aLine({ id: '1', sku: 'TEE', price: '10.00', taxes: [aTax('0.055', '0.52')] }),
      aLine({ id: '2', sku: 'CAP', price: '10.00', taxes: [aTax('0.21', '1.74')] }),
    ];
    const { said, message } = await world.send(way, world.draftOf({ lines }), { taxes });
    expect(said).toBe('tax.mismatch');
    expect(message).toContain(`rate "0.055" for "VAT", and by odoo({ taxes }) it goes by the tax "${high}" there`);
    expect(message).toContain('which is of 21 %');
    expect(world.state.saleOrders.map(({ state }) => state)).toEqual(['draft']);
  });

  it('is not of another rate because cheap lines are rounded that much', async () => {
    const world = await aTaxedWorld(true);
    const taxes = [{ rate: '0.19', tax: world.taxOf.get('0.21') ?? 0 }];
    const lines = Array.from({ length: 20 }, (_, index) =>
      aLine({ id: `${index}`, sku: 'TEE', price: '0.25', taxes: [aTax('0.19', '0.04')] }),
    );
    const { said, message } = await world.send(way, world.draftOf({ lines }), { taxes });
    expect(said).toBe('tax.mismatch');
    expect(message).toContain('which is of 21 %');
  });

  it.each(['19.00', '7.00'])('goes on when a person put the right tax on its line: %s', async (said) => {
    const world = await aTaxedWorld(false);
    const [right = 0, wrong = world.state.addTax({ name: 'Tax 7', percent: 7 })] = [world.taxOf.get('0.19')];
    const lines = [aLine({ sku: 'TEE', price: '100.00', taxes: [aTax('0.19', said)] })];
    const draft = world.draftOf({ lines });
    const change = { taxes: [{ title: 'VAT', tax: wrong }] };
    // By the rule the amounts are wrong, or right by chance.
    expect(await world.send(way, draft, change)).toMatchObject({
      said: expect.stringMatching(/^(tax|totals)\.mismatch$/),
    });
    const [line] = await world.linesOf();
    const other = said === '19.00' ? right : world.state.addTax({ name: 'Tax of 7, the other', percent: 7 });
    await world.client().write('sale.order.line', [line?.id ?? 0], { tax_ids: [[6, 0, [other]]] });
    expect(await world.send(way, draft, change)).toEqual({ said: 'ok', message: '' });
    expect(world.state.saleOrders.map(({ state }) => state)).toEqual(['sale']);
  });

  it('goes on when a person put right what two swapped rules did', async () => {
    const world = await aTaxedWorld(true);
    const [low = 0, high = 0] = [world.taxOf.get('0.055'), world.taxOf.get('0.21')];
    const taxes = [
      { rate: '0.055', tax: high },
      { rate: '0.21', tax: low },
    ];
    const lines = [
      aLine({ id: '1', sku: 'TEE', price: '10.00', taxes: [aTax('0.055', '0.52')] }),
      aLine({ id: '2', sku: 'CAP', price: '10.00', taxes: [aTax('0.21', '1.74')] }),
    ];
    const draft = world.draftOf({ lines });
    expect(await world.send(way, draft, { taxes })).toMatchObject({ said: 'tax.mismatch' });
    const [first, second] = await world.linesOf();
    await world.client().write('sale.order.line', [first?.id ?? 0], { tax_ids: [[6, 0, [low]]] });
    expect(await world.send(way, draft, { taxes })).toMatchObject({ said: 'tax.mismatch' });
    await world.client().write('sale.order.line', [second?.id ?? 0], { tax_ids: [[6, 0, [high]]] });
    expect(await world.send(way, draft, { taxes })).toEqual({ said: 'ok', message: '' });
  });

  it.each(severalByOne)('is not of another rate because %s', async (_what, percent, taxes) => {
    const world = await aTaxedWorld(false);
    const tax = world.state.addTax({ name: 'One for all', percent });
    const draft = world.draftOf({ lines: [aLine({ sku: 'TEE', price: '100.00', taxes })] });
    expect(await world.send(way, draft, { taxes: [{ tax }] })).toEqual({ said: 'ok', message: '' });
  });

  it('may be rounded otherwise by a cent, and goes on when a person corrected it', async () => {
    const world = await aTaxedWorld(false);
    expect(await world.send(way, world.draftOf({ lines: oneOfTen('1.91', '0.95') }))).toMatchObject({ said: 'ok' });
    const wrong = await aTaxedWorld(false);
    const draft = wrong.draftOf({ lines: oneOfTen('1.98', '0.95') });
    expect(await wrong.send(way, draft)).toMatchObject({ said: 'tax.mismatch' });
    const [last] = (await wrong.linesOf()).slice(-1);
    const other = wrong.state.addTax({ name: 'Tax 19.8', percent: 19.8 });
    await wrong.client().write('sale.order.line', [last?.id ?? 0], { tax_ids: [[6, 0, [other]]] });
    expect(await wrong.send(way, draft)).toMatchObject({ said: 'ok' });
  });

  it('is one of all where a person made two lines of it', async () => {
    const world = await aTaxedWorld(false);
    const draft = world.draftOf({ lines: oneOfTen('1.98', '0.95') });
    await world.send(way, draft);
    const client = world.client();
    const [last] = (await world.linesOf()).slice(-1);
    await client.write('sale.order.line', [last?.id ?? 0], { price_unit: 5 });
    const [order] = await client.searchRead('sale.order', ['id'], { domain: [] });
    const [product] = await client.searchRead('product.product', ['id'], { domain: [['default_code', '=', 'TEE']] });
    const own = { name: 'Own', product_uom_qty: 1, price_unit: 5.05, discount: 0 };
    const taxes = [[6, 0, [world.taxOf.get('0.19')]]];
    await client.create('sale.order.line', [{ ...own, order_id: order?.id, product_id: product?.id, tax_ids: taxes }]);
    expect(await world.send(way, draft)).toMatchObject({ said: 'ok' });
  });

  it('is nothing where the channel says so', async () => {
    const world = await aTaxedWorld(true);
    const free = aLine({ id: 'free', sku: 'TEE', price: '0.30' });
    const lines = [...oneOfTen('0', '0.80').slice(0, 9), free];
    const draft = world.draftOf({ lines });
    await world.send(way, draft, { confirmOrders: false });
    const [last] = (await world.linesOf()).slice(-1);
    const taxes = [[6, 0, [world.taxOf.get('0.19')]]];
    await world.client().write('sale.order.line', [last?.id ?? 0], { tax_ids: taxes });
    const { said, message } = await world.send(way, draft);
    expect(said).toBe('tax.mismatch');
    expect(message).toContain('SKU "TEE": the channel says "0.00", Odoo makes "0.05"');
  });

  it.each(pieces)('may be that of each piece, rounded (prices hold it: %s): %s', async (included, _what, change) => {
    const world = await aTaxedWorld(included);
    expect(await world.send(way, world.draftOf(change))).toEqual({ said: 'ok', message: '' });
    expect(world.state.saleOrders.map(({ state }) => state)).toEqual(['sale']);
  });

  it.each(pieces)(
    'of pieces is no other rate nevertheless (prices hold it: %s): %s',
    async (included, _what, change) => {
      for (const percent of [7, 18.5, 18.95, 19.35, 20]) {
        const world = await aTaxedWorld(included);
        const other = world.state.addTax({ name: 'Another', percent, included });
        const taxes = [
          { rate: '0.19', tax: other },
          ...['0.0625', '0.21'].map((rate) => ({ rate, tax: world.taxOf.get(rate) ?? 0 })),
        ];
        const pieceCount = change.lines?.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
        // Of four pieces that is less than a cent.
        if (pieceCount < 10 && percent > 18 && percent < 20) continue;
        const { said } = await world.send(way, world.draftOf(change), { taxes });
        expect([percent, said]).toEqual([percent, expect.stringMatching(/^(tax|totals)\.mismatch$/)]);
      }
    },
  );

  it('of pieces that is no rounded one of a piece has to be that of the line', async () => {
    // One cent less than a hundred times 0.19, and 0.20 a piece, which 0.1881 does not make.
    for (const tax of ['18.99', '20.00']) {
      const world = await aTaxedWorld(false);
      const { said } = await world.send(way, world.draftOf({ lines: [tees(100, tax)] }));
      expect(said).toMatch(/^(tax|totals)\.mismatch$/);
    }
  });

  it('of carriage counts by itself beside goods that are lowered together', async () => {
    const world = await aTaxedWorld(true);
    const { totals, ...goods } = wholeReduced('1.45', '4.35', '27.32');
    const [price, total] = [eur('5.00'), eur('5.00')];
    const carriage = { id: 's', title: 'Post', price, total, discounts: [], taxes: [aTax('0.19', '0.83')] };
    const more = { shipping: eur('5.00'), tax: eur('5.18'), total: eur('32.32') };
    const draft = world.draftOf({ ...goods, shippingLines: [carriage], totals: { ...totals, ...more } });
    const { said, message } = await world.send(way, draft);
    expect(said).toBe('tax.mismatch');
    expect(message).toContain('carriage 1: the channel says "0.83" for "VAT" of rate "0.19", Odoo makes "0.80"');
    expect(message).not.toContain('SKU');
  });

  it('needs no cents for rounding where prices hold the taxes', async () => {
    const world = await aTaxedWorld(true, {});
    const two = [aTax('0.21', '3.74')];
    const lines = [...many(2, '21.53', two), ...many(10, '18.82', four('1.08', '0.04', '0.17', '0.19'))];
    expect(await world.send(way, world.draftOf({ lines }))).toMatchObject({ said: 'ok' });
  });

  it('does not stop true orders of several rates, counts and reductions', async () => {
    const small = ['0.19', '0.21', '0.055'].map((rate, index) => ({
      line: { id: rate, sku: 'TEE', price: '0.33', quantity: 3 },
      rate,
      without: ['0.19', '0.21', '0.05'][index] ?? '',
      // Each piece rounded for itself.
      byPiece: ['0.18', '0.21', '0.06'][index] ?? '',
      holding: ['0.16', '0.17', '0.05'][index] ?? '',
    }));
    const drafts: readonly [boolean, Partial<OrderDraft>][] = [
      [false, { lines: small.map(({ line, rate, without }) => aLine({ ...line, taxes: [aTax(rate, without)] })) }],
      [false, { lines: small.map(({ line, rate, byPiece }) => aLine({ ...line, taxes: [aTax(rate, byPiece)] })) }],
      [true, { lines: small.map(({ line, rate, holding }) => aLine({ ...line, taxes: [aTax(rate, holding)] })) }],
      // Reductions by a percentage, and by a line of their own.
      [false, { lines: lowered('8.50', '1.62') }],
      [true, { lines: lowered('8.50', '1.36') }],
      [false, { lines: lowered('8.33', '1.58') }],
      [true, { lines: lowered('8.33', '1.33') }],
      // Such a line is rounded by itself in Odoo, each of its taxes.
      [false, { lines: apartReduced() }],
      // A reduction of the whole order: the taxes of the lines know it.
      [false, wholeReduced('1.73', '5.19', '32.51')],
      [true, wholeReduced('1.45', '4.35', '27.32')],
      [false, { lines: many(10, '14.67', four('0.92', '0.04', '0.15', '0.17')) }],
      [true, { lines: many(10, '18.82', four('1.08', '0.04', '0.17', '0.19')) }],
    ];
    for (const [included, change] of drafts) {
      const world = await aTaxedWorld(included);
      expect(await world.send(way, world.draftOf(change))).toEqual({ said: 'ok', message: '' });
    }
  });
});

const four = (...amounts: readonly string[]) => amounts.map((amount, index) => aTax(fourRates[index] ?? '', amount));

const many = (count: number, price: string, taxes: OrderDraft['lines'][number]['taxes']) =>
  Array.from({ length: count }, (_, index) => aLine({ id: `${price}-${index}`, sku: 'TEE', price, taxes }));

/** Three lines of a tee for ten, and with a reduction for so much. */
const lowered = (total: string, tax: string) =>
  ['1', '2', '3'].map((id) => {
    const discounts = [aDiscount(subtractMoney(eur('10.00'), eur(total)).amount)];
    return aLine({ id, sku: 'TEE', price: '10.00', total, discounts, taxes: [aTax('0.19', tax)] });
  });

/** Two lines of three tees with two taxes each, and 0.40 less for each. */
const apartReduced = () =>
  ['1', '2'].map((id) => {
    const taxes = [aTax('0.19', '2.79'), aTax('0.0625', '0.92')];
    const discounts = [aDiscount('0.40')];
    return aLine({ id, sku: 'TEE', price: '5.02', quantity: 3, total: '14.66', discounts, taxes });
  });

/** Three tees, and 2.68 less for all of them. */
function wholeReduced(tax: string, sum: string, total: string) {
  const lines = ['1', '2', '3'].map((id) => aLine({ id, sku: 'TEE', price: '10.00', taxes: [aTax('0.19', tax)] }));
  const { totals } = aDraft({ lines });
  const reduced = { goods: eur('27.32'), discount: eur('2.68'), tax: eur(sum), total: eur(total) };
  return { lines, discounts: [aDiscount('2.68')], totals: { ...totals, ...reduced } };
}

describe('the rate of a tax in Odoo', () => {
  it('is asked for once by a connector, and again before it refuses an order', async () => {
    const world = await aTaxedWorld(true);
    const tax = world.taxOf.get('0.21') ?? 0;
    const erp = world.connect({ taxes: [{ rate: '0.19', tax }], roundingProduct: 'ROUND' });
    const create = (id: string) => {
      const lines = [aLine({ sku: 'TEE', price: '0.25', taxes: [aTax('0.19', '0.04')] })];
      const draft = world.draftOf({ lines, number: id, source: { system: 'shop', kind: 'order', id } });
      return erp.orders.create(draft, { idempotencyKey: id });
    };
    const asked = () =>
      world.platform.journal.all.filter(({ operation }) => operation.startsWith('account.tax')).length;
    await expect(create('1')).rejects.toMatchObject({ code: 'tax.mismatch', details: { rate: '0.19', percent: 21 } });
    world.state.change('account.tax', tax, { amount: 19 });
    await create('1');
    const before = asked();
    await create('2');
    await create('3');
    expect(asked()).toBe(before);
  });

  it.each(['17.0', '18.0'] as const)('is that of the taxes on the lines in Odoo %s, too', async (version) => {
    const world = await aTaxedWorld(true, { roundingProduct: 'ROUND' }, version);
    const taxes = [{ rate: '0.19', tax: world.taxOf.get('0.21') ?? 0 }];
    const lines = [aLine({ sku: 'TEE', price: '0.25', taxes: [aTax('0.19', '0.04')] })];
    const draft = world.draftOf({ lines });
    expect(await world.send('a batch', draft, { taxes })).toMatchObject({ said: 'tax.mismatch' });
    const [line] = await world.linesOf();
    const right = [[6, 0, [world.taxOf.get('0.19') ?? 0]]];
    await world.client().write('sale.order.line', [line?.id ?? 0], { tax_id: right });
    expect(await world.send('a batch', draft, { taxes })).toEqual({ said: 'ok', message: '' });
  });
});
