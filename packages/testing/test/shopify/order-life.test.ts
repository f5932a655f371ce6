import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const cancelDocument = `mutation Cancel($id: ID!, $restock: Boolean!) {
  orderCancel(orderId: $id, reason: CUSTOMER, restock: $restock, refundMethod: { originalPaymentMethodsRefund: true }) {
    job { id done }
    orderCancelUserErrors { field message code }
  }
}`;

const money = (amount: string) => ({ shopMoney: { amount } });

describe('placing an order', () => {
  it('refuses an order without lines and lines without a whole unit', () => {
    const { state } = shopWithStock();
    expect(() => state.placeOrder(anOrder({ lines: [] }))).toThrow('it has no lines');
    const refusals = [0, -1, 1.5, Number.NaN].map(
      (quantity) => () => state.placeOrder(anOrder({ lines: [{ sku: 'TEE', quantity }] })),
    );
    for (const place of refusals) expect(place).toThrow('the quantity of SKU "TEE"');
    expect(state.orders).toEqual([]);
    expect(state.stock('TEE')).toMatchObject({ available: 100, committed: 0 });
  });

  it('commits stock where the order will ship from', () => {
    const { state } = shopWithStock();
    state.placeOrder(anOrder());
    expect(state.stock('TEE')).toMatchObject({ available: 97, committed: 3, on_hand: 100 });
  });

  it('keeps a SKU that no product has', async () => {
    const { platform, state } = shopWithStock();
    state.placeOrder(anOrder({ lines: [{ sku: 'UNKNOWN', title: 'Something', quantity: 1, unitPrice: '1.00' }] }));
    const answer = await ask(
      platform,
      '{ orders(first: 1) { nodes { lineItems(first: 1) { nodes { sku title variant { id } product { id } } } } } }',
    );
    expect(answer.at('orders', 'nodes', 0, 'lineItems', 'nodes', 0)).toEqual({
      sku: 'UNKNOWN',
      title: 'Something',
      variant: null,
      product: null,
    });
  });

  it.each([
    ['paid', 'PAID'],
    ['pending', 'PENDING'],
    ['authorized', 'AUTHORIZED'],
    ['partially_paid', 'PARTIALLY_PAID'],
  ] as const)('shows an order that is %s as %s', (financialStatus, word) => {
    const { state } = shopWithStock();
    expect(state.placeOrder(anOrder({ financialStatus })).financialStatus).toBe(word);
  });

  it('shows words of a newer version as they are', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    state.useStatusWords(order.id, { financial: 'ON_ACCOUNT' });
    const answer = await ask(platform, `{ order(id: "${order.id}") { displayFinancialStatus } }`);
    expect(answer.at('order', 'displayFinancialStatus')).toBe('ON_ACCOUNT');
  });

  it('has ids that no double can hold', () => {
    const { state } = shopWithStock();
    const digits = state.placeOrder(anOrder()).id.split('/').at(-1) ?? '';
    expect(String(Number(digits))).not.toBe(digits);
  });
});

