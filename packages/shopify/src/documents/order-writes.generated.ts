// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { MetafieldsSetInput } from './inputs.generated.ts';

export interface OrderWritesOperations {
  OrderWrites: {
    variables: { readonly id: string; readonly key: string };
    answer: {
      order: { metafield: { value: string; compareDigest: string; updatedAt: string } | null } | null;
    };
  };
  OrderWritesSet: {
    variables: { readonly metafields: ReadonlyArray<MetafieldsSetInput> };
    answer: {
      metafieldsSet: {
        metafields: Array<{ compareDigest: string; updatedAt: string }> | null;
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'APP_NOT_AUTHORIZED' | 'BLANK' | 'CAPABILITY_VIOLATION' | 'INCLUSION' | 'INTERNAL_ERROR' | 'INVALID' | 'INVALID_COMPARE_DIGEST' | 'INVALID_TYPE' | 'INVALID_VALUE' | 'LESS_THAN_OR_EQUAL_TO' | 'PRESENT' | 'STALE_OBJECT' | 'TAKEN' | 'TOO_LONG' | 'TOO_SHORT' | null;
        }>;
      };
    };
  };
}
