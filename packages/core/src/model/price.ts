import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { moneySchema } from './money.ts';
import { quantitySchema } from './quantity.ts';
import { refSchema } from './ref.ts';

/** What one unit of a SKU costs, on a price list where there are several, from a quantity and within a time. */
export const priceSchema = z
  .object({
    sku: z.string().min(1),
    amount: moneySchema,
    compareAt: moneySchema.optional(),
    list: z.string().optional(),
    minimumQuantity: quantitySchema.optional(),
    validFrom: momentSchema.optional(),
    validUntil: momentSchema.optional(),
  })
  .readonly();
export type Price = z.infer<typeof priceSchema>;

/** A price as one system keeps it: a record of its own, such as a rule of a price list. */
export const listedPriceSchema = priceSchema
  .unwrap()
  .extend({ ref: refSchema('price'), updatedAt: momentSchema })
  .readonly();
export type ListedPrice = z.infer<typeof listedPriceSchema>;
