import { Hono } from 'hono';
import { refused, silent, tooMany } from './api-error.ts';
import { inventoryRoutes } from './inventory-routes.ts';
import type { RequestLimit } from './limit.ts';
import type { ShipBobScope } from './options.ts';
import { orderRoutes } from './order-routes.ts';
import type { ShipBobParts } from './parts.ts';
import { shipmentRoutes } from './shipment-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

export interface ShipBobDoor {
  readonly token: string;
  readonly scopes: ReadonlySet<ShipBobScope>;
  readonly limit: RequestLimit;
}

/** Versions that still answer. developer.shipbob.com, read 2026-11-23. */
const versions = new Set(['2025-07', '2026-01', '2026-07']);

/** The API: who may, how often, then what. */
export function shipBobApp(parts: ShipBobParts, { token, scopes, limit }: ShipBobDoor): Hono {
  const app = new Hono();
  app.use('/:version/*', async (context, next) => {
    if (!versions.has(context.req.param('version'))) return refused(404, 'NOT_FOUND', 'Resource not found.');
    if (context.req.header('authorization') !== `Bearer ${token}`) return silent(401);
    const turn = limit.take();
    if ('retryAfterSeconds' in turn) {
      parts.store.counts.throttled += 1;
      return tooMany(turn.retryAfterSeconds);
    }
    if (!scopes.has(scopeOf(context.req.method, context.req.path))) return silent(403);
    await next();
    context.res.headers.set('x-remaining-calls', String(turn.remaining));
    return undefined;
  });
  app.route('/:version', orderRoutes(parts));
  app.route('/:version', shipmentRoutes(parts));
  app.route('/:version', inventoryRoutes(parts));
  app.route('/:version', webhookRoutes(parts));
  app.get('/:version/channel', () =>
    Response.json([{ id: parts.channelId, name: 'Crossdock', application_name: 'SMA' }]),
  );
  app.notFound(() => refused(404, 'NOT_FOUND', 'Resource not found.'));
  return app;
}

function scopeOf(method: string, path: string): ShipBobScope {
  const reads = method === 'GET';
  if (/\/webhook/.test(path)) return reads ? 'webhooks_read' : 'webhooks_write';
  if (/\/inventory/.test(path)) return 'inventory_read';
  return reads ? 'orders_read' : 'orders_write';
}
