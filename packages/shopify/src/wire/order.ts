import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { moneyBagSchema } from './money.ts';

// What is read of an order. Nullability as in the schema of Admin API 2026-07, read 2026-11-23.

const gid = z.string().min(1);
const attributeSchema = z.object({ key: z.string(), value: z.string().nullable() });
export type WireAttribute = z.infer<typeof attributeSchema>;
const taxLineSchema = z.object({
  title: z.string(),
  rate: z.number().nullable(),
  channelLiable: z.boolean().nullable(),
  priceSet: moneyBagSchema,
});
const discountAllocationSchema = z.object({
  allocatedAmountSet: moneyBagSchema,
  discountApplication: z.object({ index: z.int() }),
});

export const wireLineSchema = z.object({
  id: gid,
  sku: z.string().nullable(),
  title: z.string(),
  variantTitle: z.string().nullable(),
  quantity: z.int().nonnegative(),
  currentQuantity: z.int().nonnegative(),
  requiresShipping: z.boolean(),
  isGiftCard: z.boolean(),
  customAttributes: z.array(attributeSchema),
  originalUnitPriceSet: moneyBagSchema,
  originalTotalSet: moneyBagSchema,
  variant: z.object({ id: gid }).nullable(),
  taxLines: z.array(taxLineSchema),
  discountAllocations: z.array(discountAllocationSchema),
  duties: z.array(z.object({ id: gid, price: moneyBagSchema, taxLines: z.array(taxLineSchema) })),
});
export type WireLine = z.infer<typeof wireLineSchema>;
export type WireDuty = WireLine['duties'][number];
export type WireTaxLine = z.infer<typeof taxLineSchema>;
export type WireAllocation = z.infer<typeof discountAllocationSchema>;

export const wireShippingLineSchema = z.object({
  id: gid.nullable(),
  title: z.string(),
  code: z.string().nullable(),
  isRemoved: z.boolean(),
  originalPriceSet: moneyBagSchema,
  discountedPriceSet: moneyBagSchema,
  currentDiscountedPriceSet: moneyBagSchema,
  taxLines: z.array(taxLineSchema),
  discountAllocations: z.array(discountAllocationSchema),
});
export type WireShippingLine = z.infer<typeof wireShippingLineSchema>;

export const wireDiscountSchema = z.object({
  type: z.string(),
  index: z.int(),
  code: z.string().optional(),
  title: z.string().optional(),
});
export type WireDiscount = z.infer<typeof wireDiscountSchema>;

const wireAddressSchema = z.object({
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
export type WireAddress = z.infer<typeof wireAddressSchema>;

export const wireTransactionSchema = z.object({
  id: gid,
  kind: z.string(),
  status: z.string(),
  gateway: z.string().nullable(),
  processedAt: momentSchema.nullable(),
  createdAt: momentSchema,
  amountSet: moneyBagSchema,
  parentTransaction: z.object({ id: gid }).nullable(),
});
export type WireTransaction = z.infer<typeof wireTransactionSchema>;

const riskSchema = z.object({
  recommendation: z.string(),
  assessments: z.array(
    z.object({
      riskLevel: z.string(),
      provider: z.object({ title: z.string() }).nullable(),
      facts: z.array(z.object({ description: z.string() })),
    }),
  ),
});

export const wireOrderSchema = z.object({
  id: gid,
  name: z.string().min(1),
  createdAt: momentSchema,
  processedAt: momentSchema,
  updatedAt: momentSchema,
  cancelledAt: momentSchema.nullable(),
  cancelReason: z.string().nullable(),
  confirmed: z.boolean(),
  closed: z.boolean(),
  test: z.boolean(),
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  taxesIncluded: z.boolean(),
  dutiesIncluded: z.boolean(),
  displayFinancialStatus: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  returnStatus: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  note: z.string().nullable(),
  tags: z.array(z.string()),
  poNumber: z.string().nullable(),
  customAttributes: z.array(attributeSchema),
  customer: z.object({ id: gid }).nullable(),
  billingAddress: wireAddressSchema.nullable(),
  shippingAddress: wireAddressSchema.nullable(),
  subtotalPriceSet: moneyBagSchema.nullable(),
  totalDiscountsSet: moneyBagSchema.nullable(),
  totalTaxSet: moneyBagSchema.nullable(),
  totalPriceSet: moneyBagSchema,
  currentSubtotalPriceSet: moneyBagSchema,
  currentTotalDiscountsSet: moneyBagSchema,
  currentTotalTaxSet: moneyBagSchema,
  currentTotalPriceSet: moneyBagSchema,
  totalTipReceivedSet: moneyBagSchema,
  originalTotalDutiesSet: moneyBagSchema.nullable(),
  currentTotalDutiesSet: moneyBagSchema.nullable(),
  additionalFees: z.array(
    z.object({ id: gid, name: z.string(), price: moneyBagSchema, taxLines: z.array(taxLineSchema) }),
  ),
  transactions: z.array(wireTransactionSchema),
  risk: riskSchema,
  lineItems: connectionSchema(wireLineSchema),
  shippingLines: connectionSchema(wireShippingLineSchema),
  discountApplications: connectionSchema(wireDiscountSchema),
});
export type WireOrder = z.infer<typeof wireOrderSchema>;

export const orderIdsSchema = z.object({
  orders: connectionSchema(z.object({ id: gid, updatedAt: momentSchema })),
});

/** Each order is parsed alone, so that one that cannot be read holds up no other. */
export const ordersByIdSchema = z.object({ nodes: z.array(z.unknown()) });

const versionSchema = z.object({ id: gid, updatedAt: momentSchema });
/** `null` for what was deleted, and nothing in it for what is no order. */
export const orderVersionsSchema = z.object({
  nodes: z.array(
    z.union([
      versionSchema,
      z
        .object({})
        .strict()
        .transform(() => null),
      z.null(),
    ]),
  ),
});

export const shopCheckSchema = z.object({ shop: z.object({ myshopifyDomain: z.string() }) });

/** A further page of one of an order's connections, `null` once the order was deleted. Parsed like the order, alone. */
export const restOfOrderSchema = z.object({ order: z.unknown() });
export function orderPageSchema<T extends z.ZodType>(node: T) {
  return z.object({ updatedAt: momentSchema, page: connectionSchema(node) }).nullable();
}

export const orderCancellationSchema = z.object({
  order: z.object({ id: gid, cancelledAt: momentSchema.nullable() }).nullable(),
});
