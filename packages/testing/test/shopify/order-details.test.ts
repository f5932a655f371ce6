import type { OrderInput } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, valueAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const bags = 'shopMoney { amount currencyCode } presentmentMoney { amount currencyCode }';

async function shown(order: Partial<OrderInput>, fields: string, version = '2026-10') {
  const { platform, state } = shopWithStock();
  const placed = state.placeOrder(anOrder(order));
  const answer = await ask(platform, `{ order(id: "${placed.id}") { ${fields} } }`, {}, { version });
  expect(answer.errors).toEqual([]);
  return { platform, state, placed, at: (...path: readonly (string | number)[]) => answer.at('order', ...path) };
}

/** The two amounts of a bag. */
const amounts = (bag: unknown) => [valueAt(bag, ['shopMoney', 'amount']), valueAt(bag, ['presentmentMoney', 'amount'])];

const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0);

describe('an order in the currency of its buyer', () => {
  const inYen: Partial<OrderInput> = {
    presentment: { currency: 'JPY', rate: '149.25' },
    discounts: [{ code: 'TEN', amount: '3.00' }],
    taxLines: [{ title: 'Tax', rate: '0.1' }],
  };

  it('has sums of what is shown, in both currencies', async () => {
    const { at } = await shown(
      inYen,
      `currencyCode presentmentCurrencyCode totalPriceSet { ${bags} } subtotalPriceSet { ${bags} } totalTaxSet { ${bags} }
       totalShippingPriceSet { ${bags} } totalDiscountsSet { ${bags} }
       lineItems(first: 5) { nodes {
         quantity originalUnitPriceSet { ${bags} } originalTotalSet { ${bags} } taxLines { priceSet { ${bags} } }
         discountAllocations { allocatedAmountSet { ${bags} } discountApplication { index } } } }
       shippingLines(first: 5) { nodes { discountedPriceSet { ${bags} } taxLines { priceSet { ${bags} } } } }`,
    );
    expect([at('currencyCode'), at('presentmentCurrencyCode')]).toEqual(['USD', 'JPY']);
    for (const side of [0, 1] as const) {
      const of = (...path: readonly (string | number)[]) => Math.round(Number(amounts(at(...path))[side]) * 100);
      const lines = [0, 1].map((index) => ['lineItems', 'nodes', index] as const);
      const goods = lines.map((line) => of(...line, 'originalTotalSet'));
      const off = lines.map((line) => of(...line, 'discountAllocations', 0, 'allocatedAmountSet'));
      const taxes = lines.map((line) => of(...line, 'taxLines', 0, 'priceSet'));
      const carriage = of('shippingLines', 'nodes', 0, 'discountedPriceSet');
      const carriageTax = of('shippingLines', 'nodes', 0, 'taxLines', 0, 'priceSet');
      expect(of('subtotalPriceSet')).toBe(sum(goods) - sum(off));
      expect(of('totalTaxSet')).toBe(sum(taxes) + carriageTax);
      expect(of('totalPriceSet')).toBe(of('subtotalPriceSet') + carriage + of('totalTaxSet'));
    }
    // Three at 1493 yen each, not thirty dollars in yen.
    expect(amounts(at('lineItems', 'nodes', 0, 'originalTotalSet'))).toEqual(['30.0', '4479.0']);
  });

  it('is paid in that currency, exactly', async () => {
    const { state, placed, at } = await shown(
      inYen,
      `displayFinancialStatus totalOutstandingSet { ${bags} } totalReceivedSet { ${bags} } totalPriceSet { ${bags} }
       transactions(first: 5) { kind amountSet { ${bags} } }`,
    );
    expect(at('displayFinancialStatus')).toBe('PAID');
    expect(amounts(at('totalOutstandingSet'))).toEqual(['0.0', '0.0']);
    expect(at('transactions', 0, 'amountSet')).toEqual(at('totalPriceSet'));
    expect(state.transactionsOf(placed.id)).toMatchObject([{ kind: 'SALE', status: 'SUCCESS' }]);
  });
});

