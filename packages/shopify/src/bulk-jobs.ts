import { CommerceError, isCommerceError, mayHaveWritten, type Clock } from '@crossdock/core';
import type { BulkFile } from './bulk-file.ts';
import { waitFor, type Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { bulkOperationById, bulkOperations, bulkRunQuery } from './documents/bulk.ts';
import { allRows } from './sku-search.ts';
import { tidy } from './errors.ts';
import type { WireBulkOperation } from './wire/bulk.ts';

/** A bulk operation of ours. */
export interface BulkJob {
  readonly id: string;
  readonly createdAt: string;
}

/** How an operation ended. `file` is missing where there was nothing to write; `gone` where its file is not kept any more. */
export type BulkEnd =
  | { readonly state: 'done'; readonly file: BulkFile | undefined }
  | { readonly state: 'failed'; readonly error: CommerceError; readonly partial: BulkFile | undefined }
  | { readonly state: 'gone' };

/** Queries that Shopify answers with a file. */
export interface BulkJobs {
  /** Starts the query, or takes the same one that runs already, whoever of us started it. */
  query(text: string, groupObjects: boolean, call: Waiting): Promise<BulkJob>;
  /** Waits until it ended, asking less and less often. */
  ended(id: string, call: Waiting): Promise<BulkEnd>;
}

/** Waits for one of the five places that an app has at a shop. shopify.dev, bulk operations, API 2026-01. */
const placeWaitsMs = [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000];
/** Waits between two looks at an operation; the last one again and again. */
const lookWaitsMs = [1000, 2000, 4000, 8000, 15_000, 30_000];
/** How far back a running operation of ours is looked for. It has to finish in ten days, and few take an hour. */
const lookBackMs = 86_400_000;

export function bulkJobs(
  client: ShopifyClient,
  { system, clock }: { readonly system: string; readonly clock: Clock },
): BulkJobs {
  /** The app's queries with this text, the newest first. */
  async function sameQueries(text: string, call: Waiting) {
    const since = new Date(clock.now() - lookBackMs).toISOString().slice(0, 19);
    const found = await allRows(`operation_type:query created_at:>='${since}Z'`, async (filter, after) => {
      const variables = { filter, after };
      const { bulkOperations: page } = await client.run(bulkOperations, { ...call, safety: 'read', variables });
      return page;
    });
    return found.filter(({ query }) => plain(query) === plain(text));
  }

  /** Sends it once. An answer that was lost is looked for among what runs; nothing there means that nothing was begun. */
  async function begin(query: string, group: boolean, known: ReadonlySet<string>, call: Waiting) {
    try {
      const variables = { query, group };
      const { bulkOperationRunQuery } = await client.run(bulkRunQuery, { ...call, safety: 'once', variables });
      return bulkOperationRunQuery;
    } catch (error) {
      if (!isCommerceError(error) || !mayHaveWritten(error)) throw error;
      const begun = (await sameQueries(query, call)).find(({ id }) => !known.has(id));
      return begun && { bulkOperation: begun, userErrors: [] };
    }
  }

  return {
    async query(text, group, call) {
      const before = await sameQueries(text, call);
      const running = before.find(({ status }) => status === 'CREATED' || status === 'RUNNING');
      if (running) return running;
      const known = new Set(before.map(({ id }) => id));
      for (const waitMs of placeWaitsMs) {
        const begun = await begin(text, group, known, call);
        if (begun?.bulkOperation) return begun.bulkOperation;
        const refused = begun?.userErrors.find(
          ({ code }) => code !== 'OPERATION_IN_PROGRESS' && code !== 'LIMIT_REACHED',
        );
        if (refused) throw notStarted(refused.message, call);
        await waitFor(clock, waitMs, system, call);
      }
      throw noPlace(call);
    },

    async ended(id, call) {
      for (let look = 0; ; look += 1) {
        const { bulkOperation } = await client.run(bulkOperationById, { ...call, safety: 'read', variables: { id } });
        const end = bulkOperation === null ? ({ state: 'gone' } as const) : endOf(bulkOperation, call);
        if (end) return end;
        const waitMs = lookWaitsMs[look] ?? lookWaitsMs.at(-1) ?? 0;
        await waitFor(clock, waitMs, system, call);
      }
    },
  };

  function endOf(operation: WireBulkOperation, call: Waiting): BulkEnd | undefined {
    const { status, url, fileSize, partialDataUrl } = operation;
    switch (status) {
      case 'CREATED':
      case 'RUNNING':
      case 'CANCELING':
        return undefined;
      case 'COMPLETED':
        return { state: 'done', file: url === null ? undefined : { url, size: sizeOf(fileSize) } };
      case 'EXPIRED':
        return { state: 'gone' };
      case 'FAILED':
      case 'CANCELED': {
        const partial = partialDataUrl === null ? undefined : { url: partialDataUrl, size: undefined };
        return { state: 'failed', error: failure(operation, call), partial };
      }
      default:
        throw unknownStatus(operation, call);
    }
  }

  function failure({ id, status, errorCode }: WireBulkOperation, { operation }: Waiting): CommerceError {
    const isDenied = errorCode === 'ACCESS_DENIED';
    const why = status === 'CANCELED' ? 'it was canceled' : `it failed with "${errorCode ?? 'no reason'}"`;
    return new CommerceError({
      code: isDenied ? 'access.denied' : status === 'CANCELED' ? 'platform.conflict' : 'platform.unavailable',
      system,
      operation,
      message: `Bulk operation "${id}" of "${system}" gave nothing: ${why}. ${isDenied ? 'Give the app the access that the query takes.' : 'Try again.'}`,
      details: { codes: [errorCode], status },
    });
  }

  function unknownStatus({ id, status }: WireBulkOperation, { operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'response.unexpected',
      system,
      operation,
      message: `Bulk operation "${id}" of "${system}" was not read: "${status}" is no status that this connector knows. Report it.`,
    });
  }

  function notStarted(said: string, { operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'request.rejected',
      system,
      operation,
      message: `"${system}" did not start a bulk operation for \`${operation}\`: it said "${tidy(said)}". Correct the query.`,
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

function sizeOf(text: string | null): number | undefined {
  return text === null ? undefined : Number(text);
}

/** Shopify may keep a query with other blanks. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
