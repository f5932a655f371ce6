import * as z from 'zod';

// Products and variations of WooCommerce REST v3, recorded on WooCommerce 10.0.2, 2026-11-23.

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** What decides where a SKU's stock and price are written, and what they are. `parent_id` is 0 where there is none. */
export const productSchema = z.object({
  id: z.int().positive(),
  parent_id: z.int().nonnegative(),
  sku: text,
  type: z.string(),
  /** `parent`: the variation is counted together with its siblings. */
  manage_stock: z.union([z.boolean(), z.literal('parent')]),
  stock_quantity: z.number().nullable(),
  regular_price: text,
  sale_price: text,
  date_on_sale_from_gmt: text,
  date_on_sale_to_gmt: text,
});
export type WireProduct = z.infer<typeof productSchema>;

/** The names of the fields above, for lists that give no others: three times as fast. */
export const productFields = Object.keys(productSchema.shape).join(',');

/** What a batch says of one item: the record as it is now, or why it is not. An id may be a number, null or an object. */
const batchItemSchema = z.union([
  z.object({ id: z.unknown(), error: z.object({ code: z.union([z.string(), z.number()]) }) }),
  z.object({
    id: z.int().positive(),
    sku: text,
    stock_quantity: z.number().nullish(),
    regular_price: text,
    sale_price: text,
    date_on_sale_from_gmt: text,
    date_on_sale_to_gmt: text,
  }),
]);
export type BatchItem = z.infer<typeof batchItemSchema>;

/** The items come in the order in which they were sent. recorded on WooCommerce 10.0.2, 2026-11-23 */
export const batchSchema = z.object({ update: z.array(batchItemSchema) });

export const currencySettingSchema = z.object({ value: z.string().regex(/^[A-Z]{3}$/) });