describe('what an order carries besides goods', () => {
  it('has a tip as a line that is in the total and in no subtotal', async () => {
    const { state, placed, at } = await shown(
      { tip: '5.00', lines: [{ sku: 'TEE', quantity: 1 }], shippingLines: [] },
      `totalTipReceivedSet { ${bags} } subtotalPriceSet { ${bags} } totalPriceSet { ${bags} } subtotalLineItemsQuantity
       lineItems(first: 5) { nodes { title quantity requiresShipping variant { id } } }
       nonFulfillableLineItems(first: 5) { nodes { title } }`,
    );
    expect(amounts(at('totalTipReceivedSet'))[0]).toBe('5.0');
    expect([amounts(at('subtotalPriceSet'))[0], amounts(at('totalPriceSet'))[0]]).toEqual(['10.0', '15.0']);
    expect(at('subtotalLineItemsQuantity')).toBe(1);
    expect(at('lineItems', 'nodes', 1)).toEqual({ title: 'Tip', quantity: 1, requiresShipping: false, variant: null });
    expect(at('nonFulfillableLineItems', 'nodes')).toEqual([{ title: 'Tip' }]);
    const edited = state.editOrder(placed.id, { quantities: { [placed.lines[0]?.id ?? '']: 0 } });
    expect(edited.total).toBe('15.00');
  });

  it('has duties on top of its prices, or inside them', async () => {
    const lines = [
      { sku: 'TEE', quantity: 2, duties: [{ price: '4.00', countryCode: 'CN', harmonizedSystemCode: '610910' }] },
    ];
    const fields = `totalPriceSet { ${bags} } currentTotalDutiesSet { ${bags} } originalTotalDutiesSet { ${bags} } dutiesIncluded
      lineItems(first: 1) { nodes { duties { countryCodeOfOrigin harmonizedSystemCode price { ${bags} } } } }`;
    const onTop = await shown({ lines, shippingLines: [] }, fields);
    expect(amounts(onTop.at('totalPriceSet'))[0]).toBe('24.0');
    expect(onTop.at('lineItems', 'nodes', 0, 'duties', 0)).toMatchObject({
      countryCodeOfOrigin: 'CN',
      harmonizedSystemCode: '610910',
    });
    const inside = await shown({ lines, shippingLines: [], dutiesIncluded: true }, fields);
    expect(amounts(inside.at('totalPriceSet'))[0]).toBe('20.0');
    expect(inside.at('dutiesIncluded')).toBe(true);
  });

  it('tells taxes that the channel pays from those of the merchant', async () => {
    const { at } = await shown(
      {
        lines: [{ sku: 'TEE', quantity: 1, taxLines: [{ title: 'State', rate: '0.06', channelLiable: true }] }],
        shippingLines: [{ title: 'Standard', price: '5.00', taxLines: [{ title: 'State', rate: '0.06' }] }],
      },
      'taxLines { title channelLiable priceSet { shopMoney { amount } } }',
    );
    expect(at('taxLines')).toEqual([
      { title: 'State', channelLiable: true, priceSet: { shopMoney: { amount: '0.6' } } },
      { title: 'State', channelLiable: false, priceSet: { shopMoney: { amount: '0.3' } } },
    ]);
  });

  it('has discounts of all kinds, that lines point to by index', async () => {
    const { at } = await shown(
      {
        lines: [
          {
            sku: 'TEE',
            quantity: 1,
            discount: { kind: 'manual', title: 'Sorry', description: 'Late', amount: '1.00' },
          },
          { sku: 'CAP', quantity: 1 },
        ],
        shippingLines: [{ title: 'Standard', price: '5.00', discount: { code: 'FREESHIP', amount: '5.00' } }],
        discounts: [
          { code: 'TWO', amount: '2.00' },
          { kind: 'automatic', title: 'Caps', percentage: 10, amount: '0.75', lines: [1] },
          { kind: 'script', title: 'Loyal', amount: '0.50' },
        ],
      },
      `discountApplications(first: 9) { nodes { __typename index allocationMethod targetSelection targetType
         value { ... on MoneyV2 { amount } ... on PricingPercentageValue { percentage } }
         ... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title }
         ... on ManualDiscountApplication { named: title description } ... on ScriptDiscountApplication { called: title } } }
       lineItems(first: 5) { nodes { discountAllocations { discountApplication { index } } } }
       shippingLines(first: 5) { nodes { discountAllocations { discountApplication { index } } } }`,
    );
    expect(at('discountApplications', 'nodes')).toMatchObject([
      {
        __typename: 'ManualDiscountApplication',
        index: 0,
        named: 'Sorry',
        description: 'Late',
        targetSelection: 'EXPLICIT',
      },
      {
        __typename: 'DiscountCodeApplication',
        index: 1,
        code: 'TWO',
        allocationMethod: 'ACROSS',
        targetSelection: 'ALL',
      },
      {
        __typename: 'AutomaticDiscountApplication',
        index: 2,
        title: 'Caps',
        targetSelection: 'ENTITLED',
        value: { percentage: 10 },
      },
      { __typename: 'ScriptDiscountApplication', index: 3, called: 'Loyal' },
      { __typename: 'DiscountCodeApplication', index: 4, code: 'FREESHIP', targetType: 'SHIPPING_LINE' },
    ]);
    const indexes = (path: string, row: number) =>
      [0, 1, 2, 3].flatMap(
        (each) => at(path, 'nodes', row, 'discountAllocations', each, 'discountApplication', 'index') ?? [],
      );
    expect([indexes('lineItems', 0), indexes('lineItems', 1), indexes('shippingLines', 0)]).toEqual([
      [0, 1, 3],
      [1, 2, 3],
      [4],
    ]);
  });

  it('says what is thought of its risk, which can change', async () => {
    const { platform, state, placed, at } = await shown(
      { risk: { recommendation: 'ACCEPT', assessments: [{ level: 'LOW' }] } },
      'risk { recommendation assessments { riskLevel provider { title } facts { description sentiment } } }',
    );
    expect(at('risk')).toEqual({
      recommendation: 'ACCEPT',
      assessments: [{ riskLevel: 'LOW', provider: null, facts: [] }],
    });
    state.assessOrder(placed.id, {
      recommendation: 'INVESTIGATE',
      assessments: [
        {
          level: 'HIGH',
          provider: 'Watchdog',
          facts: [{ description: 'Card of another country', sentiment: 'NEGATIVE' }],
        },
      ],
    });
    const again = await ask(
      platform,
      '{ orders(first: 1, query: "risk_level:high") { nodes { risk { recommendation assessments { provider { title } } } } } }',
    );
    expect(again.at('orders', 'nodes', 0, 'risk')).toEqual({
      recommendation: 'INVESTIGATE',
      assessments: [{ provider: { title: 'Watchdog' } }],
    });
  });
});