describe('the sums of an order', () => {
  const fields = `name taxesIncluded subtotalPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } }
    totalShippingPriceSet { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } }
    totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
    lineItems(first: 5) { nodes { discountedTotalSet { shopMoney { amount } } withCodes: discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount } }
      totalDiscountSet { shopMoney { amount } } discountAllocations { allocatedAmountSet { shopMoney { amount } } discountApplication { index __typename } } taxLines { rate priceSet { shopMoney { amount } } } } }`;

  it('add up with discounts of a line and of the order, and taxes on top', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(
      anOrder({
        lines: [
          { sku: 'TEE', quantity: 3, discount: '1.00' },
          { sku: 'CAP', quantity: 1 },
        ],
        discounts: [{ code: 'TEN', amount: '3.65' }],
        taxLines: [{ title: 'VAT', rate: '0.10' }],
        presentment: { currency: 'JPY', rate: '150' },
      }),
    );
    const answer = await ask(platform, `{ order(id: "${order.id}") { ${fields} } }`);
    // 30.00 − 1.00 + 7.50 = 36.50, of which 2.90 and 0.75 go to the code; 4.90 shipping; a tenth of each is tax.
    expect(answer.at('order')).toMatchObject({
      subtotalPriceSet: money('32.85'),
      totalShippingPriceSet: money('4.9'),
      totalTaxSet: money('3.78'),
      totalDiscountsSet: money('4.65'),
      totalPriceSet: {
        shopMoney: { amount: '41.53', currencyCode: 'USD' },
        presentmentMoney: { amount: '6230.0', currencyCode: 'JPY' },
      },
    });
    expect(answer.at('order', 'lineItems', 'nodes', 0)).toEqual({
      discountedTotalSet: money('29.0'),
      withCodes: money('29.0'),
      totalDiscountSet: money('1.0'),
      discountAllocations: [
        {
          allocatedAmountSet: money('1.0'),
          discountApplication: { index: 0, __typename: 'AutomaticDiscountApplication' },
        },
        { allocatedAmountSet: money('2.9'), discountApplication: { index: 1, __typename: 'DiscountCodeApplication' } },
      ],
      taxLines: [{ rate: 0.1, priceSet: money('2.61') }],
    });
    expect(state.order(order.id).total).toBe('41.53');
  });

  it('hold the tax inside where prices include it', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(
      anOrder({
        lines: [{ sku: 'TEE', quantity: 1, unitPrice: '11.90' }],
        shippingLines: [],
        taxesIncluded: true,
        taxLines: [{ title: 'MwSt', rate: '0.19' }],
      }),
    );
    const answer = await ask(platform, `{ order(id: "${order.id}") { ${fields} } }`);
    expect(answer.at('order')).toMatchObject({
      totalTaxSet: money('1.9'),
      totalPriceSet: money('11.9'),
      taxesIncluded: true,
    });
  });

  it('hold two taxes inside, each out of the same untaxed price', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(
      anOrder({
        lines: [{ sku: 'TEE', quantity: 1, unitPrice: '115.00' }],
        shippingLines: [],
        taxesIncluded: true,
        taxLines: [
          { title: 'GST', rate: '0.05' },
          { title: 'PST', rate: '0.1' },
        ],
      }),
    );
    const answer = await ask(platform, `{ order(id: "${order.id}") { ${fields} } }`);
    expect(answer.at('order')).toMatchObject({ totalTaxSet: money('15.0'), totalPriceSet: money('115.0') });
    expect(answer.at('order', 'lineItems', 'nodes', 0, 'taxLines')).toEqual([
      { rate: 0.05, priceSet: money('5.0') },
      { rate: 0.1, priceSet: money('10.0') },
    ]);
  });

  it('hold fees and duties with their taxes, and duties fall with the units of their line', async () => {
    const { platform, state } = shopWithStock();
    const vat = { title: 'VAT', rate: '0.19' };
    const order = state.placeOrder(
      anOrder({
        lines: [{ sku: 'TEE', quantity: 3, duties: [{ price: '6.00', taxLines: [vat] }] }],
        shippingLines: [],
        additionalFees: [{ name: 'Packaging', price: '2.50', taxLines: [vat] }],
      }),
    );
    const query = `{ order(id: "${order.id}") {
      additionalFees { name price { shopMoney { amount } } taxLines { priceSet { shopMoney { amount } } } }
      originalTotalDutiesSet { shopMoney { amount } } currentTotalDutiesSet { shopMoney { amount } }
      totalTaxSet { shopMoney { amount } } currentTotalTaxSet { shopMoney { amount } }
      totalPriceSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } }
      lineItems(first: 1) { nodes { duties { price { shopMoney { amount } } taxLines { title } } } } } }`;
    state.editOrder(order.id, { quantities: { [order.lines[0]?.id ?? '']: 1 } });
    expect((await ask(platform, query)).at('order')).toEqual({
      additionalFees: [{ name: 'Packaging', price: money('2.5'), taxLines: [{ priceSet: money('0.48') }] }],
      originalTotalDutiesSet: money('6.0'),
      currentTotalDutiesSet: money('2.0'),
      totalTaxSet: money('1.62'),
      currentTotalTaxSet: money('0.86'),
      totalPriceSet: money('40.12'),
      currentTotalPriceSet: money('15.36'),
      lineItems: { nodes: [{ duties: [{ price: money('6.0'), taxLines: [{ title: 'VAT' }] }] }] },
    });
  });

  it('say of each carriage what is left of it, and pay no more of it back', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(
      anOrder({
        shippingLines: [
          { title: 'Pallet', price: '3.00' },
          { title: 'Parcel', price: '4.00', discount: '1.00' },
        ],
      }),
    );
    state.refundOrder(order.id, { lines: [], shipping: '4.50' });
    const query = `{ order(id: "${order.id}") { shippingLines(first: 2) { nodes { discountedPriceSet { shopMoney { amount } } currentDiscountedPriceSet { shopMoney { amount } } } } } }`;
    expect((await ask(platform, query)).at('order', 'shippingLines', 'nodes')).toEqual([
      { discountedPriceSet: money('3.0'), currentDiscountedPriceSet: money('0.0') },
      { discountedPriceSet: money('3.0'), currentDiscountedPriceSet: money('1.5') },
    ]);
    expect(() => state.refundOrder(order.id, { lines: [], shipping: '1.51' })).toThrow('more than is left');
  });

  it('fall with what is refunded, and the status follows', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    state.refundOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    const query = `{ order(id: "${order.id}") { displayFinancialStatus totalPriceSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } } totalRefundedSet { shopMoney { amount } }
      lineItems(first: 1) { nodes { quantity currentQuantity } } refunds { refundLineItems(first: 5) { nodes { quantity restockType subtotalSet { shopMoney { amount } } } } } } }`;
    expect((await ask(platform, query)).at('order')).toEqual({
      displayFinancialStatus: 'PARTIALLY_REFUNDED',
      totalPriceSet: money('42.4'),
      currentTotalPriceSet: money('32.4'),
      totalRefundedSet: money('10.0'),
      lineItems: { nodes: [{ quantity: 3, currentQuantity: 2 }] },
      refunds: [{ refundLineItems: { nodes: [{ quantity: 1, restockType: 'CANCEL', subtotalSet: money('10.0') }] } }],
    });
    state.refundOrder(order.id, {
      lines: [
        { sku: 'TEE', quantity: 2 },
        { sku: 'CAP', quantity: 1 },
      ],
      shipping: '4.90',
    });
    expect(state.order(order.id).financialStatus).toBe('REFUNDED');
  });
});

