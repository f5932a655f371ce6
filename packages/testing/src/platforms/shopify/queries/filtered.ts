import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../graphql/context.ts';
import { unsupported } from '../unsupported.ts';
import { search, type SearchFields } from '../search.ts';

/** What a list is narrowed by. */
export type Query = { readonly query?: string | null; readonly savedSearchId?: string | null };

/** The rows that a query's filter leaves. A filter that the platform does not know is noted for `extensions.search`. */
export function filtered<T>(
  rows: readonly T[],
  { query, savedSearchId }: Query,
  fields: SearchFields<T>,
  words: (row: T) => readonly string[],
  context: Pick<Context, 'searches'>,
  info: Pick<GraphQLResolveInfo, 'path'>,
): readonly T[] {
  // The fake holds none, and a filter that is left out would match everything.
  if (savedSearchId != null) throw unsupported('savedSearchId');
  if (!query) return rows;
  const { matches, warnings, parsed } = search(query, fields, words);
  if (warnings.length > 0) context.searches.push({ path: pathOf(info.path), query, parsed, warnings });
  return rows.filter(matches);
}

function pathOf(path: GraphQLResolveInfo['path'] | undefined): readonly (string | number)[] {
  return path ? [...pathOf(path.prev), path.key] : [];
}