describe('how an order is paid', () => {
  it('takes a gift card first and a card for the rest', async () => {
    const { at } = await shown(
      {
        lines: [{ sku: 'TEE', quantity: 3 }],
        shippingLines: [],
        payments: [{ gateway: 'gift_card', amount: '12.00' }, {}],
      },
      'displayFinancialStatus paymentGatewayNames transactions(first: 9) { kind gateway amountSet { shopMoney { amount } } }',
    );
    expect(at('displayFinancialStatus')).toBe('PAID');
    expect(at('transactions')).toEqual([
      { kind: 'SALE', gateway: 'gift_card', amountSet: { shopMoney: { amount: '12.0' } } },
      { kind: 'SALE', gateway: 'shopify_payments', amountSet: { shopMoney: { amount: '18.0' } } },
    ]);
  });

  it('counts cash without what was given back, and no payment that failed', async () => {
    const { at } = await shown(
      {
        lines: [{ sku: 'TEE', quantity: 1 }],
        shippingLines: [],
        gateway: 'cash',
        payments: [
          { status: 'failure', gateway: 'shopify_payments', errorCode: 'CARD_DECLINED' },
          { amount: '20.00', change: '10.00' },
        ],
      },
      'displayFinancialStatus totalReceivedSet { shopMoney { amount } } transactions(first: 9) { kind status errorCode parentTransaction { kind } }',
    );
    expect(at('displayFinancialStatus')).toBe('PAID');
    expect(at('totalReceivedSet', 'shopMoney', 'amount')).toBe('10.0');
    expect(at('transactions')).toEqual([
      { kind: 'SALE', status: 'FAILURE', errorCode: 'CARD_DECLINED', parentTransaction: null },
      { kind: 'SALE', status: 'SUCCESS', errorCode: null, parentTransaction: null },
      { kind: 'CHANGE', status: 'SUCCESS', errorCode: null, parentTransaction: { kind: 'SALE' } },
    ]);
  });
});

describe('an order that is edited', () => {
  const vat = [{ title: 'VAT', rate: '0.2' }];

  it('keeps what it was, and shows what it is now', async () => {
    const { platform, state, placed } = await shown({ taxLines: vat }, 'id');

    const [tee, cap] = placed.lines.map(({ id }) => id);
    await platform.clock.advance(1000);
    const edited = state.editOrder(placed.id, {
      quantities: { [tee ?? '']: 1, [cap ?? '']: 3 },
      add: [{ title: 'Wrapping', unitPrice: '2.00', quantity: 1, requiresShipping: false, taxLines: vat }],
    });
    expect(edited.lines.map(({ quantity, currentQuantity }) => [quantity, currentQuantity])).toEqual([
      [3, 1],
      [3, 3],
      [1, 1],
    ]);
    const answer = await ask(
      platform,
      `{ order(id: "${placed.id}") { edited displayFinancialStatus originalTotalPriceSet { shopMoney { amount } }
         currentTotalPriceSet { shopMoney { amount } } totalOutstandingSet { shopMoney { amount } }
         lineItems(first: 5) { nodes { variant { id } sku } } } }`,
    );
    // 30 + 7.50 + 4.90 and a fifth of it; then 10 + 22.50 + 2 + 4.90 and a fifth of it.
    expect(answer.at('order')).toMatchObject({
      edited: true,
      displayFinancialStatus: 'PAID',
      originalTotalPriceSet: { shopMoney: { amount: '50.88' } },
      currentTotalPriceSet: { shopMoney: { amount: '47.28' } },
      totalOutstandingSet: { shopMoney: { amount: '-3.6' } },
    });
    expect(answer.at('order', 'lineItems', 'nodes', 2)).toEqual({ variant: null, sku: null });
    expect(state.fulfillmentOrdersOf(placed.id).flatMap(({ lines }) => lines.map(({ total }) => total))).toEqual([
      1, 1, 2,
    ]);
    expect(state.stock('CAP')).toMatchObject({ available: 17, committed: 3 });
  });

  it('is partly paid when it got dearer', async () => {
    const { state, placed } = await shown({}, 'id');
    const edited = state.editOrder(placed.id, { add: [{ sku: 'CAP', quantity: 2 }] });
    expect(edited).toMatchObject({ financialStatus: 'PARTIALLY_PAID', edited: true });
    expect(state.payOrder(placed.id).financialStatus).toBe('PAID');
  });
});
