import { systemClock, type ReadOptions, type WriteOptions } from '@crossdock/core';
import { fileLines } from './bulk-file.ts';
import { bulkJobs } from './bulk-jobs.ts';
import { bulkMutations, type BulkAnswer, type BulkLines } from './bulk-mutation.ts';
import { toBulkRow, type BulkRow } from './bulk-row.ts';
import { documentClient } from './client.ts';
import { settingsOf, type ShopifyOptions } from './options.ts';

/** Where a reader of a file is: an operation, and how many bytes of its file were handed out. */
export interface BulkPlace {
  readonly id: string;
  readonly at: number;
}

/** Some objects of a file, and where to go on behind them. */
export interface BulkRows {
  readonly rows: readonly BulkRow[];
  readonly place: BulkPlace;
}

/** How a query is run. */
export interface BulkQueryOptions extends ReadOptions {
  /** Whether children stand directly below their parent. Default false: faster, and they may stand anywhere. */
  readonly groupObjects?: boolean | undefined;
  /** Goes on in the file of an operation that was started before. Its results are kept for seven days. */
  readonly from?: BulkPlace | undefined;
  /** Whether what a failed operation wrote is handed out before its error is thrown. Default false. */
  readonly partial?: boolean | undefined;
}

/** Shopify's bulk operations, streamed. */
export interface ShopifyBulk {
  /**
   * Runs a query without variables, in which connections are read by `edges { node }`, and hands out its objects as they
   * are downloaded: no more is held than one piece of the file. The same query that runs already is waited for instead of
   * a second one. Throws `platform.throttled` while no place is free, and `request.rejected` for a query that Shopify does
   * not take and for a file that is not kept any more.
   */
  query(text: string, options?: BulkQueryOptions): AsyncGenerator<BulkRows, void, undefined>;
  /**
   * Runs a mutation once for each of these variables, and hands out what became of them in any order, each with the number
   * of its line. The lines are held as text until they are sent, 100 MB at most, and the answers never. The same lines
   * under the same key are sent once, whoever sends them, for thirty days; a repeat waits for what runs, and reads the
   * answers again as long as Shopify keeps them, which is seven days.
   *
   * Throws `options.invalid` for a document that is not one mutation and for lines that no file holds, and `key.reused`
   * for a key that was for other content. Once it is started every error is `write.in-flight` or `write.uncertain`, behind
   * the answers that there are: for lines without one, of an operation that failed too, nothing is sent again.
   */
  mutation(
    text: string,
    variables: BulkLines,
    options: WriteOptions,
  ): AsyncGenerator<readonly BulkAnswer[], void, undefined>;
}

/**
 * Bulk operations of a shop, for what the ports do not cover: exports of any size in bounded memory, and imports by file.
 * Calls of one key at one moment start one operation: within the process, and with `shared` over all of them. Throws
 * `options.invalid` for options that cannot work.
 *
 * @example
 * ```ts
 * const bulk = shopifyBulk({ shop: 'acme', accessToken: { clientId: '…', clientSecret: '…' } });
 * for await (const { rows } of bulk.query('{ products { edges { node { id title } } } }')) {
 *   for (const { fields } of rows) console.log(fields);
 * }
 * ```
 */
export function shopifyBulk(options: ShopifyOptions): ShopifyBulk {
  const given = settingsOf(options);
  const settings = { ...given, clock: given.clock ?? systemClock };
  const client = documentClient(settings);
  const jobs = bulkJobs(client, settings);
  const mutations = bulkMutations(client, jobs, settings);
  return {
    async *query(text, { groupObjects = false, from, partial = false, lane, signal } = {}) {
      const call = { operation: 'bulk.query', lane, signal };
      const id = from?.id ?? (await jobs.query(text, groupObjects, call)).id;
      const end = await jobs.ended(id, call);
      const file = end.state === 'done' ? end.file : end.state === 'failed' && partial ? end.partial : undefined;
      if (end.state === 'gone') throw jobs.gone(id, call);
      for await (const lines of file ? fileLines(file, from?.at ?? 0, settings, call) : []) {
        const rows = lines.map((line) => toBulkRow(line.text, { system: settings.system, operation: call.operation }));
        yield { rows, place: { id, at: lines.at(-1)?.end ?? 0 } };
      }
      if (end.state === 'failed') throw end.error;
    },

    async *mutation(text, variables, { idempotencyKey, lane, signal }) {
      yield* mutations(text, variables, idempotencyKey, { operation: 'bulk.mutation', lane, signal });
    },
  };
}
