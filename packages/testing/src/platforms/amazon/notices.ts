import type { WebhookFeed } from '../../fake/webhook-feed.ts';
import { itemLeft, itemShipped, statusOf } from './order-status.ts';
import type { AmazonOrderRecord, AmazonOrderStatus, FeedRecord, ListingRecord, SubscriptionRecord } from './records.ts';
import { moment, type AmazonStore } from './store.ts';

type OrderChangeType = 'OrderStatusChange' | 'BuyerRequestedChange';

/** Writes into the subscribers' queues what happened. */
export interface Notices {
  orderChanged(order: AmazonOrderRecord, type: OrderChangeType, reason: string): void;
  quantityChanged(listing: ListingRecord): void;
  feedFinished(feed: FeedRecord): void;
}

const applicationId = 'amzn1.sellerapps.app.00000000-0000-4000-8000-000000000001';

// ORDER_CHANGE speaks the words of the old API. Amazon's notification schemas of 2026-08-05, read 2026-11-23.
const oldStatus: Readonly<Record<AmazonOrderStatus, string>> = {
  PENDING_AVAILABILITY: 'PendingAvailability',
  PENDING: 'Pending',
  UNSHIPPED: 'Unshipped',
  PARTIALLY_SHIPPED: 'PartiallyShipped',
  SHIPPED: 'Shipped',
  CANCELLED: 'Canceled',
  UNFULFILLABLE: 'Unfulfillable',
};

const oldPrograms: Readonly<Record<string, string>> = {
  AMAZON_BUSINESS: 'Business',
  PRIME: 'Prime',
  PREMIUM: 'Premium',
};

/** Makes the notices of one account. What becomes of them on the way is the feed's weather. */
export function amazonNotices(store: AmazonStore, feed: WebhookFeed): Notices {
  const { clock, ids, subscriptions, destinations } = store;

  function post(
    type: string,
    write: (meta: { readonly subscriptionId: string; readonly notificationId: string }) => object,
    isWanted: (subscription: SubscriptionRecord) => boolean = () => true,
  ): void {
    for (const subscription of subscriptions.values()) {
      if (subscription.type !== type || !isWanted(subscription)) continue;
      const resource = destinations.get(subscription.destinationId)?.resource;
      if (!resource) continue;
      const id = ids.uuid();
      const notice = write({ subscriptionId: subscription.id, notificationId: id });
      const isQueue = 'sqs' in resource;
      feed.post({
        id,
        topic: type,
        body: JSON.stringify(isQueue ? notice : bridged(notice, type, id, clock.now())),
        url: isQueue ? addressOf(resource.sqs.arn) : 'https://events.eu-west-1.amazonaws.com/',
        headers: async () => ({}),
      });
    }
  }

  return {
    orderChanged(order, type, reason) {
      const now = moment(clock.now());
      post(
        'ORDER_CHANGE',
        ({ subscriptionId, notificationId }) => ({
          NotificationVersion: '1.0',
          NotificationType: 'ORDER_CHANGE',
          PayloadVersion: '1.0',
          EventTime: now,
          Payload: { OrderChangeNotification: orderChange(store.sellerId, order, type, reason, now) },
          NotificationMetadata: {
            ApplicationId: applicationId,
            SubscriptionId: subscriptionId,
            PublishTime: now,
            NotificationId: notificationId,
          },
        }),
        ({ changeTypes, marketplaceIds }) =>
          (changeTypes?.includes(type) ?? true) && (marketplaceIds?.includes(order.marketplaceId) ?? true),
      );
    },
    quantityChanged(listing) {
      if (listing.channel !== 'DEFAULT') return;
      const now = moment(clock.now());
      post('LISTINGS_ITEM_MFN_QUANTITY_CHANGE', ({ subscriptionId, notificationId }) => ({
        NotificationVersion: '1.0',
        NotificationType: 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE',
        PayloadVersion: '1.0',
        EventTime: now,
        Payload: {
          SellerId: store.sellerId,
          FulfillmentChannelCode: listing.channel,
          Sku: listing.sku,
          Quantity: listing.quantity ?? 0,
        },
        NotificationMetadata: {
          ApplicationId: applicationId,
          SubscriptionId: subscriptionId,
          PublishTime: now,
          NotificationId: notificationId,
        },
      }));
    },
    feedFinished(record) {
      const now = moment(clock.now());
      // The same envelope in other letters, as Amazon writes those of 2020-09-04.
      post('FEED_PROCESSING_FINISHED', ({ subscriptionId, notificationId }) => ({
        notificationVersion: '2020-09-04',
        notificationType: 'FEED_PROCESSING_FINISHED',
        payloadVersion: '2020-09-04',
        eventTime: now,
        payload: {
          feedProcessingFinishedNotification: {
            sellerId: store.sellerId,
            accountId: `amzn1.merchant.o.${store.sellerId}`,
            feedId: record.id,
            feedType: record.type,
            processingStatus: record.status,
            ...(record.reportId === undefined ? {} : { resultFeedDocumentId: record.reportId }),
          },
        },
        notificationMetadata: { applicationId, subscriptionId, publishTime: now, notificationId },
      }));
    },
  };
}

function orderChange(sellerId: string, order: AmazonOrderRecord, type: string, reason: string, now: string) {
  const programs = order.programs.flatMap((program) => oldPrograms[program] ?? []);
  const shipped = order.items.reduce((sum, item) => sum + itemShipped(order, item), 0);
  const left = order.items.reduce((sum, item) => sum + itemLeft(order, item), 0);
  return {
    NotificationLevel: 'OrderLevel',
    SellerId: sellerId,
    AmazonOrderId: order.id,
    OrderChangeType: type,
    OrderChangeTrigger: { TimeOfOrderChange: now, ChangeReason: reason },
    Summary: {
      MarketplaceId: order.marketplaceId,
      OrderStatus: oldStatus[statusOf(order)],
      PurchaseDate: moment(order.createdAt),
      DestinationPostalCode: order.isPending ? null : (order.address?.postalCode ?? null),
      FulfillmentType: order.fulfilledBy === 'AMAZON' ? 'AFN' : 'MFN',
      OrderType: 'StandardOrder',
      NumberOfItemsShipped: shipped,
      NumberOfItemsUnshipped: left,
      ...(programs.length > 0 ? { OrderPrograms: programs } : {}),
      OrderItems: order.items.map((item) => ({
        OrderItemId: item.id,
        SellerSKU: item.sku ?? '',
        SupplySourceId: null,
        OrderItemStatus: itemLeft(order, item) === 0 && itemShipped(order, item) > 0 ? 'Shipped' : 'Unshipped',
        Quantity: item.quantity,
        QuantityShipped: itemShipped(order, item),
        ...(item.cancelReason !== undefined && item.cancelledBy === undefined ? { IsBuyerRequestedCancel: true } : {}),
      })),
    },
  };
}

/** A notice as a rule of EventBridge hands it on. */
function bridged(notice: object, type: string, id: string, now: number) {
  return {
    version: '0',
    id,
    'detail-type': type,
    source: 'aws.partner/sellingpartnerapi.amazon.com',
    account: '111122223333',
    time: moment(now),
    region: 'eu-west-1',
    resources: [],
    detail: notice,
  };
}

/** The address of a queue, out of `arn:aws:sqs:region:account:name`. */
function addressOf(arn: string): string {
  const [, , , region = '', account = '', name = ''] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}
