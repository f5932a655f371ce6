import type { Page, PageProblem, ReadOptions, Since, StockLevel } from '@crossdock/core';
import * as z from 'zod';
import { changesSince, type Source } from './changes.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { cursorOf, markOf, positionOf, reading, startOf, type Mark, type Marks } from './cursor.ts';
import { productsBySku } from './product-keys.ts';
import { misfit, ownProblem, problemOf } from './unreadable.ts';
import { warehouses } from './warehouses.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { stockFiguresRow, stockTouchRow, type StockFigures, type WarehouseWire } from './wire/stock.ts';
import { recordId, rowOf } from './wire/value.ts';

/** Products counted per page and per question. */
const productsPerPage = 200;
const rowsPerPage = 500;

/** Stock by SKU and warehouse. */
export function inventoryPort(connection: Connection) {
  return {
    async get(skus: readonly string[], options?: ReadOptions): Promise<readonly StockLevel[]> {
      const places = await warehouses(connection, options);
      const products = [...(await productsBySku(connection, skus, 'inventory.get', options)).values()];
      const levels: StockLevel[] = [];
      for (let from = 0; from < products.length; from += productsPerPage) {
        const ids = products.slice(from, from + productsPerPage).map(({ id }) => id);
        const counted = await levelsOf(connection, ids, places, 'inventory.get', options);
        const [problem] = counted.problems;
        if (problem) throw problem.error;
        levels.push(...counted.items);
      }
      return levels;
    },

    /** The first pull counts everything; later ones count what moved, was reserved or was corrected since. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<StockLevel>> {
      const places = await warehouses(connection, options);
      const position = positionOf(since, Object.keys(sources), connection);
      if (position === undefined || position.after !== undefined) {
        const marks = position?.marks ?? (await presentMarks(connection, options));
        yield* countAll(connection, marks, position?.after ?? 0, places, options);
        return;
      }
      yield* countChanged(connection, position.marks, places, options);
    },
  };
}

const operation = 'inventory.pull';
const idRow = rowOf(z.object({ id: recordId, default_code: z.string() }));

async function* countAll(
  connection: Connection,
  marks: Marks,
  from: number,
  places: readonly WarehouseWire[],
  options?: ReadOptions,
): AsyncGenerator<Page<StockLevel>> {
  const storable = await storableOnly(connection, options);
  let after = from;
  for (;;) {
    const domain: Domain = [['id', '>', after], ['default_code', '!=', false], ...storable];
    const query = { domain, order: 'id', limit: productsPerPage };
    const products = await connection.client.searchRead('product.product', rowByRow(idRow), query, options);
    const ids = readable(products).map(({ id }) => id);
    const { items, problems } = await levelsOf(connection, ids, places, operation, options);
    for (const one of unreadable(products)) {
      problems.push(ownProblem(connection, 'variant', { model: 'product.product', operation, bad: one }));
    }
    const last = products.findLast(({ stamp }) => stamp.id !== undefined)?.stamp.id;
    const [bad] = unreadable(products);
    // Without an id on any row of a full page nothing says where to go on.
    if (last === undefined && bad) throw misfit(connection, { model: 'product.product', operation, bad });
    const finished = last === undefined || products.length < productsPerPage;
    yield { items, ...withProblems(problems), cursor: cursorOf(finished ? { marks } : { marks, after: last }) };
    if (finished) return;
    after = last;
  }
}

/**
 * What tells that a stock figure may have changed: goods that moved, reservations, and quantities corrected without a
 * move. A quant alone is not enough, because Odoo deletes it some time after it reached zero. Recorded, 2026-11-23.
 */
const sources: Readonly<
  Record<'moved' | 'reserved' | 'corrected', Source<{ id: number; write_date: string; product_id: { id: number } }>>
> = {
  moved: { model: 'stock.move.line', domain: [['state', '=', 'done']], row: stockTouchRow },
  reserved: { model: 'stock.move', domain: [], row: stockTouchRow },
  corrected: { model: 'stock.quant', domain: [], row: stockTouchRow },
};

/** Where the sources stand before a first count, so that nothing that changes meanwhile is missed. */
async function presentMarks(connection: Connection, options?: ReadOptions): Promise<Marks> {
  const { client } = connection;
  const marks: Record<string, Mark> = {};
  for (const [name, { model, row }] of Object.entries(sources)) {
    const [newest] = await client.searchRead(
      model,
      rowByRow(row),
      { domain: [], order: 'write_date desc, id desc', limit: 1 },
      options,
    );
    const writtenAt = newest?.stamp.writtenAt;
    if (writtenAt !== undefined) marks[name] = markOf(writtenAt, connection);
  }
  return marks;
}

async function* countChanged(
  connection: Connection,
  start: Marks,
  places: readonly WarehouseWire[],
  options?: ReadOptions,
): AsyncGenerator<Page<StockLevel>> {
  const { client, settings } = connection;
  let marks = start;
  // Figures are read after the change that names them, so a product that was counted in this pull is as new as its row
  // only until the next page: it is counted again there.
  for (const [name, source] of Object.entries(sources)) {
    const from = startOf(marks, name, settings.overlapSeconds);
    const passed = reading(marks, name, connection);
    for await (const page of changesSince(client, source, from, rowsPerPage, options)) {
      const { rows } = page;
      const before = marks;
      marks = passed(page.newest, page.finished);
      // Which product it was about is what could not be read.
      const { model } = source;
      const lost = page.unreadable.map((bad) => problemOf(connection, { model, operation, bad }));
      const ids = [...new Set(rows.map(({ product_id }) => product_id.id))];
      for (let first = 0; first < ids.length; first += productsPerPage) {
        const part = ids.slice(first, first + productsPerPage);
        const last = first + productsPerPage >= ids.length;
        const { items, problems } = await levelsOf(connection, part, places, operation, options);
        if (last) problems.push(...lost);
        // The mark moves with the last part of a page: a run that breaks off before counts the page again.
        yield { items, ...withProblems(problems), cursor: cursorOf({ marks: last ? marks : before }) };
      }
      if (ids.length === 0) yield { items: [], ...withProblems(lost), cursor: cursorOf({ marks }) };
    }
  }
}

/** Goods that are not counted have no figures, which is not zero. `is_storable` is from 18 on. Recorded, 2026-11-23. */
async function storableOnly({ client }: Connection, options?: ReadOptions): Promise<Domain> {
  const counted = (await client.version(options)) >= 18;
  return [counted ? ['is_storable', '=', true] : ['detailed_type', '=', 'product']];
}

/** The figures of these products in these warehouses. Products that are gone, archived or without a SKU have none. */
async function levelsOf(
  connection: Connection,
  ids: readonly number[],
  places: readonly WarehouseWire[],
  asked: string,
  options?: ReadOptions,
): Promise<{ readonly items: readonly StockLevel[]; readonly problems: PageProblem[] }> {
  const levels: StockLevel[] = [];
  const problems: PageProblem[] = [];
  if (ids.length === 0) return { items: levels, problems };
  const domain: Domain = [['id', 'in', ids], ...(await storableOnly(connection, options))];
  for (const place of places) {
    // 17 reads `warehouse`, 18 and later `warehouse_id`; the wrong one is ignored and counts everything. Recorded, 2026-11-23.
    const context = { warehouse: place.id, warehouse_id: place.id };
    const asOf = connection.now();
    const figures = await connection.client.searchRead(
      'product.product',
      rowByRow(stockFiguresRow),
      { domain, order: 'id' },
      { ...options, context },
    );
    for (const bad of unreadable(figures)) {
      problems.push(ownProblem(connection, 'variant', { model: 'product.product', operation: asked, bad }));
    }
    for (const figure of readable(figures)) {
      if (figure.default_code === null) continue;
      levels.push(toStockLevel(figure, figure.default_code, refTo(connection, 'location', place.id), asOf));
    }
  }
  return { items: levels, problems };
}

function withProblems(problems: readonly PageProblem[]) {
  return problems.length === 0 ? {} : { problems };
}

/**
 * What Odoo says of a product in a warehouse. `available` is Odoo's "free to use": on hand less reserved. `committed` is
 * everything that confirmed orders want, reserved or not, so it may be more than is on hand.
 */
function toStockLevel(figures: StockFigures, sku: string, location: StockLevel['location'], asOf: string): StockLevel {
  return {
    sku,
    location,
    available: tidy(figures.free_qty),
    buckets: {
      'on-hand': tidy(figures.qty_available),
      available: tidy(figures.free_qty),
      committed: tidy(figures.outgoing_qty),
      inbound: tidy(figures.incoming_qty),
    },
    asOf,
  };
}

/** Without the noise of a float: Odoo keeps at most six digits of a quantity. */
function tidy(quantity: number): number {
  return Math.round(quantity * 1e6) / 1e6;
}
