import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { codedErrorsSchema } from './user-error.ts';

/** A `ProductVariant` with its place and what it costs. Admin API 2026-07. */
const variantSchema = z.object({
  id: z.string(),
  sku: z.string().nullable(),
  price: z.string(),
  product: z.object({ id: z.string() }),
  inventoryItem: z.object({ duplicateSkuCount: z.int() }),
});
export type WireVariant = z.infer<typeof variantSchema>;

export const variantsBySkuSchema = z.object({ productVariants: connectionSchema(variantSchema) });
export const variantsUpdateSchema = z.object({
  productVariantsBulkUpdate: z.object({ userErrors: codedErrorsSchema }),
});
export const shopCurrencySchema = z.object({ shop: z.object({ currencyCode: z.string() }) });
