import * as z from 'zod';
import { gmtSchema } from './moment.ts';

// Customers of WooCommerce REST v3, recorded on WooCommerce 10.0.2, 2026-11-23.

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

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

export const customerSchema = z.object({
  id: z.int().positive(),
  date_created_gmt: gmtSchema.nullish(),
  // Null for an account that WooCommerce never saved, such as the first administrator's.
  date_modified_gmt: gmtSchema.nullish(),
  email: text,
  first_name: text,
  last_name: text,
  username: text,
  billing: addressSchema,
  shipping: addressSchema,
  meta_data: z
    .array(z.object({ key: z.string(), value: z.unknown() }))
    .nullish()
    .transform((list) => list ?? []),
});
export type WireCustomer = z.infer<typeof customerSchema>;

/** The names of the fields above: a list that gives no others is quicker. */
export const customerFields = Object.keys(customerSchema.shape).join(',');
