import { money } from '@crossdock/core';
import { SoldOut } from '../../fake/sold-out.ts';
import { marketplaceOf } from './marketplaces.ts';
import type { Notices } from './notices.ts';
import type { AmazonOrderInput } from './order-input.ts';
import { shares, times } from './order-money.ts';
import type { AmazonCanceller, AmazonItemRecord, AmazonOrderRecord } from './records.ts';
import { isCancelled, isOpen, itemLeft } from './order-status.ts';
import type { AmazonStore } from './store.ts';

/** What buyers and Amazon itself do with orders. */
export interface OrderDesk {
  /** Throws `SoldOut` when a listing shows fewer than are wanted. */
  place(input: AmazonOrderInput): AmazonOrderRecord;
  /** Cancels what was not sent: of an order of which something was, only that. */
  cancel(order: AmazonOrderRecord, by: AmazonCanceller): void;
  /** Cancels units of one item that were not sent; all of them where no quantity is said. */
  cancelItem(order: AmazonOrderRecord, itemId: string, quantity: number | undefined, by: AmazonCanceller): void;
  /** The buyer asks the merchant to cancel an item. */
  requestCancel(order: AmazonOrderRecord, itemId: string, reason: string): void;
}

/** Makes the desk. `pendingMs` is how long an order waits for its payment. */
export function orderDesk(store: AmazonStore, notices: Notices, pendingMs: number): OrderDesk {
  const { clock, schedule } = store;

  function leavePending(order: AmazonOrderRecord): void {
    if (!order.isPending || isCancelled(order)) return;
    order.isPending = false;
    order.updatedAt = clock.now();
    notices.orderChanged(order, 'OrderStatusChange', 'Payment verified');
  }

  function takeOff(item: AmazonItemRecord, count: number, by: AmazonCanceller): void {
    if (count === 0) return;
    // Back on the shelf. Our assumption; Amazon says nothing of it.
    const listing = item.sku === undefined ? undefined : store.listings.get(item.sku);
    if (listing?.quantity !== undefined) {
      listing.quantity += count;
      notices.quantityChanged(listing);
    }
    item.cancelled += count;
    item.cancelledBy = by;
    item.cancelReason = reasonOf(by);
  }

  function tellCancelled(order: AmazonOrderRecord, by: AmazonCanceller): void {
    order.updatedAt = clock.now();
    notices.orderChanged(order, 'OrderStatusChange', reasonOf(by));
  }

  return {
    place(input) {
      const waitMs = input.pendingMs ?? pendingMs;
      takeStock(store, notices, input);
      const order = orderFrom(store, input, waitMs > 0);
      store.orders.set(order.id, order);
      notices.orderChanged(order, 'OrderStatusChange', 'Order placed');
      if (waitMs > 0) schedule.after(waitMs, () => leavePending(order));
      return order;
    },
    cancel(order, by) {
      if (!isOpen(order)) throw new RangeError(`Order "${order.id}" was not cancelled: nothing of it is open.`);
      for (const item of order.items) takeOff(item, itemLeft(order, item), by);
      tellCancelled(order, by);
    },
    cancelItem(order, itemId, quantity, by) {
      const item = itemOf(order, itemId);
      const left = itemLeft(order, item);
      const count = quantity ?? left;
      if (!Number.isSafeInteger(count) || count < 1 || count > left) {
        throw new RangeError(`${count} of item "${itemId}" were not cancelled: ${left} of it are open.`);
      }
      takeOff(item, count, by);
      tellCancelled(order, by);
    },
    requestCancel(order, itemId, reason) {
      const item = itemOf(order, itemId);
      item.cancelReason = reason;
      order.updatedAt = clock.now();
      notices.orderChanged(order, 'BuyerRequestedChange', 'Buyer Requested Cancel');
    },
  };
}

function reasonOf(by: AmazonCanceller): string {
  return `Cancelled by ${by.toLowerCase()}`;
}

function itemOf(order: AmazonOrderRecord, itemId: string): AmazonItemRecord {
  const item = order.items.find(({ id }) => id === itemId);
  if (!item) throw new RangeError(`Order "${order.id}" has no item "${itemId}".`);
  return item;
}

