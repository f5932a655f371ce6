import type { Json } from '@crossdock/core';
import { touchOrder } from '../life/orders.ts';
import { metaOf } from '../life/order-items.ts';
import type { WooFulfillment } from '../records.ts';
import { fulfillmentView } from '../views/small.ts';
import { bodies, booleanOf, integerOf, textOf, type Body } from './body.ts';
import { numberAt, pause, route, type Call, type Route } from './call.ts';
import { boolean, oneOf } from './check.ts';
import { orderAt } from './order-routes.ts';
import { Refused } from './refused.ts';

const isThere = (site: Call['site']) => site.settings.fulfillments;
const checks = { status: oneOf(['fulfilled', 'unfulfilled']), is_fulfilled: boolean };

/**
 * `/orders/{id}/fulfillments`, where the feature is on. Quantities over the order's are not looked at, and a PUT takes away
 * the custom fields that it does not name. WooCommerce source 11.2-dev, read 2026-11-23; not recorded.
 */
export function fulfillmentRoutes(): readonly Route[] {
  return [
    route('orders/:order/fulfillments', {
      isThere,
      GET: {
        deed: 'list',
        answer: (call) => ({
          body: orderAt(call, numberAt(call, 'order'), 404).fulfillments.map((one) => fulfillmentView(call.site, one)),
          isList: true,
        }),
      },
      POST: {
        deed: 'create',
        checks,
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
      EDIT: { deed: 'edit', checks, answer: (call) => ({ body: fulfillmentView(call.site, update(call)) }) },
      DELETE: {
        deed: 'delete',
        answer(call) {
          const fulfillment = fulfillmentAt(call);
          const order = orderAt(call, fulfillment.orderId, 404);
          fulfillment.deletedAt = call.site.now();
          order.fulfillments = order.fulfillments.filter(({ id }) => id !== fulfillment.id);
          return { body: fulfillmentView(call.site, fulfillment) };
        },
      },
    }),
    route('orders/:order/fulfillments/:id/metadata', {
      isThere,
      GET: { deed: 'view', answer: (call) => ({ body: fulfillmentAt(call).meta.map((meta) => ({ ...meta })) }) },
    }),
  ];
}

/** What the shop makes of a tracking number: nothing, for a carrier that it does not know. The fake knows none by its numbers. */
function lookUp(call: Call): Json {
  return { tracking_number: textOf(call.params['tracking_number']) ?? '', tracking_url: '', shipping_provider: '' };
}

async function create(call: Call): Promise<WooFulfillment> {
  const order = orderAt(call, numberAt(call, 'order'), 404);
  checkItems(call.body);
  await pause(call, 'other');
  const fulfillment: WooFulfillment = {
    id: call.site.store.nextId('fulfillment'),
    orderId: order.id,
    status: textOf(call.body['status']) ?? 'unfulfilled',
    isFulfilled: booleanOf(call.body['is_fulfilled']) ?? call.body['status'] === 'fulfilled',
    updatedAt: call.site.now(),
    deletedAt: undefined,
    meta: [],
  };
  writeMetaOf(call, fulfillment);
  order.fulfillments.push(fulfillment);
  touchOrder(call.site, order);
  return fulfillment;
}

function update(call: Call): WooFulfillment {
  const fulfillment = fulfillmentAt(call);
  if (call.body['meta_data'] !== undefined) {
    checkItems(call.body);
    writeMetaOf(call, fulfillment);
  }
  fulfillment.status = textOf(call.body['status']) ?? fulfillment.status;
  fulfillment.isFulfilled = booleanOf(call.body['is_fulfilled']) ?? fulfillment.isFulfilled;
  fulfillment.updatedAt = call.site.now();
  return fulfillment;
}

function writeMetaOf(call: Call, fulfillment: WooFulfillment): void {
  fulfillment.meta = metaOf(call.body['meta_data']).map(({ key = '', value }) => ({
    id: fulfillment.meta.find((entry) => entry.key === key)?.id ?? call.site.store.nextId('meta'),
    key,
    value,
  }));
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

function refused(message: string): Refused {
  // The code is that of a PHP exception, which has none: a number. WooCommerce source 11.2-dev, read 2026-11-23.
  return new Refused(400, 0, message);
}

function fulfillmentAt(call: Call): WooFulfillment {
  const order = orderAt(call, numberAt(call, 'order'), 404);
  const found = order.fulfillments.find(({ id }) => id === numberAt(call, 'id'));
  if (found) return found;
  throw new Refused(404, 'woocommerce_rest_fulfillment_invalid_id', 'Invalid ID.');
}
