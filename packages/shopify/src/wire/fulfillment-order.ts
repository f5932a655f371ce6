import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { codedErrorsSchema, userErrorsSchema } from './user-error.ts';

// What a location is to ship of an order. Nullability as in the schema of Admin API 2026-07, read 2026-11-26.

const gid = z.string().min(1);

const lineSchema = z.object({
  id: gid,
  sku: z.string().nullable(),
  productTitle: z.string(),
  totalQuantity: z.int().nonnegative(),
  remainingQuantity: z.int().nonnegative(),
  requiresShipping: z.boolean(),
});
export type WireFulfillmentOrderUnits = z.infer<typeof lineSchema>;

const destinationSchema = z.object({
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  company: z.string().nullable(),
  address1: z.string().nullable(),
  address2: z.string().nullable(),
  city: z.string().nullable(),
  province: z.string().nullable(),
  zip: z.string().nullable(),
  countryCode: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
});
export type WireDestination = z.infer<typeof destinationSchema>;

const reasonSchema = z.object({ reason: z.string(), reasonNotes: z.string().nullable(), displayReason: z.string() });

export const wireFulfillmentOrderSchema = z.object({
  id: gid,
  orderId: gid,
  orderName: z.string().min(1),
  status: z.string(),
  requestStatus: z.string(),
  fulfillAt: momentSchema.nullable(),
  createdAt: momentSchema,
  updatedAt: momentSchema,
  assignedLocation: z.object({ location: z.object({ id: gid }).nullable() }),
  destination: destinationSchema.nullable(),
  deliveryMethod: z
    .object({ methodType: z.string(), serviceCode: z.string().nullable(), presentedName: z.string().nullable() })
    .nullable(),
  fulfillmentHolds: z.array(reasonSchema),
  merchantRequests: z.object({ nodes: z.array(z.object({ kind: z.string(), message: z.string().nullable() })) }),
  fulfillments: z.object({ nodes: z.array(z.object({ status: z.string() })) }),
  lineItems: connectionSchema(lineSchema),
});
export type WireFulfillmentOrder = z.infer<typeof wireFulfillmentOrderSchema>;

export const fulfillmentOrderIdsSchema = z.object({
  fulfillmentOrders: connectionSchema(z.object({ id: gid, updatedAt: momentSchema })),
});
/** Each is parsed alone, so that one that cannot be read holds up no other. */
export const fulfillmentOrdersByIdSchema = z.object({ nodes: z.array(z.unknown()) });
export const fulfillmentOrderUnitsSchema = z.object({
  fulfillmentOrder: z.object({ page: connectionSchema(lineSchema) }).nullable(),
});

const holdSchema = z.object({
  id: gid,
  handle: z.string().nullable(),
  reason: z.string(),
  reasonNotes: z.string().nullable(),
  heldByRequestingApp: z.boolean(),
});
export type WireHold = z.infer<typeof holdSchema>;
export const fulfillmentOrderHoldsSchema = z.object({
  fulfillmentOrder: z
    .object({ status: z.string(), requestStatus: z.string(), orderId: gid, fulfillmentHolds: z.array(holdSchema) })
    .nullable(),
});
const codedSchema = z.object({ userErrors: codedErrorsSchema });
export const fulfillmentOrderHoldSchema = z.object({ fulfillmentOrderHold: codedSchema.nullable() });
export const fulfillmentOrderReleaseHoldSchema = z.object({ fulfillmentOrderReleaseHold: codedSchema.nullable() });

export const fulfillmentOrderRequestSchema = z.object({
  fulfillmentOrder: z.object({ status: z.string(), requestStatus: z.string() }).nullable(),
});
const refusedSchema = z.object({ userErrors: userErrorsSchema }).nullable();
export const acceptFulfillmentRequestSchema = z.object({ fulfillmentOrderAcceptFulfillmentRequest: refusedSchema });
export const rejectFulfillmentRequestSchema = z.object({ fulfillmentOrderRejectFulfillmentRequest: refusedSchema });
export const acceptCancellationRequestSchema = z.object({ fulfillmentOrderAcceptCancellationRequest: refusedSchema });
export const rejectCancellationRequestSchema = z.object({ fulfillmentOrderRejectCancellationRequest: refusedSchema });
