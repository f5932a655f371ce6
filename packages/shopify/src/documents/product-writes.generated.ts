// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { ProductSetInput, ProductUpdateInput, ProductVariantsBulkInput } from './inputs.generated.ts';

export interface ProductWritesOperations {
  ProductMake: {
    variables: { readonly input: ProductSetInput; readonly synchronous: boolean };
    answer: {
      productSet: {
        product: { id: string } | null;
        productSetOperation: { id: string } | null;
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'CANNOT_COMBINE_LINKED_AND_NONLINKED_OPTION_VALUES' | 'CAPABILITY_VIOLATION' | 'DUPLICATED_METAFIELD_VALUE' | 'DUPLICATED_OPTION_NAME' | 'DUPLICATED_OPTION_VALUE' | 'DUPLICATED_VALUE' | 'DUPLICATE_LINKED_OPTION' | 'GENERIC_ERROR' | 'GIFT_CARDS_NOT_ACTIVATED' | 'GIFT_CARD_ATTRIBUTE_CANNOT_BE_CHANGED' | 'HANDLE_NOT_UNIQUE' | 'ID_NOT_ALLOWED' | 'INPUT_MISMATCH' | 'INVALID_INPUT' | 'INVALID_METAFIELD' | 'INVALID_METAFIELD_VALUE_FOR_LINKED_OPTION' | 'INVALID_PRODUCT' | 'INVALID_VARIANT' | 'INVENTORY_QUANTITIES_LIMIT_EXCEEDED' | 'JOB_ERROR' | 'LINKED_METAFIELD_DEFINITION_NOT_FOUND' | 'LINKED_OPTIONS_NOT_SUPPORTED_FOR_SHOP' | 'METAFIELD_MISMATCH' | 'MISSING_FIELD_REQUIRED' | 'NOT_FOUND' | 'OPTIONS_OVER_LIMIT' | 'OPTION_DOES_NOT_EXIST' | 'OPTION_VALUES_MISSING' | 'OPTION_VALUES_OVER_LIMIT' | 'OPTION_VALUE_DOES_NOT_EXIST' | 'PRODUCT_DOES_NOT_EXIST' | 'PRODUCT_OPTIONS_INPUT_MISSING' | 'PRODUCT_SUSPENDED' | 'PRODUCT_VARIANT_DOES_NOT_EXIST' | 'VARIANTS_INPUT_MISSING' | 'VARIANTS_OVER_LIMIT' | null;
        }>;
      };
    };
  };
  ProductOperation: {
    variables: { readonly id: string };
    answer: {
      productOperation: {
        status: 'ACTIVE' | 'COMPLETE' | 'CREATED';
        product: { id: string } | null;
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'CANNOT_COMBINE_LINKED_AND_NONLINKED_OPTION_VALUES' | 'CAPABILITY_VIOLATION' | 'DUPLICATED_METAFIELD_VALUE' | 'DUPLICATED_OPTION_NAME' | 'DUPLICATED_OPTION_VALUE' | 'DUPLICATED_VALUE' | 'DUPLICATE_LINKED_OPTION' | 'GENERIC_ERROR' | 'GIFT_CARDS_NOT_ACTIVATED' | 'GIFT_CARD_ATTRIBUTE_CANNOT_BE_CHANGED' | 'HANDLE_NOT_UNIQUE' | 'ID_NOT_ALLOWED' | 'INPUT_MISMATCH' | 'INVALID_INPUT' | 'INVALID_METAFIELD' | 'INVALID_METAFIELD_VALUE_FOR_LINKED_OPTION' | 'INVALID_PRODUCT' | 'INVALID_VARIANT' | 'INVENTORY_QUANTITIES_LIMIT_EXCEEDED' | 'JOB_ERROR' | 'LINKED_METAFIELD_DEFINITION_NOT_FOUND' | 'LINKED_OPTIONS_NOT_SUPPORTED_FOR_SHOP' | 'METAFIELD_MISMATCH' | 'MISSING_FIELD_REQUIRED' | 'NOT_FOUND' | 'OPTIONS_OVER_LIMIT' | 'OPTION_DOES_NOT_EXIST' | 'OPTION_VALUES_MISSING' | 'OPTION_VALUES_OVER_LIMIT' | 'OPTION_VALUE_DOES_NOT_EXIST' | 'PRODUCT_DOES_NOT_EXIST' | 'PRODUCT_OPTIONS_INPUT_MISSING' | 'PRODUCT_SUSPENDED' | 'PRODUCT_VARIANT_DOES_NOT_EXIST' | 'VARIANTS_INPUT_MISSING' | 'VARIANTS_OVER_LIMIT' | null;
        }>;
      } | null;
    };
  };
  ProductByHandle: {
    variables: { readonly handle: string };
    answer: { productByIdentifier: { id: string } | null };
  };
  ProductUpdate: {
    variables: { readonly product: ProductUpdateInput };
    answer: { productUpdate: { userErrors: Array<{ field: Array<string> | null; message: string }> } };
  };
  VariantsCreate: {
    variables: { readonly product: string; readonly variants: ReadonlyArray<ProductVariantsBulkInput> };
    answer: {
      productVariantsBulkCreate: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'CANNOT_SET_NAME_FOR_LINKED_OPTION_VALUE' | 'GREATER_THAN_OR_EQUAL_TO' | 'INVALID' | 'INVALID_INPUT' | 'INVENTORY_QUANTITIES_LIMIT_EXCEEDED' | 'LOCAL_CURRENCY_GIFT_CARD_PRICE_MUST_BE_ZERO' | 'MUST_BE_FOR_THIS_PRODUCT' | 'NEED_TO_ADD_OPTION_VALUES' | 'NEGATIVE_PRICE_VALUE' | 'NOT_DEFINED_FOR_SHOP' | 'NO_KEY_ON_CREATE' | 'OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS' | 'PRODUCT_DOES_NOT_EXIST' | 'PRODUCT_SUSPENDED' | 'SUBSCRIPTION_VIOLATION' | 'TOO_MANY_INVENTORY_LOCATIONS' | 'TRACKED_VARIANT_LOCATION_NOT_FOUND' | 'UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION' | 'VARIANT_ALREADY_EXISTS' | 'VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE' | null;
        }>;
      };
    };
  };
}
