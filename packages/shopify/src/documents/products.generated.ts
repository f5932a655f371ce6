// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { PageInfo } from '../wire/connection.ts';

export interface ProductsOperations {
  ProductIds: {
    variables: { readonly filter?: string | null; readonly after?: string | null };
    answer: { products: { nodes: Array<{ id: string; updatedAt: string }>; pageInfo: PageInfo } };
  };
  ProductsById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{
        id: string;
        title: string;
        descriptionHtml: string;
        status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED';
        vendor: string;
        updatedAt: string;
        variants: {
          nodes: Array<{
            id: string;
            sku: string | null;
            barcode: string | null;
            title: string;
            price: string;
            compareAtPrice: string | null;
            updatedAt: string;
            selectedOptions: Array<{ name: string; value: string }>;
            inventoryItem: {
              tracked: boolean;
              measurement: { weight: { unit: 'GRAMS' | 'KILOGRAMS' | 'OUNCES' | 'POUNDS'; value: number } | null };
            };
          }>;
          pageInfo: PageInfo;
        };
        collections: { nodes: Array<{ id: string; title: string }>; pageInfo: PageInfo };
      } | null>;
    };
  };
  ProductVariantsPage: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      product: {
        updatedAt: string;
        page: {
          nodes: Array<{
            id: string;
            sku: string | null;
            barcode: string | null;
            title: string;
            price: string;
            compareAtPrice: string | null;
            updatedAt: string;
            selectedOptions: Array<{ name: string; value: string }>;
            inventoryItem: {
              tracked: boolean;
              measurement: { weight: { unit: 'GRAMS' | 'KILOGRAMS' | 'OUNCES' | 'POUNDS'; value: number } | null };
            };
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  ProductCollectionsPage: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      product: { updatedAt: string; page: { nodes: Array<{ id: string; title: string }>; pageInfo: PageInfo } } | null;
    };
  };
  VariantsByKey: {
    variables: { readonly filter: string; readonly after?: string | null };
    answer: {
      productVariants: {
        nodes: Array<{
          id: string;
          sku: string | null;
          barcode: string | null;
          product: { id: string };
          inventoryItem: { duplicateSkuCount: number };
        }>;
        pageInfo: PageInfo;
      };
    };
  };
  ProductCount: {
    variables: { readonly filter?: string | null };
    answer: { productsCount: { count: number } | null };
  };
}
