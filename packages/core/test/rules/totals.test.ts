import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkTotals,
  fromMinorUnits,
  multiplyMoney,
  orderSchema,
  roundMoney,
  sumMoney,
  totalsError,
  type CheckTotalsOptions,
  type Money,
  type Order,
  type OrderTotals,
} from '@crossdock/core/model';
import { discount, euro, line, order, tax } from './full-order.ts';

const wrongPlaces = (subject: Order, options?: CheckTotalsOptions): string[] =>
  checkTotals(subject, options).map((finding) => finding.path);
const totals = (changes: Partial<OrderTotals>): Pick<Order, 'totals'> => ({
  totals: { ...order().totals, ...changes },
});

const pound = (amount: string): Money => ({ amount, currency: 'GBP' });
/** An order whose first tax is this, and whose sums follow. */
const cutOff = (amount: string): Order =>
  order({
    lines: [line({ taxes: [tax(amount, '0.19')] })],
    ...totals({ tax: euro((Number(amount) + 1.31).toFixed(2)) }),
  });

const taxPlaces = (amount: string, perTax?: number): string[] =>
  wrongPlaces(cutOff(amount), perTax === undefined ? {} : { tolerance: { because: 'test', perTax } }).filter(
    (path) => path === 'lines[0].taxes',
  );

