import { SoldOut, type AmazonOrderInput } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { seller } from './seller.ts';

const list = '/orders/2026-01-01/orders';
const minute = 60_000;
const everything = 'BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT';
const anOrder = (more: Partial<AmazonOrderInput> = {}): AmazonOrderInput => ({
  lines: [{ sku: 'TEE', title: 'Tee', quantity: 2, unitPrice: '19.90' }],
  ...more,
});

const gbp = (amount: string) => ({ amount, currencyCode: 'GBP' });

function stocked(options: Parameters<typeof seller>[0] = {}) {
  const shop = seller(options);
  shop.state.addListing({ sku: 'TEE', price: '19.90', quantity: 10 });
  return shop;
}

describe('finding orders', () => {
  it('shows an order when it is two minutes old, and says up to when it looked', async () => {
    const { state, ask, clock } = stocked();
    const { orderId } = state.placeOrder(anOrder());
    const query = { createdAfter: '2026-10-01T00:00:00Z' };
    expect((await ask('GET', list, { query })).body).toEqual({ orders: [], createdBefore: '2026-10-31T23:58:00.000Z' });
    await clock.advance(2 * minute);
    expect((await ask('GET', list, { query })).body).toMatchObject({
      orders: [{ orderId, createdTime: '2026-11-01T00:00:00.000Z' }],
      createdBefore: '2026-11-01T00:00:00.000Z',
    });
  });

  it('finds by its id an order that is in no list yet', async () => {
    const { state, ask } = stocked();
    const { orderId } = state.placeOrder(anOrder());
    expect(await ask('GET', `${list}/${orderId}`)).toMatchObject({ status: 200, body: { order: { orderId } } });
    expect(await ask('GET', `${list}/000-0000000-0000000`)).toMatchObject({ status: 404 });
    expect(await ask('GET', `${list}/1042`)).toMatchObject({ status: 400 });
  });

  it('tells nothing of status, money, buyer and address that was not asked for', async () => {
    const { state, ask } = stocked();
    const { orderId } = state.placeOrder(anOrder());
    const { body } = await ask('GET', `${list}/${orderId}`);
    const { order } = body as { order: Record<string, unknown> };
    expect(Object.keys(order).toSorted()).toEqual([
      'createdTime',
      'lastUpdatedTime',
      'orderId',
      'orderItems',
      'salesChannel',
    ]);
  });

  it('leaves out what the application has no role for', async () => {
    const { state, ask } = stocked({ roles: ['FULFILLMENT', 'PROCEEDS'] });
    const { orderId } = state.placeOrder(anOrder());
    const { body } = await ask('GET', `${list}/${orderId}`, { query: { includedData: everything } });
    expect(body).not.toHaveProperty('order.recipient');
    expect(body).not.toHaveProperty('order.buyer');
    expect(body).toHaveProperty('order.fulfillment.fulfillmentStatus', 'UNSHIPPED');
  });

  it.each([
    ['no start', {}],
    ['two starts', { createdAfter: '2026-10-01T00:00:00Z', lastUpdatedAfter: '2026-10-01T00:00:00Z' }],
    ['an end of the other kind', { createdAfter: '2026-10-01T00:00:00Z', lastUpdatedBefore: '2026-10-02T00:00:00Z' }],
    ['an end before the start', { createdAfter: '2026-10-02T00:00:00Z', createdBefore: '2026-10-01T00:00:00Z' }],
    ['an end a minute ago', { createdAfter: '2026-10-01T00:00:00Z', createdBefore: '2026-10-31T23:59:00Z' }],
    ['no moment', { createdAfter: 'yesterday' }],
    ['an unknown status', { createdAfter: '2026-10-01T00:00:00Z', fulfillmentStatuses: 'OPEN' }],
    ['an unknown section', { createdAfter: '2026-10-01T00:00:00Z', includedData: 'EVERYTHING' }],
    ['101 a page', { createdAfter: '2026-10-01T00:00:00Z', maxResultsPerPage: '101' }],
    ['a token that nobody gave out', { createdAfter: '2026-10-01T00:00:00Z', paginationToken: 'abc' }],
  ])('refuses a question with %s', async (_what, query) => {
    const { ask } = stocked();
    expect(await ask('GET', list, { query })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'InvalidInput' }] },
    });
  });

  it('goes on page by page, up to the bound of the first page, and only with the same question', async () => {
    const { state, ask, clock } = stocked();
    const ids: string[] = [];
    for (let number = 0; number < 5; number++) {
      ids.push(state.placeOrder(anOrder({ lines: [{ title: 'Mug', quantity: 1, unitPrice: '5.00' }] })).orderId);
      await clock.advance(minute);
    }
    await clock.advance(2 * minute);
    const query = { lastUpdatedAfter: '2026-10-01T00:00:00Z', maxResultsPerPage: '2' };
    const seen: string[] = [];
    let paginationToken: string | undefined;
    for (;;) {
      const { body } = await ask('GET', list, { query: paginationToken ? { ...query, paginationToken } : query });
      const page = body as { orders: { orderId: string }[]; pagination?: { nextToken: string } };
      seen.push(...page.orders.map(({ orderId }) => orderId));
      const next = page.pagination?.nextToken;
      if (next === undefined) break;
      paginationToken = next;
      // Whoever comes later is for the next question.
      state.placeOrder(anOrder({ lines: [{ title: 'Mug', quantity: 1, unitPrice: '5.00' }] }));
      await clock.advance(3 * minute);
    }
    expect(seen).toEqual(ids);
    const other = { ...query, lastUpdatedAfter: '2026-10-02T00:00:00Z', paginationToken: paginationToken ?? '' };
    expect(await ask('GET', list, { query: other })).toMatchObject({ status: 400 });
    await clock.advance(24 * 60 * minute);
    const late = { ...query, paginationToken: paginationToken ?? '' };
    expect(await ask('GET', list, { query: late })).toMatchObject({ status: 400 });
  });

  it('filters by status, warehouse and marketplace', async () => {
    const { state, ask, clock } = stocked();
    state.placeOrder(anOrder());
    const ours = state.placeOrder(anOrder({ fulfilledBy: 'AMAZON' }));
    const gone = state.placeOrder(anOrder());
    state.cancel(gone.orderId);
    await clock.advance(3 * minute);
    const found = async (query: Record<string, string>) => {
      const { body } = await ask('GET', list, { query: { createdAfter: '2026-10-01T00:00:00Z', ...query } });
      return (body as { orders: { orderId: string }[] }).orders.map(({ orderId }) => orderId);
    };
    expect(await found({ fulfilledBy: 'AMAZON' })).toEqual([ours.orderId]);
    expect(await found({ fulfillmentStatuses: 'CANCELLED,SHIPPED' })).toEqual([gone.orderId]);
    expect(await found({ marketplaceIds: 'A1PA6795UKMFR9' })).toEqual([]);
  });
});

