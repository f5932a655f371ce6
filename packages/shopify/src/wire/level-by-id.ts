import * as z from 'zod';
import { wireStockLevelSchema } from './inventory-level.ts';

/** A level with its place. Admin API 2026-07. */
export const levelByIdSchema = z.object({
  inventoryLevel: wireStockLevelSchema.extend({ location: z.object({ id: z.string().min(1) }) }).nullable(),
});
