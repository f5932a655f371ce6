import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { codedErrorsSchema } from './user-error.ts';

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

export const bulkOperationsSchema = z.object({
  bulkOperations: connectionSchema(startedSchema.extend({ status: z.string(), query: z.string() })),
});
