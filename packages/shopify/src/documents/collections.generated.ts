// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { PageInfo } from '../wire/connection.ts';

export interface CollectionsOperations {
  Collections: {
    variables: { readonly filter?: string | null; readonly after?: string | null };
    answer: {
      collections: { nodes: Array<{ id: string; title: string; updatedAt: string }>; pageInfo: PageInfo };
    };
  };
}
