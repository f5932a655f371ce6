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
