import { type Clock, type Order, type Page, type ReadOptions, type Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { orderIds } from './documents/orders.ts';
import { momentCursor, nextFrom, readCursor, writeCursor, type PullCursor } from './order-cursor.ts';
import type { OrderReader } from './order-read.ts';

export interface PullSettings {
  readonly system: string;
  readonly overlapMs: number;
  readonly clock: Clock;
}

/**
 * Pulls changed orders: a cheap page of ids, then the orders themselves. An order that changes while pages are read
 * moves behind them, and comes again with its new state.
 */
export function orderPull(client: ShopifyClient, reader: OrderReader, settings: PullSettings) {
  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Order>> {
    let cursor = beginning(since, settings);
    for (;;) {
      const { ids, after, newest } = await idPage(client, cursor, options);
      const { orders, problems } = await reader.read(ids, 'orders.pull', options);
      cursor = { ...cursor, newest: later(cursor.newest, newest) };
      const isLast = after === undefined;
      const next: PullCursor = isLast ? { from: nextFrom(cursor, settings.overlapMs) } : { ...cursor, after };
      yield {
        items: orders,
        cursor: writeCursor(next),
        ...(problems.length > 0 && { problems }),
      };
      if (isLast) return;
      cursor = next;
    }
  };
}

function beginning(since: Since, { system, clock }: PullSettings): PullCursor {
  const saved =
    since.cursor === undefined ? momentCursor(since.updatedAfter, system) : readCursor(since.cursor, system);
  // A sweep that was interrupted goes on as the one that was started then: what it read may have changed since.
  return { ...saved, startedAt: saved.startedAt ?? clock.now() };
}

interface IdPage {
  readonly ids: readonly string[];
  /** Where the next page starts; `undefined` after the last. */
  readonly after: string | undefined;
  readonly newest: string | undefined;
}

async function idPage(client: ShopifyClient, cursor: PullCursor, options: ReadOptions): Promise<IdPage> {
  const { orders } = await client.run(orderIds, {
    operation: 'orders.pull',
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
