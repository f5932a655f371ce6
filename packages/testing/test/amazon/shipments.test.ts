import { describe, expect, it } from 'vitest';
import { seller } from './seller.ts';

const dayMs = 86_400_000;

function ordered(
  order: { readonly fulfilledBy?: 'AMAZON'; readonly programs?: string[]; readonly pendingMs?: number } = {},
) {
  const shop = seller();
  shop.state.addListing({ sku: 'TEE', price: '19.90', quantity: 10 });
  const { orderId, itemIds } = shop.state.placeOrder({
    lines: [
      { sku: 'TEE', title: 'Tee', quantity: 3, unitPrice: '19.90' },
      { title: 'Mug', quantity: 1, unitPrice: '5.00' },
    ],
    ...order,
  });
  const [tee = '', mug = ''] = itemIds;
  const parcel = (reference: string, items: readonly (readonly [string, number])[], more: object = {}) => ({
    marketplaceId: shop.state.marketplaceId,
    packageDetail: {
      packageReferenceId: reference,
      carrierCode: 'DHL',
      trackingNumber: `JD0${reference}`,
      shipDate: '2026-11-01T08:00:00Z',
      orderItems: items.map(([orderItemId, quantity]) => ({ orderItemId, quantity })),
      ...more,
    },
  });
  const confirm = (body: unknown) => shop.ask('POST', `/orders/v0/orders/${orderId}/shipmentConfirmation`, { body });
  const look = async () => {
    const query = { includedData: 'PACKAGES,FULFILLMENT,CANCELLATION' };
    const { body } = await shop.ask('GET', `/orders/2026-01-01/orders/${orderId}`, { query });
    return (body as { readonly order: { readonly orderItems: readonly Readonly<Record<string, unknown>>[] } }).order;
  };
  return { ...shop, orderId, tee, mug, parcel, confirm, look };
}

