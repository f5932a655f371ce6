import * as z from 'zod';

/** A count in the stock unit of the SKU. Not negative; fractions are allowed where the unit is a weight or a length. */
export const quantitySchema = z.number().nonnegative();

/** A quantity of one lot, with its expiry day where the goods have one. */
export const lotQuantitySchema = z
  .object({ lot: z.string().min(1), quantity: quantitySchema, expiresOn: z.iso.date().optional() })
  .readonly();
export type LotQuantity = z.infer<typeof lotQuantitySchema>;
