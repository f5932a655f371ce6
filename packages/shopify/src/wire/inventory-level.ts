import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';

/** What a location has of an item. Admin API 2026-07. */
export const wireStockLevelSchema = z.object({
  updatedAt: momentSchema,
  item: z.object({ id: z.string(), sku: z.string().nullable(), tracked: z.boolean(), duplicateSkuCount: z.int() }),
  quantities: z.array(z.object({ name: z.string(), quantity: z.int() })),
});
export type WireStockLevel = z.infer<typeof wireStockLevelSchema>;

/** Null where the location was deleted meanwhile. */
export const levelsPageSchema = z.object({
  location: z.object({ inventoryLevels: connectionSchema(wireStockLevelSchema) }).nullable(),
});
export const locationIdsSchema = z.object({ locations: connectionSchema(z.object({ id: z.string() })) });
