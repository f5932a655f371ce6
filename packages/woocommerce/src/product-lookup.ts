import type { ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { goesOn } from './list-pages.ts';
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
  const groups = await Promise.all(groupsOf(skus).map((sku) => allOf(client, sku, call)));
  return groups.flat();
}

const perPage = 100;

async function allOf(client: WooClient, sku: string, call: LookupCall): Promise<readonly WireProduct[]> {
  const products = new Map<number, WireProduct>();
  for (let page = 1; ; page += 1) {
    const known = products.size;
    const { data, headers } = await client.get('wc/v3/products', {
      ...call,
      search: { sku, orderby: 'id', order: 'asc', per_page: perPage, page, _fields: productFields },
      answer: z.array(productSchema),
    });
    for (const product of data) products.set(product.id, product);
    // A shop that shows the same rows whatever page is asked for would be asked for ever.
    const isRepeated = data.length > 0 && products.size === known;
    if (isRepeated || !goesOn(headers, page, data)) return [...products.values()];
  }
}

/** Servers refuse an address of more than some 8000 characters. */
const mostCharacters = 4000;

/**
 * Lists of SKUs for one call each. The list is cut at its commas, so a SKU that holds one goes alone: the whole text is
 * looked for as well then. So does one with "<", ">" or "%": what looks like a tag or an octet is taken out of the list,
 * and other SKUs with it. WooCommerce source, prepare_objects_query of its products, read 2026-11-26
 */
export function groupsOf(skus: readonly string[]): readonly string[] {
  const groups: string[] = [];
  let group: string[] = [];
  let length = 0;
  for (const sku of skus) {
    if (/[,<>%]/.test(sku)) {
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
