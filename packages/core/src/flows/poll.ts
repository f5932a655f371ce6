import { landPage } from './land-page.ts';
import { storeMoment, type Parts } from './parts.ts';
import { pullFrom } from './pull-from.ts';
import type { PullOperation } from './pulls.ts';
import { checkUpdatedAfter } from './updated-after.ts';

/** Where a poll begins, and what stops it. */
export interface PollOptions {
  /** Where a first poll begins: a moment that has come. Once a cursor is saved it alone counts. */
  readonly updatedAfter?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}
/** How much a poll read, and how many runs it started. */
export interface PollReport {
  readonly pages: number;
  readonly records: number;
  readonly started: number;
}

/**
 * Pulls everything since the saved cursor. The runs of a page, what could not be read in it and its cursor land together:
 * a crash repeats a page, it never skips one. Of two polls at once the slower one stops without harm.
 */
export async function poll(
  parts: Parts,
  system: string,
  operation: PullOperation,
  { updatedAfter, signal }: PollOptions = {},
): Promise<PollReport> {
  checkUpdatedAfter('poll', updatedAfter, parts.clock.now());
  const name = `${system}/${operation}`;
  const askedAt = await storeMoment(parts.stores);
  let cursor = await parts.stores.cursors.read(name);
  const pages = pullFrom(parts, system, operation, cursor === undefined ? { updatedAfter } : { cursor }, signal);
  const report = { pages: 0, records: 0, started: 0 };
  for await (const page of pages) {
    signal?.throwIfAborted();
    const landing = { system, operation, name, expected: cursor, next: page.cursor, askedAt, reopens: true };
    const started = await landPage(parts, landing, page);
    if (started === undefined) break;
    cursor = page.cursor;
    report.pages++;
    report.records += page.records;
    report.started += started;
  }
  return report;
}
