import { Hono } from 'hono';
import { duplicateReference, refused, silent, wrongFields } from './api-error.ts';
import type { ShipBobParts } from './parts.ts';
import { fieldMessages, orderBodySchema } from './order-body.ts';
import { queryOrders } from './order-query.ts';
import type { ShipBobOrder } from './records.ts';
import { bodyOf, verbOf } from './wire.ts';

/** `/order`: make, find, read, cancel. */
export function orderRoutes({ store, house, view, channelId, listedUntil }: ShipBobParts): Hono {
  const app = new Hono();

  app.post('/order', async (context) => {
    const channel = context.req.header('shipbob_channel_id');
    if (channel === undefined)
      return wrongFields({ shipbob_channel_id: ['The shipbob_channel_id header is required.'] });
    if (channel !== String(channelId)) return silent(403);
    const body = orderBodySchema.safeParse(await bodyOf(context.req.raw));
    if (!body.success) return wrongFields(fieldMessages(body.error));
    if (store.byReference.has(body.data.reference_id)) {
      store.counts.duplicatesRefused += 1;
      return duplicateReference();
    }
    return Response.json(view.order(house.receive(body.data, channelId)), { status: 201 });
  });

  app.get('/order', (context) => {
    const found = queryOrders(store, new URL(context.req.url).searchParams, listedUntil());
    if ('wrong' in found) return wrongFields(found.wrong);
    const { orders, page, limit, total } = found;
    const headers = {
      'page-number': String(page),
      'page-size': String(limit),
      'total-count': String(total),
      'total-pages': String(Math.ceil(total / limit)),
    };
    return Response.json(
      orders.map((order) => view.order(order)),
      { headers },
    );
  });

  app.get('/order/:id', (context) => {
    const order = store.orders.get(Number(context.req.param('id')));
    return order ? Response.json(view.order(order)) : missing();
  });

  app.get('/order/:id/shipment', (context) => {
    const order = store.orders.get(Number(context.req.param('id')));
    return order ? Response.json(order.shipments.map((shipment) => view.shipment(shipment))) : missing();
  });

  app.post('/order/:target', (context) => {
    const { id, verb } = verbOf(context.req.param('target'));
    const order = store.orders.get(id);
    if (!order || verb !== 'cancel') return missing();
    return Response.json(cancel(order));
  });

  /** Answers 200 whatever came of it. */
  function cancel(order: ShipBobOrder) {
    const results = order.shipments.map((shipment) => {
      const { done, reason } = house.cancel(shipment);
      return { shipment_id: shipment.id, is_success: done, reason, action: 'Cancel' };
    });
    const done = results.filter((result) => result.is_success).length;
    const status = done === results.length ? 'Success' : done === 0 ? 'Failure' : 'PartialSuccess';
    return { order_id: order.id, order: view.order(order), status, canceled_shipment_results: results };
  }

  return app;
}

function missing(): Response {
  return refused(404, 'NOT_FOUND', 'Order not found.');
}
