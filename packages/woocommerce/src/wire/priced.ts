import * as z from 'zod';
import { gmtSchema } from './moment.ts';
import { productSchema } from './product.ts';

/** What a product or a variation costs. recorded on WooCommerce 10.0.2, 2026-11-23 */
export const pricedSchema = productSchema
  .pick({
    id: true,
    sku: true,
    regular_price: true,
    sale_price: true,
    date_on_sale_from_gmt: true,
    date_on_sale_to_gmt: true,
  })
  .extend({
    type: z.string(),
    date_modified_gmt: gmtSchema.nullish(),
    /** What a buyer is asked now; empty for what is not for sale. */
    price: z
      .string()
      .nullish()
      .transform((value) => value ?? ''),
  });

export const pricedFields = Object.keys(pricedSchema.shape).join(',');
