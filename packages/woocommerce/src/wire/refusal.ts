import * as z from 'zod';

/**
 * How WooCommerce says no. `data` is an object, or a number for refunds, or a list; `code` is 0 in places.
 * recorded on WooCommerce 10.0.2, 2026-11-23
 */
export const refusalSchema = z.object({
  code: z.union([z.string(), z.number()]),
  message: z.string().optional().catch(undefined),
  data: z
    .union([z.number(), z.object({ params: z.record(z.string(), z.unknown()).optional().catch(undefined) })])
    .optional()
    .nullable()
    .catch(undefined),
});
