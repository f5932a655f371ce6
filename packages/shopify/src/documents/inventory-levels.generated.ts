// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { PageInfo } from '../wire/connection.ts';

export interface InventoryLevelsOperations {
  LocationIds: {
    variables: { readonly after?: string | null };
    answer: { locations: { nodes: Array<{ id: string }>; pageInfo: PageInfo } };
  };
  LevelsPage: {
    variables: { readonly location: string; readonly filter?: string | null; readonly after?: string | null };
    answer: {
      location: {
        inventoryLevels: {
          nodes: Array<{
            updatedAt: string;
            item: { id: string; sku: string | null; tracked: boolean; duplicateSkuCount: number };
            quantities: Array<{ name: string; quantity: number }>;
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
}
