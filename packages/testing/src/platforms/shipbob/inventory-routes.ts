import { Hono } from 'hono';
import { refused, wrongFields } from './api-error.ts';
import type { ShipBobParts } from './parts.ts';
import type { ShipBobItem } from './records.ts';
import { backorders, levelView, locationLevelView, lotLevelView } from './views.ts';

/** `/inventory-level` in its three forms. Where the pages before and after are, stands in the body. */
export function inventoryRoutes({ store }: ShipBobParts): Hono {
  const app = new Hono();

  const list = (view: (item: ShipBobItem, backordered: number) => Record<string, unknown>) => (url: string) => {
    const { searchParams } = new URL(url);
    const page = Number(searchParams.get('Page') ?? 1);
    const size = Number(searchParams.get('PageSize') ?? 50);
    if (!Number.isSafeInteger(page) || page < 1) return wrongFields({ Page: ['The value is not valid.'] });
    if (!Number.isSafeInteger(size) || size < 1 || size > 250)
      return wrongFields({ PageSize: ['The value is not between 1 and 250.'] });
    const ids = searchParams.get('InventoryIds')?.split(',').map(Number);
    const skus = searchParams.get('Skus')?.split(',');
    const found = [...store.items.values()].filter(
      ({ inventoryId, sku }) => (!ids || ids.includes(inventoryId)) && (!skus || skus.includes(sku)),
    );
    const waiting = backorders(store);
    const last = Math.max(1, Math.ceil(found.length / size));
    const address = (target: number) => {
      const next = new URL(url);
      next.searchParams.set('Page', String(target));
      return next.href;
    };
    return Response.json({
      items: found.slice((page - 1) * size, page * size).map((item) => view(item, waiting.get(item.sku) ?? 0)),
      first: address(1),
      prev: page > 1 ? address(page - 1) : null,
      next: page < last ? address(page + 1) : null,
      last: address(last),
    });
  };
  const levels = list(levelView);
  const byLocation = list(locationLevelView);
  const byLot = list(lotLevelView);

  app.get('/inventory-level', (context) => levels(context.req.url));
  app.get('/inventory-level/locations', (context) => byLocation(context.req.url));
  app.get('/inventory-level/lots', (context) => byLot(context.req.url));
  app.get('/inventory-level/:id', (context) => {
    const item = [...store.items.values()].find(({ inventoryId }) => String(inventoryId) === context.req.param('id'));
    if (!item) return refused(404, 'NOT_FOUND', 'Inventory not found.');
    return Response.json(levelView(item, backorders(store).get(item.sku) ?? 0));
  });
  return app;
}
