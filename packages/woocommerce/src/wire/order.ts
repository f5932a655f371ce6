import * as z from 'zod';
import { gmtSchema } from './moment.ts';

// Orders of WooCommerce REST v3, recorded on WooCommerce 10.0.2, 2026-11-23. Amounts are texts with the shop's decimals;
// `price` of a line is a float and not read.

/** A record's number, which stands as text in our references. */
const idSchema = z.int().nonnegative();

/** Text that PHP gives as a number or a switch where a plugin stored one. */
const looseText = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const metaSchema = z.object({ key: z.string(), value: z.unknown() });

const metasSchema = z
  .array(metaSchema)
  .nullish()
  .transform((list) => list ?? []);

const taxSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  total: looseText.nullish().transform((value) => value ?? ''),
});

const lineSchema = z.object({
  id: idSchema,
  name: text,
  product_id: idSchema.nullish(),
  variation_id: idSchema.nullish(),
  quantity: z.number(),
  subtotal: z.string(),
  total: z.string(),
  taxes: z.array(taxSchema),
  // Null when the product is gone. recorded on WooCommerce 10.0.2, 2026-11-23
  sku: text,
  meta_data: metasSchema,
});
export type WireLine = z.infer<typeof lineSchema>;

const shippingSchema = z.object({
  id: idSchema,
  method_title: text,
  method_id: text,
  total: z.string(),
  taxes: z.array(taxSchema),
});

const feeSchema = z.object({ id: idSchema, name: text, total: z.string(), taxes: z.array(taxSchema) });

const taxLineSchema = z.object({
  rate_id: z.union([z.string(), z.number()]).transform(String),
  label: text,
  rate_percent: z.number().nullish(),
});
export type WireTaxLine = z.infer<typeof taxLineSchema>;

const addressSchema = z.object({
  first_name: text,
  last_name: text,
  company: text,
  address_1: text,
  address_2: text,
  city: text,
  state: text,
  postcode: text,
  country: text,
  phone: text,
});
export type WireAddress = z.infer<typeof addressSchema>;

export const orderSchema = z.object({
  id: idSchema,
  number: looseText,
  status: z.string().min(1),
  currency: z.string(),
  date_created_gmt: gmtSchema,
  date_modified_gmt: gmtSchema.nullish(),
  date_paid_gmt: gmtSchema.nullish(),
  date_completed_gmt: gmtSchema.nullish(),
  shipping_total: z.string(),
  // Taxes of goods and fees, and of carriage: two sums, each rounded.
  cart_tax: z.string(),
  shipping_tax: z.string(),
  total_tax: z.string(),
  prices_include_tax: z.boolean(),
  total: z.string(),
  customer_id: idSchema.nullish(),
  customer_note: text,
  billing: addressSchema.extend({ email: text }),
  shipping: addressSchema.partial({ phone: true }),
  payment_method: text,
  transaction_id: text,
  meta_data: z.array(metaSchema),
  line_items: z.array(lineSchema),
  tax_lines: z.array(taxLineSchema),
  shipping_lines: z.array(shippingSchema),
  fee_lines: z.array(feeSchema),
  coupon_lines: z.array(z.object({ code: z.string() })),
  refunds: z.array(z.object({ id: idSchema })),
  needs_processing: z.boolean().nullish(),
});
export type WireOrder = z.infer<typeof orderSchema>;

/** An item of a refund, which says in a meta which item of the order it is of. Its amounts are below zero. */
const refundedSchema = z.object({ total: text, total_tax: text, meta_data: metasSchema });

const refundedListSchema = z
  .array(refundedSchema)
  .nullish()
  .transform((list) => list ?? []);

/** A refund in full. Its lines count backwards. */
export const refundSchema = z.object({
  id: idSchema,
  // Empty where somebody refunded nothing. recorded on WooCommerce 10.5.0, 2026-11-26
  amount: z.string().transform((amount) => (amount === '' ? '0' : amount)),
  reason: text,
  date_created_gmt: gmtSchema,
  meta_data: metasSchema,
  line_items: z.array(refundedSchema.extend({ quantity: z.number() })),
  shipping_lines: refundedListSchema,
});
export type WireRefund = z.infer<typeof refundSchema>;
