import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { codedErrorsSchema } from './user-error.ts';

// What is read of a customer. Nullability as in the schema of Admin API 2026-07, read 2026-11-26.

const gid = z.string().min(1);
const addressSchema = z.object({
  id: gid,
  name: z.string().nullable(),
  company: z.string().nullable(),
  address1: z.string().nullable(),
  address2: z.string().nullable(),
  city: z.string().nullable(),
  province: z.string().nullable(),
  provinceCode: z.string().nullable(),
  countryCodeV2: z.string().nullable(),
  zip: z.string().nullable(),
  phone: z.string().nullable(),
});
export type WireCustomerAddress = z.infer<typeof addressSchema>;

export const wireCustomerSchema = z.object({
  id: gid,
  displayName: z.string(),
  updatedAt: momentSchema,
  tags: z.array(z.string()),
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
  defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullable(),
  defaultAddress: addressSchema.nullable(),
  addressesV2: connectionSchema(addressSchema),
  metafields: z.object({ nodes: z.array(z.object({ key: z.string(), value: z.string() })) }),
});
export type WireCustomer = z.infer<typeof wireCustomerSchema>;

export const customerIdsSchema = z.object({
  customers: connectionSchema(z.object({ id: gid, updatedAt: momentSchema })),
});
/** Each customer is parsed alone, so that one that cannot be read holds up no other. */
export const customersByIdSchema = z.object({ nodes: z.array(z.unknown()) });
export const customerAddressesSchema = z.object({
  customer: z.object({ updatedAt: momentSchema, page: connectionSchema(addressSchema) }).nullable(),
});
export const customersByTagSchema = z.object({
  customers: connectionSchema(z.object({ id: gid, tags: z.array(z.string()) })),
});
export const customerByIdentifierSchema = z.object({ customerByIdentifier: z.object({ id: gid }).nullable() });
export const customerSetSchema = z.object({
  customerSet: z.object({ customer: z.object({ id: gid }).nullable(), userErrors: codedErrorsSchema }),
});
export const customerFieldsSetSchema = z.object({ metafieldsSet: z.object({ userErrors: codedErrorsSchema }) });
