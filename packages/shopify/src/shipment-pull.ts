import { chunk, type Page, type ReadOptions, type Shipment, type Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { shipmentIds } from './documents/shipments.ts';
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

/** Shipments that a page has at most. */
export const shipmentsPerPage = 250;

/**
 * Pulls the shipments of changed orders: Shopify lists no fulfillments by themselves, and whatever happens to one changes
 * its order. The others of such an order come along.
 */
export function shipmentPull(client: ShopifyClient, reader: RecordReader<Shipment>, settings: SweepSettings) {
  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Shipment>> {
    const call = { operation: settings.operation, lane: options.lane, signal: options.signal };
    let cursor: SweepCursor = sweepBeginning(since, settings);
    for (;;) {
      const variables = { filter: filterOf(cursor), after: cursor.after ?? null };
      const { orders } = await client.run(shipmentIds, { ...call, safety: 'read', variables });
      let { newest } = cursor;
      for (const { updatedAt } of orders.nodes) newest = laterOf(newest, updatedAt);
      const ids = [...new Set(orders.nodes.flatMap(({ fulfillments }) => fulfillments.map(({ id }) => id)))];
      const { pageInfo } = orders;
      const here = sweepText(cursor);
      cursor = { ...cursor, newest };
      const next = pageInfo.hasNextPage ? { ...cursor, after: pageInfo.endCursor } : sweepEnd(cursor, settings);
      const parts = ids.length === 0 ? [[]] : chunk(ids, shipmentsPerPage);
      for (const [index, part] of parts.entries()) {
        const { items, problems } = await reader.read(part, call);
        // Only the last of them leads on: whoever stops before it reads these orders again.
        const isLast = index === parts.length - 1;
        yield { items, cursor: isLast ? sweepText(next) : here, ...(problems.length > 0 && { problems }) };
      }
      if (!pageInfo.hasNextPage) return;
      cursor = next;
    }
  };
}

/** Without a word about their status, archived and canceled orders would be left out. */
function filterOf({ from }: SweepCursor): string {
  const changed = changedSince(from);
  return changed === null ? 'status:any' : `status:any ${changed}`;
}
