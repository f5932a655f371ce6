/**
 * Mutations that Shopify refuses without `@idempotent(key:)` from 2026-04 on; no other knows it. The schema says so in
 * words only. shopify.dev, idempotent requests, and the schema of Admin API 2026-10, read 2026-11-23.
 */
export const keyedMutations: ReadonlySet<string> = new Set([
  'inventoryActivate',
  'inventoryAdjustQuantities',
  'inventoryMoveQuantities',
  'inventorySetOnHandQuantities',
  'inventorySetQuantities',
  // Gone since 2026-07.
  'inventorySetScheduledChanges',
  'inventoryShipmentAddItems',
  'inventoryShipmentCreate',
  'inventoryShipmentCreateInTransit',
  'inventoryShipmentReceive',
  'inventoryTransferCreate',
  'inventoryTransferCreateAsReadyToShip',
  'inventoryTransferDuplicate',
  'inventoryTransferSetItems',
  'locationActivate',
  'locationDeactivate',
  'refundCreate',
]);
