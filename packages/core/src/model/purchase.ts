import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { moneySchema } from './money.ts';
import { lotQuantitySchema, quantitySchema } from './quantity.ts';
import { refSchema } from './ref.ts';

/** How far a purchase is, from its draft to the arrival of the goods. */
export const purchaseStatuses = ['draft', 'sent', 'confirmed', 'partially-received', 'received', 'canceled'] as const;
/** One of `purchaseStatuses`. */
export type PurchaseStatus = (typeof purchaseStatuses)[number];

/** What was ordered from a supplier and when it should arrive. */
export const purchaseOrderSchema = z
  .object({
    ref: refSchema('purchase'),
    number: z.string().min(1),
    status: z.enum(purchaseStatuses),
    wireStatus: z.string(),
    supplier: refSchema('customer').optional(),
    location: refSchema('location').optional(),
    lines: z
      .array(
        z
          .object({
            id: z.string().min(1),
            sku: z.string().min(1),
            quantity: quantitySchema,
            received: quantitySchema,
            unitPrice: moneySchema,
            expectedAt: momentSchema.optional(),
          })
          .readonly(),
      )
      .readonly(),
    total: moneySchema,
    updatedAt: momentSchema,
  })
  .readonly();
export type PurchaseOrder = z.infer<typeof purchaseOrderSchema>;

/** What is to be ordered from a supplier. `number` is our reference there: unique per purchase, the same on every attempt. */
export const purchaseDraftSchema = z
  .object({
    number: z.string().min(1),
    supplier: refSchema('customer'),
    location: refSchema('location').optional(),
    lines: z
      .array(
        z
          .object({
            id: z.string().min(1),
            sku: z.string().min(1),
            quantity: quantitySchema,
            unitPrice: moneySchema,
            expectedAt: momentSchema.optional(),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    expectedAt: momentSchema.optional(),
    note: z.string().optional(),
  })
  .readonly();
export type PurchaseDraft = z.infer<typeof purchaseDraftSchema>;

/** Goods that arrived at a warehouse, counted. It may come in several parts for one announcement. */
export const receiptSchema = z
  .object({
    ref: refSchema('receipt'),
    number: z.string().min(1),
    purchase: refSchema('purchase').optional(),
    location: refSchema('location').optional(),
    lines: z
      .array(
        z
          .object({
            sku: z.string().min(1),
            expected: quantitySchema.optional(),
            received: quantitySchema,
            damaged: quantitySchema,
            lots: z.array(lotQuantitySchema).readonly().optional(),
          })
          .readonly(),
      )
      .readonly(),
    receivedAt: momentSchema,
  })
  .readonly();
export type Receipt = z.infer<typeof receiptSchema>;

/**
 * Goods that a warehouse counted, to be booked where they were ordered. Damaged ones are part of `received`. `purchase` is
 * the order in the system that books them, `number` the warehouse's own number of this arrival.
 */
export const receiptDraftSchema = receiptSchema
  .unwrap()
  .omit({ ref: true })
  .extend({ purchase: refSchema('purchase') })
  .readonly();
export type ReceiptDraft = z.infer<typeof receiptDraftSchema>;
