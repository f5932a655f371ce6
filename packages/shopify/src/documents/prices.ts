import type { GraphQLDocument } from './document.ts';

/** Variants whose SKU is like those asked for: 24 points a page. */
export const variantsBySku: GraphQLDocument = {
  name: 'VariantsBySku',
  text: `query VariantsBySku($filter: String!, $after: String) {
  productVariants(first: 250, query: $filter, after: $after) {
    nodes { id sku product { id } }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

/** Changes variants of one product, all of them or none. What is left out of a variant stays as it is. */
export const productVariantsBulkUpdate: GraphQLDocument = {
  name: 'ProductVariantsBulkUpdate',
  text: `mutation ProductVariantsBulkUpdate($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $product, variants: $variants) {
    productVariants { id }
    userErrors { field message code }
  }
}`,
};

export const shopCurrency: GraphQLDocument = {
  name: 'ShopCurrency',
  text: 'query ShopCurrency { shop { currencyCode } }',
};
