import { isCommerceError, type Page, type ReadOptions, type Since } from '@crossdock/core';
import type { BulkPull } from './bulk-pull.ts';
import { changedSince, sweepBeginning, type SweepCursor, type SweepSettings } from './sweep-cursor.ts';

/** A pull with both of its ways. */
export interface SweepWays<T> {
  /** Page by page, from a cursor on. */
  readonly pages: (cursor: SweepCursor, options: ReadOptions) => AsyncIterable<Page<T>>;
  /** Out of a file. */
  readonly bulk: BulkPull<T>;
  /** How many records a sweep is about, at most as many as Shopify counts. */
  readonly count: (filter: string | null, options: ReadOptions) => Promise<number>;
}

/** How often a file that is gone is asked for again. */
const mostFiles = 2;

/**
 * Pulls what changed since. A sweep that begins and is about many records is read out of a file, every other one page by
 * page: so the first pull of a large catalogue takes no allowance, and what follows is told at once.
 */
export function sweepPull<T>(
  { pages, bulk, count }: SweepWays<T>,
  settings: SweepSettings & { readonly bulkFrom: number },
) {
  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<T>> {
    const beginning = sweepBeginning(since, settings);
    const filter = changedSince(beginning.from);
    const isByFile =
      beginning.bulk !== undefined ||
      (since.cursor === undefined &&
        Number.isFinite(settings.bulkFrom) &&
        (await count(filter, options)) >= settings.bulkFrom);
    let cursor = beginning;
    for (let files = isByFile ? mostFiles : 0; files > 0; files -= 1) {
      const verdict = yield* byFile(cursor, filter, options);
      if (verdict === 'done') return;
      cursor = { ...cursor, bulk: undefined };
      if (verdict === 'by pages') break;
    }
    yield* pages(cursor, options);
  };

  /** Where as many operations run as may, pages have to do. */
  async function* byFile(cursor: ReturnType<typeof sweepBeginning>, filter: string | null, options: ReadOptions) {
    try {
      return yield* bulk(cursor, filter, options);
    } catch (error) {
      if (isCommerceError(error, 'platform.throttled') && cursor.bulk === undefined) return 'by pages';
      throw error;
    }
  }
}
