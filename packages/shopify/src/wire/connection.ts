import * as z from 'zod';

/** Where a page ends. A page that says there is more and not where would be read for ever. */
const pageInfoSchema = z.union([
  z.object({ hasNextPage: z.literal(true), endCursor: z.string().min(1) }),
  z.object({ hasNextPage: z.literal(false), endCursor: z.string().nullable() }),
]);

/** A page of a connection, read with `nodes` and `pageInfo`. */
export function connectionSchema<T extends z.ZodType>(node: T) {
  return z.object({ nodes: z.array(node), pageInfo: pageInfoSchema });
}
export type PageInfo = z.infer<typeof pageInfoSchema>;
export type Connection<T> = {
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
};
