import type { AmazonNotificationType } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { expectSchema } from './model.ts';
import { seller } from './seller.ts';

const minute = 60_000;
const schemas: Record<AmazonNotificationType, string> = {
  ORDER_CHANGE: 'notifications/order-change-notification.json',
  FEED_PROCESSING_FINISHED: 'notifications/feed-processing-finished-notification.json',
  LISTINGS_ITEM_MFN_QUANTITY_CHANGE: 'notifications/listings-item-mfn-quantity-change.json',
};

function subscribedShop(types: readonly AmazonNotificationType[], options: Parameters<typeof seller>[0] = {}) {
  const shop = seller(options);
  shop.state.addListing({ sku: 'TEE', price: '19.90', quantity: 10 });
  for (const type of types) shop.state.subscribe(type);
  /** Everything in the queue, each held against Amazon's schema. */
  const received = async () => {
    await shop.clock.advance(0);
    return shop.state.queue.receive().map(({ messageId, body }) => {
      shop.state.queue.delete(messageId);
      const whole = JSON.parse(body) as Record<string, unknown>;
      const notice = (whole['detail'] ?? whole) as Record<string, unknown>;
      const type = String(notice['NotificationType'] ?? notice['notificationType']) as AmazonNotificationType;
      expectSchema(schemas[type], notice);
      return notice;
    });
  };
  const buy = (more: object = {}) =>
    shop.state.placeOrder({ lines: [{ sku: 'TEE', title: 'Tee', quantity: 2, unitPrice: '19.90' }], ...more });
  return { ...shop, received, buy };
}

const changes = (notices: readonly Record<string, unknown>[]) =>
  notices.map((notice) => {
    const { OrderChangeNotification: change } = notice['Payload'] as {
      OrderChangeNotification: { OrderChangeType: string; Summary: { OrderStatus: string } };
    };
    return [change.OrderChangeType, change.Summary.OrderStatus];
  });

describe('ORDER_CHANGE', () => {
  it('tells every turn of an order in the words of the old API', async () => {
    const { state, received, buy, ask, clock } = subscribedShop(['ORDER_CHANGE'], { pendingMs: minute });
    const { orderId, itemIds } = buy({ programs: ['PRIME'] });
    await clock.advance(minute);
    state.requestCancel(orderId, itemIds[0] ?? '');
    await ask('POST', `/orders/v0/orders/${orderId}/shipmentConfirmation`, {
      body: {
        marketplaceId: state.marketplaceId,
        packageDetail: {
          packageReferenceId: '1',
          carrierCode: 'DHL',
          trackingNumber: 'JD01',
          shipDate: '2026-11-01T08:00:00Z',
          orderItems: [{ orderItemId: itemIds[0], quantity: 1 }],
        },
      },
    });
    state.cancel(orderId, 'MERCHANT');
    const notices = await received();
    expect(changes(notices)).toEqual([
      ['OrderStatusChange', 'Pending'],
      ['OrderStatusChange', 'Unshipped'],
      ['BuyerRequestedChange', 'Unshipped'],
      ['OrderStatusChange', 'PartiallyShipped'],
      ['OrderStatusChange', 'Shipped'],
    ]);
    expect(notices[0]).toMatchObject({
      Payload: {
        OrderChangeNotification: {
          AmazonOrderId: orderId,
          Summary: { DestinationPostalCode: null, OrderPrograms: ['Prime'], OrderItems: [{ SellerSKU: 'TEE' }] },
        },
      },
    });
    expect(notices[2]).toMatchObject({
      Payload: { OrderChangeNotification: { Summary: { OrderItems: [{ IsBuyerRequestedCancel: true }] } } },
    });
  });

  it('has words for what was cancelled, waits for its goods, or cannot be sent', async () => {
    const { state, received, buy } = subscribedShop(['ORDER_CHANGE']);
    const canceled = buy();
    state.cancelItem(canceled.orderId, canceled.itemIds[0] ?? '', 1);
    state.cancelItem(canceled.orderId, canceled.itemIds[0] ?? '');
    buy({ isPreorder: true, pendingMs: minute });
    state.markUnfulfillable(buy({ fulfilledBy: 'AMAZON' }).orderId);
    expect(changes(await received()).map(([, status]) => status)).toEqual([
      'Unshipped',
      'Unshipped',
      'Canceled',
      'PendingAvailability',
      'Unshipped',
      'Unfulfillable',
    ]);
  });

  it('says nothing to who did not subscribe', async () => {
    const { received, buy } = subscribedShop([]);
    buy();
    expect(await received()).toEqual([]);
  });
});

describe('other notifications', () => {
  it('tell of a quantity through EventBridge, wrapped, and of a feed in other letters', async () => {
    const { state, received, buy, ask, clock, amazon } = subscribedShop([
      'LISTINGS_ITEM_MFN_QUANTITY_CHANGE',
      'FEED_PROCESSING_FINISHED',
    ]);
    buy();
    await clock.advance(0);
    const [message] = state.queue.receive();
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      'detail-type': 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE',
      detail: { Payload: { Sku: 'TEE', Quantity: 8 } },
    });
    state.queue.delete(message?.messageId ?? '');
    const { body } = await ask('POST', '/feeds/2021-06-30/documents', { body: { contentType: 'application/json' } });
    const { feedDocumentId, url } = body as { feedDocumentId: string; url: string };
    await amazon.fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: 'nonsense' });
    await ask('POST', '/feeds/2021-06-30/feeds', {
      body: {
        feedType: 'JSON_LISTINGS_FEED',
        marketplaceIds: [state.marketplaceId],
        inputFeedDocumentId: feedDocumentId,
      },
    });
    await clock.advance(minute);
    expect(await received()).toMatchObject([
      {
        notificationType: 'FEED_PROCESSING_FINISHED',
        payload: { feedProcessingFinishedNotification: { processingStatus: 'FATAL' } },
      },
    ]);
  });
});

