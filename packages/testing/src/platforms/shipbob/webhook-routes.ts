import { Hono } from 'hono';
import * as z from 'zod';
import { refused, wrongFields } from './api-error.ts';
import type { ShipBobParts } from './parts.ts';
import { shipBobTopics } from './hooks.ts';
import { fieldMessages } from './order-body.ts';
import type { ShipBobSubscription } from './records.ts';
import { moment } from './times.ts';
import { bodyOf } from './wire.ts';

const subscriptionSchema = z.object({
  topics: z.array(z.enum(shipBobTopics)).min(1),
  url: z.url({ protocol: /^https$/ }),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{32}$/)
    .optional(),
});

/** `/webhook`: subscriptions. */
export function webhookRoutes({ store, secret, now }: ShipBobParts): Hono {
  const app = new Hono();

  app.post('/webhook', async (context) => {
    const body = subscriptionSchema.safeParse(await bodyOf(context.req.raw));
    if (!body.success) return wrongFields(fieldMessages(body.error));
    const subscription: ShipBobSubscription = {
      id: store.nextId('subscription'),
      topics: body.data.topics,
      url: body.data.url,
      secret: body.data.secret ?? secret(),
      createdAt: now(),
      isEnabled: true,
    };
    store.subscriptions.set(subscription.id, subscription);
    // The secret is said once, here.
    return Response.json({ ...view(subscription), secret: subscription.secret }, { status: 201 });
  });

  app.get('/webhook', () => Response.json({ items: [...store.subscriptions.values()].map(view), next: null }));

  app.delete('/webhook/:id', (context) => {
    const isGone = store.subscriptions.delete(Number(context.req.param('id')));
    return isGone ? new Response(null, { status: 204 }) : refused(404, 'NOT_FOUND', 'Webhook not found.');
  });

  return app;
}

function view({ id, topics, url, createdAt, isEnabled }: ShipBobSubscription) {
  return { id, topics, url, created_at: moment(createdAt), enabled: isEnabled };
}
