import { CommerceError, isCommerceError, mayHaveWritten, type Clock } from '@crossdock/core';
import { waitFor, type Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { bulkOperations, bulkRunMutation, bulkRunQuery } from './documents/bulk.ts';
import { tidy } from './errors.ts';
import { allRows } from './sku-search.ts';
import type { UserErrors } from './wire/user-error.ts';

/** A bulk operation of ours. */
interface BulkJob {
  readonly id: string;
  readonly createdAt: string;
}

/** Starts what Shopify does in the background. */
export interface BulkStarts {
  /** Starts the query, or takes the same one that runs already, whoever of us started it. */
  query(text: string, groupObjects: boolean, call: Waiting): Promise<BulkJob>;
  /**
   * Starts the mutation, or takes the one with this very text that runs or is done, whoever of us started it. `upload` puts
   * its lines where Shopify finds them, and is asked for only where it is started.
   */
  mutation(text: string, upload: () => Promise<string>, call: Waiting): Promise<BulkJob>;
}

/** Waits for one of the five places that an app has at a shop. shopify.dev, bulk operations, API 2026-01. */
const placeWaitsMs = [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000];
/** How far back a running query of ours is looked for: few take an hour. */
const queriesMs = 86_400_000;
/** How far back a mutation of ours is looked for: as long as its answers are kept. shopify.dev, bulk operations, read 2026-11-23. */
const mutationsMs = 7 * 86_400_000;

/** How one operation is started and known again. */
interface Start {
  readonly kind: 'query' | 'mutation';
  readonly text: string;
  readonly backMs: number;
  /** Whether one that is there, in this state, is taken instead of another one. */
  readonly isTaken: (status: string) => boolean;
  readonly send: () => Promise<{ readonly bulkOperation: BulkJob | null; readonly userErrors: UserErrors }>;
}

/** Starts operations, none of them twice: Shopify knows no key for them, so that they are known by their text. */
export function bulkStarts(
  client: ShopifyClient,
  { system, clock }: { readonly system: string; readonly clock: Clock },
): BulkStarts {
  return {
    query: (query, group, call) =>
      started(
        {
          kind: 'query',
          text: query,
          backMs: queriesMs,
          isTaken: isUnderWay,
          async send() {
            const variables = { query, group };
            const answer = await client.run(bulkRunQuery, { ...call, safety: 'once', variables });
            return answer.bulkOperationRunQuery;
          },
        },
        call,
      ),

    async mutation(mutation, upload, call) {
      let path: string | undefined;
      return started(
        {
          kind: 'mutation',
          text: mutation,
          backMs: mutationsMs,
          isTaken: (status) => isUnderWay(status) || status === 'COMPLETED',
          async send() {
            path ??= await upload();
            const variables = { mutation, path, identifier: nameIn(mutation) };
            const answer = await client.run(bulkRunMutation, { ...call, safety: 'once', variables });
            return answer.bulkOperationRunMutation;
          },
        },
        call,
      );
    },
  };

  async function started(start: Start, call: Waiting): Promise<BulkJob> {
    const before = await sameText(start, call);
    const taken = before.find(({ status }) => start.isTaken(status));
    if (taken) return taken;
    const known = new Set(before.map(({ id }) => id));
    for (const waitMs of placeWaitsMs) {
      const begun = await begin(start, known, call);
      if (begun?.bulkOperation) return begun.bulkOperation;
      const refused = begun?.userErrors.find(
        ({ code }) => code !== 'OPERATION_IN_PROGRESS' && code !== 'LIMIT_REACHED',
      );
      if (refused) throw notStarted(refused.message, call);
      await waitFor(clock, waitMs, system, call);
    }
    throw noPlace(call);
  }

  /** Sends it once. An answer that was lost is looked for among what is there; nothing new means that nothing was begun. */
  async function begin(start: Start, known: ReadonlySet<string>, call: Waiting) {
    try {
      return await start.send();
    } catch (error) {
      if (!isCommerceError(error) || !mayHaveWritten(error)) throw error;
      const begun = (await sameText(start, call)).find(({ id }) => !known.has(id));
      return begun && { bulkOperation: begun, userErrors: [] };
    }
  }

  /** The app's operations with this text, the newest first. */
  async function sameText({ kind, text, backMs }: Start, call: Waiting) {
    const since = new Date(clock.now() - backMs).toISOString().slice(0, 19);
    const found = await allRows(`operation_type:${kind} created_at:>='${since}Z'`, async (filter, after) => {
      const variables = { filter, after };
      const { bulkOperations: page } = await client.run(bulkOperations, { ...call, safety: 'read', variables });
      return page;
    });
    return found.filter(({ query }) => plain(query) === plain(text));
  }

  function notStarted(said: string, { operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'request.rejected',
      system,
      operation,
      message: `"${system}" did not start a bulk operation for \`${operation}\`: it said "${tidy(said)}". Correct what was sent.`,
    });
  }

  function noPlace({ operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'platform.throttled',
      system,
      operation,
      message: `"${system}" did not start a bulk operation for \`${operation}\`: as many as it lets run at once run already. Try again when one has ended.`,
    });
  }
}

function isUnderWay(status: string): boolean {
  return status === 'CREATED' || status === 'RUNNING';
}

/** Shopify may keep a text with other blanks. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The operation's own name, which tells it from every other one. */
function nameIn(mutation: string): string {
  return /mutation\s+(\w+)/.exec(mutation)?.[1] ?? mutation.slice(0, 100);
}
