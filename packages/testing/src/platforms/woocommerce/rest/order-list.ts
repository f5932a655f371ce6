import type { Json } from '@crossdock/core';
import { readMoment, utc, wholeSecond } from '../moments.ts';
import type { WooOrder } from '../records.ts';
import { statusNames } from '../life/status.ts';
import { orderView } from '../views/order.ts';
import { withMeta } from '../views/format.ts';
import { booleanOf, integerOf, textOf } from './body.ts';
import type { Answer, Call } from './call.ts';
import { date, listOf, oneOf, type Check } from './check.ts';
import { idsOf, page, pageChecks, sorted, wordsOf } from './lists.ts';

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

const isDate = (value: string) => readMoment(value, utc, true) !== undefined;

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
};

/** `GET /orders`. The default sort is by date, newest first, and pages drift while orders come in. */
export function listOrders(call: Call): Promise<Answer> {
  const { site, params } = call;
  const digits = integerOf(params['dp']) ?? site.settings.decimals;
  const found = [...site.store.orders.values()].filter(fits(call));
  const ordered = sorted(call, found, {
    date: ({ createdAt }) => createdAt,
    modified: ({ modifiedAt }) => modifiedAt,
    id: ({ id }) => id,
  });
  const statuses = wordsOf(params['status']);
  const gmt = booleanOf(params['dates_are_gmt']);
  return page(call, ordered, {
    show: (order) =>
      withMeta(orderView(site, order, digits), wordsOf(params['include_meta']), wordsOf(params['exclude_meta'])),
    defaults: [
      ['status', ['any'], false],
      ['dp', site.settings.decimals, true],
      ['context', 'view', true],
    ],
    read: { ...(statuses ? { status: statuses } : {}), ...(gmt === undefined ? {} : { dates_are_gmt: gmt }) },
    forgetsPastEnd: true,
  });
}

function fits(call: Call): (order: WooOrder) => boolean {
  const { params } = call;
  const statuses = new Set(wordsOf(params['status']) ?? ['any']);
  const include = idsOf(params['include']);
  const exclude = idsOf(params['exclude']) ?? [];
  const customer = integerOf(params['customer']);
  const product = integerOf(params['product']);
  const parents = idsOf(params['parent']);
  const via = wordsOf(params['created_via']);
  const search = textOf(params['search'])?.toLowerCase();
  const created = window(call, 'after', 'before');
  const modified = window(call, 'modified_after', 'modified_before');
  return (order) =>
    !call.site.store.unlisted.has(order.id) &&
    (statuses.has(order.status) || (statuses.has('any') && order.status !== 'trash')) &&
    (!include || include.includes(order.id)) &&
    !exclude.includes(order.id) &&
    (parents === undefined || parents.includes(order.parentId)) &&
    (customer === undefined || order.customerId === customer) &&
    (product === undefined ||
      order.lines.some(({ productId, variationId }) => productId === product || variationId === product)) &&
    (!via || via.includes(order.createdVia)) &&
    (search === undefined || search === '' || searchable(order).some((text) => text.toLowerCase().includes(search))) &&
    created(order.createdAt) &&
    modified(order.modifiedAt);
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

/** What the search looks into; neither custom fields nor notes are of it. Recorded on WooCommerce 10.0.2, 2026-11-23. */
function searchable(order: WooOrder): readonly string[] {
  const { id, transactionId, billing, shipping } = order;
  return [String(id), transactionId, ...Object.values(billing), ...Object.values(shipping)];
}

/** `GET /orders/statuses`. */
export const statusList = Object.entries(statusNames).map(([slug, name]) => ({ slug, name }));
