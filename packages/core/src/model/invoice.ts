import * as z from 'zod';
import { taxLineSchema } from './charges.ts';
import { daySchema, momentSchema } from './moment.ts';
import { moneySchema } from './money.ts';
import { partySchema } from './party.ts';
import { quantitySchema } from './quantity.ts';
import { refSchema } from './ref.ts';

/** How far a bill is, from its draft to its payment. */
export const invoiceStatuses = ['draft', 'open', 'partially-paid', 'paid', 'canceled'] as const;
/** One of `invoiceStatuses`. */
export type InvoiceStatus = (typeof invoiceStatuses)[number];

/** A bill or, with `kind: 'credit-note'`, the reversal of one. Amounts are positive in both. */
export const invoiceSchema = z
  .object({
    ref: refSchema('invoice'),
    number: z.string().optional(),
    kind: z.enum(['invoice', 'credit-note']),
    status: z.enum(invoiceStatuses),
    wireStatus: z.string(),
    order: refSchema('order').optional(),
    reverses: refSchema('invoice').optional(),
    buyer: partySchema.optional(),
    lines: z
      .array(
        z
          .object({
            id: z.string().min(1),
            sku: z.string().optional(),
            title: z.string(),
            quantity: quantitySchema,
            unitPrice: moneySchema,
            taxes: z.array(taxLineSchema).readonly(),
            total: moneySchema,
          })
          .readonly(),
      )
      .readonly(),
    net: moneySchema,
    tax: moneySchema,
    total: moneySchema,
    due: moneySchema,
    issuedOn: daySchema.optional(),
    dueOn: daySchema.optional(),
    updatedAt: momentSchema,
  })
  .readonly();
export type Invoice = z.infer<typeof invoiceSchema>;

/**
 * The bill that is to be made of an order: of everything that may be billed by now, which the ERP knows. `expectedTotal` is
 * what it has to come to; another sum is `totals.mismatch`, and the bill stays a draft there.
 */
export const invoiceDraftSchema = z
  .object({
    order: refSchema('order'),
    issuedOn: daySchema.optional(),
    expectedTotal: moneySchema.optional(),
  })
  .readonly();
export type InvoiceDraft = z.infer<typeof invoiceDraftSchema>;

/** Why an order cannot be billed now. `nothing-to-bill`: everything that may be is on a bill. */
export const invoiceObstacles = ['not-confirmed', 'not-shipped', 'nothing-to-bill', 'canceled', 'held'] as const;
/** One of `invoiceObstacles`. */
export type InvoiceObstacle = (typeof invoiceObstacles)[number];

/** Whether an order can be billed now, and what of it. `net` is what the lines that may be billed come to, without tax. */
export const invoiceReadinessSchema = z
  .object({
    order: refSchema('order'),
    ready: z.boolean(),
    obstacles: z.array(z.enum(invoiceObstacles)).readonly(),
    lines: z
      .array(
        z.object({ orderLineId: z.string().min(1), sku: z.string().optional(), quantity: quantitySchema }).readonly(),
      )
      .readonly(),
    net: moneySchema,
    invoices: z.array(refSchema('invoice')).readonly(),
  })
  .readonly();
export type InvoiceReadiness = z.infer<typeof invoiceReadinessSchema>;
