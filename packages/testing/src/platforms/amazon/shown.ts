import { money } from '@crossdock/core';
import * as z from 'zod';
import { marketplaces } from './marketplaces.ts';
import { entriesOf, totalOf } from './order-money.ts';
import { itemShipped, statusOf } from './order-status.ts';
import type { AmazonOrderRecord, ListingRecord } from './records.ts';
import type { AmazonListing, AmazonOrder } from './state.ts';
import { moment } from './store.ts';

const priceSchema = z.object({
  marketplace_id: z.string(),
  our_price: z.tuple([z.object({ schedule: z.tuple([z.object({ value_with_tax: z.number() })]) })]),
});

/** A listing as the state shows it. */
export function shownListing(listing: ListingRecord): AmazonListing {
  const { sku, asin, productType, quantity, price, issues, attributes } = listing;
  const own = attributes['fulfillment_availability']?.find(
    (instance) => instance['fulfillment_channel_code'] === 'DEFAULT',
  );
  const submitted = own?.['quantity'];
  const offer = priceSchema.safeParse(
    attributes['purchasable_offer']?.find((instance) => (instance['audience'] ?? 'ALL') === 'ALL'),
  );
  const currency = marketplaces.get(offer.data?.marketplace_id ?? '')?.currency;
  return {
    sku,
    asin,
    productType,
    quantity,
    price,
    submittedQuantity: typeof submitted === 'number' ? submitted : undefined,
    submittedPrice:
      offer.data && currency !== undefined
        ? money(String(offer.data.our_price[0].schedule[0].value_with_tax), currency).amount
        : undefined,
    issues,
  };
}

/** An order as the state shows it. */
export function shownOrder(order: AmazonOrderRecord): AmazonOrder {
  const { currency } = order;
  return {
    orderId: order.id,
    status: statusOf(order),
    marketplaceId: order.marketplaceId,
    createdAt: moment(order.createdAt),
    updatedAt: moment(order.updatedAt),
    fulfilledBy: order.fulfilledBy,
    currency,
    total: totalOf(
      order.items.flatMap((item) => entriesOf(item, currency, false)),
      currency,
      false,
    ),
    items: order.items.map((item) => ({
      itemId: item.id,
      sku: item.sku,
      title: item.title,
      quantity: item.quantity,
      shipped: itemShipped(order, item),
      cancelled: item.cancelled,
      isCancelRequested: item.cancelReason !== undefined && item.cancelledBy === undefined,
    })),
    packages: [...order.packages.values()].map(({ reference, carrier, trackingNumber, status, items }) => ({
      reference,
      carrier,
      trackingNumber,
      status,
      items: items.map(({ itemId, quantity }) => ({
        itemId,
        sku: order.items.find(({ id }) => id === itemId)?.sku,
        quantity,
      })),
    })),
  };
}
