import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { noteSchema } from './order-writes.ts';
import { trackingSchema } from './shipment.ts';
import { userErrorsSchema } from './user-error.ts';

// What is read before and after a shipment is confirmed. Nullability as in the schema of Admin API 2026-07.

const gid = z.string().min(1);
const fulfillmentOrderLineSchema = z.object({
  id: gid,
  sku: z.string().nullable(),
  remainingQuantity: z.int().nonnegative(),
  lineItem: z.object({ id: gid }),
});
export type WireFulfillmentOrderLine = z.infer<typeof fulfillmentOrderLineSchema>;

const fulfillmentOrderSchema = z.object({
  id: gid,
  status: z.string(),
  requestStatus: z.string(),
  assignedLocation: z.object({ location: z.object({ id: gid }).nullable() }),
  lineItems: connectionSchema(fulfillmentOrderLineSchema),
});

const fulfillmentHeadSchema = z.object({
  id: gid,
  status: z.string(),
  displayStatus: z.string().nullable(),
  trackingInfo: z.array(trackingSchema),
});
export type WireFulfillmentHead = z.infer<typeof fulfillmentHeadSchema>;

export const orderFulfillmentsSchema = z.object({
  order: z.object({ id: gid, fulfillments: z.array(fulfillmentHeadSchema) }).nullable(),
});

export const orderToShipSchema = z.object({
  order: z
    .object({
      id: gid,
      name: z.string(),
      cancelledAt: momentSchema.nullable(),
      metafield: noteSchema.nullable(),
      fulfillments: z.array(fulfillmentHeadSchema),
      fulfillmentOrders: connectionSchema(fulfillmentOrderSchema),
    })
    .nullable(),
});

export const fulfillmentOrderLinesSchema = z.object({
  fulfillmentOrder: z.object({ id: gid, lineItems: connectionSchema(fulfillmentOrderLineSchema) }).nullable(),
});

export const fulfillmentLinesSchema = z.object({
  fulfillment: z
    .object({
      id: gid,
      fulfillmentLineItems: connectionSchema(
        z.object({
          quantity: z.int().nonnegative().nullable(),
          lineItem: z.object({ id: gid, sku: z.string().nullable() }),
        }),
      ),
    })
    .nullable(),
});

export const fulfillmentCreateSchema = z.object({
  fulfillmentCreate: z.object({ fulfillment: z.object({ id: gid }).nullable(), userErrors: userErrorsSchema }),
});

export type WireOrderToShip = NonNullable<z.infer<typeof orderToShipSchema>['order']>;
export type WireFulfillment = NonNullable<z.infer<typeof fulfillmentLinesSchema>['fulfillment']>;
