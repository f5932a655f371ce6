import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { codedErrorsSchema, userErrorsSchema } from './user-error.ts';

// Bulk operations. Nullability as in the schema of Admin API 2026-07, read 2026-11-26.

const startedSchema = z.object({ id: z.string().min(1), createdAt: momentSchema });

export const bulkRunQuerySchema = z.object({
  bulkOperationRunQuery: z.object({ bulkOperation: startedSchema.nullable(), userErrors: codedErrorsSchema }),
});

const operationSchema = startedSchema.extend({
  status: z.string(),
  errorCode: z.string().nullable(),
  /** Large numbers travel as text. */
  fileSize: z.string().nullable(),
  url: z.string().nullable(),
  partialDataUrl: z.string().nullable(),
});
export type WireBulkOperation = z.infer<typeof operationSchema>;
export const bulkOperationSchema = z.object({ bulkOperation: operationSchema.nullable() });

const foundSchema = startedSchema.extend({ status: z.string(), query: z.string() });
/** An operation as it stands in the list of all. */
export type WireFoundOperation = z.infer<typeof foundSchema>;
export const bulkOperationsSchema = z.object({ bulkOperations: connectionSchema(foundSchema) });

export const bulkRunMutationSchema = z.object({
  bulkOperationRunMutation: z.object({ bulkOperation: startedSchema.nullable(), userErrors: codedErrorsSchema }),
});

export const stagedUploadsSchema = z.object({
  stagedUploadsCreate: z.object({
    stagedTargets: z
      .array(
        z.object({
          url: z.string().nullable(),
          parameters: z.array(z.object({ name: z.string(), value: z.string() })),
        }),
      )
      .nullable(),
    userErrors: userErrorsSchema,
  }),
});
