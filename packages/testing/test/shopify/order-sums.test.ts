import fc from 'fast-check';
import { fakeShopify, shopSchemas, type OrderInput } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, valueAt } from './ask.ts';

const schemas = shopSchemas();
const bags = 'shopMoney { amount } presentmentMoney { amount }';
const query = `{ orders(first: 1) { nodes {
  taxesIncluded dutiesIncluded displayFinancialStatus
  totalPriceSet { ${bags} } subtotalPriceSet { ${bags} } totalTaxSet { ${bags} } totalTipReceivedSet { ${bags} }
  currentTotalPriceSet { ${bags} } totalOutstandingSet { ${bags} } originalTotalDutiesSet { ${bags} } originalTotalAdditionalFeesSet { ${bags} }
  taxLines { priceSet { ${bags} } } transactions { kind amountSet { ${bags} } }
  discountApplications(first: 9) { nodes { index } }
  additionalFees { price { ${bags} } }
  shippingLines(first: 9) { nodes { discountedPriceSet { ${bags} } } }
  lineItems(first: 9) { nodes { title quantity originalTotalSet { ${bags} } originalUnitPriceSet { ${bags} }
    discountAllocations { allocatedAmountSet { ${bags} } discountApplication { index } } } } } } }`;

const amount = (most: number) => fc.integer({ min: 1, max: most }).map((cents) => (cents / 100).toFixed(2));
const tax = fc.constantFrom('0.07', '0.19', '0.081', '0.2').map((rate) => ({ title: `Tax ${rate}`, rate }));
const orders: fc.Arbitrary<OrderInput> = fc.record({
  lines: fc.array(
    fc.record({
      title: fc.constantFrom('Tee', 'Cap', 'Mug'),
      unitPrice: amount(20_000),
      quantity: fc.integer({ min: 1, max: 9 }),
      taxLines: fc.array(tax, { maxLength: 2 }),
      duties: fc.array(fc.record({ price: amount(900) }), { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  shippingLines: fc.array(
    fc.record({ title: fc.constant('Post'), price: amount(900), taxLines: fc.array(tax, { maxLength: 1 }) }),
    {
      maxLength: 2,
    },
  ),
  discounts: fc.array(fc.record({ code: fc.constantFrom('A', 'B'), amount: fc.constantFrom('0.01', '0.07', '0.50') }), {
    maxLength: 2,
  }),
  additionalFees: fc.array(fc.record({ name: fc.constant('Fee'), price: amount(500) }), { maxLength: 1 }),
  taxesIncluded: fc.boolean(),
  dutiesIncluded: fc.boolean(),
  tip: fc.option(amount(900), { nil: undefined }),
  presentment: fc.option(
    fc.record({
      currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
      rate: fc.constantFrom('0.9137', '149.25', '0.3071', '1'),
    }),
    { nil: undefined },
  ),
});

/** An amount of one side of a bag in thousandths, which every currency divides. */
const of = (bag: unknown, side: 'shopMoney' | 'presentmentMoney') =>
  BigInt(Math.round(Number(valueAt(bag, [side, 'amount']) ?? 0) * 1000));
const rows = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

describe('the sums of any order', () => {
  it('are sums of what is shown, in the shop’s currency and in the buyer’s', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async (input) => {
        const platform = fakeShopify({ schemas });
        platform.state.placeOrder(input);
        const answer = await ask(platform, query);
        expect(answer.errors).toEqual([]);
        const order = answer.at('orders', 'nodes', 0);
        for (const side of ['shopMoney', 'presentmentMoney'] as const) {
          const sum = (all: readonly unknown[]) => all.reduce<bigint>((total, bag) => total + of(bag, side), 0n);
          const at = (name: string) => of(valueAt(order, [name]), side);
          const lines = rows(valueAt(order, ['lineItems', 'nodes']));
          const off = lines.flatMap((line) => rows(valueAt(line, ['discountAllocations'])));
          const tip = at('totalTipReceivedSet');
          const goods = sum(lines.map((line) => valueAt(line, ['originalTotalSet'])));
          const carriage = sum(
            rows(valueAt(order, ['shippingLines', 'nodes'])).map((line) => valueAt(line, ['discountedPriceSet'])),
          );
          const fees = sum(rows(valueAt(order, ['additionalFees'])).map((fee) => valueAt(fee, ['price'])));
          const isOn = (name: string) => valueAt(order, [name]) === false;
          expect(at('subtotalPriceSet')).toBe(
            goods - tip - sum(off.map((each) => valueAt(each, ['allocatedAmountSet']))),
          );
          expect(at('totalPriceSet')).toBe(
            at('subtotalPriceSet') +
              tip +
              carriage +
              fees +
              (isOn('dutiesIncluded') ? at('originalTotalDutiesSet') : 0n) +
              (isOn('taxesIncluded') ? at('totalTaxSet') : 0n),
          );
          expect(sum(rows(valueAt(order, ['taxLines'])).map((line) => valueAt(line, ['priceSet'])))).toBe(
            at('totalTaxSet'),
          );
          expect(at('totalOutstandingSet')).toBe(0n);
          expect(at('currentTotalPriceSet')).toBe(at('totalPriceSet'));
        }
        const known = rows(valueAt(order, ['discountApplications', 'nodes'])).length;
        const pointed = rows(valueAt(order, ['lineItems', 'nodes'])).flatMap((line) =>
          rows(valueAt(line, ['discountAllocations'])).map((each) =>
            Number(valueAt(each, ['discountApplication', 'index'])),
          ),
        );
        expect(pointed.every((index) => index < known)).toBe(true);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('end at nothing when everything is given back, in however many parts', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 4 }), async (input, parts) => {
        const platform = fakeShopify({ schemas });
        const { state } = platform;
        const order = state.placeOrder(input);
        const [payment] = state.transactionsOf(order.id);
        const whole = payment?.presented ?? '0';
        const digits = whole.split('.')[1]?.length ?? 0;
        const units = Math.round(Number(whole) * 10 ** digits);
        for (let part = 0; part < parts; part += 1) {
          const share = Math.floor((units * (part + 1)) / parts) - Math.floor((units * part) / parts);
          if (share === 0) continue;
          const answer = await ask(
            platform,
            'mutation Back($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) { userErrors { message } } }',
            {
              key: `part ${part}`,
              input: {
                orderId: order.id,
                currency: input.presentment?.currency ?? 'USD',
                transactions: [
                  {
                    orderId: order.id,
                    kind: 'REFUND',
                    gateway: 'shopify_payments',
                    parentId: payment?.id,
                    amount: (share / 10 ** digits).toFixed(digits),
                  },
                ],
              },
            },
          );
          expect(answer.at('refundCreate', 'userErrors')).toEqual([]);
        }
        const answer = await ask(
          platform,
          `{ orders(first: 1) { nodes { netPaymentSet { ${bags} } displayFinancialStatus } } }`,
        );
        const net = answer.at('orders', 'nodes', 0, 'netPaymentSet');
        expect([of(net, 'shopMoney'), of(net, 'presentmentMoney')]).toEqual([0n, 0n]);
        expect(answer.at('orders', 'nodes', 0, 'displayFinancialStatus')).toBe('REFUNDED');
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});
