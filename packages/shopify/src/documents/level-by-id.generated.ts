// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.

export interface LevelByIdOperations {
  LevelById: {
    variables: { readonly id: string };
    answer: {
      inventoryLevel: {
        location: { id: string };
        updatedAt: string;
        item: { id: string; sku: string | null; tracked: boolean; duplicateSkuCount: number };
        quantities: Array<{ name: string; quantity: number }>;
      } | null;
    };
  };
}
