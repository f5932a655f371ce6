import { apiError } from './api-error.ts';
import type { Window } from './bulk/windows.ts';

/** What a connection takes. `graphql` has checked the types. */
export type PageArgs = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly reverse?: boolean | null | undefined;
  /** The part that a bulk query is at, instead of a page. No client can say it: it is in no schema. */
  readonly window?: Window | undefined;
};

/** What rows are sorted by: a moment in milliseconds, a number, or a text. The id decides between equals. */
export type Sort<T> =
  | { readonly kind: 'time'; readonly value: (row: T) => number }
  | { readonly kind: 'number'; readonly value: (row: T) => bigint }
  | { readonly kind: 'text'; readonly value: (row: T) => string };

export type PageOptions<T> = {
  readonly id: (row: T) => bigint;
  /** Default by id. */
  readonly sort?: Sort<T> | undefined;
  readonly view: (row: T) => unknown;
};

/** What a connection answers. */
export type Connection = {
  readonly edges: readonly { readonly cursor: string; readonly node: unknown }[];
  readonly nodes: readonly unknown[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
};

type Mark = { readonly value: bigint | string; readonly id: bigint };

// At most 250 per page. shopify.dev, API limits, read 2026-11-23.
const longestPage = 250;

/**
 * Cuts a page out of rows. A cursor is a place in the order of the sort key, not a row: a row whose value changes while
 * somebody pages moves, and is seen twice or not at all.
 */
export function page<T>(rows: readonly T[], args: PageArgs, options: PageOptions<T>): Connection {
  if (args.window) return shownPart(rows, args, args.window, options);
  const size = sizeOf(args);
  const sort: Sort<T> = options.sort ?? { kind: 'number', value: options.id };
  const direction = args.reverse ? -1 : 1;
  const marked = inOrder(rows, args, options);
  const after = args.after ? markIn(args.after, sort.kind) : undefined;
  const before = args.before ? markIn(args.before, sort.kind) : undefined;
  const from = after ? indexFrom(marked, (mark) => direction * compare(mark, after) > 0) : 0;
  const to = before ? indexFrom(marked, (mark) => direction * compare(mark, before) >= 0) : marked.length;
  const start = args.last ? Math.max(from, to - size) : from;
  const end = args.last ? to : Math.min(to, from + size);
  const edges = marked
    .slice(start, Math.max(start, end))
    .map((mark) => ({ cursor: cursorOf(mark, sort.kind), node: options.view(mark.row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: end < marked.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function inOrder<T>(rows: readonly T[], { reverse }: PageArgs, options: PageOptions<T>) {
  const sort: Sort<T> = options.sort ?? { kind: 'number', value: options.id };
  const direction = reverse ? -1 : 1;
  return rows
    .map((row) => ({ row, value: rankOf(sort, row), id: options.id(row) }))
    .toSorted((a, b) => direction * compare(a, b));
}

function shownPart<T>(rows: readonly T[], args: PageArgs, window: Window, options: PageOptions<T>): Connection {
  // Whoever shows the same connection again gives rows of the same kind.
  const all = (window.rows as readonly T[] | undefined) ?? inOrder(rows, args, options).map(({ row }) => row);
  window.rows = all;
  const edges = all
    .slice(window.from, window.from + window.size)
    .map((row) => ({ cursor: '', node: options.view(row) }));
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  return { edges, nodes: edges.map(({ node }) => node), pageInfo };
}

function sizeOf({ first, last }: PageArgs): number {
  // Both messages as recorded on API 2026-04.
  if (first != null && last != null) throw apiError('BAD_REQUEST', 'providing both first and last is not supported');
  const size = first ?? last;
  if (size == null) throw apiError('BAD_REQUEST', 'you must provide one of first or last');
  // That it is refused is documented; the words are ours.
  if (size < 0 || size > longestPage) {
    throw apiError('BAD_REQUEST', `${first == null ? 'last' : 'first'} must be between 0 and ${longestPage}`);
  }
  return size;
}

function rankOf<T>(sort: Sort<T>, row: T): bigint | string {
  return sort.kind === 'time' ? BigInt(sort.value(row)) : sort.value(row);
}

function compare(a: Mark, b: Mark): number {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

function indexFrom(marks: readonly Mark[], isBehind: (mark: Mark) => boolean): number {
  const index = marks.findIndex(isBehind);
  return index < 0 ? marks.length : index;
}

/** Base64 of `{"last_id":N,"last_value":V}`. Recorded on API 2026-04. */
function cursorOf({ value, id }: Mark, kind: Sort<unknown>['kind']): string {
  const shown =
    kind === 'number' ? String(value) : JSON.stringify(kind === 'time' ? stampOf(Number(value)) : String(value));
  const bytes = new TextEncoder().encode(`{"last_id":${id},"last_value":${shown}}`);
  return btoa(String.fromCharCode(...bytes));
}

function markIn(cursor: string, kind: Sort<unknown>['kind']): Mark {
  const match = /^\{"last_id":(\d+),"last_value":(.+)\}$/s.exec(decoded(cursor));
  const [, id, shown] = match ?? [];
  if (id && shown) {
    if (kind === 'number' && /^-?\d+$/.test(shown)) return { id: BigInt(id), value: BigInt(shown) };
    const text = /^".*"$/s.test(shown) ? String(JSON.parse(shown)) : undefined;
    if (kind === 'text' && text !== undefined) return { id: BigInt(id), value: text };
    const at = kind === 'time' && text ? Date.parse(`${text.replace(' ', 'T').slice(0, 23)}Z`) : Number.NaN;
    if (!Number.isNaN(at)) return { id: BigInt(id), value: BigInt(at) };
  }
  throw apiError('BAD_REQUEST', 'Malformed cursor');
}

function stampOf(at: number): string {
  return `${new Date(at).toISOString().replace('T', ' ').slice(0, 23)}000`;
}

function decoded(cursor: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(cursor), (char) => char.charCodeAt(0)));
  } catch {
    return '';
  }
}
