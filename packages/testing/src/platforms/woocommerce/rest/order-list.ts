import type { Json } from '@crossdock/core';
import { readMoment, utc, wholeSecond } from '../moments.ts';
import type { WooOrder } from '../records.ts';
import { statusNames } from '../life/status.ts';
import { cleanText } from '../clean-text.ts';
import type { Site } from '../site.ts';
import { orderView, rateCode } from '../views/order.ts';
import { withMeta } from '../views/format.ts';
import { booleanOf, integerOf, textOf } from './body.ts';
import type { Answer, Call } from './call.ts';
import { date, integer, listOf, oneOf, type Check } from './check.ts';
import { found } from './found.ts';
import { idsOf, page, pageChecks, wordsOf } from './lists.ts';

/** Statuses that a client may write. Recorded on WooCommerce 10.0.2, 2026-11-23 (invalid-order-status). */
export const writableStatuses = [
  'auto-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
];

/** A day alone is no date. Compared with WooCommerce 10.5.0, 2026-11-26. */
const isDate = (value: string) => value.length > 10 && readMoment(value, utc, true) !== undefined;

/** Checks of dates that several lists have. */
export const dateChecks: Readonly<Record<string, Check>> = {
  after: date(isDate),
  before: date(isDate),
  modified_after: date(isDate),
  modified_before: date(isDate),
};

export const orderListChecks: Readonly<Record<string, Check>> = {
  ...pageChecks,
  ...dateChecks,
  status: listOf(oneOf(['any', 'trash', ...writableStatuses])),
  orderby: oneOf(['date', 'id', 'include', 'title', 'slug', 'modified']),
  order: oneOf(['asc', 'desc']),
  dp: integer,
  context: oneOf(['view', 'edit']),
};

/** `GET /orders`. The default sort is by date, newest first, and pages drift while orders come in. */
export function listOrders(call: Call): Promise<Answer> {
  const { site, params } = call;
  const digits = integerOf(params['dp']) ?? site.settings.decimals;
  const ordered = found<WooOrder>(call, 'orders', {
    all: () => site.store.orders.values(),
    fits: fits(call),
    keys: {
      date: ({ createdAt }) => createdAt,
      modified: ({ modifiedAt }) => modifiedAt,
      id: ({ id }) => id,
    },
  });
  const statuses = wordsOf(params['status']);
  const via = wordsOf(params['created_via']);
  const gmt = booleanOf(params['dates_are_gmt']);
  return page(call, ordered, {
    show: (order) =>
      withMeta(orderView(site, order, digits), wordsOf(params['include_meta']), wordsOf(params['exclude_meta'])),
    defaults: [
      ['status', ['any'], false],
      ['dp', site.settings.decimals, true],
      ['context', 'view', true],
    ],
    read: {
      ...(statuses ? { status: statuses } : {}),
      ...(via ? { created_via: via } : {}),
      ...(gmt === undefined ? {} : { dates_are_gmt: gmt }),
    },
    forgetsPastEnd: true,
  });
}

function fits(call: Call): (order: WooOrder) => boolean {
  const { params } = call;
  const statuses = new Set(statusesOf(call));
  const include = idsOf(params['include']);
  const exclude = idsOf(params['exclude']) ?? [];
  const customer = integerOf(params['customer']);
  const product = integerOf(params['product']);
  const parents = idsOf(params['parent']);
  const via = wordsOf(params['created_via'])?.map((word) => cleanText(word).toLowerCase());
  const search = cleanText(textOf(params['search']) ?? '').toLowerCase();
  const created = orderWindow(call, 'after', 'before');
  const modified = orderWindow(call, 'modified_after', 'modified_before');
  return (order) =>
    !call.site.store.unlisted.has(order.id) &&
    (statuses.has('any') ? order.status !== 'trash' : statuses.has(order.status)) &&
    (!include || include.includes(order.id)) &&
    !exclude.includes(order.id) &&
    (parents === undefined || parents.includes(order.parentId)) &&
    (customer === undefined || order.customerId === customer) &&
    (product === undefined ||
      order.lines.some(({ productId, variationId }) => productId === product || variationId === product)) &&
    (!via || via.includes(order.createdVia.toLowerCase())) &&
    (search === '' || searchable(call.site, order).some((text) => text.toLowerCase().includes(search))) &&
    created(order.createdAt) &&
    modified(order.modifiedAt);
}

/**
 * Orders within dates. A fraction of a second, as JavaScript writes it, breaks the filter: after such a moment is every order,
 * and before it none. Compared with WooCommerce 10.5.0, 2026-11-26.
 */
function orderWindow(call: Call, after: string, before: string): (ms: number) => boolean {
  const isBroken = (name: string) => /T\d\d:\d\d:\d\d\.\d/.test(textOf(call.params[name]) ?? '');
  if (isBroken(before)) return () => false;
  const fine = isBroken(after) ? { ...call, params: { ...call.params, [after]: undefined } } : call;
  return window(fine, after, before);
}

/** Both ends are exclusive, in whole seconds. Recorded on WooCommerce 10.0.2, 2026-11-23 (mod-after-gmt-eq). */
export function window(call: Call, after: string, before: string): (ms: number) => boolean {
  const isGmt = booleanOf(call.params['dates_are_gmt']) ?? false;
  const read = (value: Json) => {
    const text = textOf(value);
    const moment = text === undefined ? undefined : readMoment(text, call.site.zone, isGmt);
    return moment === undefined ? undefined : wholeSecond(moment);
  };
  const from = read(call.params[after]);
  const to = read(call.params[before]);
  return (ms) => (from === undefined || wholeSecond(ms) > from) && (to === undefined || wholeSecond(ms) < to);
}

/** `any`, the default and what an empty text means, is everything but the trash, whatever else is named. */
function statusesOf({ params }: Call): readonly string[] {
  const words = wordsOf(params['status']) ?? [];
  return words.length === 0 ? ['any'] : words;
}

/**
 * What the search looks into: neither custom fields nor notes are of it, recorded on WooCommerce 10.0.2, 2026-11-23. Names of
 * goods, shipping, fees, coupons and tax rates are: compared with WooCommerce 10.5.0, 2026-11-26.
 */
function searchable({ store, settings }: Site, order: WooOrder): readonly string[] {
  const { id, transactionId, billing, shipping } = order;
  return [
    String(id),
    ...(settings.searchesTransactionIds ? [transactionId] : []),
    ...Object.values(billing),
    ...Object.values(shipping),
    ...order.lines.map(({ name }) => name),
    ...order.shippingLines.map(({ title }) => title),
    ...order.feeLines.map(({ name }) => name),
    ...order.couponLines.map(({ code }) => code),
    ...order.taxLines.flatMap(({ rateId }) => {
      const rate = store.rates.get(rateId);
      return rate ? [rateCode(rate)] : [];
    }),
  ];
}

/** `GET /orders/statuses`. */
export const statusList = Object.entries(statusNames).map(([slug, name]) => ({ slug, name }));
