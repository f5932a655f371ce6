import * as z from 'zod';
import { addressSchema } from './address.ts';
import { momentSchema } from './moment.ts';
import { moneySchema } from './money.ts';
import { quantitySchema } from './quantity.ts';
import { refSchema } from './ref.ts';

/** Where a fulfillment order stands at the warehouse. `shipped` means that it left; only a carrier says `delivered`. */
export const fulfillmentStatuses = [
  'queued',
  'submitted',
  'acknowledged',
  'allocated',
  'picking',
  'packed',
  'partially-shipped',
  'shipped',
  'delivered',
  'on-hold',
  'backordered',
  'action-required',
  'exception',
  'cancel-requested',
  'cancel-refused',
  'canceled',
  'returned',
] as const;
/** One of `fulfillmentStatuses`. */
export type FulfillmentStatus = (typeof fulfillmentStatuses)[number];

/** One item to ship. ordered = shipped + canceled + backordered + open; a count the warehouse does not give is absent. */
export const fulfillmentLineSchema = z
  .object({
    id: z.string().min(1),
    sku: z.string().min(1),
    quantity: quantitySchema,
    shipped: quantitySchema.optional(),
    canceled: quantitySchema.optional(),
    backordered: quantitySchema.optional(),
  })
  .readonly();
export type FulfillmentLine = z.infer<typeof fulfillmentLineSchema>;

/** Something the warehouse wants answered before it goes on, in its own words. */
export const fulfillmentIssueSchema = z
  .object({ code: z.string(), message: z.string(), sku: z.string().optional() })
  .readonly();
export type FulfillmentIssue = z.infer<typeof fulfillmentIssueSchema>;

/** What one warehouse was asked to ship for one order. */
export const fulfillmentOrderSchema = z
  .object({
    ref: refSchema('fulfillment'),
    number: z.string().min(1),
    order: refSchema('order').optional(),
    status: z.enum(fulfillmentStatuses),
    wireStatus: z.string(),
    location: refSchema('location').optional(),
    shipTo: addressSchema.optional(),
    service: z.string().optional(),
    lines: z.array(fulfillmentLineSchema).readonly(),
    issues: z.array(fulfillmentIssueSchema).readonly(),
    requestedAt: momentSchema,
    updatedAt: momentSchema,
  })
  .readonly();
export type FulfillmentOrder = z.infer<typeof fulfillmentOrderSchema>;

/** What a warehouse is asked to ship. `number` is our reference there: unique per request, the same on every attempt. */
export const fulfillmentDraftSchema = z
  .object({
    order: refSchema('order'),
    number: z.string().min(1),
    shipTo: addressSchema,
    service: z.string().min(1),
    lines: z
      .array(
        z
          .object({
            id: z.string().min(1),
            sku: z.string().min(1),
            title: z.string(),
            quantity: quantitySchema,
            unitPrice: moneySchema.optional(),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    location: refSchema('location').optional(),
    note: z.string().optional(),
    placedAt: momentSchema,
  })
  .readonly();
export type FulfillmentDraft = z.infer<typeof fulfillmentDraftSchema>;

/** Why goods may not leave yet. */
export const holdReasons = ['payment', 'fraud', 'address', 'stock', 'return', 'delivery-date', 'other'] as const;
/** One of `holdReasons`. */
export type HoldReason = (typeof holdReasons)[number];

/** What keeps a fulfillment order from being shipped until it is released. `note` is for people. */
export const fulfillmentHoldSchema = z.object({ reason: z.enum(holdReasons), note: z.string().optional() }).readonly();
export type FulfillmentHold = z.infer<typeof fulfillmentHoldSchema>;

/** Why a warehouse does not ship what it was asked to. */
export const rejectReasons = ['stock', 'address', 'destination', 'sku', 'product', 'payment', 'other'] as const;
/** One of `rejectReasons`. */
export type RejectReason = (typeof rejectReasons)[number];

/**
 * What a warehouse says to what it was asked: to ship (`request`), or not to ship after all (`cancellation`). `message` is
 * read by whoever asked; `shipsAt` is when the goods are to leave, where they were accepted, and `reason` why they are not to,
 * for the platform's own list of reasons.
 */
export const fulfillmentAnswerSchema = z
  .object({
    to: z.enum(['request', 'cancellation']),
    accept: z.boolean(),
    message: z.string().optional(),
    shipsAt: momentSchema.optional(),
    reason: z.enum(rejectReasons).optional(),
  })
  .readonly();
export type FulfillmentAnswer = z.infer<typeof fulfillmentAnswerSchema>;
