import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { noteSchema } from './order-writes.ts';
import { userErrorsSchema } from './user-error.ts';

// What left of an order. Nullability as in the schema of Admin API 2026-07, read 2026-11-26.

const gid = z.string().min(1);

const contentSchema = z.object({
  quantity: z.int().nonnegative().nullable(),
  lineItem: z.object({
    id: gid,
    sku: z.string().nullable(),
    title: z.string(),
    requiresShipping: z.boolean(),
  }),
});
export type WireContent = z.infer<typeof contentSchema>;

export const trackingSchema = z.object({
  company: z.string().nullable(),
  number: z.string().nullable(),
  url: z.string().nullable(),
});
export type WireTracking = z.infer<typeof trackingSchema>;

export const wireShipmentSchema = z.object({
  id: gid,
  name: z.string().min(1),
  status: z.string(),
  displayStatus: z.string().nullable(),
  createdAt: momentSchema,
  updatedAt: momentSchema,
  deliveredAt: momentSchema.nullable(),
  order: z.object({ id: gid }),
  location: z.object({ id: gid }).nullable(),
  trackingInfo: z.array(trackingSchema),
  fulfillmentLineItems: connectionSchema(contentSchema),
});
export type WireShipment = z.infer<typeof wireShipmentSchema>;

export const shipmentIdsSchema = z.object({
  orders: connectionSchema(
    z.object({ id: gid, updatedAt: momentSchema, fulfillments: z.array(z.object({ id: gid })) }),
  ),
});
/** Each is parsed alone, so that one that cannot be read holds up no other. */
export const shipmentsByIdSchema = z.object({ nodes: z.array(z.unknown()) });
export const shipmentContentsSchema = z.object({
  fulfillment: z.object({ page: connectionSchema(contentSchema) }).nullable(),
});

export const shipmentTrackingSchema = z.object({
  fulfillment: z
    .object({
      status: z.string(),
      displayStatus: z.string().nullable(),
      trackingInfo: z.array(trackingSchema),
      order: z.object({ id: gid, metafield: noteSchema.nullable() }),
    })
    .nullable(),
});
const refusedSchema = z.object({ userErrors: userErrorsSchema }).nullable();
export const shipmentTrackingSetSchema = z.object({ fulfillmentTrackingInfoUpdate: refusedSchema });

export const shipmentEventsSchema = z.object({
  fulfillment: z
    .object({
      status: z.string(),
      displayStatus: z.string().nullable(),
      order: z.object({ id: gid }),
      events: connectionSchema(z.object({ status: z.string(), happenedAt: momentSchema })),
    })
    .nullable(),
});
export const shipmentEventAddSchema = z.object({ fulfillmentEventCreate: refusedSchema });
