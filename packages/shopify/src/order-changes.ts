import { chunk, systemClock, type Clock, type Page, type ReadOptions, type Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { orderIds } from './documents/orders.ts';
import { momentCursor, nextFrom, readCursor, writeCursor, type PullCursor } from './order-cursor.ts';

/** Records in a page, however many the orders of a page of ids have. */
export const recordsPerPage = 250;

export interface ChangeSettings {
  readonly system: string;
  readonly overlapMs: number;
  readonly clock?: Clock | undefined;
}

/** The ids of the orders that changed, and what a pull makes of them. */
export type ReadPage<T> = (ids: readonly string[], options: ReadOptions) => Promise<Omit<Page<T>, 'cursor'>>;

/**
 * Pages of what belongs to changed orders: a cheap page of ids, then what `read` gets for them. An order that changes
 * while pages are read moves behind them, and comes again with its new state.
 */
export async function* changesOfOrders<T>(
  client: ShopifyClient,
  settings: ChangeSettings,
  operation: string,
  since: Since,
  options: ReadOptions,
  read: ReadPage<T>,
): AsyncGenerator<Page<T>, void, undefined> {
  let cursor = beginning(since, settings, operation);
  for (;;) {
    const before = writeCursor(cursor);
    const { ids, after, newest } = await idPage(client, cursor, operation, options);
    const page = await read(ids, options);
    cursor = { ...cursor, newest: later(cursor.newest, newest) };
    const isLast = after === undefined;
    const next: PullCursor = isLast ? { from: nextFrom(cursor, settings.overlapMs) } : { ...cursor, after };
    const parts = chunk(page.items, recordsPerPage);
    // From the cursor before it a page comes again as a whole.
    for (const items of parts.slice(0, -1)) yield { items, cursor: before };
    yield { ...page, items: parts.at(-1) ?? [], cursor: writeCursor(next) };
    if (isLast) return;
    cursor = next;
  }
}

function beginning(since: Since, { system, clock = systemClock }: ChangeSettings, operation: string): PullCursor {
  const about = { system, operation };
  const saved = since.cursor === undefined ? momentCursor(since.updatedAfter, about) : readCursor(since.cursor, about);
  // A sweep that was interrupted goes on as the one that was started then: what it read may have changed since.
  return { ...saved, startedAt: saved.startedAt ?? clock.now() };
}

interface IdPage {
  readonly ids: readonly string[];
  /** Where the next page starts; `undefined` after the last. */
  readonly after: string | undefined;
  readonly newest: string | undefined;
}

async function idPage(
  client: ShopifyClient,
  cursor: PullCursor,
  operation: string,
  options: ReadOptions,
): Promise<IdPage> {
  const { orders } = await client.run(orderIds, {
    operation,
    safety: 'read',
    variables: { filter: filterOf(cursor), after: cursor.after ?? null },
    ...options,
  });
  let newest: string | undefined;
  for (const { updatedAt } of orders.nodes) newest = later(newest, updatedAt);
  // A row that moves while Shopify builds the page may stand in it twice.
  const ids = [...new Set(orders.nodes.map(({ id }) => id))];
  return { ids, newest, after: orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : undefined };
}

/** Second resolution, so `>=` with the second itself: changes of one second are never cut apart. */
function filterOf({ from }: PullCursor): string {
  if (from === undefined) return 'status:any';
  const second = `${new Date(from).toISOString().slice(0, 19)}Z`;
  return `status:any updated_at:>='${second}'`;
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(other) > Date.parse(one) ? other : one;
}
