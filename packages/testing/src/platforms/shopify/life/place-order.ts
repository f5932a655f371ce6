import { idIn } from '../gid.ts';
import { sumsOf } from '../order-sums.ts';
import { financialStatus } from '../order-status.ts';
import { inPresentment } from '../presented.ts';
import type { CustomerRecord, OrderRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { allot } from './allot.ts';
import { chargeOf, linesOf, shippingOf, type Draft } from './draft-lines.ts';
import type { OrderInput } from './order-input.ts';
import { placedPayments } from './place-payment.ts';
import { route } from './route.ts';
import { customerByEmail, makeCustomer } from './customers.ts';
import { refused, type Happening, type Shop } from './shop.ts';

/**
 * Lets a buyer place an order: stock is committed, fulfillment orders are made, subscribers are told. Refuses an order
 * without lines and a line without at least one whole unit, as the shop does, and throws `SoldOut` for more than is left.
 */
export function placeOrder(shop: Shop, input: OrderInput): OrderRecord {
  const { store, tell } = shop;
  const number = numberOf(store, input);
  const called = `#${number}`;
  const wrong = input.lines.find(({ quantity }) => !Number.isInteger(quantity) || quantity < 1);
  if (input.lines.length === 0)
    throw refused(`Order "${called}" was not placed: it has no lines. Give it at least one.`);
  if (wrong) {
    throw refused(
      `Order "${called}" was not placed: the quantity of SKU "${wrong.sku ?? ''}" is "${wrong.quantity}". ` +
        'Order at least 1 of it; what comes back is a refund.',
    );
  }
  const allotted = allot(
    store,
    input.lines.map(({ sku, quantity, locationId }) => ({
      variant: sku === undefined ? undefined : store.bySku.get(sku),
      quantity,
      locationId: placeOf(store, locationId, called),
    })),
  );
  const currency = input.currency ?? store.currency;
  const draft: Draft = { store, input, currency, discounts: [] };
  const lines = linesOf(draft);
  const shippingLines = (input.shippingLines ?? []).map((line) => shippingOf(draft, line));
  const now = store.second();
  const placedAt = input.placedAt === undefined ? now : secondOf(input.placedAt);
  const customer = customerOf(store, input);
  const order: OrderRecord = {
    id: store.nextId(),
    number,
    name: called,
    createdAt: placedAt,
    processedAt: placedAt,
    updatedAt: Math.max(now, placedAt),
    cancelledAt: undefined,
    cancelReason: undefined,
    staffNote: undefined,
    closedAt: undefined,
    edited: false,
    test: input.test ?? false,
    currency,
    presentment: input.presentment,
    taxesIncluded: input.taxesIncluded ?? false,
    dutiesIncluded: input.dutiesIncluded ?? false,
    email: input.email ?? input.customer?.email,
    phone: input.phone ?? input.customer?.phone,
    customerId: customer?.id,
    shippingAddress: input.shippingAddress,
    billingAddress: input.billingAddress ?? input.shippingAddress,
    note: input.note,
    poNumber: input.poNumber,
    tags: (input.tags ?? []).toSorted(),
    customAttributes: input.customAttributes ?? [],
    sourceName: input.sourceName ?? 'web',
    sourceIdentifier: input.sourceIdentifier,
    gateway: input.gateway ?? 'shopify_payments',
    discounts: draft.discounts,
    lines,
    shippingLines,
    fees: (input.additionalFees ?? []).map((fee) => ({ name: fee.name, ...chargeOf(draft, fee) })),
    transactions: [],
    refunds: [],
    original: { total: 0n, presented: 0n },
    risk: input.risk ?? { recommendation: 'NONE', assessments: [] },
    statusWords: {},
    authorizationExpired: false,
  };
  order.original = { total: sumsOf(order).total, presented: sumsOf(inPresentment(order)).total };
  order.transactions.push(...placedPayments(store, order, input, placedAt));
  store.orders.set(order.id, order);
  store.lastNumber = Math.max(store.lastNumber, number);
  store.ofOrder.set(order.id, { fulfillmentOrders: [], fulfillments: [], returns: [] });
  const routed = route(shop, order, allotted);
  const paid: Happening[] = financialStatus(order) === 'PAID' ? [{ topic: 'orders/paid', order }] : [];
  tell([
    { topic: 'orders/create', order },
    ...paid,
    ...order.transactions.map((transaction): Happening => ({
      topic: 'order_transactions/create',
      order,
      transaction,
    })),
    ...productsOf(store, order),
    ...routed.map((fulfillmentOrder): Happening => ({
      topic: 'fulfillment_orders/order_routing_complete',
      fulfillmentOrder,
    })),
  ]);
  return order;
}

/**
 * A product is told of when it is ordered: here of what is not counted, else with its stock. Topics of the schema of API
 * 2026-10, read 2026-11-26.
 */
function productsOf(store: Store, { lines }: OrderRecord): readonly Happening[] {
  const ordered = new Set(
    lines.flatMap(({ variantId }) => {
      const variant = variantId === undefined ? undefined : store.variants.get(variantId);
      return variant && !variant.tracked ? variant.productId : [];
    }),
  );
  return [...ordered].flatMap((id): readonly Happening[] => {
    const product = store.products.get(id);
    return product ? [{ topic: 'products/update', product }] : [];
  });
}

function numberOf(store: Store, { number }: OrderInput): number {
  const wanted = Number(number ?? store.lastNumber + 1);
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw refused(`An order was not placed: its number is "${number}". The shop counts in whole numbers from 1.`);
  }
  return wanted;
}

function placeOf(store: Store, locationId: string | undefined, called: string): bigint | undefined {
  if (locationId === undefined) return undefined;
  const id = idIn(locationId, 'Location');
  if (id !== undefined && store.locations.has(id)) return id;
  throw refused(
    `Order "${called}" was not placed: there is no location "${locationId}". Take an id that addLocation answered.`,
  );
}

function customerOf(store: Store, input: OrderInput): CustomerRecord | undefined {
  const email = input.customer?.email ?? input.email;
  if (!input.customer && email === undefined) return undefined;
  const known = email === undefined ? undefined : customerByEmail(store, email);
  if (known) return known;
  const address = input.billingAddress ?? input.shippingAddress;
  return makeCustomer(store, {
    email,
    phone: input.customer?.phone,
    firstName: input.customer?.firstName ?? address?.firstName,
    lastName: input.customer?.lastName ?? address?.lastName,
    addresses: address ? [{ id: store.nextId(), address }] : [],
  });
}

function secondOf(iso: string): number {
  const at = Date.parse(iso);
  if (Number.isNaN(at))
    throw refused(
      `An order was not placed: placedAt is "${iso}". Write it as ISO 8601, such as "2026-11-01T10:00:00Z".`,
    );
  return Math.floor(at / 1000) * 1000;
}
