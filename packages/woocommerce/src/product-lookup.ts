import type { ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { productFields, productSchema, type WireProduct } from './wire/product.ts';

interface LookupCall {
  readonly operation: string;
  readonly options?: ReadOptions | undefined;
}

/**
 * The products and variations that have these SKUs, to the letter: a database finds "tee" for "TEE" as well. Asked anew
 * every time, because a SKU may move to another product, and a write to the old one would sell what is not there.
 */
export async function productsBySku(
  client: WooClient,
  skus: readonly string[],
  call: LookupCall,
): Promise<ReadonlyMap<string, readonly WireProduct[]>> {
  const wanted = new Set(skus);
  const found = new Map<string, WireProduct[]>();
  for (const sku of await inGroups(client, [...wanted], call)) {
    if (!wanted.has(sku.sku)) continue;
    const same = found.get(sku.sku) ?? [];
    if (!same.some(({ id }) => id === sku.id)) same.push(sku);
    found.set(sku.sku, same);
  }
  return found;
}

async function inGroups(client: WooClient, skus: readonly string[], call: LookupCall): Promise<readonly WireProduct[]> {
  const groups = await Promise.all(groupsOf(skus).map((sku) => pagesOf(client, sku, call)));
  return groups.flat();
}

const perPage = 100;

async function pagesOf(client: WooClient, sku: string, call: LookupCall): Promise<readonly WireProduct[]> {
  const products: WireProduct[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await client.get('wc/v3/products', {
      ...call,
      search: { sku, orderby: 'id', order: 'asc', per_page: perPage, page, _fields: productFields },
      answer: z.array(productSchema),
    });
    products.push(...data);
    if (data.length < perPage) return products;
  }
}

/** Servers refuse an address of more than some 8000 characters. */
const mostCharacters = 4000;

/**
 * Lists of SKUs for one call each. The list is cut at its commas, so a SKU that holds one goes alone: the whole text is
 * looked for as well then. So does one that would be trimmed. WooCommerce source, get_objects of its products, read 2026-11-23
 */
function groupsOf(skus: readonly string[]): readonly string[] {
  const groups: string[] = [];
  let group: string[] = [];
  let length = 0;
  for (const sku of skus) {
    if (sku.includes(',')) {
      groups.push(sku);
      continue;
    }
    const size = encodeURIComponent(sku).length + 3;
    if (group.length === perPage || (group.length > 0 && length + size > mostCharacters)) {
      groups.push(group.join(','));
      group = [];
      length = 0;
    }
    group.push(sku);
    length += size;
  }
  return group.length === 0 ? groups : [...groups, group.join(',')];
}
