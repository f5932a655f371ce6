import { chunk } from '@crossdock/core';
import type { Connection } from './wire/connection.ts';

/** SKUs in one search: a text of some thousand letters, and one page of answers where SKUs are not like each other. */
const perSearch = 50;

/**
 * Every row that the search finds for these SKUs, by its SKU to the letter. Shopify's search goes by words and takes "tee"
 * for "TEE" and for "TEE-RED", so all that it finds is read to the end.
 */
export async function rowsBySku<T extends { readonly sku: string | null }>(
  skus: readonly string[],
  pageOf: (filter: string, after: string | null) => Promise<Connection<T>>,
): Promise<ReadonlyMap<string | null, readonly T[]>> {
  const found = await Promise.all(chunk(skus, perSearch).map((part) => allRows(skuFilter(part), pageOf)));
  return Map.groupBy(found.flat(), ({ sku }) => sku);
}

function skuFilter(skus: readonly string[]): string {
  return skus.map((sku) => `sku:${quoted(sku)}`).join(' OR ');
}

/** In double quotes a backslash makes a quote and itself plain; everything else is plain there. shopify.dev, search syntax, read 2026-11-26. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, (sign) => `\\${sign}`)}"`;
}

/** Everything that a search finds, however many pages it has. */
export async function allRows<T>(
  filter: string,
  pageOf: (filter: string, after: string | null) => Promise<Connection<T>>,
): Promise<readonly T[]> {
  const rows: T[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo }: Connection<T> = await pageOf(filter, after);
    rows.push(...nodes);
    if (!pageInfo.hasNextPage) return rows;
    after = pageInfo.endCursor;
  }
}
