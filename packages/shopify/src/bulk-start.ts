import { isCommerceError, mayHaveWritten, type Clock } from '@crossdock/core';
import { foundOperations } from './bulk-found.ts';
import { raiseRefusal, withPlace } from './bulk-places.ts';
import type { Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { bulkRunQuery } from './documents/bulk.ts';

/** A bulk operation of ours. */
export interface BulkJob {
  readonly id: string;
  readonly createdAt: string;
}

/** Starts the query, or takes the same one that runs already, whoever of us started it. */
export type QueryStart = (text: string, groupObjects: boolean, call: Waiting) => Promise<BulkJob>;

/** How far back a running query of ours is looked for: few take an hour. */
const queriesMs = 86_400_000;

/** Starts queries, none of them twice: Shopify knows no key for them, so that they are known by their text. */
export function queryStart(
  client: ShopifyClient,
  settings: { readonly system: string; readonly clock: Clock },
): QueryStart {
  return async (query, group, call) => {
    // Shopify does not say of an operation how its file is ordered, so the text says it.
    const text = group ? `${query}\n# grouped` : query;
    const before = await sameText(text, call);
    const taken = before.findLast(({ status }) => status === 'CREATED' || status === 'RUNNING');
    if (taken) return taken;
    const known = new Set(before.map(({ id }) => id));
    return withPlace(() => begin(text, group, known, call), settings, call);
  };

  /** Sends it once. An answer that was lost is looked for among what is there; a query that runs twice changes nothing. */
  async function begin(query: string, group: boolean, known: ReadonlySet<string>, call: Waiting) {
    try {
      const variables = { query, group };
      const { bulkOperationRunQuery } = await client.run(bulkRunQuery, { ...call, safety: 'once', variables });
      raiseRefusal(bulkOperationRunQuery.userErrors, settings.system, call);
      return bulkOperationRunQuery.bulkOperation ?? undefined;
    } catch (error) {
      if (!isCommerceError(error) || !mayHaveWritten(error)) throw error;
      return (await sameText(query, call)).findLast(({ id }) => !known.has(id));
    }
  }

  async function sameText(text: string, call: Waiting) {
    const found = await foundOperations(client, settings.clock, { kind: 'query', backMs: queriesMs }, call);
    return found.filter(({ query }) => plain(query) === plain(text));
  }
}

/** Shopify may keep a text with other blanks. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
