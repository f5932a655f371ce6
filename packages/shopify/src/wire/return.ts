import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { codedErrorsSchema } from './user-error.ts';

// What is read of returns. Nullability as in Admin API 2026-07.

const fulfillmentLineSchema = z.object({
  id: z.string(),
  lineItem: z.object({ id: z.string(), sku: z.string().nullable() }),
});
/** Without `fulfillmentLineItem` it is of no goods that Shopify knows to have been shipped. */
const lineSchema = z.object({
  id: z.string(),
  quantity: z.int().nonnegative(),
  processedQuantity: z.int().nonnegative(),
  returnReasonNote: z.string(),
  customerNote: z.string().nullable(),
  returnReasonDefinition: z.object({ name: z.string() }).nullable(),
  fulfillmentLineItem: fulfillmentLineSchema.optional(),
});
export type WireReturnLine = z.infer<typeof lineSchema>;

const reverseLineSchema = z.object({
  id: z.string(),
  totalQuantity: z.int().nonnegative(),
  fulfillmentLineItem: z.object({ id: z.string() }).nullable(),
  dispositions: z.array(z.object({ quantity: z.int(), type: z.string(), createdAt: momentSchema })),
});
export type WireReverseLine = z.infer<typeof reverseLineSchema>;

export const wireReturnSchema = z.object({
  id: z.string(),
  name: z.string().min(1),
  status: z.string(),
  createdAt: momentSchema,
  closedAt: momentSchema.nullable(),
  requestApprovedAt: momentSchema.nullable(),
  order: z.object({ id: z.string() }),
  returnLineItems: connectionSchema(lineSchema),
  reverseFulfillmentOrders: connectionSchema(
    z.object({ id: z.string(), lineItems: connectionSchema(reverseLineSchema) }),
  ),
});
export type WireReturn = z.infer<typeof wireReturnSchema>;

const idPage = connectionSchema(z.object({ id: z.string() }));
export const returnsOfOrdersSchema = z.object({
  nodes: z.array(
    z.union([
      z.object({ id: z.string(), returns: idPage }),
      z
        .object({})
        .strict()
        .transform(() => null),
      z.null(),
    ]),
  ),
});
/** Each is parsed alone, so that one that cannot be read holds up no other. */
export const returnsByIdSchema = z.object({ nodes: z.array(z.unknown()) });
export const returnLinesSchema = z.object({ return: z.object({ page: connectionSchema(lineSchema) }).nullable() });
export const reverseLinesSchema = z.object({
  reverseFulfillmentOrder: z.object({ page: connectionSchema(reverseLineSchema) }).nullable(),
});

export const returnableSchema = z.object({
  order: z.object({ name: z.string() }).nullable(),
  returnableFulfillments: connectionSchema(
    z.object({
      fulfillment: z.object({ id: z.string() }),
      returnableFulfillmentLineItems: connectionSchema(
        z.object({ quantity: z.int().nonnegative(), fulfillmentLineItem: fulfillmentLineSchema }),
      ),
    }),
  ),
});
export const returnNotesSchema = z.object({
  order: z
    .object({
      returns: connectionSchema(
        z.object({ id: z.string(), returnLineItems: connectionSchema(z.object({ returnReasonNote: z.string() })) }),
      ),
    })
    .nullable(),
});

const refusedSchema = z.object({ userErrors: codedErrorsSchema });
export const returnCreateSchema = z.object({
  returnCreate: z.object({ return: z.object({ id: z.string() }).nullable(), userErrors: codedErrorsSchema }),
});
export const returnApproveSchema = z.object({ returnApproveRequest: refusedSchema });
export const returnProcessSchema = z.object({ returnProcess: refusedSchema });
export const returnCloseSchema = z.object({ returnClose: refusedSchema });
