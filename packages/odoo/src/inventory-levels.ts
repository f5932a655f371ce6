import { CommerceError, type PageProblem, type ReadOptions, type StockLevel } from '@crossdock/core';
import type { Domain } from './client.ts';
import type { Connection } from './connection.ts';
import { warehouseContext, type Place } from './stock-places.ts';
import { ownProblem } from './unreadable.ts';
import { warehouseRow, stockFiguresRow, type StockFigures } from './wire/stock.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';

/** Counts products at places. */
export interface Counter {
  /** The figures of these products at these places. Products that are gone, archived or without a SKU have none. */
  levelsOf(
    ids: readonly number[],
    places: readonly Place[],
    operation: string,
    options?: ReadOptions,
  ): Promise<{ readonly items: readonly StockLevel[]; readonly problems: PageProblem[] }>;
  /** Which products have figures: goods that are counted, and kits of such goods. */
  counted(options?: ReadOptions): Promise<Domain>;
}

/** Makes the counter of one connector. Before it first says a figure, it makes sure that this Odoo counts places apart. */
export function counterOf(connection: Connection): Counter {
  const { client } = connection;
  let countsApart = false;

  /** Goods that are not counted have no figures, which is not zero. `is_storable` is from 18 on. Recorded, 2026-11-23. */
  async function counted(options?: ReadOptions): Promise<Domain> {
    const storable =
      (await client.version(options)) >= 18
        ? (['is_storable', '=', true] as const)
        : (['detailed_type', '=', 'product'] as const);
    // A kit need not be counted itself: its figures are those of its components. Recorded on Odoo 19.0, 2026-11-26.
    const kits = Object.hasOwn(await client.fieldsGet('product.product', options), 'is_kits');
    return kits ? ['|', storable, ['is_kits', '=', true]] : [storable];
  }

  async function levelsOf(
    ids: readonly number[],
    places: readonly Place[],
    operation: string,
    options?: ReadOptions,
  ): Promise<{ readonly items: readonly StockLevel[]; readonly problems: PageProblem[] }> {
    const levels: StockLevel[] = [];
    const problems: PageProblem[] = [];
    if (ids.length === 0) return { items: levels, problems };
    const domain: Domain = [['id', 'in', ids], ...(await counted(options))];
    const query = { domain, order: 'id' };
    if (!countsApart) countsApart = await provesApart(connection, query, options);
    for (const place of places) {
      const { context } = place;
      const asOf = connection.now();
      const figures = await client.searchRead('product.product', rowByRow(stockFiguresRow), query, {
        ...options,
        context,
      });
      for (const bad of unreadable(figures)) {
        problems.push(ownProblem(connection, 'variant', { model: 'product.product', operation, bad }));
      }
      for (const figure of readable(figures)) {
        if (figure.default_code === null) continue;
        levels.push(toStockLevel(figure, figure.default_code, place, asOf));
      }
    }
    return { items: levels, problems };
  }

  return { levelsOf, counted };
}

/**
 * Whether the key by which a warehouse is counted alone is known to this Odoo. One that is not is ignored without a word,
 * and each warehouse would show the stock of all: then every warehouse holds exactly the whole. True once that is ruled
 * out; false while there is nothing to tell it by. Throws `response.unexpected` where it is so.
 */
async function provesApart(
  connection: Connection,
  query: { readonly domain: Domain; readonly order: string },
  options?: ReadOptions,
): Promise<boolean> {
  const { client, settings } = connection;
  const everywhere = await client.searchRead('stock.warehouse', warehouseRow, { domain: [], order: 'id' }, options);
  if (everywhere.length < 2) return true;
  const whole = await onHand(connection, query, {}, options);
  const present = [...whole].filter(([, quantity]) => quantity !== 0);
  if (present.length === 0) return false;
  for (const { id } of everywhere) {
    const here = await onHand(connection, query, warehouseContext(id), options);
    if (present.some(([product, quantity]) => here.get(product) !== quantity)) return true;
  }
  throw new CommerceError({
    code: 'response.unexpected',
    message: `No stock was read from "${settings.name}": each of its ${everywhere.length} warehouses shows the stock of all of them, so this Odoo does not count by the keys "warehouse" and "warehouse_id". See which release or module it runs.`,
    system: settings.name,
    operation: 'product.product/search_read',
  });
}

async function onHand(
  { client }: Connection,
  query: { readonly domain: Domain; readonly order: string },
  context: Place['context'],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, number>> {
  const figures = await client.searchRead('product.product', rowByRow(stockFiguresRow), query, { ...options, context });
  return new Map(readable(figures).map(({ id, qty_available }) => [id, tidy(qty_available)]));
}

/**
 * What Odoo says of a product at a place, in the product's unit. `available` is Odoo's "free to use": on hand less
 * reserved. `committed` is everything that confirmed orders want, reserved or not, so it may be more than is on hand. From
 * which location they will come is open until it is reserved: a location says nothing of what is wanted or expected.
 */
function toStockLevel(figures: StockFigures, sku: string, place: Place, asOf: string): StockLevel {
  const free = tidy(figures.free_qty);
  const expected = { committed: tidy(figures.outgoing_qty), inbound: tidy(figures.incoming_qty) };
  return {
    sku,
    location: place.ref,
    available: free,
    buckets: { 'on-hand': tidy(figures.qty_available), available: free, ...(place.isWarehouse ? expected : {}) },
    asOf,
  };
}

/** Without the noise of a float: Odoo keeps at most six digits of a quantity. */
function tidy(quantity: number): number {
  return Math.round(quantity * 1e6) / 1e6;
}
