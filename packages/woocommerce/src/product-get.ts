import type { Clock, Product, ProductKey, ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { goesOn } from './list-pages.ts';
import type { productReader } from './product-rows.ts';
import { groupsOf } from './product-lookup.ts';
import { toEdit } from './wire/catalogue.ts';
import { rowsSchema } from './wire/rows.ts';

const operation = 'products.get';

const keyedSchema = z.object({
  id: z.int().positive(),
  parent_id: z.int().nonnegative().nullish(),
  sku: z.string().nullish(),
  global_unique_id: z.string().nullish(),
});

/** The products that have a SKU or a barcode, to the letter, of lists of a hundred. */
export function productGet(
  client: WooClient,
  reader: ReturnType<typeof productReader>,
  { clock, system }: { readonly clock: Clock; readonly system: string },
) {
  return async function get(keys: readonly ProductKey[], options: ReadOptions = {}): Promise<readonly Product[]> {
    const skus = wantedOf(keys.map(({ sku }) => sku));
    // WooCommerce keeps digits and hyphens of a barcode. WooCommerce source, read 2026-11-26
    const barcodes = wantedOf(keys.map(({ barcode }) => barcode)).filter((barcode) => /^[0-9-]+$/.test(barcode));
    const call = { operation, options };
    const [bySku, byBarcode] = await Promise.all([
      found(client, 'sku', skus, call),
      found(client, 'global_unique_id', barcodes, call),
    ]);
    const numbers = new Set([...bySku, ...byBarcode].map(({ id, parent_id }) => parent_id || id));
    const rows = await rowsOf(client, [...numbers], call);
    const { items, problems } = await reader(call, () => clock.now()).readAll(rows);
    const [problem] = problems;
    if (problem) throw problem.error;
    return items.filter((item) => item.ref.system === system);
  };
}

function wantedOf(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => (text === undefined || text.trim() === '' ? [] : [text])))];
}

interface GetCall {
  readonly operation: string;
  readonly options: ReadOptions;
}

/** Products and variations that have one of these, to the letter. */
async function found(
  client: WooClient,
  field: 'sku' | 'global_unique_id',
  texts: readonly string[],
  call: GetCall,
): Promise<readonly z.infer<typeof keyedSchema>[]> {
  const wanted = new Set(texts);
  const search = { _fields: 'id,parent_id,sku,global_unique_id', context: 'edit' };
  const lists = await Promise.all(groupsOf(texts).map((group) => allOf(client, { ...search, [field]: group }, call)));
  const rows = lists.flat().flatMap((row) => keyedSchema.safeParse(row).data ?? []);
  return rows.filter((row) => wanted.has(row[field] ?? ''));
}

/** Products by their numbers. */
async function rowsOf(client: WooClient, ids: readonly number[], call: GetCall): Promise<readonly unknown[]> {
  const groups: string[] = [];
  for (let at = 0; at < ids.length; at += 100) groups.push(ids.slice(at, at + 100).join(','));
  const lists = await Promise.all(groups.map((include) => allOf(client, { ...toEdit, include }, call)));
  return lists.flat();
}

/** All pages of a list, which are few: it was asked for a hundred records. */
export async function allOf(
  client: WooClient,
  search: Readonly<Record<string, string | number>>,
  call: GetCall,
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let before = '';
  for (let page = 1; ; page += 1) {
    const { data, headers } = await client.get('wc/v3/products', {
      ...call,
      search: { ...search, orderby: 'id', order: 'asc', per_page: 100, page },
      answer: rowsSchema,
    });
    const shown = JSON.stringify(data);
    // A shop that shows the same rows whatever page is asked for would be asked for ever.
    if (shown === before) return rows;
    rows.push(...data);
    if (!goesOn(headers, page, data)) return rows;
    before = shown;
  }
}