describe('cancelling', () => {
  it('is a job that ends later, gives stock and money back and closes what would ship', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const answer = await ask(platform, cancelDocument, { id: order.id, restock: true });
    const job = String(answer.at('orderCancel', 'job', 'id'));
    expect(job).toMatch(/^gid:\/\/shopify\/Job\/[0-9a-f-]{36}$/);
    expect(answer.at('orderCancel', 'job', 'done')).toBe(false);
    expect(state.order(order.id).cancelledAt).toBeUndefined();
    const again = await ask(platform, cancelDocument, { id: order.id, restock: true });
    expect(again.at('orderCancel', 'orderCancelUserErrors')).toEqual([
      { field: null, message: 'Cancellation is already in progress', code: 'INVALID' },
    ]);
    state.finishJobs();
    expect((await ask(platform, `{ job(id: "${job}") { done } }`)).at('job', 'done')).toBe(true);
    expect(state.order(order.id)).toMatchObject({
      cancelReason: 'CUSTOMER',
      financialStatus: 'REFUNDED',
      fulfillmentStatus: 'UNFULFILLED',
    });
    expect(state.fulfillmentOrdersOf(order.id)[0]?.status).toBe('CANCELLED');
    expect(state.stock('TEE')).toMatchObject({ available: 100, committed: 0, on_hand: 100 });
  });

  it('is done by the clock a second later', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    await ask(platform, cancelDocument, { id: order.id, restock: true });
    await platform.clock.advance(1000);
    expect(state.order(order.id).cancelledAt).toBe('2026-11-01T00:00:01Z');
  });

  it.each([
    ['cancelled already', 'Cannot cancel an order that has already been canceled'],
    ['shipped', 'Cannot cancel an order that has outstanding fulfillments'],
  ])('refuses an order that is %s', async (how, message) => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    if (how === 'shipped') state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    else state.cancelOrder(order.id, 'FRAUD');
    const answer = await ask(platform, cancelDocument, { id: order.id, restock: true });
    expect(answer.at('orderCancel')).toEqual({
      job: null,
      orderCancelUserErrors: [{ field: ['orderId'], message, code: 'INVALID' }],
    });
  });

  it('voids what was only authorized', () => {
    const { state } = shopWithStock();
    const order = state.placeOrder(anOrder({ financialStatus: 'authorized' }));
    expect(state.cancelOrder(order.id, 'DECLINED').financialStatus).toBe('VOIDED');
  });
});

describe('what is written on an order', () => {
  it('is replaced by an update and moves the moment of the last change', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder({ tags: ['a'], note: 'old' }));
    await platform.clock.advance(5000);
    await ask(platform, 'mutation U($i: OrderInput!) { orderUpdate(input: $i) { userErrors { message } } }', {
      i: { id: order.id, note: 'new', tags: ['c', 'b'] },
    });
    expect(state.order(order.id)).toMatchObject({ note: 'new', tags: ['b', 'c'], updatedAt: '2026-11-01T00:00:05Z' });
    await ask(platform, 'mutation T($id: ID!) { tagsAdd(id: $id, tags: ["B", "d"]) { userErrors { message } } }', {
      id: order.id,
    });
    expect(state.order(order.id).tags).toEqual(['b', 'c', 'd']);
  });

  it('is archived and taken back without an error on repeat', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const close = () =>
      ask(
        platform,
        `mutation { orderClose(input: { id: "${order.id}" }) { order { closed } userErrors { message } } }`,
      );
    await close();
    expect((await close()).at('orderClose')).toEqual({ order: { closed: true }, userErrors: [] });
    await ask(platform, `mutation { orderOpen(input: { id: "${order.id}" }) { order { closed } } }`);
    expect(state.order(order.id).closedAt).toBeUndefined();
  });

  it('is paid by hand once', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder({ financialStatus: 'pending' }));
    const pay = () =>
      ask(platform, `mutation { orderMarkAsPaid(input: { id: "${order.id}" }) { userErrors { field message } } }`);
    expect((await pay()).at('orderMarkAsPaid', 'userErrors')).toEqual([]);
    expect(state.order(order.id).financialStatus).toBe('PAID');
    expect((await pay()).at('orderMarkAsPaid', 'userErrors', 0, 'message')).toBe('Order cannot be marked as paid.');
  });
});