describe('what an order shows', () => {
  it('shows neither prices nor address while it waits for its payment', async () => {
    const { state, ask, clock } = stocked({ pendingMs: 30 * minute });
    const { orderId } = state.placeOrder(anOrder());
    const look = async () => (await ask('GET', `${list}/${orderId}`, { query: { includedData: everything } })).body;
    const pending = await look();
    expect(pending).toMatchObject({
      order: { fulfillment: { fulfillmentStatus: 'PENDING' }, orderItems: [{ quantityOrdered: 2 }] },
    });
    for (const hidden of ['recipient', 'buyer', 'proceeds', 'payment']) {
      expect(pending).not.toHaveProperty(`order.${hidden}`);
    }
    expect(pending).not.toHaveProperty('order.orderItems[0].product.price');
    expect(state.listing('TEE').quantity).toBe(8);
    await clock.advance(30 * minute);
    expect(await look()).toMatchObject({
      order: {
        fulfillment: { fulfillmentStatus: 'UNSHIPPED' },
        lastUpdatedTime: '2026-11-01T00:30:00.000Z',
        recipient: { deliveryAddress: { countryCode: 'GB' } },
        proceeds: { grandTotal: { amount: '39.80', currencyCode: 'GBP' } },
      },
    });
  });

  it('has a TAX entry where amounts are without tax, and none where they hold it', async () => {
    const { state, ask } = stocked();
    const { orderId } = state.placeOrder({
      lines: [
        { sku: 'TEE', title: 'Tee', quantity: 3, unitPrice: '10.00', taxPerUnit: '2.00' },
        { title: 'Book', quantity: 1, unitPrice: '8.00' },
      ],
      shippingPrice: '4.99',
      shippingTax: '1.00',
      giftWrap: { price: '2.50', tax: '0.50', message: 'Cheers', level: 'Classic' },
      discounts: [
        { amount: '1.00', promotion: 'SPRING' },
        { amount: '0.49', of: 'SHIPPING', promotion: 'SHIP' },
      ],
    });
    const { body } = await ask('GET', `${list}/${orderId}`, { query: { includedData: everything } });
    expect(body).toMatchObject({
      order: {
        // 30 + 6 + 3.75 + 0.75 + 2.50 + 0.50 - 1.49, and 8 + 1.24
        proceeds: { grandTotal: gbp('51.25') },
        orderItems: [
          {
            proceeds: {
              proceedsTotal: gbp('42.01'),
              breakdowns: [
                { type: 'ITEM', subtotal: gbp('30.00') },
                { type: 'SHIPPING', subtotal: gbp('3.75') },
                { type: 'GIFT_WRAP', subtotal: gbp('2.50') },
                {
                  type: 'TAX',
                  subtotal: gbp('7.25'),
                  detailedBreakdowns: [
                    { subtype: 'ITEM', value: gbp('6.00') },
                    { subtype: 'SHIPPING', value: gbp('0.75') },
                    { subtype: 'GIFT_WRAP', value: gbp('0.50') },
                  ],
                },
                {
                  type: 'DISCOUNT',
                  subtotal: gbp('1.49'),
                  detailedBreakdowns: [
                    { subtype: 'ITEM', value: gbp('1.00') },
                    { subtype: 'SHIPPING', value: gbp('0.49') },
                  ],
                },
              ],
            },
            promotion: { breakdowns: [{ promotionId: 'SPRING' }, { promotionId: 'SHIP' }] },
            fulfillment: { packing: { giftOption: { giftMessage: 'Cheers', giftWrapLevel: 'Classic' } } },
          },
          {
            proceeds: {
              proceedsTotal: gbp('9.24'),
              breakdowns: [
                { type: 'ITEM', subtotal: gbp('8.00') },
                { type: 'SHIPPING', subtotal: gbp('1.24') },
              ],
            },
          },
        ],
      },
    });
    expect(state.order(orderId).total).toBe('51.25');
  });

  it('counts yen without decimals', async () => {
    const { state, ask } = seller({ marketplaceId: 'A1VC38T7YXB528' });
    const { orderId } = state.placeOrder(anOrder({ lines: [{ title: 'Tee', quantity: 3, unitPrice: '1980' }] }));
    const { body } = await ask('GET', `${list}/${orderId}`, { query: { includedData: 'PROCEEDS' } });
    expect(body).toMatchObject({ order: { proceeds: { grandTotal: { amount: '5940', currencyCode: 'JPY' } } } });
  });

  it('gives discounts a sign where it is told to, and the same total', async () => {
    const { state, ask } = stocked({ discountSign: 'negative' });
    const { orderId } = state.placeOrder(anOrder({ discounts: [{ amount: '5.00' }] }));
    const { body } = await ask('GET', `${list}/${orderId}`, { query: { includedData: 'PROCEEDS' } });
    expect(body).toMatchObject({
      order: {
        proceeds: {
          grandTotal: { amount: '34.80' },
          breakdowns: [{ type: 'ITEM' }, { type: 'DISCOUNT', subtotal: { amount: '-5.00' } }],
        },
      },
    });
  });

  it('names a company, its order number and the order that is replaced', async () => {
    const { state, ask } = stocked();
    const first = state.placeOrder(anOrder());
    const { orderId } = state.placeOrder(
      anOrder({
        buyer: { name: 'Ada', email: 'a@marketplace.amazon.example', company: 'Acme', purchaseOrderNumber: 'PO-7' },
        programs: ['AMAZON_BUSINESS'],
        replaces: first.orderId,
      }),
    );
    const { body } = await ask('GET', `${list}/${orderId}`, { query: { includedData: 'BUYER' } });
    expect(body).toMatchObject({
      order: {
        programs: ['AMAZON_BUSINESS'],
        associatedOrders: [{ orderId: first.orderId, associationType: 'REPLACEMENT_ORIGINAL_ID' }],
        buyer: { buyerCompanyName: 'Acme', buyerPurchaseOrderNumber: 'PO-7' },
      },
    });
  });

  it('says who asked to cancel, then who cancelled', async () => {
    const { state, ask } = stocked();
    const { orderId, itemIds } = state.placeOrder(anOrder());
    const look = async () => (await ask('GET', `${list}/${orderId}`, { query: { includedData: everything } })).body;
    state.requestCancel(orderId, itemIds[0] ?? '');
    expect(await look()).toMatchObject({
      order: { orderItems: [{ cancellation: { cancellationRequest: { requester: 'BUYER' } } }] },
    });
    state.cancel(orderId, 'MERCHANT');
    expect(await look()).toMatchObject({
      order: {
        fulfillment: { fulfillmentStatus: 'CANCELLED' },
        orderItems: [
          {
            cancellation: { cancellationExecution: { cancelledBy: 'MERCHANT' } },
            fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 0 },
          },
        ],
      },
    });
  });
});