function takeStock({ listings }: AmazonStore, notices: Notices, { lines }: AmazonOrderInput): void {
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of lines) if (sku !== undefined) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  const counted = [...wanted].flatMap(([sku, quantity]) => {
    const listing = listings.get(sku);
    return listing?.quantity === undefined ? [] : [{ listing, left: listing.quantity, quantity }];
  });
  for (const { listing, left, quantity } of counted) {
    if (left < quantity) throw new SoldOut(listing.sku, quantity, left);
  }
  for (const { listing, left, quantity } of counted) {
    listing.quantity = left - quantity;
    notices.quantityChanged(listing);
  }
}

function orderFrom(store: AmazonStore, input: AmazonOrderInput, isPending: boolean): AmazonOrderRecord {
  const { clock, ids, orders } = store;
  const id = input.orderId ?? ids.orderId();
  if (!/^\d{3}-\d{7}-\d{7}$/.test(id)) throw new RangeError(`"${id}" is no order id: Amazon's are 3-7-7 digits.`);
  if (orders.has(id)) throw new RangeError(`There is an order "${id}" already.`);
  if (input.isPreorder && !isPending) throw new RangeError('A pre-order waits: say how long with pendingMs.');
  if (input.lines.length === 0) throw new RangeError('An order needs a line.');
  const marketplace = marketplaceOf(input.marketplaceId ?? store.marketplaceId);
  const now = clock.now();
  return {
    id,
    marketplaceId: marketplace.id,
    createdAt: now,
    updatedAt: now,
    currency: input.currency ?? marketplace.currency,
    fulfilledBy: input.fulfilledBy ?? 'MERCHANT',
    serviceLevel: input.serviceLevel ?? 'STANDARD',
    programs: input.programs ?? [],
    buyer: input.buyer ?? { name: 'Ada Example', email: `${ids.text(16).toLowerCase()}@marketplace.amazon.example` },
    address: input.address ?? {
      name: 'Ada Example',
      addressLine1: '1 Example Street',
      city: 'Exampleton',
      postalCode: 'EX1 1EX',
      countryCode: marketplace.countryCode,
    },
    items: itemsFrom(store, input, input.currency ?? marketplace.currency),
    packages: new Map(),
    replaces: input.replaces,
    alias: input.alias,
    taxRegistrations: input.taxRegistrations ?? [],
    isPreorder: input.isPreorder ?? false,
    isPending,
    isUnfulfillable: false,
    isShippedByAmazon: false,
  };
}

function itemsFrom({ ids, listings }: AmazonStore, input: AmazonOrderInput, currency: string): AmazonItemRecord[] {
  const units = input.lines.map(({ quantity }) => quantity);
  if (!units.every((quantity) => Number.isSafeInteger(quantity) && quantity > 0)) {
    throw new RangeError('Every line of an order needs a quantity from 1.');
  }
  const shipping = input.shippingPrice === undefined ? [] : shares(input.shippingPrice, units, currency);
  const shippingTax = input.shippingTax === undefined ? [] : shares(input.shippingTax, units, currency);
  return input.lines.map((line, index) => {
    const wrap = input.giftWrap && (input.giftWrap.line ?? 0) === index ? input.giftWrap : undefined;
    const listing = line.sku === undefined ? undefined : listings.get(line.sku);
    const isTaxed = line.taxPerUnit !== undefined;
    return {
      id: ids.digits(14),
      sku: line.sku,
      asin: listing?.asin ?? ids.asin(),
      title: line.title,
      quantity: line.quantity,
      unitPrice: money(line.unitPrice, currency).amount,
      charges: {
        ITEM: times(line.unitPrice, line.quantity, currency),
        ...(shipping[index] === undefined ? {} : { SHIPPING: shipping[index] }),
        ...(wrap ? { GIFT_WRAP: money(wrap.price, currency).amount } : {}),
      },
      taxes: isTaxed
        ? {
            ITEM: times(line.taxPerUnit ?? '0', line.quantity, currency),
            ...(shippingTax[index] === undefined ? {} : { SHIPPING: shippingTax[index] }),
            ...(wrap?.tax === undefined ? {} : { GIFT_WRAP: money(wrap.tax, currency).amount }),
          }
        : undefined,
      discounts: (input.discounts ?? [])
        .filter((discount) => (discount.line ?? 0) === index)
        .map(({ amount, of, promotion }) => ({ amount, of: of ?? 'ITEM', promotion: promotion ?? ids.text(20) })),
      gift: wrap && { message: wrap.message, level: wrap.level },
      cancelled: 0,
      cancelReason: undefined,
      cancelledBy: undefined,
    };
  });
}
