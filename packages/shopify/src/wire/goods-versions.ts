import * as z from 'zod';

/** A record of another kind, of which nothing was asked. */
const nothing = z
  .object({})
  .strict()
  .transform(() => null);

/** Null where it is gone or of another type. Admin API 2026-07. */
export const goodsVersionsSchema = z.object({
  nodes: z.array(z.union([z.object({ id: z.string(), updatedAt: z.string() }), nothing, z.null()])),
});
export type WireVersions = z.infer<typeof goodsVersionsSchema>;
