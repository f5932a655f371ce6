import type { PageArgs } from '../paging.ts';
import type { View } from '../views/views.ts';
import type { Query } from './filtered.ts';

/** What lists at the root take. */
export type ListArgs = PageArgs & Query & { readonly sortKey?: string };
export type ById = { readonly id: string };
export type CountArgs = Query & { readonly limit?: number | null };

// Counting stops there unless told otherwise. shopify.dev, API limits, read 2026-11-23.
const countedAtMost = 10_000;

/** How many there are, and whether that was counted to the end. */
export function countOf(found: number, { limit }: CountArgs): View {
  const most = limit ?? countedAtMost;
  return found > most ? { count: most, precision: 'AT_LEAST' } : { count: found, precision: 'EXACT' };
}
