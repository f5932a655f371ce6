import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { codedErrorsSchema, userErrorsSchema } from './user-error.ts';

/** Asked for by name, so that there is one quantity at the most: `available`. */
const levelSchema = z.object({ quantities: z.array(z.object({ name: z.string(), quantity: z.int() })) });
export type WireLevel = z.infer<typeof levelSchema>;

/** An `InventoryItem` with its level at one location, null where it is not stocked there. Admin API 2026-07. */
const itemSchema = z.object({
  id: z.string(),
  sku: z.string().nullable(),
  tracked: z.boolean(),
  duplicateSkuCount: z.int(),
  inventoryLevel: levelSchema.nullable(),
});
export type WireItem = z.infer<typeof itemSchema>;

export const itemsBySkuSchema = z.object({ inventoryItems: connectionSchema(itemSchema) });
/** Null where an item is gone. */
export const itemsByIdSchema = z.object({ nodes: z.array(itemSchema.nullable()) });

export const setQuantitiesSchema = z.object({ inventorySetQuantities: z.object({ userErrors: codedErrorsSchema }) });
export const activateSchema = z.object({
  inventoryActivate: z.object({ inventoryLevel: levelSchema.nullable(), userErrors: userErrorsSchema }),
});

export const activeLocationsSchema = z.object({ locations: connectionSchema(z.object({ id: z.string() })) });
/** Null where there is no such location. */
export const locationsByIdSchema = z.object({
  nodes: z.array(z.object({ id: z.string(), isActive: z.boolean() }).nullable()),
});
