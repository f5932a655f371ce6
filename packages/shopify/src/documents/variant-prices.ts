import { variantCountSchema, variantPricesSchema } from '../wire/variant-price.ts';
import { defineDocument } from './document.ts';

/** What variants cost, of a search for SKUs or for changes: 13 points a page. */
export const variantPrices = defineDocument(
  'VariantPrices',
  `query VariantPrices($filter: String, $after: String) {
  productVariants(first: 250, query: $filter, sortKey: ID, after: $after) {
    nodes { id sku price compareAtPrice updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
  variantPricesSchema,
);

/** How many variants a pull is about, counted up to ten thousand: 10 points. */
export const variantCount = defineDocument(
  'VariantCount',
  'query VariantCount($filter: String) { productVariantsCount(query: $filter) { count } }',
  variantCountSchema,
);