describe('checkTotals', () => {
  it('has nothing to say about an order that adds up', () => {
    expect(orderSchema.parse(order())).toEqual(order());
    expect(checkTotals(order())).toEqual([]);
  });

  it('finds an order whose amounts are not stated, although its zeros add up', () => {
    const unknown = order({ amounts: 'not-stated' });
    expect(checkTotals(unknown)).toMatchObject([{ code: 'money.invalid', path: 'amounts' }]);
    expect(totalsError(unknown, checkTotals(unknown))).toMatchObject({ code: 'money.invalid', refs: [{ id: '7' }] });
  });

  it.each(['goods', 'discount', 'shipping', 'fees'] as const)(
    'finds %s one cent off, and what follows from it',
    (name) => {
      const stated = totals({ [name]: euro((Number(order().totals[name].amount) + 0.01).toFixed(2)) });
      expect(wrongPlaces(order(stated))).toContain(`totals.${name}`);
    },
  );

  it('finds a grand total one cent off, and says what it expected and saw', () => {
    expect(checkTotals(order(totals({ total: euro('49.95') })))).toEqual([
      {
        code: 'totals.mismatch',
        path: 'totals.total',
        message: expect.stringContaining('Order "1042"'),
        expected: euro('49.94'),
        seen: euro('49.95'),
        difference: euro('0.01'),
      },
    ]);
  });

  it('finds a line whose total is not quantity × price less discounts', () => {
    const wrong = order({
      lines: [line({ total: euro('35.08') })],
      ...totals({ goods: euro('35.08'), total: euro('49.95') }),
    });
    expect(wrongPlaces(wrong)).toEqual(['lines[0].total']);
  });

  it('finds a fee and carriage that are not their price', () => {
    const [carriage] = order().shippingLines;
    const [wrap] = order().feeLines;
    const wrong = order({
      shippingLines: carriage === undefined ? [] : [{ ...carriage, discounts: [discount('1.00')] }],
      feeLines: wrap === undefined ? [] : [{ ...wrap, price: euro('1.99') }],
      ...totals({ discount: euro('4.90') }),
    });
    expect(wrongPlaces(wrong)).toEqual(['shippingLines[0].total', 'feeLines[0].total']);
  });

  it('finds a sum of taxes that is not the sum', () => {
    const wrong = checkTotals(order(totals({ tax: euro('7.98'), total: euro('49.95') })));
    expect(wrong).toMatchObject([{ code: 'tax.mismatch', path: 'totals.tax', difference: euro('0.01') }]);
  });

  it('finds a tax that is not its rate, in an order that adds up', () => {
    const sevenPercent = line({ taxes: [tax('2.45', '0.19')] });
    const wrong = order({ lines: [sevenPercent], ...totals({ tax: euro('3.76'), total: euro('45.73') }) });
    expect(checkTotals(wrong)).toMatchObject([
      { code: 'tax.mismatch', path: 'lines[0].taxes', expected: euro('6.66'), seen: euro('2.45') },
    ]);
    expect(checkTotals(wrong, { rates: 'ignore' })).toEqual([]);
  });

  it('leaves a tax alone that states no rate', () => {
    const unknown = line({ taxes: [tax('2.45')] });
    expect(checkTotals(order({ lines: [unknown], ...totals({ tax: euro('3.76'), total: euro('45.73') }) }))).toEqual(
      [],
    );
  });

  it('takes the tax out of prices that include it', () => {
    const inside = order({
      taxesIncluded: true,
      lines: [line({ taxes: [tax('5.60', '0.19')] })],
      shippingLines: [],
      feeLines: [],
      ...totals({ shipping: euro('0.00'), fees: euro('0.00'), tax: euro('5.60'), total: euro('35.07') }),
    });
    expect(checkTotals(inside)).toEqual([]);
    const onTop = { ...inside, totals: { ...inside.totals, total: euro('40.67') } };
    expect(wrongPlaces(onTop)).toEqual(['totals.total']);
  });

  it.each([
    ['side by side', '5.00', '9.98', '14.98', '114.98'],
    ['one on top of the other', '5.00', '10.48', '15.48', '115.48'],
  ])('accepts two taxes %s', (_, first, second, both, total) => {
    const quebec = order({
      lines: [
        line({
          quantity: 1,
          unitPrice: euro('100'),
          discounts: [],
          total: euro('100'),
          taxes: [tax(first, '0.05'), tax(second, '0.0998')],
        }),
      ],
      shippingLines: [],
      feeLines: [],
      totals: {
        goods: euro('100'),
        discount: euro('0'),
        shipping: euro('0'),
        fees: euro('0'),
        tax: euro(both),
        total: euro(total),
      },
    });
    expect(checkTotals(quebec, { tolerance: { because: 'exact', perTax: 0 } })).toEqual([]);
  });

  it('accepts one coin between two ways of rounding a tax, and more only when told', () => {
    expect(taxPlaces('6.65')).toEqual([]);
    expect(taxPlaces('6.65', 0)).toEqual(['lines[0].taxes']);
    expect(taxPlaces('6.64')).toEqual(['lines[0].taxes']);
    expect(taxPlaces('6.64', 2)).toEqual([]);
  });

  it('accepts a stated tolerance up to its last coin, for the part it names', () => {
    const offByOne = order(totals({ tax: euro('7.98'), total: euro('49.95') }));
    const offByTwo = order(totals({ tax: euro('7.99'), total: euro('49.96') }));
    const tolerance = { because: 'WooCommerce rounds tax at the subtotal', tax: 1 };
    expect(wrongPlaces(offByOne, { tolerance })).toEqual([]);
    expect(wrongPlaces(offByTwo, { tolerance })).toEqual(['totals.tax']);
    expect(wrongPlaces(offByOne, { tolerance: { because: 'lines only', perLine: 5 } })).toEqual(['totals.tax']);
  });

  it('rounds a line once, to the coin, where its price has more digits', () => {
    const parts = [line({ unitPrice: euro('11.6897'), discounts: [], total: euro('35.07') })];
    expect(checkTotals(order({ lines: parts, ...totals({ discount: euro('0') }) }))).toEqual([]);
  });

  it('reckons with weights', () => {
    const cheese = line({
      quantity: 0.35,
      unitPrice: euro('19.90'),
      discounts: [],
      taxes: [tax('0.49', '0.07')],
      total: euro('6.97'),
    });
    const stated = { goods: euro('6.97'), discount: euro('0'), tax: euro('1.80'), total: euro('15.67') };
    expect(checkTotals(order({ lines: [cheese], ...totals(stated) }))).toEqual([]);
  });

  it('finds a foreign currency instead of adding it', () => {
    const mixed = line({ unitPrice: { amount: '12.99', currency: 'USD' } });
    expect(checkTotals(order({ lines: [mixed] }))).toMatchObject([
      { code: 'money.invalid', path: 'lines[0].unitPrice' },
    ]);
  });

  it('checks what the buyer saw in their own currency by itself', () => {
    const seen = {
      goods: pound('30.00'),
      discount: pound('3.30'),
      shipping: pound('4.20'),
      fees: pound('1.70'),
      tax: pound('6.80'),
      total: pound('42.70'),
    };
    expect(checkTotals(order({ presentment: { currency: 'GBP', totals: seen } }))).toEqual([]);
    // Goods, carriage, fee, tax and total were each converted and rounded alone: together at most two and a half pence.
    const totalled = (amount: string) =>
      wrongPlaces(order({ presentment: { currency: 'GBP', totals: { ...seen, total: pound(amount) } } }));
    expect([totalled('42.68'), totalled('42.72')]).toEqual([[], []]);
    expect(totalled('42.67')).toEqual(['presentment.totals.total']);
    expect(totalled('42.73')).toEqual(['presentment.totals.total']);
  });

  it('finds an amount that is not in the currency in which the buyer saw the rest', () => {
    const none = pound('0.00');
    const seen = { goods: none, discount: none, shipping: none, fees: none, tax: none, total: none };
    const presentment = { currency: 'GBP', totals: seen };
    const inPounds = { price: pound('11.20'), total: pound('30.26'), tax: pound('5.75') };
    expect(wrongPlaces(order({ presentment, lines: [line({ presented: inPounds })] }))).not.toContain(
      'lines[0].presented.total',
    );
    const inEuro = { ...inPounds, total: euro('35.07') };
    expect(checkTotals(order({ presentment, lines: [line({ presented: inEuro })] }))).toMatchObject([
      { code: 'money.invalid', path: 'lines[0].presented.total' },
    ]);
    const carried = order().shippingLines.map((one) => ({ ...one, presented: { ...inPounds, price: euro('4.90') } }));
    expect(wrongPlaces(order({ presentment, shippingLines: carried }))).toEqual(['shippingLines[0].presented.price']);
  });

  it('accepts a penny between goods and total where the buyer paid for nothing else, and no more', () => {
    const none = pound('0.00');
    const seen = { goods: pound('30.00'), discount: none, shipping: none, fees: none, tax: none };
    const goods = order({
      lines: [line({ taxes: [] })],
      shippingLines: [],
      feeLines: [],
      ...totals({ shipping: euro('0.00'), fees: euro('0.00'), tax: euro('0.00'), total: euro('35.07') }),
    });
    const seenBy = (total: Money) => ({ ...goods, presentment: { currency: 'GBP', totals: { ...seen, total } } });
    expect(wrongPlaces(seenBy(pound('30.01')))).toEqual([]);
    expect(wrongPlaces(seenBy(pound('30.02')))).toEqual(['presentment.totals.total']);
  });

  it('accepts every order that was reckoned rightly, and no order with a cent moved', () => {
    const anyLine = fc
      .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 1 }))
      .map(([quantity, cents, off]) => {
        const unitPrice = fromMinorUnits(BigInt(cents), 'EUR');
        const discounts = off === 1 ? [discount('0.01')] : [];
        const total = sumMoney([multiplyMoney(unitPrice, quantity), ...discounts.map(() => euro('-0.01'))], 'EUR');
        const taxes = [{ ...tax('0', '0.19'), amount: roundMoney(multiplyMoney(total, '0.19')) }];
        return line({ quantity, unitPrice, discounts, total, taxes });
      });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), fc.nat(), (lines, pick) => {
        const goods = sumMoney(
          lines.map((one) => one.total),
          'EUR',
        );
        const taxes = sumMoney(
          lines.flatMap((one) => one.taxes.map(({ amount }) => amount)),
          'EUR',
        );
        const right = order({
          lines,
          shippingLines: [],
          feeLines: [],
          totals: {
            goods,
            discount: sumMoney(
              lines.flatMap((one) => one.discounts.map(({ amount }) => amount)),
              'EUR',
            ),
            shipping: euro('0'),
            fees: euro('0'),
            tax: taxes,
            total: sumMoney([goods, taxes], 'EUR'),
          },
        });
        expect(checkTotals(right, { tolerance: { because: 'exact', perTax: 0 } })).toEqual([]);
        const index = pick % lines.length;
        const moved = lines.map((one, at) =>
          at === index ? { ...one, total: sumMoney([one.total, euro('0.01')], 'EUR') } : one,
        );
        expect(wrongPlaces({ ...right, lines: moved })).toContain(`lines[${index}].total`);
      }),
    );
  });
});

describe('totalsError', () => {
  it('is a tax matter only when nothing else is wrong', () => {
    const taxOnly = order(totals({ tax: euro('7.98'), total: euro('49.95') }));
    expect(totalsError(taxOnly, checkTotals(taxOnly))).toMatchObject({ code: 'tax.mismatch', system: 'shop' });
    const both = order(totals({ tax: euro('7.98') }));
    const error = totalsError(both, checkTotals(both));
    expect(error).toMatchObject({ code: 'totals.mismatch', refs: [both.ref] });
    expect(error?.details).toMatchObject({ findings: [{ path: 'totals.total' }, { path: 'totals.tax' }] });
  });

  it('is nothing for an order that adds up', () => {
    expect(totalsError(order(), [])).toBeUndefined();
  });
});
