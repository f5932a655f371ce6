import { checkTotals, orderSchema } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { requestedCost } from '../src/costs.ts';
import * as fulfillmentDocuments from '../src/documents/fulfillments.ts';
import * as orderDocuments from '../src/documents/orders.ts';
import { address, refOf, shopWithGoods } from './shop.ts';

describe('an order', () => {
  it('is stated whole: buyer, addresses, lines, carriage, taxes, discounts, sums and payments', async () => {
    const { shop, place } = shopWithGoods({ accountNumberAttribute: 'Account' });
    const placed = place({
      email: 'jane@roe.example',
      note: 'Leave at the door',
      tags: ['trade'],
      poNumber: 'PO-77',
      customAttributes: [
        { key: 'Account', value: ' K-1001 ' },
        { key: 'Gift', value: 'yes' },
      ],
      taxLines: [{ title: 'Sales tax', rate: '0.07' }],
      discounts: [{ amount: '4.00', code: 'SAVE4' }],
      shippingLines: [{ title: 'Ground', code: 'GRD', price: '6.00' }],
    });
    const order = await shop.orders.get(refOf(placed.id));
    expect(orderSchema.parse(order)).toEqual(order);
    expect(order).toMatchObject({
      number: '#1001',
      status: 'confirmed',
      paymentStatus: 'paid',
      wireStatus: { displayFulfillmentStatus: 'UNFULFILLED', displayFinancialStatus: 'PAID', closed: 'false' },
      buyer: { company: 'Roe Ltd', email: 'jane@roe.example', accountNumber: 'K-1001', ref: { kind: 'customer' } },
      shippingAddress: {
        name: 'Jane Roe',
        lines: ['12 Elm Street'],
        postalCode: '45402',
        subdivision: 'OH',
        countryCode: 'US',
      },
      currency: 'USD',
      lines: [
        {
          sku: 'TEE',
          quantity: 3,
          unitPrice: { amount: '10.00' },
          discounts: [{ kind: 'code', code: 'SAVE4' }],
          taxes: [{ rate: '0.07' }],
        },
        { sku: 'MUG', quantity: 2 },
      ],
      shippingLines: [{ title: 'Ground', service: 'GRD', total: { amount: '6.00', currency: 'USD' } }],
      discounts: [{ code: 'SAVE4', amount: { amount: '4.00' } }],
      totals: { goods: { amount: '36.00' }, discount: { amount: '4.00' }, shipping: { amount: '6.00' } },
      transactions: [{ kind: 'sale', status: 'succeeded' }],
      note: 'Leave at the door',
      tags: ['trade'],
      purchaseNumber: 'PO-77',
      attributes: { Gift: 'yes' },
    });
    expect(order?.lines[0]?.variant?.id).toMatch(/^gid:\/\/shopify\/ProductVariant\//);
    expect(order && checkTotals(order)).toEqual([]);
  });

  it('agrees with itself to the cent, with taxes inside the prices and a buyer’s own currency', async () => {
    const { shop, place } = shopWithGoods({}, { currency: 'EUR' });
    const placed = place({
      taxesIncluded: true,
      taxLines: [{ title: 'MwSt', rate: '0.19' }],
      discounts: [{ amount: '3.33', title: 'Autumn' }],
      shippingLines: [{ title: 'Paket', price: '4.90', discount: '1.00' }],
      presentment: { currency: 'GBP', rate: '0.85' },
    });
    const order = await shop.orders.get(refOf(placed.id));
    expect(order).toMatchObject({
      taxesIncluded: true,
      presentment: { currency: 'GBP', totals: { total: { currency: 'GBP' } } },
    });
    expect(order && checkTotals(order)).toEqual([]);
  });

  it('does not ship what was taken off before it left, and shares taxes and discounts out', async () => {
    const { shop, state, place } = shopWithGoods();
    const placed = place({
      taxLines: [{ title: 'Sales tax', rate: '0.07' }],
      discounts: [{ amount: '4.00', code: 'SAVE4' }],
    });
    const [tee, mug] = placed.lines;
    state.editOrder(placed.id, { quantities: { [tee?.id ?? '']: 1, [mug?.id ?? '']: 0 } });
    const order = await shop.orders.get(refOf(placed.id));
    expect(order?.lines).toMatchObject([{ sku: 'TEE', quantity: 1 }]);
    expect(order && checkTotals(order)).toEqual([]);
  });

  it('keeps what was ordered once it was canceled', async () => {
    const { shop, state, place } = shopWithGoods();
    const placed = place();
    state.cancelOrder(placed.id, 'CUSTOMER');
    const order = await shop.orders.get(refOf(placed.id));
    expect(order).toMatchObject({
      status: 'canceled',
      cancelReason: 'CUSTOMER',
      lines: [{ quantity: 3 }, { quantity: 2 }],
    });
    expect(order?.canceledAt).toBeDefined();
    expect(order && checkTotals(order)).toEqual([]);
  });

  it('of 600 lines comes with all of them, each once', async () => {
    const { shop, place } = shopWithGoods();
    const lines = Array.from({ length: 600 }, (_, index) => ({
      sku: `SKU-${index}`,
      title: `Item ${index}`,
      quantity: 1,
      unitPrice: '1.10',
    }));
    const placed = place({ lines, discounts: [{ amount: '7.77', code: 'BULK' }] });
    const order = await shop.orders.get(refOf(placed.id));
    expect(new Set(order?.lines.map(({ sku }) => sku)).size).toBe(600);
    expect(order?.lines).toHaveLength(600);
    expect(order && checkTotals(order)).toEqual([]);
  });

  it('that changes while its pages are read is read anew, from one state of it', async () => {
    const { fake, state, connect, place } = shopWithGoods();
    const lines = Array.from({ length: 400 }, (_, index) => ({
      sku: `SKU-${index}`,
      title: `Item ${index}`,
      quantity: 2,
      unitPrice: '1.00',
    }));
    const placed = place({ lines });
    await fake.clock.advance(60_000);
    // The shop reduces a line of the first page while the second one is on its way.
    let isChanged = false;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const text = await request.clone().text();
      if (!isChanged && text.includes('OrderLines')) {
        isChanged = true;
        state.editOrder(placed.id, { quantities: { [placed.lines[0]?.id ?? '']: 1 } });
      }
      return fake.fetch(request);
    };
    const order = await connect({ fetch }).orders.get(refOf(placed.id));
    expect(isChanged).toBe(true);
    expect(order?.lines[0]?.quantity).toBe(1);
    expect(order?.lines).toHaveLength(400);
    expect(order && checkTotals(order)).toEqual([]);
  });

  it('that is not there is undefined, and an id from elsewhere is no order of this shop', async () => {
    const { shop } = shopWithGoods();
    expect(await shop.orders.get(refOf('gid://shopify/Order/404'))).toBeUndefined();
    expect(await shop.orders.get(refOf('1042'))).toBeUndefined();
  });

  it('with a word that nobody mapped waits for a person, and its parcel needs a country', async () => {
    const { shop, state, place } = shopWithGoods();
    const strange = place();
    state.useStatusWords(strange.id, { fulfillment: 'TELEPORTED' });
    await expect(shop.orders.get(refOf(strange.id))).rejects.toMatchObject({ code: 'status.unmapped' });
    const { countryCode: _country, ...nowhere } = address;
    const lost = place({ shippingAddress: nowhere });
    await expect(shop.orders.get(refOf(lost.id))).rejects.toMatchObject({ code: 'address.invalid' });
  });
});

describe('what the shop asks for our documents', () => {
  const documents = [...Object.values(orderDocuments), ...Object.values(fulfillmentDocuments)];

  it.each(documents.filter(({ text }) => text.startsWith('query')).map((document) => [document.name, document.text]))(
    'is what we reckon for %s',
    async (_name, query) => {
      const { fake, state } = shopWithGoods();
      const answer = await fake.fetch(`${fake.origin}/admin/api/2026-07/graphql.json`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': state.accessToken },
        body: JSON.stringify({
          query,
          variables: { id: 'gid://shopify/Order/1', ids: [], filter: 'status:any', book: 'any' },
        }),
      });
      expect(await answer.json()).toMatchObject({ extensions: { cost: { requestedQueryCost: requestedCost(query) } } });
    },
  );
});
