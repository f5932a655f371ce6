import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { moneySchema } from './money.ts';
import { quantitySchema } from './quantity.ts';

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
