import * as z from 'zod';
import { addressSchema } from './address.ts';
import { momentSchema } from './moment.ts';
import { refSchema } from './ref.ts';

/** Who bought, as the sales channel names them. `accountNumber` is the seller's own number for a trade customer. */
export const partySchema = z
  .object({
    ref: refSchema('customer').optional(),
    name: z.string().optional(),
    company: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    accountNumber: z.string().optional(),
    taxId: z.string().optional(),
  })
  .readonly();
export type Party = z.infer<typeof partySchema>;

/** A customer as one system keeps them. */
export const customerSchema = z
  .object({
    ref: refSchema('customer'),
    name: z.string().min(1),
    company: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    accountNumber: z.string().optional(),
    taxId: z.string().optional(),
    billingAddress: addressSchema.optional(),
    shippingAddresses: z.array(addressSchema).readonly(),
    updatedAt: momentSchema,
  })
  .readonly();
export type Customer = z.infer<typeof customerSchema>;

/** A customer that is to be made. */
export const customerDraftSchema = customerSchema.unwrap().omit({ ref: true, updatedAt: true }).readonly();
export type CustomerDraft = z.infer<typeof customerDraftSchema>;
