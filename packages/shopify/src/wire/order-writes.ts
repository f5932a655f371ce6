import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { codedErrorsSchema } from './user-error.ts';

// A metafield of an order. Nullability as in Admin API 2026-07.

export const noteSchema = z.object({ value: z.string(), compareDigest: z.string(), updatedAt: momentSchema });
export type WireNote = z.infer<typeof noteSchema>;

export const orderWritesSchema = z.object({ order: z.object({ metafield: noteSchema.nullable() }).nullable() });

export const orderWritesSetSchema = z.object({
  metafieldsSet: z.object({
    metafields: z.array(z.object({ compareDigest: z.string(), updatedAt: momentSchema })).nullable(),
    userErrors: codedErrorsSchema,
  }),
});
