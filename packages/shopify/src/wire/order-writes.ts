import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { codedErrorsSchema } from './user-error.ts';

// A metafield of an order. Nullability as in Admin API 2026-07.

export const orderWritesSchema = z.object({
  order: z
    .object({
      metafield: z.object({ value: z.string(), compareDigest: z.string(), updatedAt: momentSchema }).nullable(),
    })
    .nullable(),
});

export const orderWritesSetSchema = z.object({
  metafieldsSet: z.object({
    metafields: z.array(z.object({ compareDigest: z.string(), updatedAt: momentSchema })).nullable(),
    userErrors: codedErrorsSchema,
  }),
});
