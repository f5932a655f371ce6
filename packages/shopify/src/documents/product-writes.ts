import {
  productByHandleSchema,
  productMakeSchema,
  productOperationSchema,
  productUpdateSchema,
  variantsCreateSchema,
} from '../wire/product-write.ts';
import { defineDocument } from './document.ts';

/**
 * Makes a product with all of its variants. It names none to change, because `productSet` takes away what it does not
 * list; one whose handle is taken is refused. Not waited for where it has many variants.
 */
export const productMake = defineDocument(
  'ProductMake',
  `mutation ProductMake($input: ProductSetInput!, $synchronous: Boolean!) {
  productSet(input: $input, synchronous: $synchronous) {
    product { id }
    productSetOperation { id }
    userErrors { field message code }
  }
}`,
  productMakeSchema,
);

export const productOperation = defineDocument(
  'ProductOperation',
  `query ProductOperation($id: ID!) {
  productOperation(id: $id) {
    ... on ProductSetOperation { status product { id } userErrors { field message code } }
  }
}`,
  productOperationSchema,
);

/** The product of a handle, looked up and not searched for. */
export const productByHandle = defineDocument(
  'ProductByHandle',
  'query ProductByHandle($handle: String!) { productByIdentifier(identifier: { handle: $handle }) { id } }',
  productByHandleSchema,
);

/** Changes what is given; everything else of the product stays. */
export const productUpdate = defineDocument(
  'ProductUpdate',
  `mutation ProductUpdate($product: ProductUpdateInput!) {
  productUpdate(product: $product) {
    userErrors { field message }
  }
}`,
  productUpdateSchema,
);

/** Adds variants to a product, all of them or none; one with the options of another is refused. */
export const variantsCreate = defineDocument(
  'VariantsCreate',
  `mutation VariantsCreate($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkCreate(productId: $product, variants: $variants) {
    userErrors { field message code }
  }
}`,
  variantsCreateSchema,
);