describe('an order that cannot be worked on', () => {
  it('is PENDING_AVAILABILITY while its goods are not out, without prices, and UNSHIPPED then', async () => {
    const { state, ask, clock } = stocked();
    const { orderId } = state.placeOrder({ ...anOrder(), isPreorder: true, pendingMs: 1000 });
    const look = async () => (await ask('GET', `${list}/${orderId}`, { query: { includedData: everything } })).body;
    const waiting = (await look()) as { order: object };
    expect(waiting.order).toMatchObject({ fulfillment: { fulfillmentStatus: 'PENDING_AVAILABILITY' } });
    expect(waiting.order).not.toHaveProperty('proceeds');
    await clock.advance(1000);
    expect(await look()).toMatchObject({ order: { fulfillment: { fulfillmentStatus: 'UNSHIPPED' } } });
    expect(() => state.placeOrder({ ...anOrder(), isPreorder: true })).toThrow('pendingMs');
  });

  it("is UNFULFILLABLE where Amazon's own warehouse cannot send it, until it can or it is cancelled", async () => {
    const { state, ask } = stocked();
    const { orderId } = state.placeOrder({ ...anOrder(), fulfilledBy: 'AMAZON' });
    state.markUnfulfillable(orderId);
    const { body } = await ask('GET', `${list}/${orderId}`, { query: { includedData: everything } });
    expect(body).toMatchObject({ order: { fulfillment: { fulfillmentStatus: 'UNFULFILLABLE' } } });
    state.shipByAmazon(orderId);
    expect(state.order(orderId).status).toBe('SHIPPED');
    expect(() => state.markUnfulfillable(orderId)).toThrow('Nothing of order');
    expect(() => state.markUnfulfillable(state.placeOrder(anOrder()).orderId)).toThrow('shipped by the merchant');
  });
});

describe('buying', () => {
  it('takes the stock, turns away who wants more, and gives it back on cancelling', () => {
    const { state } = stocked();
    const { orderId } = state.placeOrder(anOrder());
    expect(state.listing('TEE').quantity).toBe(8);
    const lines = [
      { sku: 'TEE', title: 'Tee', quantity: 4, unitPrice: '19.90' },
      { sku: 'TEE', title: 'Tee', quantity: 5, unitPrice: '19.90' },
    ];
    expect(() => state.placeOrder({ lines })).toThrow(SoldOut);
    expect(state.orders).toHaveLength(1);
    expect(state.listing('TEE').quantity).toBe(8);
    state.cancel(orderId);
    expect(state.listing('TEE').quantity).toBe(10);
  });

  it('takes a line of a SKU that nobody lists, or of none', () => {
    const { state } = stocked();
    const lines = [
      { sku: 'UNKNOWN', title: 'Old', quantity: 3, unitPrice: '1.00' },
      { title: 'Custom', quantity: 1, unitPrice: '1.00' },
    ];
    const { orderId } = state.placeOrder({ lines });
    expect(state.order(orderId).items).toMatchObject([{ sku: 'UNKNOWN' }, { sku: undefined }]);
  });
});
