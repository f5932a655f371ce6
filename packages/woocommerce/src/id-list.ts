import type { ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { perPage } from './sweep.ts';
import { rowHeadSchema, rowsSchema } from './wire/rows.ts';

/** A route whose rows have numbers that only rise, and that can be told to leave out the first of them. */
interface IdList {
  readonly operation: string;
  /** One that knows `offset`, and `orderby` by `id`. */
  readonly path: string;
  /** What is asked for besides. Where it names `_fields`, these hold `id`. */
  readonly search: Readonly<Record<string, string | number | boolean>>;
}

/** Behind which number a list goes on, and how many rows there were up to it. */
export interface ListPlace {
  readonly after: number;
  readonly seen: number;
}

/** Rows of a list, and where it goes on; nowhere after the last. */
interface ListPage {
  readonly rows: readonly unknown[];
  readonly next: ListPlace | undefined;
}

/**
 * Reads a whole list by its numbers. WooCommerce counts offsets, and a row that is deleted moves those behind it: each page
 * begins with the last row of the one before, and where that is not found the list is read from further in front.
 */
export async function* rowsById(
  client: WooClient,
  { operation, path, search }: IdList,
  start: ListPlace,
  options: ReadOptions,
): AsyncGenerator<ListPage, void, undefined> {
  let { after, seen } = start;
  for (;;) {
    const offset = Math.max(0, seen - 1);
    const { data, headers } = await client.get(path, {
      operation,
      options,
      search: { ...search, orderby: 'id', order: 'asc', per_page: perPage, offset },
      answer: rowsSchema,
    });
    const isPlace = offset === 0 || (data.length > 0 && (idOf(data[0]) ?? after) <= after);
    if (!isPlace) {
      seen = offset - perPage + 1;
      continue;
    }
    const rows = data.filter((row) => (idOf(row) ?? Infinity) > after);
    after = Math.max(after, ...data.flatMap((row) => idOf(row) ?? []));
    seen = offset + data.length;
    const isLast = data.length < 2 || seen >= totalOf(headers);
    if (rows.length > 0 || isLast) yield { rows, next: isLast ? undefined : { after, seen } };
    if (isLast) return;
  }
}

function idOf(row: unknown): number | undefined {
  return rowHeadSchema.safeParse(row).data?.id;
}

/** How many rows there are, as the answer says; without end where something on the way took that away. */
function totalOf(headers: Headers): number {
  const text = headers.get('x-wp-total')?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : Infinity;
}
