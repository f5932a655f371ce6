import type { Customer, Page, ReadOptions, Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { CustomerReader } from './customer-read.ts';
import { customerIds } from './documents/customers.ts';
import {
  changedSince,
  laterOf,
  sweepBeginning,
  sweepEnd,
  sweepText,
  type SweepCursor,
  type SweepSettings,
} from './sweep-cursor.ts';

/** Pulls changed customers: a cheap page of ids, then the customers themselves. */
export function customerPull(client: ShopifyClient, reader: CustomerReader, settings: SweepSettings) {
  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Customer>> {
    const call = { operation: settings.operation, lane: options.lane, signal: options.signal };
    let cursor: SweepCursor = sweepBeginning(since, settings);
    for (;;) {
      const { customers } = await client.run(customerIds, {
        ...call,
        safety: 'read',
        variables: { filter: changedSince(cursor.from), after: cursor.after ?? null },
      });
      let { newest } = cursor;
      for (const { updatedAt } of customers.nodes) newest = laterOf(newest, updatedAt);
      // A row that moves while Shopify builds the page may stand in it twice.
      const ids = [...new Set(customers.nodes.map(({ id }) => id))];
      const { items, problems } = await reader.read(ids, call);
      cursor = { ...cursor, newest };
      const { pageInfo } = customers;
      const next = pageInfo.hasNextPage ? { ...cursor, after: pageInfo.endCursor } : sweepEnd(cursor, settings);
      yield { items, cursor: sweepText(next), ...(problems.length > 0 && { problems }) };
      if (!pageInfo.hasNextPage) return;
      cursor = next;
    }
  };
}
