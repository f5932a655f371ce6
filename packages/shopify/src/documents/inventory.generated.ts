// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { InventorySetQuantitiesInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface InventoryOperations {
  InventoryItemsBySku: {
    variables: { readonly filter: string; readonly location: string; readonly after?: string | null };
    answer: {
      inventoryItems: {
        nodes: Array<{
          id: string;
          sku: string | null;
          tracked: boolean;
          duplicateSkuCount: number;
          inventoryLevel: { quantities: Array<{ name: string; quantity: number }> } | null;
        }>;
        pageInfo: PageInfo;
      };
    };
  };
  InventoryItemsById: {
    variables: { readonly ids: ReadonlyArray<string>; readonly location: string };
    answer: {
      nodes: Array<{
        id: string;
        sku: string | null;
        tracked: boolean;
        duplicateSkuCount: number;
        inventoryLevel: { quantities: Array<{ name: string; quantity: number }> } | null;
      } | null>;
    };
  };
  InventorySetQuantities: {
    variables: { readonly input: InventorySetQuantitiesInput; readonly key: string };
    answer: {
      inventorySetQuantities: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'CHANGE_FROM_QUANTITY_STALE' | 'COMPARE_QUANTITY_REQUIRED' | 'COMPARE_QUANTITY_STALE' | 'IDEMPOTENCY_CONCURRENT_REQUEST' | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' | 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED' | 'INVALID_INVENTORY_ITEM' | 'INVALID_LOCATION' | 'INVALID_NAME' | 'INVALID_QUANTITY_NEGATIVE' | 'INVALID_QUANTITY_TOO_HIGH' | 'INVALID_QUANTITY_TOO_LOW' | 'INVALID_REASON' | 'INVALID_REFERENCE_DOCUMENT' | 'ITEM_NOT_STOCKED_AT_LOCATION' | 'NON_MUTABLE_INVENTORY_ITEM' | 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR' | null;
        }>;
      };
    };
  };
  InventoryActivate: {
    variables: { readonly item: string; readonly location: string; readonly key: string };
    answer: {
      inventoryActivate: {
        inventoryLevel: { quantities: Array<{ name: string; quantity: number }> } | null;
        userErrors: Array<{ field: Array<string> | null; message: string }>;
      };
    };
  };
  ActiveLocations: {
    variables: Readonly<Record<string, never>>;
    answer: { locations: { nodes: Array<{ id: string }>; pageInfo: PageInfo } };
  };
  LocationsById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: { nodes: Array<{ id: string; isActive: boolean } | null> };
  };
}
