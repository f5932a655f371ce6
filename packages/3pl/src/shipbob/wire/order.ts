import * as z from 'zod';
import { shipmentSchema } from './shipment.ts';

// Fields of API version 2026-01 as its specification has them; everything optional there is optional here. Read
// 2026-11-23, developer.shipbob.com. Times stay text: one that nobody can read is one record's problem, not a page's.

const recipientSchema = z.object({
  name: z.string().nullish(),
  email: z.string().nullish(),
  phone_number: z.string().nullish(),
  address: z
    .object({
      address1: z.string().nullish(),
      address2: z.string().nullish(),
      company_name: z.string().nullish(),
      city: z.string().nullish(),
      state: z.string().nullish(),
      country: z.string().nullish(),
      zip_code: z.string().nullish(),
    })
    .nullish(),
});
export type WireRecipient = z.infer<typeof recipientSchema>;

const orderProductSchema = z.object({
  id: z.number().nullish(),
  reference_id: z.string().nullish(),
  sku: z.string().nullish(),
  quantity: z.number(),
  external_line_id: z.number().nullish(),
});
export type WireOrderProduct = z.infer<typeof orderProductSchema>;

const tagSchema = z.object({ name: z.string().nullish(), value: z.string().nullish() });

/** What one merchant asked for. It becomes one shipment or many. */
export const orderSchema = z.object({
  id: z.number().int(),
  reference_id: z.string().min(1),
  order_number: z.string().nullish(),
  status: z.string(),
  created_date: z.string(),
  purchase_date: z.string().nullish(),
  shipping_method: z.string().nullish(),
  recipient: recipientSchema.nullish(),
  products: z.array(orderProductSchema).nullish(),
  tags: z.array(tagSchema).nullish(),
  shipments: z.array(shipmentSchema).nullish(),
});
export type WireOrder = z.infer<typeof orderSchema>;

/** A page of orders. Each is read by itself, so that one that nobody can read does not hide the others. */
export const orderListSchema = z.array(z.unknown());

/** As much of an order as has to be readable to say which one it is. */
export const orderIdSchema = z.object({ id: z.number().int() });
