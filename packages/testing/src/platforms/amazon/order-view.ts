import { entriesOf, summed, totalOf, wireMoney } from './order-money.ts';
import { itemLeft, itemShipped, statusOf } from './order-status.ts';
import { marketplaceOf } from './marketplaces.ts';
import type { AmazonItemRecord, AmazonOrderRecord, AmazonPackageRecord } from './records.ts';
import { moment } from './store.ts';

/** The sections of an order that have to be asked for by name. Amazon's model of 2026-08-05, read 2026-11-23. */
export const amazonSections = [
  'BUYER',
  'RECIPIENT',
  'PROCEEDS',
  'EXPENSE',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
  'TAX',
  'PAYMENT',
  'FULFILLMENT_ORDERS',
] as const;
/** One of `amazonSections`. */
export type AmazonSection = (typeof amazonSections)[number];

/** How orders are shown. */
export interface OrderViewOptions {
  readonly sections: ReadonlySet<AmazonSection>;
  readonly isDiscountNegative: boolean;
}

/** An order as the API of 2026 shows it, with the sections that were asked for and may be seen. */
export function orderView(order: AmazonOrderRecord, options: OrderViewOptions) {
  const { sections } = options;
  // An order that waits for its payment shows neither prices nor whom it goes to.
  const isShown = !order.isPending;
  const { buyer, address, currency } = order;
  const isOurs = order.fulfilledBy === 'MERCHANT';
  const entries = order.items.flatMap((item) => entriesOf(item, currency, options.isDiscountNegative));
  return {
    orderId: order.id,
    ...(order.alias === undefined ? {} : { orderAliases: [{ aliasId: order.alias, aliasType: 'SELLER_ORDER_ID' }] }),
    createdTime: moment(order.createdAt),
    lastUpdatedTime: moment(order.updatedAt),
    ...(order.programs.length > 0 ? { programs: order.programs } : {}),
    ...(order.replaces === undefined
      ? {}
      : { associatedOrders: [{ orderId: order.replaces, associationType: 'REPLACEMENT_ORIGINAL_ID' }] }),
    salesChannel: {
      channelName: 'AMAZON',
      marketplaceId: order.marketplaceId,
      marketplaceName: marketplaceOf(order.marketplaceId).name,
    },
    ...(sections.has('BUYER') && isShown && buyer
      ? {
          buyer: {
            buyerName: buyer.name,
            ...(isOurs ? { buyerEmail: buyer.email } : {}),
            ...(buyer.company === undefined ? {} : { buyerCompanyName: buyer.company }),
            ...(buyer.purchaseOrderNumber === undefined ? {} : { buyerPurchaseOrderNumber: buyer.purchaseOrderNumber }),
          },
        }
      : {}),
    ...(sections.has('RECIPIENT') && isShown && address
      ? { recipient: { deliveryAddress: { addressType: 'RESIDENTIAL', ...withoutBlanks(address) } } }
      : {}),
    ...(sections.has('PROCEEDS') && isShown
      ? {
          proceeds: {
            grandTotal: wireMoney(totalOf(entries, currency, options.isDiscountNegative), currency),
            breakdowns: summed(entries, currency).map(({ type, amount }) => ({
              type,
              subtotal: wireMoney(amount, currency),
            })),
          },
        }
      : {}),
    ...(sections.has('PAYMENT') && isShown
      ? {
          payment: {
            paymentExecutions: [
              {
                paymentMethod: 'CreditCard',
                paymentAmount: wireMoney(totalOf(entries, currency, options.isDiscountNegative), currency),
              },
            ],
          },
        }
      : {}),
    ...(sections.has('TAX') && isShown && order.taxRegistrations.length > 0
      ? { tax: { taxRegistrations: order.taxRegistrations.map(withoutBlanks) } }
      : {}),
    ...(sections.has('FULFILLMENT') ? { fulfillment: fulfillmentView(order) } : {}),
    orderItems: order.items.map((item) => itemView(order, item, options)),
    ...(sections.has('PACKAGES') && isOurs && order.packages.size > 0
      ? { packages: [...order.packages.values()].map(packageView) }
      : {}),
  };
}