describe('confirming a shipment', () => {
  it('ships in parts, and is shipped when nothing is left', async () => {
    const { state, orderId, tee, mug, parcel, confirm, ask, clock } = ordered();
    await clock.advance(1000);
    const first = await confirm(parcel('1', [[tee, 2]]));
    expect([first.status, first.text]).toEqual([204, '']);
    expect(state.order(orderId)).toMatchObject({ status: 'PARTIALLY_SHIPPED', updatedAt: '2026-11-01T00:00:01.000Z' });
    await confirm(
      parcel('2', [
        [tee, 1],
        [mug, 1],
      ]),
    );
    expect(state.order(orderId).status).toBe('SHIPPED');
    state.deliver(orderId);
    const { body } = await ask('GET', `/orders/2026-01-01/orders/${orderId}`, {
      query: { includedData: 'PACKAGES,FULFILLMENT' },
    });
    expect(body).toMatchObject({
      order: {
        fulfillment: { fulfillmentStatus: 'SHIPPED' },
        packages: [
          { packageReferenceId: '1', trackingNumber: 'JD01', packageStatus: { status: 'DELIVERED' } },
          { packageReferenceId: '2', carrier: 'DHL' },
        ],
        orderItems: [{ fulfillment: { quantityFulfilled: 3, quantityUnfulfilled: 0 } }, {}],
      },
    });
  });

  it('ships nothing twice when the same package is confirmed again after a lost answer', async () => {
    const { amazon, state, orderId, tee, parcel, confirm, clock } = ordered();
    amazon.faults.next('confirmShipment', { kind: 'drop', when: 'after' });
    await expect(confirm(parcel('1', [[tee, 2]]))).rejects.toThrow('fetch failed');
    await clock.advance(5000);
    expect((await confirm(parcel('1', [[tee, 2]]))).status).toBe(204);
    expect(state.order(orderId).packages).toHaveLength(1);
    expect(state.order(orderId).items[0]?.shipped).toBe(2);
    expect(state.order(orderId).updatedAt).toBe('2026-11-01T00:00:00.000Z');
  });

  it('edits a package that carries the same reference', async () => {
    const { state, orderId, tee, parcel, confirm } = ordered();
    await confirm(parcel('1', [[tee, 2]]));
    await confirm(parcel('1', [[tee, 3]], { trackingNumber: 'NEW' }));
    expect(state.order(orderId).packages).toMatchObject([{ trackingNumber: 'NEW', items: [{ quantity: 3 }] }]);
    const inTwoLines = parcel('1', [
      [tee, 1],
      [tee, 2],
    ]);
    expect((await confirm(inTwoLines)).status).toBe(204);
    expect(
      (await confirm({ ...inTwoLines, packageDetail: { ...inTwoLines.packageDetail, trackingNumber: 'JD9' } })).status,
    ).toBe(204);
    expect(state.order(orderId).items[0]?.shipped).toBe(3);
  });

  it.each([
    ['a reference that is no number', { packageReferenceId: 'P-1' }],
    ['reference 0', { packageReferenceId: '0' }],
    ['a date that is none', { shipDate: '02/21/2026' }],
    ['no carrier', { carrierCode: undefined }],
    ['no tracking number', { trackingNumber: undefined }],
    ['an unnamed other carrier', { carrierCode: 'Other' }],
    ['no items', { orderItems: [] }],
    ['an unknown item', { orderItems: [{ orderItemId: '1', quantity: 1 }] }],
  ])('refuses %s', async (_what, wrong) => {
    const { state, orderId, tee, parcel, confirm } = ordered();
    expect(await confirm(parcel('1', [[tee, 1]], wrong))).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'Invalid Input' }] },
    });
    expect(state.order(orderId).packages).toEqual([]);
  });

  it('refuses more than is open, over all packages', async () => {
    const { tee, parcel, confirm } = ordered();
    await confirm(parcel('1', [[tee, 2]]));
    expect((await confirm(parcel('2', [[tee, 2]]))).status).toBe(400);
    const twice = parcel('2', [
      [tee, 1],
      [tee, 1],
    ]);
    expect((await confirm(twice)).status).toBe(400);
  });

  it.each([
    ['Amazon fulfills', { fulfilledBy: 'AMAZON' as const }],
    ['goes with Ship+', { programs: ['FBM_SHIP_PLUS'] }],
    ['waits for its payment', { pendingMs: dayMs }],
  ])('refuses an order that %s', async (_what, order) => {
    const { tee, parcel, confirm } = ordered(order);
    expect((await confirm(parcel('1', [[tee, 1]]))).status).toBe(400);
  });

  it('refuses an order that was cancelled, and does not know one that is not there', async () => {
    const { state, orderId, tee, parcel, confirm, ask } = ordered();
    state.cancel(orderId);
    expect((await confirm(parcel('1', [[tee, 1]]))).status).toBe(400);
    const other = '/orders/v0/orders/000-0000000-0000000/shipmentConfirmation';
    expect((await ask('POST', other, { body: parcel('1', [[tee, 1]]) })).status).toBe(404);
  });

  it('gives back on cancelling only what was not sent, and the rest stays sent', async () => {
    const { state, orderId, tee, parcel, confirm, look } = ordered();
    await confirm(parcel('1', [[tee, 2]]));
    state.cancel(orderId, 'MERCHANT');
    expect(state.listing('TEE').quantity).toBe(8);
    expect(state.order(orderId)).toMatchObject({
      status: 'SHIPPED',
      packages: [{ reference: '1' }],
      items: [
        { shipped: 2, cancelled: 1 },
        { shipped: 0, cancelled: 1 },
      ],
    });
    expect(await look()).toMatchObject({
      fulfillment: { fulfillmentStatus: 'SHIPPED' },
      orderItems: [
        {
          quantityOrdered: 3,
          fulfillment: { quantityFulfilled: 2, quantityUnfulfilled: 0 },
          cancellation: { cancellationExecution: { cancelledBy: 'MERCHANT' } },
        },
        {
          fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 0 },
          cancellation: { cancellationExecution: { cancelledBy: 'MERCHANT' } },
        },
      ],
    });
    expect((await confirm(parcel('2', [[tee, 1]]))).status).toBe(400);
    expect((await confirm(parcel('1', [[tee, 2]]))).status).toBe(204);
    expect(() => state.cancel(orderId)).toThrow('nothing of it is open');
  });

  it('cancels units of one item while the order goes on, and the order with the last of them', async () => {
    const { state, orderId, tee, mug, parcel, confirm, look } = ordered();
    state.cancelItem(orderId, tee, 1);
    expect(state.order(orderId)).toMatchObject({ status: 'UNSHIPPED', items: [{ cancelled: 1 }, { cancelled: 0 }] });
    expect(state.listing('TEE').quantity).toBe(8);
    expect((await look()).orderItems[0]).toMatchObject({ fulfillment: { quantityUnfulfilled: 2 } });
    expect((await look()).orderItems[1]?.['cancellation']).toBeUndefined();
    expect((await confirm(parcel('1', [[tee, 3]]))).status).toBe(400);
    for (const count of [0, 3, 0.5]) expect(() => state.cancelItem(orderId, tee, count)).toThrow(RangeError);
    expect(() => state.cancelItem(orderId, 'none')).toThrow('has no item');
    state.cancelItem(orderId, mug, undefined, 'AMAZON');
    state.cancelItem(orderId, tee);
    expect(state.order(orderId).status).toBe('CANCELLED');
    expect(state.listing('TEE').quantity).toBe(10);
  });
});
