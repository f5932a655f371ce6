import { CommerceError, type Clock, type Page, type PageProblem, type ReadOptions, type Since } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { goesOn, pagesOf } from './list-pages.ts';
import { siteMoments, type SiteMoments } from './site-moments.ts';
import {
  momentCursor,
  nextFrom,
  readCursor,
  secondOf,
  writeCursor,
  type SweepCursor,
  type SweepName,
} from './sweep-cursor.ts';
import { rowHeadSchema, rowsSchema } from './wire/rows.ts';

export interface SweepSettings {
  readonly system: string;
  readonly overlapMs: number;
  readonly clock: Clock;
}

/** A route whose rows are swept by the moment of their last change, and how its rows are read. */
export interface Sweep<T> {
  /** In words: "Orders". */
  readonly what: string;
  readonly operation: string;
  /** One that knows `modified_after`, `modified_before`, and `orderby` by `modified` and `id`. */
  readonly path: string;
  /** What is asked for besides. Where it names `_fields`, these hold `id` and `date_modified_gmt`. */
  readonly search: Readonly<Record<string, string | number | boolean>>;
  readonly read: (
    rows: readonly unknown[],
    options: ReadOptions,
  ) => Promise<{ readonly items: readonly T[]; readonly problems: readonly PageProblem[] }>;
}

// At most 100 a page. recorded on WooCommerce 10.0.2, 2026-11-23
export const perPage = 100;

/**
 * Pulls what changed, oldest change first. WooCommerce pages by offset, and every change moves the rows behind it: so each
 * page begins anew at the second in which the page before ended, instead of at an offset. A record that changes meanwhile
 * moves to the end, and comes again with its new state.
 */
export function sweepPull<T>(client: WooClient, sweep: Sweep<T>, settings: SweepSettings) {
  const name = { what: sweep.what, operation: sweep.operation, system: settings.system };
  const inUtc = siteMoments(client);
  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<T>> {
    let cursor = beginning(since, name, settings);
    for (;;) {
      const { rows, next: following } = await nextRows({ client, sweep, name, options, inUtc }, cursor);
      const { items, problems } = await sweep.read(rows, options);
      const next = following ?? { from: nextFrom({ ...cursor, newest: newestOf(cursor, rows) }, settings.overlapMs) };
      yield { items, cursor: writeCursor(next), ...(problems.length > 0 && { problems }) };
      if (following === undefined) return;
      cursor = following;
    }
  };
}

interface Reading {
  readonly client: WooClient;
  readonly sweep: Sweep<unknown>;
  readonly name: SweepName;
  readonly options: ReadOptions;
  readonly inUtc: SiteMoments;
}

function beginning(since: Since, name: SweepName, { clock }: SweepSettings): SweepCursor {
  const saved = since.cursor === undefined ? momentCursor(since.updatedAfter, name) : readCursor(since.cursor, name);
  // A sweep that was interrupted goes on as the one that was started then: what it read may have changed since.
  if (saved.startedAt !== undefined) return saved;
  return { ...saved, start: saved.from, startedAt: clock.now() };
}

/** A page, and where the sweep goes on; nowhere after the last. */
async function nextRows(
  reading: Reading,
  cursor: SweepCursor,
): Promise<{ readonly rows: readonly unknown[]; readonly next: SweepCursor | undefined }> {
  const { from, page, ...rest } = cursor;
  const { sweep, name } = reading;
  if (from !== undefined && page !== undefined) {
    const { rows } = await ask(reading, { ...sweep.search, ...within(from), ...byId, page });
    return { rows, next: { ...rest, from, newest: newestOf(cursor, rows), ...behind(from, page) } };
  }
  const { rows, headers } = await ask(reading, {
    ...sweep.search,
    ...(from !== undefined && { modified_after: secondBefore(from) }),
    orderby: 'modified',
    order: 'asc',
  });
  const newest = newestOf(cursor, rows);
  if (!goesOn(headers, 1, rows)) return { rows, next: undefined };
  const last = newestOf({}, rows);
  if (last === undefined) {
    const seen = 'shows of a whole page none that it may hand out, or not when it was changed, and has more behind it';
    throw unreadable(name, seen, 'hides records, or takes "date_modified_gmt" away');
  }
  if (from === undefined || Date.parse(last) > Date.parse(from)) return { rows, next: { ...rest, from: last, newest } };
  // All that the page shows is of one second, and that second may go on behind it.
  const pages = await secondPages(reading, from);
  return { rows: [], next: { ...rest, from, page: pages, newest } };
}

async function ask(
  { client, sweep, options, inUtc }: Reading,
  search: Readonly<Record<string, string | number | boolean>>,
): Promise<{ readonly rows: readonly unknown[]; readonly headers: Headers }> {
  const { operation, path } = sweep;
  const asked = { ...search, per_page: perPage };
  const { data, headers } = await client.get(path, { operation, options, search: asked, answer: rowsSchema });
  return { rows: await inUtc(data, { operation, options }), headers };
}

/** An order that no change disturbs. */
const byId = { orderby: 'id', order: 'asc' } as const;

/** The page before, and in front of the first one the next second. */
function behind(from: string, page: number): Pick<SweepCursor, 'from' | 'page'> {
  return page > 1 ? { from, page: page - 1 } : { from: secondOf(Date.parse(from) + 1000) };
}

/** How many pages a second has. Where the shop does not say, they are counted up to an empty one. */
async function secondPages(reading: Reading, second: string): Promise<number> {
  // What else narrows the list narrows the count: only what it shows of a record does not matter.
  const { _fields: _shown, ...narrowed } = reading.sweep.search;
  let before: string | undefined;
  for (let page = 1; ; page += 1) {
    const search = { ...narrowed, ...within(second), ...byId, page, _fields: 'id' };
    const { rows, headers } = await ask(reading, search);
    const pages = pagesOf(headers);
    if (pages !== undefined) return Math.max(1, pages);
    if (rows.length === 0) return Math.max(1, page - 1);
    const shown = JSON.stringify(rows);
    if (shown === before) throw unreadable(reading.name, 'shows the same on every page', 'takes "page" away');
    before = shown;
  }
}

// Both ends are left out of what is found. recorded on WooCommerce 10.0.2, 2026-11-23
function within(second: string): { readonly modified_after: string; readonly modified_before: string } {
  return { modified_after: secondBefore(second), modified_before: secondOf(Date.parse(second) + 1000) };
}

function secondBefore(second: string): string {
  return secondOf(Date.parse(second) - 1000);
}

/** The latest change that was seen so far. */
function newestOf({ newest }: Pick<SweepCursor, 'newest'>, rows: readonly unknown[]): string | undefined {
  let latest = newest;
  for (const row of rows) {
    const changed = rowHeadSchema.safeParse(row).data?.date_modified_gmt;
    if (changed && (latest === undefined || Date.parse(changed) > Date.parse(latest))) latest = changed;
  }
  return latest;
}

function unreadable({ what, operation, system }: SweepName, seen: string, does: string): CommerceError {
  return new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    message: `${what} of "${system}" were not pulled: the shop ${seen}. Look for a plugin, or something in front of the shop, that ${does}.`,
  });
}
