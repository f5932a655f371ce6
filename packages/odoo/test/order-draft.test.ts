import { equalMoney, money, multiplyMoney, subtractMoney, sumMoney, type OrderDraft } from '@crossdock/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDraft } from '../src/order-draft.ts';
import { settingsOf, type OdooOptions } from '../src/options.ts';
import { aDiscount, aDraft, aLine, aTax, eur } from './drafts.ts';

const options: OdooOptions = {
  url: 'https://erp.example.com',
  database: 'shop',
  apiKey: 'key-of-the-hub',
  version: '19',
  shippingProduct: 'SHIP',
  feeProduct: 'FEE',
  discountProduct: 'DISCOUNT',
  taxes: [
    { rate: '0.2', included: true, tax: 6 },
    { rate: '0.2', tax: 5 },
    { title: 'Reduced', tax: 7 },
  ],
};
const lines = (draft: OrderDraft, change: Partial<OdooOptions> = {}) =>
  fromDraft(draft, settingsOf({ ...options, ...change }));

describe('a draft as lines of Odoo', () => {
  it.each([
    ['no reduction', aLine({ quantity: 2, price: '19.99' }), { unitPrice: '19.99', percentOff: '0' }],
    [
      'a whole percentage',
      aLine({ quantity: 2, price: '20.00', total: '36.00' }),
      { unitPrice: '20.00', percentOff: '10.00' },
    ],
    [
      'a percentage with two digits',
      aLine({ price: '80.00', total: '70.00' }),
      { unitPrice: '80.00', percentOff: '12.50' },
    ],
    ['everything off', aLine({ price: '19.99', total: '0.00' }), { unitPrice: '19.99', percentOff: '100.00' }],
    [
      'no percentage, but a price for one',
      aLine({ price: '19.99', total: '15.98' }),
      { unitPrice: '15.98', percentOff: '0' },
    ],
    [
      'no percentage, but a price for each',
      aLine({ quantity: 2, price: '19.99', total: '35.98' }),
      { unitPrice: '17.99', percentOff: '0' },
    ],
    [
      'a surcharge inside the total',
      aLine({ quantity: 2, price: '10.00', total: '21.00' }),
      { unitPrice: '10.50', percentOff: '0' },
    ],
    ['a weight', aLine({ quantity: 1.5, price: '10.00' }), { unitPrice: '10.00', quantity: '1.5' }],
  ])('%s', (_, line, wanted) => {
    expect(lines(aDraft({ lines: [line] }))).toEqual([expect.objectContaining(wanted)]);
  });

  it('gives a reduction that neither percentage nor price expresses a line of its own, taxed like the goods', () => {
    const line = aLine({
      quantity: 3,
      price: '19.99',
      total: '50.00',
      discounts: [aDiscount('9.97')],
      taxes: [aTax('0.2', '10.00')],
    });
    expect(lines(aDraft({ lines: [line] }))).toEqual([
      expect.objectContaining({ sku: 'SKU-0001', unitPrice: '19.99', percentOff: '0', taxes: [5] }),
      expect.objectContaining({ sku: 'DISCOUNT', title: 'WELCOME', unitPrice: '-9.97', quantity: '1', taxes: [5] }),
    ]);
  });

  it('names the option when it has no product for such a line', () => {
    const draft = aDraft({ lines: [aLine({ quantity: 3, price: '19.99', total: '50.00' })] });
    const make = () => lines(draft, { discountProduct: undefined });
    expect(make).toThrow(
      expect.objectContaining({
        code: 'options.invalid',
        message: expect.stringContaining('discountProduct') as string,
      }),
    );
  });

  it('makes carriage and fees lines of services, and marks carriage as such', () => {
    const draft = aDraft({
      shippingLines: [
        {
          id: 's',
          title: 'UPS, Ground',
          price: eur('7.50'),
          discounts: [],
          taxes: [aTax('0.20', '1.50')],
          total: eur('7.50'),
        },
      ],
      feeLines: [{ id: 'f', title: 'Gift wrap', price: eur('2.00'), taxes: [], total: eur('2.00') }],
    });
    expect(lines(draft).slice(1)).toEqual([
      {
        key: 's1',
        sku: 'SHIP',
        title: 'UPS, Ground',
        quantity: '1',
        unitPrice: '7.50',
        percentOff: '0',
        taxes: [5],
        delivery: true,
      },
      {
        key: 'f1',
        sku: 'FEE',
        title: 'Gift wrap',
        quantity: '1',
        unitPrice: '2.00',
        percentOff: '0',
        taxes: [],
        delivery: false,
      },
    ]);
  });

  it('takes another tax where prices hold it', () => {
    const line = aLine({ price: '12.00', taxes: [aTax('0.2', '2.00')] });
    expect(lines(aDraft({ lines: [line], taxesIncluded: true }))[0]?.taxes).toEqual([6]);
  });

  it('says a reduction of the whole order as a line of its own', () => {
    const draft = aDraft({ lines: [aLine({ price: '10.00' }), aLine({ price: '5.00' })] });
    const totals = { ...draft.totals, goods: eur('12.00'), total: eur('12.00') };
    expect(lines({ ...draft, totals, discounts: [aDiscount('3.00')] }).at(-1)).toMatchObject({
      sku: 'DISCOUNT',
      unitPrice: '-3.00',
      title: 'WELCOME',
    });
  });

  it('takes only what is on no line for a reduction of the whole order', () => {
    const draft = aDraft({ lines: [aLine({ price: '10.00', total: '9.00', discounts: [aDiscount('1.00')] })] });
    const totals = { ...draft.totals, goods: eur('6.00'), total: eur('6.00') };
    expect(lines({ ...draft, totals, discounts: [aDiscount('4.00')] })).toMatchObject([
      { unitPrice: '10.00', percentOff: '10.00' },
      { sku: 'DISCOUNT', unitPrice: '-3.00' },
    ]);
  });

  it('gives the tax that a marketplace owes a line, and no tax of ours', () => {
    const line = aLine({ taxes: [aTax('0.08', '0.80', { title: 'CA sales tax', owedBy: 'channel' })] });
    const made = lines(aDraft({ lines: [line] }), { channelTaxProduct: 'MARKETPLACE-TAX' });
    expect(made).toMatchObject([{ taxes: [] }, { sku: 'MARKETPLACE-TAX', unitPrice: '0.80', taxes: [] }]);
  });
});

