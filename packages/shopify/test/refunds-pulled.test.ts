import { equalMoney, money, sumMoney, type Refund } from '@crossdock/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metParts } from '../src/refund-parts.ts';
import { toRefund } from '../src/refund-record.ts';
import { shopWithGoods } from './shop.ts';

const dollars = (amount: string) => money(amount, 'USD');

async function pulled(shop: ReturnType<typeof shopWithGoods>['shop']): Promise<readonly Refund[]> {
  const all: Refund[] = [];
  for await (const { items } of shop.refunds.pull({})) all.push(...items);
  return all;
}

function partsOf({ lines, shipping, total }: Pick<Refund, 'lines' | 'shipping' | 'total'>) {
  const parts = lines.flatMap(({ amount, tax }) => [amount, tax]);
  return sumMoney([...parts, ...(shipping ? [shipping] : [])], total.currency);
}

/** An order of 3 TEE with a duty, and a refund that somebody gives in Shopify. */
function sold() {
  const scene = shopWithGoods();
  const { fake, state } = scene;
  const placed = scene.place({
    lines: [{ title: 'Coat', unitPrice: '10.00', quantity: 3, duties: [{ price: '3.00' }] }],
  });
  const line = placed.lines[0]?.id ?? '';
  const give = async (amount: string, more: object) => {
    const [sale] = state.transactionsOf(placed.id);
    const { id: orderId } = placed;
    const transactions = [{ orderId, parentId: sale?.id, gateway: sale?.gateway, kind: 'REFUND', amount }];
    const query =
      'mutation($input: RefundInput!) { refundCreate(input: $input) @idempotent(key: "hand") { refund { id } userErrors { message } } }';
    const body = JSON.stringify({ query, variables: { input: { orderId, transactions, ...more } } });
    const headers = { 'content-type': 'application/json', 'x-shopify-access-token': state.accessToken };
    const to = 'https://acme.myshopify.com/admin/api/2026-07/graphql.json';
    const said = await (await fake.fetch(new Request(to, { method: 'POST', headers, body }))).text();
    expect(said).toContain('"userErrors":[]');
  };
  const unit = { refundLineItems: [{ lineItemId: line, quantity: 1, restockType: 'NO_RESTOCK' }] };
  return { ...scene, placed, line, give, unit };
}

function inDollars(amount: string) {
  return { shopMoney: { amount, currencyCode: 'USD' } };
}

