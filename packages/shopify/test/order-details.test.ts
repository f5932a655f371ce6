import { checkTotals, orderSchema } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { refOf, shopWithGoods } from './shop.ts';

const pounds = (amount: string) => ({ amount, currency: 'GBP' });
const vat = { title: 'VAT', rate: '0.19' };

describe('what Shopify knows of an order besides its sums', () => {
  it('is kept: trials, purchase numbers, gift cards, what buyers noted on a line, who owes a tax, and risk', async () => {
    const { shop, place } = shopWithGoods();
    const placed = place({
      test: true,
      poNumber: ' PO-77 ',
      lines: [
        {
          sku: 'TEE',
          quantity: 2,
          customAttributes: [{ key: 'Engraving', value: 'Ada' }],
          taxLines: [{ ...vat, channelLiable: true }],
        },
        { title: 'Gift card', unitPrice: '25.00', quantity: 1, giftCard: true, requiresShipping: false, taxLines: [] },
      ],
      risk: {
        recommendation: 'INVESTIGATE',
        assessments: [
          { level: 'HIGH', facts: [{ description: 'The card is from elsewhere', sentiment: 'NEGATIVE' }] },
          { level: 'LOW', provider: 'Fraud app', facts: [] },
        ],
      },
    });
    const order = await shop.orders.get(refOf(placed.id));
    expect(orderSchema.parse(order)).toEqual(order);
    expect(order).toMatchObject({
      test: true,
      purchaseNumber: 'PO-77',
      lines: [
        { attributes: { Engraving: 'Ada' }, taxes: [{ owedBy: 'channel', amount: { amount: '3.80' } }] },
        { title: 'Gift card', giftCard: true, requiresShipping: false, taxes: [] },
      ],
      risk: {
        advice: 'investigate',
        assessments: [
          { level: 'high', facts: ['The card is from elsewhere'] },
          { level: 'low', provider: 'Fraud app', facts: [] },
        ],
      },
    });
    expect(order?.lines[0]).not.toHaveProperty('giftCard');
  });

  it('is left out where Shopify says nothing of it', async () => {
    const { shop, place } = shopWithGoods();
    const order = await shop.orders.get(refOf(place().id));
    for (const name of ['test', 'risk', 'purchaseNumber', 'attributes', 'presentment'])
      expect(order).not.toHaveProperty(name);
    for (const name of ['giftCard', 'attributes', 'orderedQuantity', 'presented']) {
      expect(order?.lines[0]).not.toHaveProperty(name);
    }
  });

  it('has every payment, those by gift card too, with parents and both currencies', async () => {
    const { shop, state, place } = shopWithGoods();
    const placed = place({
      presentment: { currency: 'GBP', rate: '0.8' },
      payments: [
        { gateway: 'gift_card', amount: '8.00' },
        { kind: 'authorization', gateway: 'shopify_payments' },
      ],
    });
    state.captureOrder(placed.id);
    const order = await shop.orders.get(refOf(placed.id));
    const [card, authorization, capture] = order?.transactions ?? [];
    expect(card).toMatchObject({ kind: 'sale', gateway: 'gift_card', amount: { amount: '10.00', currency: 'USD' } });
    expect(card?.presentment).toEqual({ amount: '8.00', currency: 'GBP' });
    expect(capture).toMatchObject({ kind: 'capture', parentId: authorization?.id, presentment: { amount: '24.00' } });
  });
});