describe('what a person has to settle first', () => {
  const reduced = aLine({ price: '5.00', taxes: [aTax('0.07', '0.35', { title: 'Reduced' })] });
  const full = aLine({ price: '10.00', taxes: [aTax('0.2', '2.00')] });
  it.each([
    ['a line without a SKU', aDraft({ lines: [aLine({ sku: null })] }), 'sku.missing'],
    ['a tax without a rule', aDraft({ lines: [aLine({ taxes: [aTax('0.19', '1.90')] })] }), 'tax.mismatch'],
    [
      'a tax that no line explains',
      aDraft({ totals: { ...aDraft().totals, tax: eur('2.00'), total: eur('12.00') } }),
      'tax.mismatch',
    ],
    [
      'a total that its parts do not make',
      aDraft({ totals: { ...aDraft().totals, total: eur('10.01') } }),
      'totals.mismatch',
    ],
    [
      'carriage that its lines do not make',
      aDraft({ totals: { ...aDraft().totals, shipping: eur('1.00'), total: eur('11.00') } }),
      'totals.mismatch',
    ],
    [
      'goods above their lines',
      aDraft({ totals: { ...aDraft().totals, goods: eur('11.00'), total: eur('11.00') } }),
      'totals.mismatch',
    ],
    [
      'goods above their lines by a discount below nothing',
      {
        ...aDraft({ totals: { ...aDraft().totals, goods: eur('11.00'), total: eur('11.00') } }),
        discounts: [aDiscount('-1.00')],
      },
      'totals.mismatch',
    ],
    [
      'goods below their lines that no discount explains',
      aDraft({ totals: { ...aDraft().totals, goods: eur('6.00'), total: eur('6.00') } }),
      'totals.mismatch',
    ],
    [
      'goods further below their lines than the discounts are',
      {
        ...aDraft({ totals: { ...aDraft().totals, goods: eur('6.00'), total: eur('6.00') } }),
        discounts: [aDiscount('3.99')],
      },
      'totals.mismatch',
    ],
    [
      'goods less far below their lines than the discounts are',
      {
        ...aDraft({ totals: { ...aDraft().totals, goods: eur('6.00'), total: eur('6.00') } }),
        discounts: [aDiscount('4.01')],
      },
      'totals.mismatch',
    ],
    [
      'a discount that the lines have already, taken off once more',
      {
        ...aDraft({ lines: [aLine({ price: '10.00', total: '6.00', discounts: [aDiscount('4.00')] })] }),
        totals: { ...aDraft().totals, goods: eur('2.00'), total: eur('2.00') },
        discounts: [aDiscount('4.00')],
      },
      'totals.mismatch',
    ],
    [
      'a reduction of the whole order on lines taxed differently',
      {
        ...aDraft({ lines: [full, reduced] }),
        totals: { ...aDraft({ lines: [full, reduced] }).totals, goods: eur('12.00'), total: eur('14.35') },
        discounts: [aDiscount('3.00')],
      },
      'tax.mismatch',
    ],
  ])('%s', (_, draft, code) => {
    expect(() => lines(draft)).toThrow(expect.objectContaining({ code }));
  });

  it('is told by its numbers', () => {
    const draft = aDraft({ totals: { ...aDraft().totals, goods: eur('6.00'), total: eur('6.00') } });
    expect(() => lines(draft)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /#1042.*states "6\.00" EUR as goods, its lines make "10\.00", and no discount .* explains the "4\.00".*replay/,
        ) as string,
        details: { what: 'goods', stated: '6.00', seen: '10.00', discounts: '0.00', currency: 'EUR' },
      }),
    );
    expect(() => lines({ ...draft, discounts: [aDiscount('3.00')] })).toThrow(/discounts .* "3\.00".*"4\.00"/);
  });
});

describe('for every order', () => {
  it('the lines sum up to the total of the channel, exactly', () => {
    const cents = fc.integer({ min: 0, max: 99_999 });
    const anyLine = fc
      .record({
        quantity: fc.integer({ min: 1, max: 40 }),
        price: cents,
        off: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ quantity, price, off }) => {
        const unit = money((price / 100).toFixed(2), 'EUR').amount;
        const total = (Math.round(price * quantity * (1 - off)) / 100).toFixed(2);
        return aLine({ quantity, price: unit, total });
      });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), (goods) => {
        const draft = aDraft({ lines: goods });
        const made = lines(draft).map(({ unitPrice, quantity, percentOff }) => {
          const gross = multiplyMoney(eur(unitPrice), quantity);
          return subtractMoney(gross, multiplyMoney(gross, (Number(percentOff) / 100).toFixed(4)));
        });
        expect(equalMoney(sumMoney(made, 'EUR'), draft.totals.total)).toBe(true);
      }),
    );
  });
});