describe('a refund that somebody gave in Shopify', () => {
  it.each([
    ['8.00', '-2.00'],
    ['12.00', '2.00'],
  ])('of %s for a unit of 10.00 is told with what was kept back or added', async (amount, besides) => {
    const { shop, give, unit, line } = sold();
    await give(amount, unit);
    const [refund] = await pulled(shop);
    expect(refund).toMatchObject({
      lines: [
        { orderLineId: line, quantity: 1, amount: dollars('10.00') },
        { quantity: 0, amount: dollars(besides), restocked: false },
      ],
      total: dollars(amount),
    });
    expect(refund?.lines[1]?.orderLineId).toMatch(/^gid:\/\/shopify\/OrderAdjustment\//);
  });

  it('of money alone is told as money alone', async () => {
    const { shop, give } = sold();
    await give('4.50', {});
    expect(await pulled(shop)).toMatchObject([
      { lines: [{ quantity: 0, amount: dollars('4.50') }], total: dollars('4.50') },
    ]);
  });

  it('with a duty tells it by the id that the order has it under', async () => {
    const { shop, give, line, placed } = sold();
    const fee = (await shop.orders.get({ system: 'shopify', kind: 'order', id: placed.id }))?.feeLines[0];
    const refundLineItems = [{ lineItemId: line, quantity: 3, restockType: 'NO_RESTOCK' }];
    await give('33.00', { refundLineItems, refundDuties: [{ dutyId: fee?.id, refundType: 'FULL' }] });
    expect(await pulled(shop)).toMatchObject([
      {
        lines: [
          { orderLineId: line, quantity: 3, amount: dollars('30.00') },
          { orderLineId: fee?.id, quantity: 0, amount: dollars('3.00') },
        ],
        total: dollars('33.00'),
      },
    ]);
  });

  it.each([
    [false, { currency: 'GBP', rate: '0.8517' }],
    [true, { currency: 'GBP', rate: '0.8517' }],
    [false, { currency: 'SEK', rate: '11.43' }],
    [false, undefined],
  ])('has parts that come to its total (tax included: %s, buyer: %o)', async (taxesIncluded, presentment) => {
    const { state, shop } = shopWithGoods({}, { currency: 'EUR' });
    for (let price = 1001; price < 1501; price += 26) {
      const { id } = state.placeOrder({
        lines: [{ sku: 'A', title: 'A', unitPrice: (price / 100).toFixed(2), quantity: 3 }],
        taxLines: [{ title: 'VAT', rate: '0.19' }],
        taxesIncluded,
        shippingLines: [{ title: 'P', price: '4.90' }],
        ...(presentment && { presentment }),
      });
      state.refundOrder(id, { lines: [{ sku: 'A', quantity: 1 }], shipping: '4.90' });
    }
    const refunds = await pulled(shop);
    expect(refunds).toHaveLength(20);
    for (const refund of refunds) expect(partsOf(refund)).toEqual(refund.total);
  });
});

describe('the parts of a refund', () => {
  const coins = fc.integer({ min: -5000, max: 5000 }).map((sum) => dollars((sum / 100).toFixed(2)));
  const line = fc.record({
    orderLineId: fc.constant('line'),
    quantity: fc.nat(3),
    amount: coins,
    tax: coins,
    restocked: fc.boolean(),
  });

  it('come to its total whatever Shopify states, and its lines stay in their order', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 4 }),
        fc.option(coins, { nil: undefined }),
        coins,
        (lines, shipping, total) => {
          const met = metParts({ id: 'refund', lines, shipping, total });
          expect(equalMoney(partsOf({ ...met, total }), total)).toBe(true);
          expect(met.lines.slice(0, lines.length).map(({ quantity }) => quantity)).toEqual(
            lines.map(({ quantity }) => quantity),
          );
        },
      ),
      { seed: 20_261_126 },
    );
  });

  it('meet what a gateway gave, also where Shopify states no adjustment', () => {
    const pageInfo = { hasNextPage: false as const, endCursor: null };
    const unit = {
      quantity: 1,
      restockType: 'NO_RESTOCK',
      subtotalSet: inDollars('10.0'),
      totalTaxSet: inDollars('1.9'),
    };
    const lines = [{ ...unit, lineItem: { id: 'line' } }];
    const wire = {
      id: 'refund',
      createdAt: null,
      processedAt: '2026-11-01T10:00:00Z',
      updatedAt: '2026-11-01T10:00:00Z',
      note: null,
      order: { id: 'order', taxesIncluded: false },
      return: null,
      duties: null,
      refundLineItems: { nodes: lines, pageInfo },
      refundShippingLines: { nodes: [], pageInfo },
      orderAdjustments: { nodes: [], pageInfo },
      transactions: { nodes: [{ kind: 'REFUND', status: 'SUCCESS', amountSet: inDollars('11.91') }], pageInfo },
    };
    expect(toRefund(wire, lines, 'shopify')).toMatchObject({
      lines: [{ quantity: 1, amount: dollars('10.01'), tax: dollars('1.90') }],
      total: dollars('11.91'),
    });
  });

  it('stay as they are stated where they meet it', () => {
    const lines = [{ orderLineId: 'a', quantity: 1, amount: dollars('9.99'), tax: dollars('0.01'), restocked: false }];
    expect(metParts({ id: 'refund', lines, shipping: undefined, total: dollars('10.00') })).toEqual({ lines });
  });
});
