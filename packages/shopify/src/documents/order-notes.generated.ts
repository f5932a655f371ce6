// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { OrderInput } from './inputs.generated.ts';

export interface OrderNotesOperations {
  OrderNotes: {
    variables: { readonly id: string };
    answer: { order: { note: string | null; tags: Array<string> } | null };
  };
  OrderUpdate: {
    variables: { readonly input: OrderInput };
    answer: { orderUpdate: { userErrors: Array<{ field: Array<string> | null; message: string }> } };
  };
  TagsAdd: {
    variables: { readonly id: string; readonly tags: ReadonlyArray<string> };
    answer: { tagsAdd: { userErrors: Array<{ field: Array<string> | null; message: string }> } };
  };
  TagsRemove: {
    variables: { readonly id: string; readonly tags: ReadonlyArray<string> };
    answer: { tagsRemove: { userErrors: Array<{ field: Array<string> | null; message: string }> } };
  };
}
