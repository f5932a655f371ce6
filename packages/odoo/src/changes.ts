import { CommerceError, type ReadOptions } from '@crossdock/core';
import type { Domain, OdooClient } from './client.ts';
import { readable, rowByRow, unreadable, type Reading, type Unreadable } from './wire/row-by-row.ts';
import { shifted, type Row } from './wire/value.ts';

/** What is watched: rows of a model, oldest change first. */
export interface Source<T> {
  readonly model: string;
  readonly domain: Domain;
  readonly row: Row<T>;
}
/** A page of changed rows. */
export interface Changes<T> {
  readonly rows: readonly T[];
  /** Rows that do not look as rows of this model do. */
  readonly unreadable: readonly Unreadable[];
  /** When the newest of them was written; `undefined` when there are none. */
  readonly newest: string | undefined;
  /** Whether nothing is left to read. */
  readonly finished: boolean;
}

/**
 * Everything that was written at or after a moment, in pages. Only `>=` and `<` of a whole second mean the same on every
 * release, and Odoo sorts by microseconds that it does not show, so a page goes on from the second in which the last one
 * ended: some rows come twice, none is left out. One that cannot be read stops no other. Proved on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
 */
export async function* changesSince<T>(
  client: OdooClient,
  source: Source<T>,
  since: string,
  pageSize: number,
  options?: ReadOptions,
): AsyncGenerator<Changes<T>> {
  const context = { active_test: false };
  const { model, row } = source;
  let at = since;
  let seen: ReadonlySet<string> = new Set();
  for (;;) {
    const domain: Domain = [...source.domain, ['write_date', '>=', at]];
    const query = { domain, order: 'write_date, id', limit: pageSize };
    const page = await client.searchRead(model, rowByRow(row), query, { ...options, context });
    const newest = page.findLast(({ stamp }) => stamp.writtenAt !== undefined)?.stamp.writtenAt;
    const fresh = sorted(page.filter((one) => !seen.has(versionOf(one))));
    if (page.length < pageSize) {
      yield { ...fresh, newest, finished: true };
      return;
    }
    if (newest === undefined) throw lost(client, model, 'write_date');
    if (newest > at) {
      yield { ...fresh, newest, finished: false };
      seen = new Set(page.filter(({ stamp }) => stamp.writtenAt === newest).map(versionOf));
      at = newest;
      continue;
    }
    // One transaction wrote more rows than a page holds, all in this second: only ids tell them apart.
    for await (const rows of withinSecond(client, source, at, pageSize, options)) {
      yield { ...sorted(rows), newest: at, finished: false };
    }
    at = shifted(at, 1);
    seen = new Set();
  }
}

async function* withinSecond<T>(
  client: OdooClient,
  { model, domain, row }: Source<T>,
  second: string,
  pageSize: number,
  options?: ReadOptions,
): AsyncGenerator<readonly Reading<T>[]> {
  let after = 0;
  for (;;) {
    const window: Domain = [
      ...domain,
      ['write_date', '>=', second],
      ['write_date', '<', shifted(second, 1)],
      ['id', '>', after],
    ];
    const query = { domain: window, order: 'id', limit: pageSize };
    const rows = await client.searchRead(model, rowByRow(row), query, { ...options, context: { active_test: false } });
    yield rows;
    if (rows.length < pageSize) return;
    const last = rows.findLast(({ stamp }) => stamp.id !== undefined)?.stamp.id;
    if (last === undefined) throw lost(client, model, 'id');
    after = last;
  }
}

function sorted<T>(readings: readonly Reading<T>[]) {
  return { rows: readable(readings), unreadable: unreadable(readings) };
}

function versionOf({ stamp }: Reading<unknown>): string {
  return `${stamp.id ?? '?'}@${stamp.writtenAt ?? '?'}`;
}

/** Without this field on any row of a full page nothing says where to go on, and the same page would come for ever. */
function lost(client: OdooClient, model: string, field: 'id' | 'write_date'): CommerceError {
  return new CommerceError({
    code: 'response.unexpected',
    message: `The pull from "${client.system}" stopped: no "${model}" on a full page has a "${field}" that can be read. See which module of this Odoo changed it.`,
    system: client.system,
  });
}
