import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';

/** A variant of which only what it costs is asked for. Admin API 2026-07. */
export const variantPriceSchema = z.object({
  id: z.string().min(1),
  sku: z.string().nullable(),
  price: z.string(),
  compareAtPrice: z.string().nullable(),
  updatedAt: momentSchema,
});
export type WireVariantPrice = z.infer<typeof variantPriceSchema>;

export const variantPricesSchema = z.object({ productVariants: connectionSchema(variantPriceSchema) });
export const variantCountSchema = z.object({
  productVariantsCount: z.object({ count: z.int().nonnegative() }).nullable(),
});
