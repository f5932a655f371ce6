import type { Page, PageProblem, ReadOptions, Since, StockLevel } from '@crossdock/core';
import * as z from 'zod';
import { changesSince } from './changes.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { cursorOf, markOf, positionOf, reading, startOf, type Mark, type Marks } from './cursor.ts';
import { productsBySku, sharedSkus } from './product-keys.ts';
import { counterOf, type Counter } from './inventory-levels.ts';
import { placesOf, type Place } from './stock-places.ts';
import { stockSources, touchedProducts, type StockSources } from './stock-sources.ts';
import { misfit, ownProblem, problemOf } from './unreadable.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { recordId, rowOf } from './wire/value.ts';

/** Products counted per page and per question. */
const productsPerPage = 200;
const rowsPerPage = 500;

/** Stock by SKU and warehouse, or by location where the options say so. */
export function inventoryPort(connection: Connection) {
  const counter = counterOf(connection);
  return {
    async get(skus: readonly string[], options?: ReadOptions): Promise<readonly StockLevel[]> {
      const places = await placesOf(connection, options);
      const products = [...(await productsBySku(connection, skus, 'inventory.get', options)).values()];
      const levels: StockLevel[] = [];
      for (let from = 0; from < products.length; from += productsPerPage) {
        const ids = products.slice(from, from + productsPerPage).map(({ id }) => id);
        const counted = await counter.levelsOf(ids, places, 'inventory.get', options);
        const [problem] = counted.problems;
        if (problem) throw problem.error;
        levels.push(...counted.items);
      }
      return levels;
    },

    /** The first pull counts everything; later ones count what moved, was reserved or was corrected since. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<StockLevel>> {
      const places = await placesOf(connection, options);
      const sources = await stockSources(connection, options);
      const position = positionOf(since, Object.keys(sources), connection);
      const count = { connection, counter, places, sources };
      if (position === undefined || position.after !== undefined) {
        const marks = position?.marks ?? (await presentMarks(count, options));
        yield* countAll(count, marks, position?.after ?? 0, options);
        return;
      }
      yield* countChanged(count, position.marks, options);
    },
  };
}

const operation = 'inventory.pull';
const idRow = rowOf(z.object({ id: recordId, default_code: z.string() }));

/** What a pull counts, where, and how it learns what to count. */
interface Count {
  readonly connection: Connection;
  readonly counter: Counter;
  readonly places: readonly Place[];
  readonly sources: StockSources;
}

async function* countAll(
  { connection, counter, places }: Count,
  marks: Marks,
  from: number,
  options?: ReadOptions,
): AsyncGenerator<Page<StockLevel>> {
  const storable = await counter.counted(options);
  let after = from;
  for (;;) {
    const domain: Domain = [['id', '>', after], ['default_code', '!=', false], ...storable];
    const query = { domain, order: 'id', limit: productsPerPage };
    const products = await connection.client.searchRead('product.product', rowByRow(idRow), query, options);
    const ids = readable(products).map(({ id }) => id);
    const { items, problems } = await ownLevels({ connection, counter, places }, ids, options);
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

/** Where the sources stand before a first count, so that nothing that changes meanwhile is missed. */
async function presentMarks({ connection, sources }: Count, options?: ReadOptions): Promise<Marks> {
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
  { connection, counter, places, sources }: Count,
  start: Marks,
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
      const ids = await touchedProducts(connection, rows, sources, options);
      for (let first = 0; first < ids.length; first += productsPerPage) {
        const part = ids.slice(first, first + productsPerPage);
        const last = first + productsPerPage >= ids.length;
        const { items, problems } = await ownLevels({ connection, counter, places }, part, options);
        if (last) problems.push(...lost);
        // The mark moves with the last part of a page: a run that breaks off before counts the page again.
        yield { items, ...withProblems(problems), cursor: cursorOf({ marks: last ? marks : before }) };
      }
      if (ids.length === 0) yield { items: [], ...withProblems(lost), cursor: cursorOf({ marks }) };
    }
  }
}

/**
 * The figures of SKUs that are of one product each. One that two products share has two figures for a place, and whichever
 * came last would be shown to customers: it is a problem, also where only one of the two changed.
 */
async function ownLevels(
  { connection, counter, places }: Pick<Count, 'connection' | 'counter' | 'places'>,
  ids: readonly number[],
  options?: ReadOptions,
): Promise<{ readonly items: readonly StockLevel[]; readonly problems: PageProblem[] }> {
  const { items, problems } = await counter.levelsOf(ids, places, operation, options);
  const skus = items.map(({ sku }) => sku);
  const shared = await sharedSkus(connection, skus, operation, options);
  for (const { first, error } of shared.values()) problems.push({ ref: refTo(connection, 'variant', first), error });
  return { items: items.filter(({ sku }) => !shared.has(sku)), problems };
}

function withProblems(problems: readonly PageProblem[]) {
  return problems.length === 0 ? {} : { problems };
}
