import type { Json } from '@crossdock/core';
import { cleanText } from '../clean-text.ts';
import { currencyCodes } from '../currencies.ts';
import { drawn, type Site } from '../site.ts';
import type { WooOrder } from '../records.ts';
import { bodies, booleanOf, integerOf, textOf, type Body } from '../rest/body.ts';
import { Refused } from '../rest/refused.ts';
import { writeMeta } from '../store.ts';
import { emptyAddress, mergeAddress } from './address.ts';
import { applyCoupons } from './coupons.ts';
import { metaOf, writeItems } from './order-items.ts';
import { changeStatus, statusNames } from './status.ts';
import { productOf } from './stock.ts';
import { calculateTotals } from './totals.ts';

const needsPayment = new Set(['pending', 'failed', 'checkout-draft']);
const canBePaid = new Set(['pending', 'failed', 'on-hold', 'cancelled', 'checkout-draft']);

/** Makes an order of what a client sent. What a client may not decide is ignored. */
export function createOrder(site: Site, body: Body): WooOrder {
  checkCustomer(site, body);
  const draft = blankOrder(site, cleanText(textOf(body['created_via']) ?? 'rest-api').slice(0, 100));
  // Lines are read before the order is there: one that cannot be read leaves no order.
  writeFields(site, draft, body);
  writeItems(site, draft, body);
  const made = numbered(site, draft);
  calculateTotals(site, made);
  site.store.orders.set(made.id, made);
  applyCoupons(site, made, couponCodes(body), true);
  site.tell({ resource: 'order', event: 'created', id: made.id });
  site.fire('woocommerce_new_order', made.id);
  const status = textOf(body['status']);
  if (status !== undefined && status !== 'pending') changeStatus(site, made, known(status, 'pending'));
  if (booleanOf(body['set_paid']) === true) pay(site, made, textOf(body['transaction_id']));
  touchOrder(site, made);
  return made;
}

/** What a writer has read of an order before it writes. */
export interface SeenOrder {
  readonly stockReduced: boolean;
  readonly metaIds: ReadonlySet<number>;
}

/** An order as somebody reads it who is going to write it. */
export function seenOf({ stockReduced, meta }: WooOrder): SeenOrder {
  return { stockReduced, metaIds: new Set(meta.map(({ id }) => id)) };
}

/** Writes what was sent into an order. Fields that were not sent stay as they are, whoever wrote them. */
export function updateOrder(site: Site, order: WooOrder, body: Body, seen: SeenOrder = seenOf(order)): void {
  if (body['customer_id'] !== undefined) checkCustomer(site, body);
  writeFields(site, order, body, seen.metaIds);
  writeItems(site, order, body);
  const recalculates = ['billing', 'shipping', 'line_items', 'shipping_lines', 'fee_lines', 'coupon_lines'];
  if (recalculates.some((field) => body[field] !== undefined)) calculateTotals(site, order);
  applyCoupons(site, order, couponCodes(body), false);
  const status = textOf(body['status']);
  if (status !== undefined) changeStatus(site, order, known(status, 'pending'), seen.stockReduced);
  if (booleanOf(body['set_paid']) === true && needsPayment.has(order.status))
    pay(site, order, textOf(body['transaction_id']));
  touchOrder(site, order);
}

/** The order was saved: its date moves, whatever changed, and webhooks are told. */
export function touchOrder(site: Site, order: WooOrder): void {
  order.modifiedAt = site.now();
  site.tell({ resource: 'order', event: 'updated', id: order.id });
}

/** Into the trash. What it took of the stock stays taken. */
export function trashOrder(site: Site, order: WooOrder): void {
  order.trashedFrom = order.status;
  order.meta.push(
    { id: site.store.nextId('orderMeta'), key: '_wp_trash_meta_status', value: `wc-${order.status}` },
    { id: site.store.nextId('orderMeta'), key: '_wp_trash_meta_time', value: String(Math.floor(site.now() / 1000)) },
  );
  order.status = 'trash';
  order.modifiedAt = site.now();
  site.tell({ resource: 'order', event: 'deleted', id: order.id });
}

/** Away for good: neither stock comes back nor is a webhook told. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function deleteOrder(site: Site, order: WooOrder): void {
  site.store.orders.delete(order.id);
  site.store.change();
}

/** Gives a draft its id, which is its number too. */
export function numbered(site: Site, draft: WooOrder, id: number = site.store.nextId('post')): WooOrder {
  return { ...draft, id, number: String(id) };
}

