import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { moneySchema } from './money.ts';
import { lotQuantitySchema, quantitySchema } from './quantity.ts';
import { refSchema } from './ref.ts';

/** How far a return is, from the wish of the buyer to its settlement. */
export const returnStatuses = [
  'requested',
  'approved',
  'declined',
  'in-transit',
  'received',
  'inspected',
  'closed',
  'canceled',
] as const;
/** One of `returnStatuses`. */
export type ReturnStatus = (typeof returnStatuses)[number];
/** In which state goods came back. */
export const returnConditions = [
  'sellable',
  'opened',
  'defective',
  'damaged',
  'expired',
  'wrong-item',
  'unknown',
] as const;
/** What is done with goods that came back. */
export const returnDispositions = [
  'restock',
  'quarantine',
  'rework',
  'dispose',
  'donate',
  'return-to-merchant',
  'pending',
] as const;

/** Goods that come back. A line's `disposition` stays `pending` until somebody has looked at it. */
export const returnSchema = z
  .object({
    ref: refSchema('return'),
    number: z.string().min(1),
    order: refSchema('order').optional(),
    status: z.enum(returnStatuses),
    wireStatus: z.string(),
    lines: z
      .array(
        z
          .object({
            id: z.string().min(1),
            sku: z.string().min(1),
            expected: quantitySchema,
            received: quantitySchema.optional(),
            reason: z.string().optional(),
            condition: z.enum(returnConditions),
            disposition: z.enum(returnDispositions),
            lots: z.array(lotQuantitySchema).readonly().optional(),
          })
          .readonly(),
      )
      .readonly(),
    updatedAt: momentSchema,
  })
  .readonly();
export type Return = z.infer<typeof returnSchema>;

/** Goods that are to come back for an order. `number` is our reference: unique per return, the same on every attempt. */
export const returnDraftSchema = z
  .object({
    number: z.string().min(1),
    order: refSchema('order'),
    /** Which of the order's shipments it is; left out, whichever has the goods. */
    shipment: refSchema('shipment').optional(),
    lines: z
      .array(
        z
          .object({
            id: z.string().min(1),
            sku: z.string().min(1),
            quantity: quantitySchema,
            reason: z.string().optional(),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    note: z.string().optional(),
  })
  .readonly();
export type ReturnDraft = z.infer<typeof returnDraftSchema>;

/** What of a return arrived, counted and looked at by the warehouse: to be booked on the return `ref` names. */
export const returnReceiptSchema = z
  .object({
    return: refSchema('return'),
    lines: z
      .array(
        z
          .object({
            sku: z.string().min(1),
            received: quantitySchema,
            condition: z.enum(returnConditions),
            disposition: z.enum(returnDispositions),
            lots: z.array(lotQuantitySchema).readonly().optional(),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    receivedAt: momentSchema,
  })
  .readonly();
export type ReturnReceipt = z.infer<typeof returnReceiptSchema>;

/** Money given back, per line and for carriage; `restocked` says whether the goods went back on sale with it. */
export const refundSchema = z
  .object({
    ref: refSchema('refund'),
    order: refSchema('order'),
    return: refSchema('return').optional(),
    lines: z
      .array(
        z
          .object({
            orderLineId: z.string().min(1),
            quantity: quantitySchema,
            amount: moneySchema,
            tax: moneySchema,
            restocked: z.boolean(),
          })
          .readonly(),
      )
      .readonly(),
    shipping: moneySchema.optional(),
    total: moneySchema,
    note: z.string().optional(),
    refundedAt: momentSchema,
  })
  .readonly();
export type Refund = z.infer<typeof refundSchema>;

/**
 * Money that a channel gave back, to be booked where the order was billed. `number` is our reference: unique per refund, the
 * same on every attempt. `total` is what the buyer got, tax included.
 */
export const refundDraftSchema = refundSchema
  .unwrap()
  .omit({ ref: true })
  .extend({ number: z.string().min(1), invoice: refSchema('invoice').optional() })
  .readonly();
export type RefundDraft = z.infer<typeof refundDraftSchema>;
