import {
  CommerceError,
  isCommerceError,
  type Order,
  type Page,
  type PageProblem,
  type ReadOptions,
  type Since,
} from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import type { AmazonSettings } from './options.ts';
import { momentCursor, nextFrom, readCursor, settleMs, usable, writeCursor, type PullCursor } from './order-cursor.ts';
import { readOrder, sections } from './order-read.ts';
import { orderPageSchema, type WireOrderPage } from './wire/order.ts';

const operation = 'orders.pull';

/** Orders on a page. Orders API 2026-01-01, model of 2026-08-05. */
export const ordersPerPage = 100;

/**
 * Pulls changed orders, page by page, each with all that is asked for. The window of a sweep ends where Amazon says that
 * its data ends, two minutes ago, and the next one starts there: what changes while pages are read comes with the next
 * sweep.
 */
export function orderPull(client: AmazonClient, settings: AmazonSettings) {
  const { system, clock, overlapMs } = settings;

  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Order>> {
    const saved =
      since.cursor === undefined ? momentCursor(since.updatedAfter, system) : readCursor(since.cursor, system);
    let cursor = usable(saved, clock.now());
    for (;;) {
      if (options.signal?.aborted) throw stopped(system);
      const askedAt = clock.now();
      const { page, at } = await pageAt(cursor, options);
      // Every page repeats the end of the window; the first one is what counts, because the next sweep starts there.
      const until = at.until ?? page.lastUpdatedBefore ?? new Date(askedAt - settleMs).toISOString();
      const token = page.pagination?.nextToken ?? undefined;
      const isLast = token === undefined || token === '';
      const next: PullCursor = isLast
        ? { from: nextFrom({ from: at.from, until }, overlapMs) }
        : { from: at.from, until, token, tokenAt: askedAt };
      yield { ...readPage(page), cursor: writeCursor(next) };
      if (isLast) return;
      cursor = next;
    }
  };

  /** The page at a place, or the first one of its window where Amazon does not know the place any more. */
  async function pageAt(
    cursor: PullCursor,
    options: ReadOptions,
  ): Promise<{ readonly page: WireOrderPage; readonly at: PullCursor }> {
    try {
      return { page: await search(cursor, options), at: cursor };
    } catch (error) {
      if (cursor.token === undefined || !isCommerceError(error, 'request.rejected')) throw error;
      const at: PullCursor = { from: cursor.from };
      return { page: await search(at, options), at };
    }
  }

  function search({ from, token }: PullCursor, { lane, signal }: ReadOptions): Promise<WireOrderPage> {
    return client.send({
      api: 'searchOrders',
      operation,
      method: 'GET',
      path: 'orders/2026-01-01/orders',
      // The same on every page: a token belongs to the filter that it was given for.
      search: {
        lastUpdatedAfter: from,
        marketplaceIds: settings.marketplaceId,
        fulfilledBy: settings.fulfilledBy.join(','),
        maxResultsPerPage: ordersPerPage,
        includedData: sections,
        paginationToken: token,
      },
      safety: 'read',
      answer: orderPageSchema,
      lane,
      signal,
    });
  }

  function readPage({ orders }: WireOrderPage): Pick<Page<Order>, 'items' | 'problems'> {
    const items: Order[] = [];
    const problems: PageProblem[] = [];
    for (const wire of orders) {
      const read = readOrder(wire, settings, operation);
      if ('order' in read) items.push(read.order);
      else problems.push(read.problem);
    }
    return { items, ...(problems.length > 0 && { problems }) };
  }
}

function stopped(system: string): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    system,
    operation,
    message: `\`${operation}\` at "${system}" was stopped by its caller between two pages. Call it again from the last saved cursor.`,
  });
}