/** An order with nothing in it. Takes no id yet. */
export function blankOrder(site: Site, createdVia: string): WooOrder {
  const now = site.now();
  return {
    id: 0,
    number: '',
    parentId: 0,
    status: 'pending',
    currency: site.settings.currency,
    pricesIncludeTax: site.settings.pricesIncludeTax,
    createdAt: now,
    modifiedAt: now,
    completedAt: undefined,
    paidAt: undefined,
    customerId: 0,
    key: `wc_order_${drawn(site.random, 13)}`,
    billing: emptyAddress('billing'),
    shipping: emptyAddress('shipping'),
    paymentMethod: '',
    paymentMethodTitle: '',
    transactionId: '',
    customerNote: '',
    createdVia,
    meta: [],
    lines: [],
    shippingLines: [],
    feeLines: [],
    couponLines: [],
    taxLines: [],
    refunds: [],
    notes: [],
    fulfillments: [],
    trackings: [],
    stockReduced: false,
    salesCounted: false,
    trashedFrom: undefined,
    discountTotal: 0n,
    discountTax: 0n,
    shippingTotal: 0n,
    shippingTax: 0n,
    cartTax: 0n,
    total: 0n,
  };
}

/** Whether somebody has to ship something for it. */
export function needsProcessing(site: Site, order: WooOrder): boolean {
  return order.lines.some((line) => {
    const product = productOf(site, line);
    return product !== undefined && !(product.virtual && product.downloadable);
  });
}

/** Whether its buyer may still pay. */
export function wantsPayment(order: WooOrder): boolean {
  return needsPayment.has(order.status) && order.total > 0n;
}

function pay(site: Site, order: WooOrder, transactionId: string | undefined): void {
  if (!canBePaid.has(order.status)) return;
  if (transactionId !== undefined) order.transactionId = transactionId;
  order.paidAt ??= site.now();
  changeStatus(site, order, needsProcessing(site, order) ? 'processing' : 'completed');
}

function writeFields(site: Site, order: WooOrder, body: Body, metaSeen?: ReadonlySet<number>): void {
  order.parentId = integerOf(body['parent_id']) ?? order.parentId;
  order.customerId = integerOf(body['customer_id']) ?? order.customerId;
  const currency = textOf(body['currency']);
  // A single write was checked before; this is for items of a batch. Compared with WooCommerce 10.5.0, 2026-11-26.
  if (currency !== undefined && !currencyCodes.includes(currency)) {
    throw new Refused(400, 'order_invalid_currency', 'Invalid currency code');
  }
  order.currency = currency ?? order.currency;
  order.customerNote = textOf(body['customer_note']) ?? order.customerNote;
  order.paymentMethod = textOf(body['payment_method']) ?? order.paymentMethod;
  order.paymentMethodTitle = textOf(body['payment_method_title']) ?? order.paymentMethodTitle;
  order.transactionId = textOf(body['transaction_id']) ?? order.transactionId;
  mergeAddress(order.billing, body['billing']);
  mergeAddress(order.shipping, body['shipping']);
  const customer = site.store.customers.get(order.customerId);
  // Only the e-mail of a known customer is filled in. Compared with WooCommerce 10.5.0, 2026-11-26.
  if (customer && order.billing.email === '') order.billing.email = customer.email;
  const meta = metaOf(body['meta_data']).filter((entry) => !writeInternal(order, entry));
  writeMeta(order.meta, meta, () => site.store.nextId('orderMeta'), metaSeen);
}

/** Custom fields with names of the shop's own set the fields themselves. Compared with WooCommerce 10.5.0, 2026-11-26. */
function writeInternal(
  order: WooOrder,
  { key = '', value }: { readonly key?: string; readonly value?: Json },
): boolean {
  const text = textOf(value) ?? '';
  const [, part = '', field = ''] = /^_(billing|shipping)_(\w+)$/.exec(key) ?? [];
  const address = part === 'billing' ? order.billing : order.shipping;
  if (part !== '' && field in address) mergeAddress(address, { [field]: text });
  else if (key === '_transaction_id') order.transactionId = text;
  else if (key === '_payment_method') order.paymentMethod = text;
  else if (key === '_payment_method_title') order.paymentMethodTitle = text;
  else if (key === '_created_via') order.createdVia = text;
  else return false;
  return true;
}

function checkCustomer(site: Site, body: Body): void {
  const sent = body['customer_id'];
  const id = integerOf(sent) ?? 0;
  if (sent === undefined || sent === null || sent === 0 || site.store.customers.has(id)) return;
  throw new Refused(400, 'woocommerce_rest_invalid_customer_id', 'Customer ID is invalid.');
}

function couponCodes(body: Body): readonly string[] {
  return bodies(body['coupon_lines']).flatMap(({ code }) => textOf(code) ?? []);
}

/** A status that the shop does not know becomes another one in silence, where nothing checked it: in a batch. */
function known(status: string, otherwise: string): string {
  return statusNames[status] === undefined && status !== 'auto-draft' ? otherwise : status;
}
