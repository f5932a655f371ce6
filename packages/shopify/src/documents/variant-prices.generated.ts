// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { PageInfo } from '../wire/connection.ts';

export interface VariantPricesOperations {
  VariantPrices: {
    variables: { readonly filter?: string | null; readonly after?: string | null };
    answer: {
      productVariants: {
        nodes: Array<{
          id: string;
          sku: string | null;
          price: string;
          compareAtPrice: string | null;
          updatedAt: string;
        }>;
        pageInfo: PageInfo;
      };
    };
  };
  VariantCount: {
    variables: { readonly filter?: string | null };
    answer: { productVariantsCount: { count: number } | null };
  };
}
