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
