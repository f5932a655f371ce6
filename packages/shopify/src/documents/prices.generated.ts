// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { ProductVariantsBulkInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface PricesOperations {
  VariantsBySku: {
    variables: { readonly filter: string; readonly after?: string | null };
    answer: {
      productVariants: {
        nodes: Array<{
          id: string;
          sku: string | null;
          price: string;
          product: { id: string };
          inventoryItem: { duplicateSkuCount: number };
        }>;
        pageInfo: PageInfo;
      };
    };
  };
  ProductVariantsBulkUpdate: {
    variables: { readonly product: string; readonly variants: ReadonlyArray<ProductVariantsBulkInput> };
    answer: {
      productVariantsBulkUpdate: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'BLANK' | 'CANNOT_SET_NAME_FOR_LINKED_OPTION_VALUE' | 'CANNOT_SPECIFY_BOTH' | 'GREATER_THAN_OR_EQUAL_TO' | 'INVALID_INPUT' | 'INVALID_VALUE' | 'INVENTORY_QUANTITIES_LIMIT_EXCEEDED' | 'LOCAL_CURRENCY_GIFT_CARD_PRICE_MUST_BE_ZERO' | 'MUST_BE_FOR_THIS_PRODUCT' | 'MUST_SPECIFY_ONE_OF_PAIR' | 'NEED_TO_ADD_OPTION_VALUES' | 'NEGATIVE_PRICE_VALUE' | 'NOT_DEFINED_FOR_SHOP' | 'NO_INVENTORY_QUANTITES_DURING_UPDATE' | 'NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE' | 'OPTION_DOES_NOT_EXIST' | 'OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS' | 'OPTION_VALUE_DOES_NOT_EXIST' | 'OPTION_VALUE_NAME_TOO_LONG' | 'PRODUCT_DOES_NOT_EXIST' | 'PRODUCT_SUSPENDED' | 'PRODUCT_VARIANT_DOES_NOT_EXIST' | 'PRODUCT_VARIANT_ID_MISSING' | 'SUBSCRIPTION_VIOLATION' | 'TOO_LONG' | 'TOO_SHORT' | 'UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION' | 'VARIANT_ALREADY_EXISTS' | null;
        }>;
      };
    };
  };
  ShopCurrency: {
    variables: Readonly<Record<string, never>>;
    answer: { shop: { currencyCode: string } };
  };
}
