import * as z from 'zod';

/** Null where it is gone, without an id where it is of another type. Admin API 2026-07. */
export const goodsVersionsSchema = z.object({
  nodes: z.array(z.object({ id: z.string().optional(), updatedAt: z.string().optional() }).nullable()),
});
export type WireVersions = z.infer<typeof goodsVersionsSchema>;
