import type { Json } from '@crossdock/core';
import { markFulfilled } from '../life/fulfillment.ts';
import { metaOf } from '../life/order-items.ts';
import { touchOrder } from '../life/orders.ts';
import type { WooFulfillment, WooOrder } from '../records.ts';
import { fulfillmentView, fulfilledOn } from '../views/small.ts';
import { bodies, booleanOf, integerOf, textOf, type Body } from './body.ts';
import { numberAt, pause, route, type Call, type Route } from './call.ts';
import { boolean, text } from './check.ts';
import { Refused } from './refused.ts';

const isThere = (site: Call['site']) => site.settings.fulfillments;
const checks = { status: text, is_fulfilled: boolean };
const required = ['meta_data'];

/**
 * `/orders/{id}/fulfillments`, where the feature is on. Quantities over the order's are not looked at, and a PUT takes away
 * the custom fields that it does not name. Compared with WooCommerce 10.5.0, 2026-11-26.
 */
export function fulfillmentRoutes(): readonly Route[] {
  return [
    route('orders/:order/fulfillments', {
      isThere,
      GET: {
        deed: 'list',
        answer: (call) => ({
          body: orderOf(call).fulfillments.map((one) => fulfillmentView(call.site, one)),
          isList: true,
        }),
      },
      POST: {
        deed: 'create',
        checks,
        required,
        answer: async (call) => ({ status: 201, body: fulfillmentView(call.site, await create(call)) }),
      },
    }),
    route('orders/:order/fulfillments/lookup', {
      isThere,
      GET: { deed: 'view', required: ['tracking_number'], answer: (call) => ({ body: lookUp(call) }) },
    }),
    route('orders/:order/fulfillments/:id', {
      isThere,
      GET: { deed: 'view', answer: (call) => ({ body: fulfillmentView(call.site, fulfillmentAt(call)) }) },
      EDIT: {
        deed: 'edit',
        checks,
        required,
        answer: async (call) => ({ body: fulfillmentView(call.site, await update(call)) }),
      },
      DELETE: { deed: 'delete', answer: (call) => ({ body: remove(call) }) },
    }),
    route('orders/:order/fulfillments/:id/metadata', {
      isThere,
      GET: {
        deed: 'view',
        answer: (call) => ({ body: fulfillmentAt(call).meta.map((meta) => ({ ...meta })), isList: true }),
      },
    }),
  ];
}

/** What the shop makes of a tracking number: nothing, for a carrier that it does not know. The fake knows none by its numbers. */
function lookUp(call: Call): Json {
  return { tracking_number: textOf(call.params['tracking_number']) ?? '', tracking_url: '', shipping_provider: '' };
}

async function create(call: Call): Promise<WooFulfillment> {
  const order = orderOf(call);
  checkItems(call.body);
  await pause(call, 'other');
  const fulfillment: WooFulfillment = {
    id: call.site.store.nextId('fulfillment'),
    orderId: order.id,
    status: 'unfulfilled',
    isFulfilled: false,
    updatedAt: call.site.now(),
    meta: [],
  };
  write(call, fulfillment);
  order.fulfillments.push(fulfillment);
  markFulfilled(call.site, order);
  touchOrder(call.site, order);
  return fulfillment;
}

async function update(call: Call): Promise<WooFulfillment> {
  const fulfillment = fulfillmentAt(call);
  checkItems(call.body);
  await pause(call, 'other');
  write(call, fulfillment);
  fulfillment.updatedAt = call.site.now();
  markFulfilled(call.site, orderOf(call));
  return fulfillment;
}

/** One that is gone is deleted again. */
function remove(call: Call): Json {
  const order = orderOf(call);
  order.fulfillments = order.fulfillments.filter(({ id }) => id !== numberAt(call, 'id'));
  markFulfilled(call.site, order);
  return { message: 'Fulfillment deleted successfully.' };
}

/** A status that the shop does not know is "unfulfilled", whatever else is said. */
function write(call: Call, fulfillment: WooFulfillment): void {
  const status = textOf(call.body['status']);
  if (status !== undefined) fulfillment.status = status === 'fulfilled' ? 'fulfilled' : 'unfulfilled';
  fulfillment.isFulfilled =
    status === undefined
      ? (booleanOf(call.body['is_fulfilled']) ?? fulfillment.isFulfilled)
      : fulfillment.status === 'fulfilled';
  fulfillment.meta = metaOf(call.body['meta_data']).map(({ key = '', value }) => ({
    id: fulfillment.meta.find((entry) => entry.key === key)?.id ?? call.site.store.nextId('fulfillmentMeta'),
    key,
    value,
  }));
  if (!fulfillment.isFulfilled) return;
  const id = call.site.store.nextId('fulfillmentMeta');
  fulfillment.meta.push({ id, key: '_date_fulfilled', value: fulfilledOn(call.site, call.site.now()) });
}

/** What is in the parcel has to be said, in numbers. */
function checkItems(body: Body): void {
  const items = bodies(body['meta_data']).find(({ key }) => key === '_items');
  const list = bodies(items?.['value']);
  if (list.length === 0) throw refused('The fulfillment should contain at least one item.');
  const isFit = list.every(
    ({ item_id: id, qty }) => typeof id === 'number' && (integerOf(id) ?? 0) > 0 && typeof qty === 'number' && qty > 0,
  );
  if (!isFit) throw refused('Invalid item.');
}

/** The code is that of a PHP exception, which has none: a number. */
function refused(message: string): Refused {
  return new Refused(400, 0, message);
}

/** The status in the body is a text here. */
function orderOf(call: Call): WooOrder {
  const order = call.site.store.orders.get(numberAt(call, 'order'));
  if (order) return order;
  throw new Refused(404, 'woocommerce_rest_order_invalid_id', 'Invalid order ID.', { status: '404' }, false);
}

function fulfillmentAt(call: Call): WooFulfillment {
  const found = orderOf(call).fulfillments.find(({ id }) => id === numberAt(call, 'id'));
  if (found) return found;
  throw refused('Fulfillment not found.');
}
