import { Hono } from 'hono';
import * as z from 'zod';
import { refused, wrongFields } from './api-error.ts';
import type { ShipBobParts } from './parts.ts';
import { fieldMessages } from './order-body.ts';
import type { ShipBobShipment } from './records.ts';
import { bodyOf, verbOf } from './wire.ts';

const idsSchema = z.object({ shipment_ids: z.array(z.int()).min(1) });
const uploadSchema = idsSchema.extend({ is_tracking_uploaded: z.boolean() });
const simulationSchema = z.object({
  shipment_id: z.int(),
  simulation: z.object({ action: z.enum(['ShipOrder', 'DeliverOrder']), delay: z.number().nonnegative().optional() }),
});

/** `/shipment` and the sandbox's `/simulate`. */
export function shipmentRoutes({ store, house, view }: ShipBobParts): Hono {
  const app = new Hono();

  app.get('/shipment/:id', (context) => {
    const shipment = store.shipments.get(Number(context.req.param('id')));
    return shipment ? Response.json(view.shipment(shipment)) : missing();
  });

  app.post('/shipment/:target', (context) => {
    const { id, verb } = verbOf(context.req.param('target'));
    const shipment = store.shipments.get(id);
    return shipment && verb === 'cancel' ? Response.json(cancel(shipment)) : missing();
  });

  app.post('/:verb{shipment:batchCancel}', async (context) => {
    const body = idsSchema.safeParse(await bodyOf(context.req.raw));
    if (!body.success) return wrongFields(fieldMessages(body.error));
    const results = body.data.shipment_ids.map((id) => {
      const shipment = store.shipments.get(id);
      return shipment
        ? cancel(shipment)
        : { shipment_id: id, is_success: false, reason: 'Shipment not found.', action: 'Cancel' };
    });
    return Response.json({ results });
  });

  app.post('/:verb{shipment:batchUpdateTrackingUpload}', async (context) => {
    const body = uploadSchema.safeParse(await bodyOf(context.req.raw));
    if (!body.success) return wrongFields(fieldMessages(body.error));
    const results = body.data.shipment_ids.map((id) => {
      const shipment = store.shipments.get(id);
      if (shipment) shipment.isTrackingUploaded = body.data.is_tracking_uploaded;
      return { shipment_id: id, is_success: shipment !== undefined };
    });
    return Response.json({ results });
  });

  app.post('/simulate/shipment', async (context) => {
    const body = simulationSchema.safeParse(await bodyOf(context.req.raw));
    if (!body.success) return wrongFields(fieldMessages(body.error));
    const { shipment_id: shipmentId, simulation } = body.data;
    const shipment = store.shipments.get(shipmentId);
    if (!shipment) return missing();
    const id = store.nextId('simulation');
    const entry = { shipmentId, action: simulation.action, status: 'Pending' };
    store.simulations.set(id, entry);
    house.soon((simulation.delay ?? 0) * 1000, () => {
      const isDone = house.advance(shipment, simulation.action === 'ShipOrder' ? 'shipped' : 'delivered');
      entry.status = isDone ? 'Completed' : 'Failed';
    });
    return Response.json({ simulation_id: String(id) }, { status: 202 });
  });

  app.get('/simulate/status/:id', (context) => {
    const simulation = store.simulations.get(Number(context.req.param('id')));
    if (!simulation) return missing();
    return Response.json({ shipment_id: simulation.shipmentId, action: simulation.action, status: simulation.status });
  });

  function cancel(shipment: ShipBobShipment) {
    const { done, reason } = house.cancel(shipment);
    return { shipment_id: shipment.id, is_success: done, reason, action: 'Cancel' };
  }

  return app;
}

function missing(): Response {
  return refused(404, 'NOT_FOUND', 'Shipment not found.');
}
