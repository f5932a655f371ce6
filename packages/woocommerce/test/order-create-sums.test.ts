import {
  compareMoney,
  fromMinorUnits,
  money,
  multiplyMoney,
  roundMoney,
  subtractMoney,
  toMinorUnits,
  type OrderLine,
} from '@crossdock/core';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { aDraft, euros } from './drafts.ts';
import { shopWithGoods } from './world.ts';

const rates = { TEE: '0.19', BOOK: '0.07' } as const;

const sold = fc.record({
  sku: fc.constantFrom<keyof typeof rates>('TEE', 'BOOK'),
  cents: fc.integer({ min: 1, max: 99_999 }),
  quantity: fc.integer({ min: 1, max: 12 }),
  off: fc.integer({ min: 0, max: 100 }),
});

/** A line as a channel makes it, which rounds the tax of the line: part of the price, or on top of it. */
function lineOf(
  { sku, cents, quantity, off }: typeof sold extends fc.Arbitrary<infer T> ? T : never,
  included: boolean,
  index: number,
): OrderLine {
  const unitPrice = fromMinorUnits(BigInt(cents), 'EUR');
  const before = multiplyMoney(unitPrice, quantity);
  const discount = fromMinorUnits((toMinorUnits(before) * BigInt(off)) / 100n, 'EUR');
  const total = subtractMoney(before, discount);
  const rate = rates[sku];
  const units = toMinorUnits(total);
  const percent = BigInt(Math.round(Number(rate) * 100));
  const inside = fromMinorUnits((2n * units * percent + 100n + percent) / (2n * (100n + percent)), 'EUR');
  const amount = included ? inside : roundMoney(multiplyMoney(total, rate));
  return {
    id: `line-${index}`,
    sku,
    title: sku,
    quantity,
    unitPrice,
    discounts: off === 0 ? [] : [{ kind: 'manual', title: 'Sale', amount: discount }],
    taxes: [{ title: 'MwSt', rate, amount, owedBy: 'seller' }],
    total,
    requiresShipping: true,
  };
}

it('makes any order whose taxes are rounded otherwise, each by a cent at most, and never another sum', async () => {
  const shapes = fc.record({
    goods: fc.array(sold, { minLength: 1, maxLength: 6 }),
    included: fc.boolean(),
    atSubtotal: fc.boolean(),
    pricesIncludeTax: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ goods, included, atSubtotal, pricesIncludeTax }) => {
      const world = shopWithGoods({}, { pricesIncludeTax });
      world.state.settings.roundTaxAtSubtotal = atSubtotal;
      world.state.addTaxRate({ country: 'DE', rate: '7', name: 'MwSt', taxClass: 'reduced-rate' });
      world.state.addProduct({ sku: 'BOOK', price: '7.45', stock: 1000, taxClass: 'reduced-rate' });
      const lines = goods.map((one, index) => lineOf(one, included, index));
      const draft = aDraft(1, { lines, shippingLines: [], taxesIncluded: included });
      const { id } = await world.shop.orders.create(draft, { idempotencyKey: 'k' });
      const order = await world.shop.orders.get({ system: 'woocommerce', kind: 'order', id });
      const made = order?.totals.total ?? euros('-1.00');
      const off = subtractMoney(roundMoney(made), draft.totals.total);
      const most = fromMinorUnits(BigInt(lines.length), 'EUR');
      expect(
        compareMoney(off.amount.startsWith('-') ? money(off.amount.slice(1), 'EUR') : off, most),
      ).toBeLessThanOrEqual(0);
      expect(order?.lines.map((line) => [line.sku, line.quantity])).toEqual(
        lines.map((line) => [line.sku, line.quantity]),
      );
    }),
    { numRuns: 150 },
  );
}, 60_000);
