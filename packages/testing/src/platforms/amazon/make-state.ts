import { money } from '@crossdock/core';
import type { AmazonBuckets } from './buckets.ts';
import type { TokenOffice } from './lwa.ts';
import { marketplaceOf } from './marketplaces.ts';
import type { Notices } from './notices.ts';
import { subscribed } from './notification-routes.ts';
import type { AmazonOperation } from './operations.ts';
import type { OrderDesk } from './order-desk.ts';
import { isOpen } from './order-status.ts';
import type { AmazonQueue } from './queue.ts';
import type { AmazonPlan } from './rates.ts';
import type { AmazonIssue, AmazonOrderRecord, ListingRecord } from './records.ts';
import { shownListing, shownOrder } from './shown.ts';
import type { AmazonListingInput, AmazonState } from './state.ts';
import type { AmazonStore } from './store.ts';

/** What the state door stands on. */
export interface AmazonStateParts {
  readonly store: AmazonStore;
  readonly desk: OrderDesk;
  readonly notices: Notices;
  readonly queue: AmazonQueue;
  readonly tokens: TokenOffice;
  readonly buckets: AmazonBuckets;
  readonly plans: Map<AmazonOperation, AmazonPlan>;
  readonly plan: (operation: AmazonOperation) => AmazonPlan;
  readonly keyOf: (operation: AmazonOperation) => string;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string };
}

const objection: AmazonIssue = {
  code: '18742',
  message: 'Restricted Products Policy Violation',
  severity: 'ERROR',
  categories: [],
};

/** Makes the door through which tests and the demo live in the account. */
export function amazonState(parts: AmazonStateParts): AmazonState {
  const { store, desk, notices, tokens } = parts;
  const listingOf = (sku: string): ListingRecord => {
    const listing = store.listings.get(sku);
    if (!listing) throw new RangeError(`Amazon lists no SKU "${sku}". Add it with addListing.`);
    return listing;
  };
  const orderOf = (orderId: string): AmazonOrderRecord => {
    const order = store.orders.get(orderId);
    if (!order) throw new RangeError(`Amazon has no order "${orderId}". Place it with placeOrder.`);
    return order;
  };
  const ofAmazon = (orderId: string): AmazonOrderRecord => {
    const order = orderOf(orderId);
    if (order.fulfilledBy !== 'AMAZON') throw new RangeError(`Order "${orderId}" is shipped by the merchant.`);
    return order;
  };
  return {
    addListing: (input) => void store.listings.set(input.sku, listingFrom(store, input)),
    listing: (sku) => shownListing(listingOf(sku)),
    get listings() {
      return [...store.listings.values()].map(shownListing);
    },
    setQuantity(sku, quantity) {
      const listing = listingOf(sku);
      listing.quantity = quantity;
      listing.updatedAt = store.clock.now();
      notices.quantityChanged(listing);
    },
    objectTo: (sku, when, issue = objection) => void store.objections.set(sku, { when, issue }),
    submissions: store.submissions,

    placeOrder(input) {
      const order = desk.place(input);
      return { orderId: order.id, itemIds: order.items.map(({ id }) => id) };
    },
    get orders() {
      return [...store.orders.values()].map(shownOrder);
    },
    order: (orderId) => shownOrder(orderOf(orderId)),
    cancel: (orderId, by = 'BUYER') => desk.cancel(orderOf(orderId), by),
    cancelItem: (orderId, itemId, quantity, by = 'BUYER') => desk.cancelItem(orderOf(orderId), itemId, quantity, by),
    requestCancel: (orderId, itemId) => desk.requestCancel(orderOf(orderId), itemId, 'Ordered by mistake'),
    unlist(orderId) {
      const { id } = orderOf(orderId);
      store.unlisted.add(id);
      return () => void store.unlisted.delete(id);
    },
    shipByAmazon(orderId) {
      const order = ofAmazon(orderId);
      order.isShippedByAmazon = true;
      order.isUnfulfillable = false;
      order.updatedAt = store.clock.now();
      notices.orderChanged(order, 'OrderStatusChange', 'Shipped');
    },
    markUnfulfillable(orderId) {
      const order = ofAmazon(orderId);
      if (!isOpen(order)) throw new RangeError(`Nothing of order "${orderId}" is open.`);
      order.isUnfulfillable = true;
      order.updatedAt = store.clock.now();
      notices.orderChanged(order, 'OrderStatusChange', 'Unfulfillable');
    },
    deliver(orderId) {
      const order = orderOf(orderId);
      for (const parcel of order.packages.values()) parcel.status = 'DELIVERED';
      order.updatedAt = store.clock.now();
    },

    get feeds() {
      return [...store.feeds.values()].map(({ id, type, status }) => ({ feedId: id, type, status }));
    },
    queue: parts.queue,
    subscribe: (type) => subscribed(store, type),

    sellerId: store.sellerId,
    marketplaceId: store.marketplaceId,
    ...parts.credentials,
    revoke: () => tokens.setGranted(false),
    authorize: () => tokens.setGranted(true),
    expireTokens: () => tokens.expire(),
    setPlan: (operation, plan) => void parts.plans.set(operation, plan),
    drain: (operation, leave = 0) => parts.buckets.leave(parts.keyOf(operation), parts.plan(operation), leave),
    get counts() {
      const accepted = store.submissions.filter(({ status }) => status === 'ACCEPTED').length;
      return {
        orders: store.orders.size,
        throttled: store.counts.throttled,
        accepted,
        invalid: store.submissions.length - accepted,
        packages: [...store.orders.values()].reduce((sum, { packages }) => sum + packages.size, 0),
      };
    },
  };
}

function listingFrom(store: AmazonStore, input: AmazonListingInput): ListingRecord {
  const { clock, ids, marketplaceId } = store;
  const { currency } = marketplaceOf(marketplaceId);
  const price = money(input.price, currency).amount;
  if (!Number.isSafeInteger(input.quantity) || input.quantity < 0) {
    throw new RangeError(`SKU "${input.sku}" was not listed: its quantity is no whole number from 0.`);
  }
  const title = input.title ?? input.sku;
  const channel = input.fulfilledBy === 'AMAZON' ? 'AMAZON_EU' : 'DEFAULT';
  return {
    sku: input.sku,
    asin: ids.asin(),
    createdAt: clock.now(),
    updatedAt: clock.now(),
    productType: input.productType ?? 'PRODUCT',
    title,
    channel,
    attributes: {
      item_name: [{ value: title, language_tag: 'en_GB', marketplace_id: marketplaceId }],
      condition_type: [{ value: 'new_new', marketplace_id: marketplaceId }],
      fulfillment_availability: [
        {
          fulfillment_channel_code: channel,
          ...(channel === 'DEFAULT' ? { quantity: input.quantity } : {}),
          marketplace_id: marketplaceId,
        },
      ],
      purchasable_offer: [
        {
          marketplace_id: marketplaceId,
          currency,
          audience: 'ALL',
          our_price: [{ schedule: [{ value_with_tax: Number(price) }] }],
        },
      ],
    },
    quantity: input.quantity,
    price,
    issues: [],
  };
}
