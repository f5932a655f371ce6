import { CommerceError, type Clock, type Order, type Page, type ReadOptions, type Since } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { goesOn, pagesOf } from './list-pages.ts';
import { momentCursor, nextFrom, readCursor, secondOf, writeCursor, type OrderCursor } from './order-cursor.ts';
import { allDigits, type OrderReader } from './order-read.ts';
import { orderHeadSchema, orderRowsSchema } from './wire/order.ts';

export interface PullSettings {
  readonly system: string;
  readonly overlapMs: number;
  readonly clock: Clock;
}

// At most 100 a page. recorded on WooCommerce 10.0.2, 2026-11-23
export const perPage = 100;

/**
 * Pulls changed orders, oldest change first. WooCommerce pages by offset, and every change moves the rows behind it: so
 * each page begins anew at the second in which the page before ended, instead of at an offset. An order that changes
 * meanwhile moves to the end, and comes again with its new state.
 */
export function orderPull(client: WooClient, reader: OrderReader, settings: PullSettings) {
  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Order>> {
    let cursor = beginning(since, settings);
    for (;;) {
      const { rows, next: following } = await nextRows(client, cursor, settings, options);
      const { orders, problems } = await reader.readAll(rows, { operation, options });
      const next = following ?? { from: nextFrom({ ...cursor, newest: newestOf(cursor, rows) }, settings.overlapMs) };
      yield { items: orders, cursor: writeCursor(next), ...(problems.length > 0 && { problems }) };
      if (following === undefined) return;
      cursor = following;
    }
  };
}

const operation = 'orders.pull';

function beginning(since: Since, { system, clock }: PullSettings): OrderCursor {
  const saved =
    since.cursor === undefined ? momentCursor(since.updatedAfter, system) : readCursor(since.cursor, system);
  // A sweep that was interrupted goes on as the one that was started then: what it read may have changed since.
  if (saved.startedAt !== undefined) return saved;
  return { ...saved, start: saved.from, startedAt: clock.now() };
}

/** A page, and where the sweep goes on; nowhere after the last. */
async function nextRows(
  client: WooClient,
  cursor: OrderCursor,
  settings: PullSettings,
  options: ReadOptions,
): Promise<{ readonly rows: readonly unknown[]; readonly next: OrderCursor | undefined }> {
  const { from, page, ...sweep } = cursor;
  if (from !== undefined && page !== undefined) {
    const rows = await secondRows(client, from, page, options);
    return { rows, next: { ...sweep, from, newest: newestOf(cursor, rows), ...behind(from, page) } };
  }
  const { data: rows, headers } = await client.get('wc/v3/orders', {
    operation,
    options,
    search: {
      ...allDigits,
      ...(from !== undefined && { modified_after: secondBefore(from) }),
      orderby: 'modified',
      order: 'asc',
      per_page: perPage,
    },
    answer: orderRowsSchema,
  });
  const newest = newestOf(cursor, rows);
  if (!goesOn(headers, 1, rows)) return { rows, next: undefined };
  const last = newestOf({}, rows);
  if (last === undefined) {
    const seen = 'shows of a whole page no order, or not when it was changed, and has more behind it';
    throw unreadable(settings.system, seen, 'hides orders, or takes "date_modified_gmt" away');
  }
  if (from === undefined || Date.parse(last) > Date.parse(from))
    return { rows, next: { ...sweep, from: last, newest } };
  // All that the page shows is of one second, and that second may go on behind it.
  const pages = await secondPages(client, from, settings, options);
  return { rows: [], next: { ...sweep, from, page: pages, newest } };
}

/** The page before, and in front of the first one the next second. */
function behind(from: string, page: number): Pick<OrderCursor, 'from' | 'page'> {
  return page > 1 ? { from, page: page - 1 } : { from: secondOf(Date.parse(from) + 1000) };
}

/** One page of all orders that were changed in one second, in an order that no change disturbs. */
async function secondRows(
  client: WooClient,
  second: string,
  page: number,
  options: ReadOptions,
): Promise<readonly unknown[]> {
  const search = { ...allDigits, ...within(second), orderby: 'id', order: 'asc', per_page: perPage, page };
  const { data } = await client.get('wc/v3/orders', { operation, options, search, answer: orderRowsSchema });
  return data;
}

/** How many pages a second has. Where the shop does not say, they are counted up to an empty one. */
async function secondPages(
  client: WooClient,
  second: string,
  { system }: PullSettings,
  options: ReadOptions,
): Promise<number> {
  let before: string | undefined;
  for (let page = 1; ; page += 1) {
    const search = { ...within(second), orderby: 'id', order: 'asc', per_page: perPage, page, _fields: 'id' };
    const { data, headers } = await client.get('wc/v3/orders', { operation, options, search, answer: orderRowsSchema });
    const pages = pagesOf(headers);
    if (pages !== undefined) return Math.max(1, pages);
    if (data.length === 0) return Math.max(1, page - 1);
    const shown = JSON.stringify(data);
    if (shown === before) throw unreadable(system, 'shows the same orders on every page', 'takes "page" away');
    before = shown;
  }
}

// Both ends are left out of what is found. recorded on WooCommerce 10.0.2, 2026-11-23
function within(second: string): { readonly modified_after: string; readonly modified_before: string } {
  return { modified_after: secondBefore(second), modified_before: secondOf(Date.parse(second) + 1000) };
}

function secondBefore(second: string): string {
  return secondOf(Date.parse(second) - 1000);
}

/** The latest change that was seen so far. */
function newestOf({ newest }: Pick<OrderCursor, 'newest'>, rows: readonly unknown[]): string | undefined {
  let latest = newest;
  for (const row of rows) {
    const changed = orderHeadSchema.safeParse(row).data?.date_modified_gmt;
    if (changed && (latest === undefined || Date.parse(changed) > Date.parse(latest))) latest = changed;
  }
  return latest;
}

function unreadable(system: string, seen: string, does: string): CommerceError {
  return new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    message: `Orders of "${system}" were not pulled: the shop ${seen}. Look for a plugin, or something in front of the shop, that ${does}.`,
  });
}
