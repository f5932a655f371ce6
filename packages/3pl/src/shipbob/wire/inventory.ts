import * as z from 'zod';

const quantity = z.number().nullish();

/** One place's counts. developer.shipbob.com, inventory levels by location, API 2026-01, read 2026-11-23. */
const locationLevelSchema = z.object({
  location_id: z.number(),
  on_hand_quantity: quantity,
  committed_quantity: quantity,
  fulfillable_quantity: quantity,
  sellable_quantity: quantity,
  awaiting_quantity: quantity,
  exception_quantity: quantity,
  backordered_quantity: quantity,
  internal_transfer_quantity: quantity,
});
export type WireLocationLevel = z.infer<typeof locationLevelSchema>;

export const inventoryItemSchema = z.object({
  inventory_id: z.number(),
  sku: z.string().nullish(),
  locations: z.array(locationLevelSchema).nullish(),
});

/** `next` is a URL to be followed as it is; the last page has none. */
export const inventoryPageSchema = z.object({ items: z.array(z.unknown()), next: z.string().nullish() });
