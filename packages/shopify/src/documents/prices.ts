import { shopCurrencySchema, variantsBySkuSchema, variantsUpdateSchema } from '../wire/price.ts';
import { defineDocument } from './document.ts';

/** Variants whose SKU is like those asked for, with what they cost: 35 points a page. */
export const variantsBySku = defineDocument(
  'VariantsBySku',
  `query VariantsBySku($filter: String!, $after: String) {
  productVariants(first: 250, query: $filter, after: $after) {
    nodes { id sku price product { id } inventoryItem { duplicateSkuCount } }
    pageInfo { hasNextPage endCursor }
  }
}`,
  variantsBySkuSchema,
);

/** Changes variants of one product, all of them or none. What is left out of a variant stays as it is. */
export const productVariantsBulkUpdate = defineDocument(
  'ProductVariantsBulkUpdate',
  `mutation ProductVariantsBulkUpdate($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $product, variants: $variants) {
    userErrors { field message code }
  }
}`,
  variantsUpdateSchema,
);

export const shopCurrency = defineDocument(
  'ShopCurrency',
  'query ShopCurrency { shop { currencyCode } }',
  shopCurrencySchema,
);