describe('the queue', () => {
  it('gives a message again when it was not deleted in time', async () => {
    const { state, buy, clock } = subscribedShop(['ORDER_CHANGE']);
    buy();
    await clock.advance(0);
    const [first] = state.queue.receive();
    expect(state.queue.receive()).toEqual([]);
    expect(state.queue.size).toBe(1);
    await clock.advance(30_001);
    const [again] = state.queue.receive();
    expect(again).toMatchObject({ messageId: first?.messageId, body: first?.body, receiveCount: 2 });
    state.queue.delete(again?.messageId ?? '');
    await clock.advance(minute);
    expect(state.queue.size).toBe(0);
  });

  it('gives at most ten at a time', async () => {
    const { state, buy, clock } = subscribedShop(['ORDER_CHANGE']);
    state.setQuantity('TEE', 100);
    for (let number = 0; number < 12; number++) buy();
    await clock.advance(0);
    expect(state.queue.receive(3)).toHaveLength(3);
    expect(state.queue.receive()).toHaveLength(9);
  });

  it('loses, repeats and shuffles as the weather is, and a repetition keeps its notification id', async () => {
    const { amazon, state, buy, clock } = subscribedShop(['ORDER_CHANGE'], { seed: 7 });
    state.setQuantity('TEE', 1000);
    amazon.webhooks.weather = { lost: 0.2, repeated: 0.3, shuffled: 0.3, delayMs: minute };
    const placed: string[] = [];
    for (let number = 0; number < 40; number++) placed.push(buy().orderId);
    await clock.advance(2 * minute);
    const bodies: string[] = [];
    for (let page = state.queue.receive(); page.length > 0; page = state.queue.receive()) {
      bodies.push(...page.map(({ body }) => body));
    }
    const { counts } = amazon.webhooks;
    expect(counts.lost).toBeGreaterThan(0);
    expect(bodies).toHaveLength(40 - counts.lost + counts.repeated);
    expect(new Set(bodies).size).toBe(40 - counts.lost);
    const order = bodies.map((body) => placed.findIndex((orderId) => body.includes(orderId)));
    expect(order).not.toEqual(order.toSorted((a, b) => a - b));
  });
});

describe('subscribing through the API', () => {
  const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:orders';

  it('takes a destination of the application, then a subscription of the seller', async () => {
    const { ask, received, buy } = subscribedShop([]);
    const destination = await ask('POST', '/notifications/v1/destinations', {
      grant: 'application',
      body: { name: 'orders', resourceSpecification: { sqs: { arn: queueArn } } },
    });
    const { destinationId } = (destination.body as { payload: { destinationId: string } }).payload;
    const path = '/notifications/v1/subscriptions/ORDER_CHANGE';
    const body = {
      payloadVersion: '1.0',
      destinationId,
      processingDirective: {
        eventFilter: { eventFilterType: 'ORDER_CHANGE', orderChangeTypes: ['BuyerRequestedChange'] },
      },
    };
    const made = await ask('POST', path, { body });
    const { subscriptionId } = (made.body as { payload: { subscriptionId: string } }).payload;
    expect((await ask('POST', path, { body })).status).toBe(409);
    expect((await ask('GET', path)).body).toMatchObject({ payload: { subscriptionId, destinationId } });
    buy();
    expect(await received()).toEqual([]);
    const one = { grant: 'application' } as const;
    expect((await ask('GET', `${path}/${subscriptionId}`, one)).status).toBe(200);
    expect((await ask('DELETE', `/notifications/v1/destinations/${destinationId}`, one)).status).toBe(409);
    expect((await ask('DELETE', `${path}/${subscriptionId}`, one)).status).toBe(200);
    expect((await ask('DELETE', `/notifications/v1/destinations/${destinationId}`, one)).status).toBe(200);
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('denies each kind of token the operations of the other', async () => {
    const { ask } = subscribedShop([]);
    expect((await ask('GET', '/notifications/v1/destinations')).status).toBe(403);
    expect((await ask('GET', '/notifications/v1/subscriptions/ORDER_CHANGE', { grant: 'application' })).status).toBe(
      403,
    );
  });

  it('refuses a destination of the wrong kind for the notification', async () => {
    const { ask } = subscribedShop([]);
    const destination = await ask('POST', '/notifications/v1/destinations', {
      grant: 'application',
      body: { name: 'bus', resourceSpecification: { eventBridge: { accountId: '111122223333', region: 'eu-west-1' } } },
    });
    const { destinationId } = (destination.body as { payload: { destinationId: string } }).payload;
    const body = { payloadVersion: '1.0', destinationId };
    expect((await ask('POST', '/notifications/v1/subscriptions/ORDER_CHANGE', { body })).status).toBe(400);
    const other = '/notifications/v1/subscriptions/LISTINGS_ITEM_MFN_QUANTITY_CHANGE';
    expect((await ask('POST', other, { body })).status).toBe(200);
    expect((await ask('POST', '/notifications/v1/subscriptions/NO_SUCH_TYPE', { body })).status).toBe(400);
  });
});
