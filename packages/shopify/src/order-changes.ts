import { chunk, systemClock, type Clock, type Page, type ReadOptions, type Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { orderIds } from './documents/orders.ts';
import {
  changedSince,
  laterOf,
  sweepBeginning,
  sweepEnd,
  sweepText,
  type SweepCursor,
  type SweepSettings,
} from './sweep-cursor.ts';

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
  const { system, overlapMs, clock = systemClock } = settings;
  const sweep: SweepSettings = { system, overlapMs, clock, operation, what: 'Changed orders' };
  let cursor: SweepCursor = sweepBeginning(since, sweep);
  for (;;) {
    const before = sweepText(cursor);
    const { ids, after, newest } = await idPage(client, cursor, operation, options);
    const page = await read(ids, options);
    cursor = { ...cursor, newest: laterOf(cursor.newest, newest) };
    const isLast = after === undefined;
    const next = isLast ? sweepEnd(cursor, sweep) : { ...cursor, after };
    const parts = chunk(page.items, recordsPerPage);
    // From the cursor before it a page comes again as a whole.
    for (const items of parts.slice(0, -1)) yield { items, cursor: before };
    yield { ...page, items: parts.at(-1) ?? [], cursor: sweepText(next) };
    if (isLast) return;
    cursor = next;
  }
}

interface IdPage {
  readonly ids: readonly string[];
  /** Where the next page starts; `undefined` after the last. */
  readonly after: string | undefined;
  readonly newest: string | undefined;
}

async function idPage(
  client: ShopifyClient,
  cursor: SweepCursor,
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
  for (const { updatedAt } of orders.nodes) newest = laterOf(newest, updatedAt);
  // A row that moves while Shopify builds the page may stand in it twice.
  const ids = [...new Set(orders.nodes.map(({ id }) => id))];
  return { ids, newest, after: orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : undefined };
}

function filterOf({ from }: SweepCursor): string {
  const changed = changedSince(from);
  return changed === null ? 'status:any' : `status:any ${changed}`;
}
