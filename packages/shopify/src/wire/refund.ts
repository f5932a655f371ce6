import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { moneyBagSchema, shopMoneySchema } from './money.ts';
import { userErrorsSchema } from './user-error.ts';

// What is read of refunds. Nullability as in Admin API 2026-07.

const lineSchema = z.object({
  quantity: z.int().nonnegative(),
  restockType: z.string(),
  subtotalSet: shopMoneySchema,
  totalTaxSet: shopMoneySchema,
  lineItem: z.object({ id: z.string() }),
});
export type WireRefundLine = z.infer<typeof lineSchema>;

export const wireRefundSchema = z.object({
  id: z.string(),
  createdAt: momentSchema.nullable(),
  processedAt: momentSchema,
  updatedAt: momentSchema,
  note: z.string().nullable(),
  order: z.object({ id: z.string(), taxesIncluded: z.boolean() }),
  return: z.object({ id: z.string() }).nullable(),
  refundLineItems: connectionSchema(lineSchema),
  refundShippingLines: connectionSchema(
    z.object({ subtotalAmountSet: shopMoneySchema, taxAmountSet: shopMoneySchema }),
  ),
  duties: z
    .array(z.object({ amountSet: shopMoneySchema, originalDuty: z.object({ id: z.string() }).nullable() }))
    .nullable(),
  /** By how much what came back is worth more than what was given: less than nothing for money alone. Recorded with REST. */
  orderAdjustments: connectionSchema(
    z.object({ id: z.string(), amountSet: shopMoneySchema, taxAmountSet: shopMoneySchema }),
  ),
  transactions: connectionSchema(z.object({ kind: z.string(), status: z.string(), amountSet: shopMoneySchema })),
});
export type WireRefund = z.infer<typeof wireRefundSchema>;

const orderRefundsSchema = z.object({ id: z.string(), refunds: z.array(z.object({ id: z.string() })) });
export const refundsByOrderSchema = z.object({
  nodes: z.array(
    z.union([
      orderRefundsSchema,
      z
        .object({})
        .strict()
        .transform(() => null),
      z.null(),
    ]),
  ),
});
/** Each is parsed alone, so that one that cannot be read holds up no other. */
export const refundsByIdSchema = z.object({ nodes: z.array(z.unknown()) });
export const refundLinesSchema = z.object({
  refund: z.object({ page: connectionSchema(lineSchema) }).nullable(),
});

const suggestionSchema = z.object({
  amountSet: moneyBagSchema,
  maximumRefundableSet: moneyBagSchema,
  shipping: z.object({ maximumRefundableSet: moneyBagSchema, amountSet: moneyBagSchema, taxSet: moneyBagSchema }),
  suggestedTransactions: z.array(
    z.object({
      gateway: z.string().nullable(),
      amountSet: moneyBagSchema,
      parentTransaction: z.object({ id: z.string() }).nullable(),
    }),
  ),
});
export type WireSuggestion = z.infer<typeof suggestionSchema>;

const refundableLineSchema = z.object({
  id: z.string(),
  refundableQuantity: z.int(),
  unfulfilledQuantity: z.int(),
});
export type WireRefundableLine = z.infer<typeof refundableLineSchema>;
const paidSchema = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  gateway: z.string().nullable(),
  amountSet: moneyBagSchema,
  parentTransaction: z.object({ id: z.string() }).nullable(),
});
export type WirePaid = z.infer<typeof paidSchema>;
export const refundFactsSchema = z.object({
  order: z
    .object({
      name: z.string(),
      taxesIncluded: z.boolean(),
      currencyCode: z.string(),
      presentmentCurrencyCode: z.string(),
      totalOutstandingSet: moneyBagSchema,
      refunds: z.array(z.object({ id: z.string(), note: z.string().nullable() })),
      transactions: z.array(paidSchema),
      suggestedRefund: suggestionSchema.nullable(),
    })
    .nullable(),
  nodes: z.array(
    z.union([
      refundableLineSchema,
      z
        .object({})
        .strict()
        .transform(() => null),
      z.null(),
    ]),
  ),
});
export type WireRefundOrder = NonNullable<z.infer<typeof refundFactsSchema>['order']>;

export const suggestedRefundSchema = z.object({
  order: z.object({ suggestedRefund: suggestionSchema.nullable() }).nullable(),
});

/** Without `fulfillmentLineItem` it is of no goods that Shopify knows to have been shipped. */
export const returnedUnitsSchema = z.object({
  return: z
    .object({
      order: z.object({ id: z.string() }),
      page: connectionSchema(
        z.object({
          processedQuantity: z.int().nonnegative(),
          refundedQuantity: z.int().nonnegative(),
          fulfillmentLineItem: z.object({ lineItem: z.object({ id: z.string() }) }).optional(),
        }),
      ),
    })
    .nullable(),
});
const returnRefundSchema = z.object({
  id: z.string(),
  refundLineItems: connectionSchema(z.object({ quantity: z.int(), lineItem: z.object({ id: z.string() }) })),
  refundShippingLines: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
  transactions: connectionSchema(z.object({ kind: z.string(), status: z.string() })),
});
export type WireReturnRefund = z.infer<typeof returnRefundSchema>;
export const returnRefundsSchema = z.object({
  return: z.object({ page: connectionSchema(returnRefundSchema) }).nullable(),
});

export const refundCreateSchema = z.object({
  refundCreate: z.object({ refund: z.object({ id: z.string() }).nullable(), userErrors: userErrorsSchema }),
});
