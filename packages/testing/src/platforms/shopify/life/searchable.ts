import type { Store } from '../store.ts';

/** Whether the search finds a record: its index lags behind, and what is not in it yet is there by its id only. */
export function isSearchable({ unlisted }: Store): (record: { readonly id: bigint }) => boolean {
  return ({ id }) => !unlisted.has(id);
}
