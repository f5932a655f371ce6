import * as z from 'zod';
import { daySchema, momentSchema } from './moment.ts';
import { moneySchema } from './money.ts';
import { refSchema } from './ref.ts';

/** Where an order's money is. `authorized` is reserved and not yet taken; `voided` and `expired` will not be. */
export const paymentStatuses = [
  'pending',
  'authorized',
  'partially-paid',
  'paid',
  'partially-refunded',
  'refunded',
  'voided',
  'expired',
] as const;
/** One of `paymentStatuses`. */
export type PaymentStatus = (typeof paymentStatuses)[number];

/** What a transaction does with money. A `sale` authorizes and captures in one; `change` is cash given back. */
export const transactionKinds = ['authorization', 'capture', 'sale', 'refund', 'void', 'change'] as const;
/** One of `transactionKinds`. */
export type TransactionKind = (typeof transactionKinds)[number];
/** How a transaction ended. `unknown` is what the gateway itself does not know. */
export const transactionStatuses = ['pending', 'succeeded', 'failed', 'unknown'] as const;
/** One of `transactionStatuses`. */
export type TransactionStatus = (typeof transactionStatuses)[number];

/** One movement of money at a payment gateway. `amount` is in the shop's currency, `presentment` in the buyer's. */
export const transactionSchema = z
  .object({
    id: z.string().min(1),
    kind: z.enum(transactionKinds),
    status: z.enum(transactionStatuses),
    gateway: z.string(),
    amount: moneySchema,
    presentment: moneySchema.optional(),
    parentId: z.string().optional(),
    processedAt: momentSchema,
  })
  .readonly();
export type Transaction = z.infer<typeof transactionSchema>;

/** Money received or due for an order or an invoice, with the transactions that it consists of. */
export const paymentSchema = z
  .object({
    ref: refSchema('payment'),
    order: refSchema('order').optional(),
    invoice: refSchema('invoice').optional(),
    status: z.enum(paymentStatuses),
    amount: moneySchema,
    transactions: z.array(transactionSchema).readonly(),
    updatedAt: momentSchema,
  })
  .readonly();
export type Payment = z.infer<typeof paymentSchema>;

/**
 * Money that a buyer reserved for an order and that is to be taken now. `authorization` is the id of that transaction on the
 * order. `isLast` gives back what is left of it; else the rest stays reserved, where the gateway can take it in parts.
 */
export const captureDraftSchema = z
  .object({
    order: refSchema('order'),
    authorization: z.string().min(1),
    amount: moneySchema,
    isLast: z.boolean().optional(),
  })
  .readonly();
export type CaptureDraft = z.infer<typeof captureDraftSchema>;

/**
 * Money that came in for an invoice, or went back for a credit note, to be booked and settled against it. `reference` is
 * the gateway's own number of the transaction, by which the bank's statement names it; `gateway` says which account it came to.
 * One transaction pays an invoice once: each part of one that is captured in parts has a reference of its own.
 */
export const paymentDraftSchema = z
  .object({
    invoice: refSchema('invoice'),
    amount: moneySchema,
    gateway: z.string().min(1),
    reference: z.string().min(1),
    paidOn: daySchema,
  })
  .readonly();
export type PaymentDraft = z.infer<typeof paymentDraftSchema>;
