/** Where to go on: after a saved `cursor`, or for a first time from a moment. `{}` starts at the beginning. */
export type Since = { readonly cursor?: string | undefined; readonly updatedAfter?: string | undefined };

/**
 * One page of a pull. Save `cursor` after the items are handled, never before. A cursor overlaps what came before it:
 * the same item may come again, none is left out.
 */
export type Page<T> = { readonly items: readonly T[]; readonly cursor: string };