describe('the tip', () => {
  it('is a fee and no goods, although it has a line', async () => {
    const { shop, place } = shopWithGoods();
    const order = await shop.orders.get(refOf(place({ tip: '5.00' }).id));
    expect(order?.lines.map(({ sku }) => sku)).toEqual(['TEE', 'MUG']);
    expect(order?.feeLines).toMatchObject([{ title: 'Tip', total: { amount: '5.00' } }]);
    expect(order?.totals).toMatchObject({
      goods: { amount: '40.00' },
      fees: { amount: '5.00' },
      total: { amount: '45.00' },
    });
    expect(order && checkTotals(order)).toEqual([]);
  });

  it('is told from an item of the same price', async () => {
    const { shop, place } = shopWithGoods();
    const wrap = { title: 'Wrapping', unitPrice: '5.00', quantity: 1, requiresShipping: false };
    const order = await shop.orders.get(refOf(place({ tip: '5.00', lines: [{ sku: 'TEE', quantity: 1 }, wrap] }).id));
    expect(order?.lines.map(({ title }) => title)).toEqual(['Goods - TEE', 'Wrapping']);
    expect(order && checkTotals(order)).toEqual([]);
  });
});

describe('an order in two currencies', () => {
  it('states each charge in both, so that the parts meet the sums to the cent', async () => {
    const { fake, connect, place } = shopWithGoods();
    const placed = place({
      presentment: { currency: 'GBP', rate: '0.8517' },
      taxLines: [vat],
      discounts: [{ amount: '4.01', code: 'OFF' }],
      shippingLines: [{ title: 'Ground', price: '6.13', discount: '1.07' }],
    });
    const read = async (fetch: typeof globalThis.fetch) => connect({ fetch }).orders.get(refOf(placed.id));
    const order = await read(fake.fetch);
    expect(order?.presentment?.totals.goods).toEqual(pounds('30.66'));
    expect(order?.lines.map(({ presented }) => presented?.total)).toEqual([pounds('23.00'), pounds('7.66')]);
    expect(order?.lines[0]?.presented?.price).toEqual(pounds('8.52'));
    expect(order?.shippingLines[0]?.presented).toMatchObject({ price: pounds('5.22'), total: pounds('4.31') });
    // A shop that converts the sum by itself states a penny less, and one that is a pound off is left for a check to find.
    const penny = await read(saying(fake.fetch, '30.66', '30.65'));
    expect(penny?.lines.map(({ presented }) => presented?.total)).toEqual([pounds('22.99'), pounds('7.66')]);
    const pound = await read(saying(fake.fetch, '30.66', '29.66'));
    expect(pound?.lines.map(({ presented }) => presented?.total)).toEqual([pounds('23.00'), pounds('7.66')]);
  });

  it('says how many were ordered where units were removed, in both', async () => {
    const { shop, state, place } = shopWithGoods();
    const placed = place({ presentment: { currency: 'GBP', rate: '0.8' }, taxLines: [vat] });
    state.editOrder(placed.id, { quantities: { [placed.lines[0]?.id ?? '']: 1 } });
    const order = await shop.orders.get(refOf(placed.id));
    expect(order?.lines).toMatchObject([
      {
        quantity: 1,
        orderedQuantity: 3,
        total: { amount: '10.00' },
        presented: { total: { amount: '8.00' }, tax: { amount: '1.52' } },
      },
      { quantity: 2, total: { amount: '10.00' } },
    ]);
    expect(order?.lines[1]).not.toHaveProperty('orderedQuantity');
    expect(order?.presentment?.totals.goods.amount).toBe('16.00');
  });

  it('leaves removed units out as long as goods are to leave, also when a first parcel came back', async () => {
    const { shop, state, place } = shopWithGoods();
    const placed = place();
    state.editOrder(placed.id, { quantities: { [placed.lines[1]?.id ?? '']: 0 } });
    state.shipOrder(placed.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    const back = state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    state.processReturn(back.id);
    state.closeReturn(back.id);
    const order = await shop.orders.get(refOf(placed.id));
    expect(order?.status).toBe('partially-shipped');
    expect(order?.lines).toMatchObject([{ sku: 'TEE', quantity: 2, orderedQuantity: 3 }]);
  });
});

/** The shop's answers with another amount in the place of one. */
function saying(fetch: typeof globalThis.fetch, amount: string, other: string): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    const { status, headers } = answer;
    return new Response((await answer.text()).replaceAll(`"${amount}"`, `"${other}"`), { status, headers });
  };
}
