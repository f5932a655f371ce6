import { type Product, type ProductKey, type ReadOptions } from '@crossdock/core';
import type { ProductReader } from './product-read.ts';
import type { VariantSearch } from './variant-search.ts';

const operation = 'products.get';

/** Products by SKU and barcode, each once. Throws what is wrong with one of them: who asks for it wants all of it. */
export function productGet(search: VariantSearch, reader: ProductReader) {
  return async function get(
    keys: readonly ProductKey[],
    { lane, signal }: ReadOptions = {},
  ): Promise<readonly Product[]> {
    const call = { operation, lane, signal };
    const skus = namesIn(keys.map(({ sku }) => sku));
    const barcodes = namesIn(keys.map(({ barcode }) => barcode));
    const [bySku, byBarcode] = await Promise.all([
      search.by('sku', [...skus], call),
      search.by('barcode', [...barcodes], call),
    ]);
    const found = [...bySku.values(), ...byBarcode.values()].flat();
    const ids = [...new Set(found.map(({ product }) => product.id))];
    const { items, problems } = await reader.read(ids, call);
    const [problem] = problems;
    if (problem) throw problem.error;
    // The search may lag behind a variant whose key was changed since.
    return items.filter(({ variants }) =>
      variants.some(({ sku, barcode }) => skus.has(sku) || (barcode !== undefined && barcodes.has(barcode))),
    );
  };
}

/** Blank texts name nothing. */
function namesIn(texts: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => (text === undefined || text.trim() === '' ? [] : [text])));
}
