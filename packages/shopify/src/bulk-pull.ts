import { isCommerceError, type Page, type ReadOptions } from '@crossdock/core';
import { fileLines, type FileSettings } from './bulk-file.ts';
import type { BulkJobs } from './bulk-jobs.ts';
import { toBulkRow, type BulkRow } from './bulk-row.ts';
import type { PageContent } from './page-content.ts';
import { laterOf, sweepEnd, sweepText, type SweepCursor, type SweepSettings } from './sweep-cursor.ts';

/** What one pull reads out of a file. */
export interface BulkSource<T, R> {
  /** The query for what changed since, or for everything. */
  readonly text: (filter: string | null) => string;
  readonly groupObjects: boolean;
  /**
   * Puts lines together to records, and turns each into what it means as soon as it is whole: what waits for its page is
   * small then, and lines are not held.
   */
  readonly collect: (call: BulkCall) => Promise<Collector<R>>;
  /** Puts records together to what a page holds. */
  readonly toPage: (records: readonly R[], call: BulkCall) => Promise<PageContent<T>>;
}
/** What a page is made for. `asOf` is a moment at which nothing in the file was written yet. */
interface BulkCall extends ReadOptions {
  readonly operation: string;
  readonly asOf: string;
}
/** Records that are whole, each with the place from which nothing behind it is lost. */
export interface Collector<R> {
  add(row: BulkRow, begin: number, end: number): void;
  /** The file is over. */
  finish(end: number): void;
  readonly whole: { readonly record: R; readonly resumeAt: number }[];
}

/** How a pull by file went: it is at its end, has to go on by pages, or needs another file because its own is gone. */
type BulkVerdict = 'done' | 'by pages' | 'anew';

/** Pulls by file. */
export type BulkPull<T> = (
  sweep: SweepCursor & { readonly startedAt: number },
  filter: string | null,
  options: ReadOptions,
) => AsyncGenerator<Page<T>, BulkVerdict, undefined>;

/** Records in a page: what waits to be handed out is what takes memory. */
const perPage = 100;

/**
 * Pulls out of the file of a bulk operation, line by line, in pages whose cursors name the operation and the place in its
 * file. What Shopify cannot give in this way goes on by pages, from the beginning of the sweep.
 */
export function bulkPull<T, R>(
  jobs: BulkJobs,
  source: BulkSource<T, R>,
  settings: SweepSettings & FileSettings,
): BulkPull<T> {
  const { operation } = settings;

  return async function* pull(sweep, filter, { lane, signal }) {
    const call = { operation, lane, signal };
    let cursor: SweepCursor = sweep;
    let { bulk } = cursor;
    if (!bulk) {
      const job = await jobs.query(source.text(filter), source.groupObjects, call);
      bulk = { id: job.id, at: 0 };
      // The file shows what was there when the operation began, by Shopify's clock.
      cursor = { ...cursor, bulk, startedAt: Math.min(sweep.startedAt, Date.parse(job.createdAt)) };
    }
    const end = await jobs.ended(bulk.id, call);
    if (end.state === 'gone') return 'anew';
    if (end.state === 'failed') {
      if (end.error.code === 'access.denied') throw end.error;
      return 'by pages';
    }
    const { file } = end;
    const asOf = new Date(cursor.startedAt ?? settings.clock.now()).toISOString();
    const collector = await source.collect({ ...call, asOf });
    let at = bulk.at;
    try {
      for await (const lines of file ? fileLines(file, at, settings, call) : []) {
        for (const line of lines) {
          collector.add(toBulkRow(line.text, settings), at, line.end);
          at = line.end;
        }
        while (collector.whole.length > perPage) {
          const page = await pageAt(collector.whole.splice(0, perPage), cursor, call);
          ({ cursor } = page);
          yield page.page;
        }
      }
    } catch (error) {
      // The link works for a week; who comes later reads another file.
      if (isCommerceError(error, 'request.rejected') && error.operation === operation) return 'anew';
      throw error;
    }
    collector.finish(at);
    for (;;) {
      const page = await pageAt(collector.whole.splice(0, perPage), cursor, call);
      ({ cursor } = page);
      const isLast = collector.whole.length === 0;
      yield isLast ? { ...page.page, cursor: sweepText(sweepEnd(cursor, settings)) } : page.page;
      if (isLast) return 'done';
    }
  };

  async function pageAt(
    whole: Collector<R>['whole'],
    before: SweepCursor,
    call: ReadOptions,
  ): Promise<{ readonly page: Page<T>; readonly cursor: SweepCursor }> {
    const { items, problems, newest } = await source.toPage(
      whole.map(({ record }) => record),
      { ...call, operation, asOf: new Date(before.startedAt ?? settings.clock.now()).toISOString() },
    );
    const resumeAt = whole.at(-1)?.resumeAt;
    const cursor = {
      ...before,
      newest: laterOf(before.newest, newest),
      ...(before.bulk && resumeAt !== undefined && { bulk: { ...before.bulk, at: resumeAt } }),
    };
    return { page: { items, cursor: sweepText(cursor), ...(problems.length > 0 && { problems }) }, cursor };
  }
}

/** Every line is a record, or none. */
export function eachRow<R>(toRecord: (row: BulkRow) => R | undefined): Collector<R> {
  const whole: { readonly record: R; readonly resumeAt: number }[] = [];
  return {
    whole,
    add(row, _begin, resumeAt) {
      const record = toRecord(row);
      if (record !== undefined) whole.push({ record, resumeAt });
    },
    finish: () => undefined,
  };
}
