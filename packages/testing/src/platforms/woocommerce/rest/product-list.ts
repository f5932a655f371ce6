import { cleanText } from '../clean-text.ts';
import { isOnSale } from '../life/price.ts';
import { below } from '../life/terms.ts';
import type { WooProduct } from '../records.ts';
import { withMeta } from '../views/format.ts';
import { productView, stockStatus, variationView } from '../views/product.ts';
import { booleanOf, integerOf, textOf } from './body.ts';
import { numberAt, type Answer, type Call } from './call.ts';
import { oneOf, type Check } from './check.ts';
import { found } from './found.ts';
import { idsOf, page, pageChecks, sorted, wordsOf } from './lists.ts';
import { dateChecks, window } from './order-list.ts';

/** What a list of products checks. */
export const productListChecks: Readonly<Record<string, Check>> = {
  ...pageChecks,
  ...dateChecks,
  status: oneOf(['any', 'future', 'trash', 'draft', 'pending', 'private', 'publish']),
  stock_status: oneOf(['instock', 'outofstock', 'onbackorder']),
  order: oneOf(['asc', 'desc']),
  orderby: oneOf([
    'date',
    'id',
    'include',
    'title',
    'slug',
    'modified',
    'menu_order',
    'price',
    'popularity',
    'rating',
    'sales',
    'random',
  ]),
  type: oneOf(['simple', 'grouped', 'external', 'variable']),
};

/** `GET /products`. */
export function listProducts(call: Call): Promise<Answer> {
  const { site, params } = call;
  const skus = skusOf(textOf(params['sku']) ?? '');
  const part = textOf(params['search_sku'])?.toLowerCase() ?? '';
  const gtins = wordsOf(params['global_unique_id']) ?? [];
  const looksForNumber = skus.length > 0 || part !== '' || gtins.length > 0;
  const isFit = fits(call);
  const products = found<WooProduct>(call, 'products', {
    all: () => site.store.products.values(),
    fits: (product) =>
      // Variations are found by their SKU or trade number, and not otherwise. Numbers compared with 10.5.0, 2026-11-26.
      (looksForNumber || product.type !== 'variation') &&
      (skus.length === 0 || skus.includes(product.sku.toLowerCase())) &&
      (gtins.length === 0 || gtins.includes(product.gtin)) &&
      (part === '' || product.sku.toLowerCase().includes(part)) &&
      isFit(product),
    keys: productKeys,
    ties: 'asc',
  });
  return page(call, products, {
    show: (product) =>
      withMeta(productView(site, product), wordsOf(params['include_meta']), wordsOf(params['exclude_meta'])),
  });
}

/** `GET /products/{id}/variations`. Of a product that is not there it is empty. */
export function listVariations(call: Call): Promise<Answer> {
  const { site } = call;
  const ids = site.store.variationsOf.get(numberAt(call, 'product')) ?? [];
  const variations = ids.flatMap((id) => site.store.products.get(id) ?? []).filter(fits(call));
  return page(call, sorted(call, variations, productKeys), { show: (variation) => variationView(site, variation) });
}

/**
 * The texts between commas, and the whole text too where it has any; what looks like a tag is stripped before. WooCommerce
 * source 10.0.2, prepare_objects_query of its products, read 2026-11-23.
 */
function skusOf(sent: string): readonly string[] {
  const clean = cleanText(sent).toLowerCase();
  // PHP takes "0" for empty, and so for no filter.
  if (clean === '' || clean === '0') return [];
  return clean.includes(',') ? [...clean.split(','), clean] : [clean];
}

const productKeys: Readonly<Record<string, (product: WooProduct) => number | string>> = {
  date: ({ createdAt }) => createdAt,
  modified: ({ modifiedAt }) => modifiedAt,
  title: ({ name }) => name,
  slug: ({ slug }) => slug,
};

function fits(call: Call): (product: WooProduct) => boolean {
  const { params, site } = call;
  const status = textOf(params['status']) ?? 'any';
  const type = textOf(params['type']);
  const stock = textOf(params['stock_status']);
  const include = idsOf(params['include']);
  const exclude = idsOf(params['exclude']) ?? [];
  const search = textOf(params['search'])?.toLowerCase() ?? '';
  const category = site.store.terms.get(integerOf(params['category']) ?? 0);
  const within =
    params['category'] === undefined ? undefined : new Set(category ? [category.id, ...below(site, category)] : []);
  const tag = integerOf(params['tag']);
  const parents = idsOf(params['parent']);
  const onSale = booleanOf(params['on_sale']);
  const created = window(call, 'after', 'before');
  const modified = window(call, 'modified_after', 'modified_before');
  return (product) =>
    !site.store.unlisted.has(product.id) &&
    (status === 'any' ? product.status !== 'trash' : product.status === status) &&
    (type === undefined || product.type === type) &&
    (stock === undefined || stockStatus(site, product) === stock) &&
    (!include || include.includes(product.id)) &&
    !exclude.includes(product.id) &&
    product.name.toLowerCase().includes(search) &&
    (!within || product.categoryIds.some((id) => within.has(id))) &&
    (tag === undefined || product.tagIds.includes(tag)) &&
    (parents === undefined || parents.includes(product.parentId)) &&
    (onSale === undefined || isOnSale(site, product) === onSale) &&
    created(product.createdAt) &&
    modified(product.modifiedAt);
}