const dayMs = 86_400_000;

function fulfillmentView(order: AmazonOrderRecord) {
  return {
    fulfillmentStatus: statusOf(order),
    fulfilledBy: order.fulfilledBy,
    fulfillmentServiceLevel: order.serviceLevel,
    shipByWindow: {
      earliestDateTime: moment(order.createdAt),
      latestDateTime: moment(order.createdAt + 2 * dayMs),
    },
    deliverByWindow: {
      earliestDateTime: moment(order.createdAt + 2 * dayMs),
      latestDateTime: moment(order.createdAt + 5 * dayMs),
    },
  };
}

function itemView(order: AmazonOrderRecord, item: AmazonItemRecord, options: OrderViewOptions) {
  const { sections, isDiscountNegative } = options;
  const { currency } = order;
  const isShown = !order.isPending;
  const entries = entriesOf(item, currency, isDiscountNegative);
  return {
    orderItemId: item.id,
    quantityOrdered: item.quantity,
    product: {
      asin: item.asin,
      title: item.title,
      ...(item.sku === undefined ? {} : { sellerSku: item.sku }),
      condition: { conditionType: 'NEW', conditionSubtype: 'NEW' },
      ...(isShown ? { price: { unitPrice: wireMoney(item.unitPrice, currency) } } : {}),
    },
    ...(sections.has('PROCEEDS') && isShown
      ? {
          proceeds: {
            proceedsTotal: wireMoney(totalOf(entries, currency, isDiscountNegative), currency),
            breakdowns: entries.map(({ type, amount, details }) => ({
              type,
              subtotal: wireMoney(amount, currency),
              ...(details
                ? {
                    detailedBreakdowns: details.map((detail) => ({
                      subtype: detail.subtype,
                      value: wireMoney(detail.amount, currency),
                    })),
                  }
                : {}),
            })),
          },
        }
      : {}),
    ...(sections.has('PROMOTION') && item.discounts.length > 0
      ? { promotion: { breakdowns: item.discounts.map(({ promotion }) => ({ promotionId: promotion })) } }
      : {}),
    ...(sections.has('CANCELLATION') && item.cancelReason !== undefined
      ? { cancellation: cancellationView(item) }
      : {}),
    ...(sections.has('FULFILLMENT')
      ? {
          fulfillment: {
            quantityFulfilled: itemShipped(order, item),
            quantityUnfulfilled: itemLeft(order, item),
            ...(item.gift
              ? {
                  packing: {
                    giftOption: {
                      ...(item.gift.message === undefined ? {} : { giftMessage: item.gift.message }),
                      ...(item.gift.level === undefined ? {} : { giftWrapLevel: item.gift.level }),
                    },
                  },
                }
              : {}),
          },
        }
      : {}),
  };
}

function cancellationView({ cancelReason, cancelledBy }: AmazonItemRecord) {
  return cancelledBy === undefined
    ? { cancellationRequest: { requester: 'BUYER', cancelReason } }
    : { cancellationExecution: { cancelledBy, cancelReason } };
}

function packageView(parcel: AmazonPackageRecord) {
  return {
    packageReferenceId: parcel.reference,
    createdTime: moment(parcel.createdAt),
    packageStatus: { status: parcel.status },
    carrier: parcel.carrierName ?? parcel.carrier,
    shipTime: moment(parcel.shippedAt),
    ...(parcel.service === undefined ? {} : { shippingService: parcel.service }),
    trackingNumber: parcel.trackingNumber,
    packageItems: parcel.items.map(({ itemId, quantity, transparencyCodes }) => ({
      orderItemId: itemId,
      quantity,
      ...(transparencyCodes ? { transparencyCodes } : {}),
    })),
  };
}

function withoutBlanks(record: object) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
