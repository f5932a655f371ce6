import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { codedErrorsSchema, userErrorsSchema } from './user-error.ts';

// What is answered to writes of products. Nullability as in the schema of Admin API 2026-07, read 2026-11-26.

const gid = z.string().min(1);
const madeSchema = z.object({ id: gid }).nullable();

export const productMakeSchema = z.object({
  productSet: z.object({
    product: madeSchema,
    productSetOperation: z.object({ id: gid }).nullable(),
    userErrors: codedErrorsSchema,
  }),
});
export const productOperationSchema = z.object({
  productOperation: z.object({ status: z.string(), product: madeSchema, userErrors: codedErrorsSchema }).nullable(),
});
export const productByHandleSchema = z.object({ productByIdentifier: madeSchema });
export const productUpdateSchema = z.object({ productUpdate: z.object({ userErrors: userErrorsSchema }) });
export const variantsCreateSchema = z.object({
  productVariantsBulkCreate: z.object({ userErrors: codedErrorsSchema }),
});
export const collectionsSchema = z.object({
  collections: connectionSchema(z.object({ id: gid, title: z.string(), updatedAt: momentSchema })),
});
