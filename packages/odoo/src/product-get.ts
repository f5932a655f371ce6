import type { Product, ProductKey, ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { readProducts } from './product-read.ts';
import { many2one, optionalText, recordId, rowOf } from './wire/value.ts';

/** How many keys one question holds, and how many products are read at once. */
const perCall = 500;

const keyRow = rowOf(
  z.object({ id: recordId, default_code: optionalText, barcode: optionalText, product_tmpl_id: many2one }),
);

/** Products by SKU and barcode, each once, in three questions for every 500 keys. Archived ones are found too. */
export async function getProducts(
  connection: Connection,
  keys: readonly ProductKey[],
  options?: ReadOptions,
): Promise<readonly Product[]> {
  const skus = namesIn(keys.map(({ sku }) => sku));
  const barcodes = namesIn(keys.map(({ barcode }) => barcode));
  const templates = new Set<number>();
  for (const [field, names] of [
    ['default_code', skus],
    ['barcode', barcodes],
  ] as const) {
    const list = [...names];
    for (let from = 0; from < list.length; from += perCall) {
      const query = { domain: [[field, 'in', list.slice(from, from + perCall)] as const], order: 'id' };
      const archived = { ...options, context: { active_test: false } };
      const found = await connection.client.searchRead('product.product', keyRow, query, archived);
      for (const row of found) if (names.has(row[field] ?? '')) templates.add(row.product_tmpl_id.id);
    }
  }
  const products: Product[] = [];
  const ids = [...templates];
  for (let from = 0; from < ids.length; from += perCall) {
    const part = ids.slice(from, from + perCall);
    const { items, problems } = await readProducts(connection, part, 'products.get', options);
    const [problem] = problems;
    if (problem) throw problem.error;
    products.push(...items);
  }
  // A product whose variant with the key is archived beside active ones is not sold under that key any more.
  return products.filter(({ variants }) =>
    variants.some(({ sku, barcode }) => skus.has(sku) || (barcode !== undefined && barcodes.has(barcode))),
  );
}

/** Blank texts name nothing, and Odoo finds by them every record that has none. Recorded on Odoo 19.0, 2026-11-26. */
function namesIn(texts: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(texts.filter((text) => text !== undefined && text.trim() !== '') as readonly string[]);
}
