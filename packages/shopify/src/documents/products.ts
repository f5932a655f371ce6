import {
  productCollectionsPageSchema,
  productCountSchema,
  productIdsSchema,
  productsByIdSchema,
  productVariantsPageSchema,
  variantKeysSchema,
} from '../wire/product.ts';
import { defineDocument } from './document.ts';

/** What is read of a variant, wherever it is read. */
export const variantFields = `id sku barcode title price compareAtPrice updatedAt
      selectedOptions { name value }
      inventoryItem { tracked measurement { weight { unit value } } }`;
/** What is read of a product besides its lists. */
export const productFields = 'id title descriptionHtml status vendor updatedAt';

/** Ids of changed products: 13 points a page. */
export const productIds = defineDocument(
  'ProductIds',
  `query ProductIds($filter: String, $after: String) {
  products(first: 250, query: $filter, sortKey: UPDATED_AT, after: $after) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
  productIdsSchema,
);

/** Products that are known by id, with the variants and collections of most: a list costs what one entry does. */
export const productsById = defineDocument(
  'ProductsById',
  `query ProductsById($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Product {
      ${productFields}
      variants(first: 250) { nodes { ${variantFields} } pageInfo { hasNextPage endCursor } }
      collections(first: 250) { nodes { id title } pageInfo { hasNextPage endCursor } }
    }
  }
}`,
  productsByIdSchema,
);

/** Further variants: a product may have 2048. */
export const productVariantsPage = defineDocument(
  'ProductVariantsPage',
  `query ProductVariantsPage($id: ID!, $after: String) {
  product(id: $id) {
    updatedAt
    page: variants(first: 250, after: $after) { nodes { ${variantFields} } pageInfo { hasNextPage endCursor } }
  }
}`,
  productVariantsPageSchema,
);

export const productCollectionsPage = defineDocument(
  'ProductCollectionsPage',
  `query ProductCollectionsPage($id: ID!, $after: String) {
  product(id: $id) {
    updatedAt
    page: collections(first: 250, after: $after) { nodes { id title } pageInfo { hasNextPage endCursor } }
  }
}`,
  productCollectionsPageSchema,
);

/** Variants whose SKU or barcode is like those asked for, with the products that they belong to: 35 points a page. */
export const variantsByKey = defineDocument(
  'VariantsByKey',
  `query VariantsByKey($filter: String!, $after: String) {
  productVariants(first: 250, query: $filter, after: $after) {
    nodes { id sku barcode product { id } inventoryItem { duplicateSkuCount } }
    pageInfo { hasNextPage endCursor }
  }
}`,
  variantKeysSchema,
);

/** How many products a pull is about, counted up to ten thousand: 10 points. */
export const productCount = defineDocument(
  'ProductCount',
  'query ProductCount($filter: String) { productsCount(query: $filter) { count } }',
  productCountSchema,
);
