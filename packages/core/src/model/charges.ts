import * as z from 'zod';
import { decimalSchema, moneySchema } from './money.ts';

/** A tax on a line. `rate` is a fraction as a decimal string ("0.2" is 20 %). A marketplace may owe it instead of us. */
export const taxLineSchema = z
  .object({
    title: z.string(),
    rate: decimalSchema.optional(),
    amount: moneySchema,
    owedBy: z.enum(['seller', 'channel']),
  })
  .readonly();
export type TaxLine = z.infer<typeof taxLineSchema>;

/** A reduction, as a positive amount. On a line it is the share that fell on that line. */
export const discountSchema = z
  .object({
    kind: z.enum(['code', 'automatic', 'manual']),
    title: z.string(),
    code: z.string().optional(),
    amount: moneySchema,
  })
  .readonly();
export type Discount = z.infer<typeof discountSchema>;

/** One charge in the buyer's currency: `price` before discounts (of one unit on a line), `total` after them, and its taxes. */
export const presentedSchema = z.object({ price: moneySchema, total: moneySchema, tax: moneySchema }).readonly();
export type Presented = z.infer<typeof presentedSchema>;

/** Carriage that the buyer pays. `total` is after discounts; it holds the tax when the order's prices do. */
export const shippingLineSchema = z
  .object({
    id: z.string().min(1),
    title: z.string(),
    service: z.string().optional(),
    price: moneySchema,
    discounts: z.array(discountSchema).readonly(),
    taxes: z.array(taxLineSchema).readonly(),
    total: moneySchema,
    presented: presentedSchema.optional(),
  })
  .readonly();
export type ShippingLine = z.infer<typeof shippingLineSchema>;

/** A charge that is neither goods nor carriage: gift wrap, a payment surcharge, a minimum-order fee. */
export const feeLineSchema = z
  .object({
    id: z.string().min(1),
    title: z.string(),
    price: moneySchema,
    taxes: z.array(taxLineSchema).readonly(),
    total: moneySchema,
    presented: presentedSchema.optional(),
  })
  .readonly();
export type FeeLine = z.infer<typeof feeLineSchema>;
