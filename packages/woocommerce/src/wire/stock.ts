import * as z from 'zod';

/** What a product or a variation counts. recorded on WooCommerce 10.0.2, 2026-11-23 */
export const stockSchema = z.object({
  id: z.int().positive(),
  sku: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  /** `parent`: the variation is counted together with its siblings. */
  manage_stock: z.union([z.boolean(), z.literal('parent')]),
  stock_quantity: z.number().nullable(),
  /** The variations of a variable product. */
  variations: z.array(z.int().positive()).nullish(),
});
export type WireStock = z.infer<typeof stockSchema>;

/** What is asked for of a product, and of a variation. */
export const stockFields = 'id,sku,manage_stock,stock_quantity,variations,date_modified_gmt,date_modified';
