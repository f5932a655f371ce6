import type { FulfillmentOrder, Page, ReadOptions, Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrderIds } from './documents/fulfillment-orders.ts';
import type { RecordReader } from './records-by-id.ts';
import {
  changedSince,
  laterOf,
  sweepBeginning,
  sweepEnd,
  sweepText,
  type SweepCursor,
  type SweepSettings,
} from './sweep-cursor.ts';

/**
 * Pulls changed fulfillment orders, closed ones among them: a cheap page of ids, then the fulfillment orders themselves.
 * Which there are, the app's scopes decide: one that may only see those that are assigned to it, as a fulfillment service
 * does, gets what it is asked for and nothing else.
 */
export function fulfillmentPull(
  client: ShopifyClient,
  reader: RecordReader<FulfillmentOrder>,
  settings: SweepSettings,
) {
  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<FulfillmentOrder>> {
    const call = { operation: settings.operation, lane: options.lane, signal: options.signal };
    let cursor: SweepCursor = sweepBeginning(since, settings);
    for (;;) {
      const variables = { filter: changedSince(cursor.from), after: cursor.after ?? null };
      const { fulfillmentOrders } = await client.run(fulfillmentOrderIds, { ...call, safety: 'read', variables });
      const { nodes, pageInfo } = fulfillmentOrders;
      let { newest } = cursor;
      for (const { updatedAt } of nodes) newest = laterOf(newest, updatedAt);
      // A row that moves while Shopify builds the page may stand in it twice.
      const { items, problems } = await reader.read([...new Set(nodes.map(({ id }) => id))], call);
      cursor = { ...cursor, newest };
      const next = pageInfo.hasNextPage ? { ...cursor, after: pageInfo.endCursor } : sweepEnd(cursor, settings);
      yield { items, cursor: sweepText(next), ...(problems.length > 0 && { problems }) };
      if (!pageInfo.hasNextPage) return;
      cursor = next;
    }
  };
}
