import * as z from 'zod';

export const recordSchema = z.object({
  id: z.string(),
  status: z.string(),
  updatedAt: z.number(),
  of: z.string().default('1'),
  counts: z.record(z.string(), z.number()).default({}),
  lists: z.record(z.string(), z.array(z.string())).default({}),
});
export type WireRecord = z.infer<typeof recordSchema>;
export const subscriptionsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      topic: z.string(),
      address: z.string(),
      state: z.enum(['active', 'disabled', 'narrowed']),
    }),
  ),
});
export const idSchema = z.object({ id: z.string() });
export const cancelSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('canceled') }),
  z.object({ outcome: z.literal('refused'), reason: z.string() }),
]);
export const foundSchema = z.object({
  items: z.array(z.object({ id: z.string(), sku: z.string(), barcode: z.string().optional(), title: z.string() })),
});
export const offersSchema = z.object({
  items: z.array(z.object({ sku: z.string(), amount: z.string(), from: z.number() })),
});
export const readinessSchema = z.object({
  obstacles: z.array(z.enum(['not-confirmed', 'not-shipped', 'nothing-to-bill', 'canceled'])),
  units: z.number(),
  invoices: z.array(z.string()),
});
