import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { moneyBagSchema } from './money.ts';
import { wireTransactionSchema } from './order.ts';
import { userErrorsSchema } from './user-error.ts';

// What is read of an order's money. Nullability as in Admin API 2026-07.

export const wirePaymentSchema = z.object({
  id: z.string(),
  name: z.string(),
  updatedAt: momentSchema,
  displayFinancialStatus: z.string().nullable(),
  totalReceivedSet: moneyBagSchema,
  currentTotalPriceSet: moneyBagSchema,
  transactions: z.array(wireTransactionSchema),
});
export type WirePayment = z.infer<typeof wirePaymentSchema>;

/** Each is parsed alone, so that one that cannot be read holds up no other. */
export const paymentsByIdSchema = z.object({ nodes: z.array(z.unknown()) });

const reservedSchema = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  amountSet: moneyBagSchema,
  totalUnsettledSet: moneyBagSchema.nullable(),
  parentTransaction: z.object({ id: z.string() }).nullable(),
});
export type WireReserved = z.infer<typeof reservedSchema>;
export const reservedMoneySchema = z.object({
  order: z
    .object({
      name: z.string(),
      currencyCode: z.string(),
      presentmentCurrencyCode: z.string(),
      transactions: z.array(reservedSchema),
    })
    .nullable(),
});
export type WireReservedOrder = NonNullable<z.infer<typeof reservedMoneySchema>['order']>;

export const orderCaptureSchema = z.object({
  orderCapture: z.object({
    transaction: z.object({ id: z.string(), status: z.string() }).nullable(),
    userErrors: userErrorsSchema,
  }),
});

export const orderTransactionSchema = z.object({
  node: z.union([
    z.object({ order: z.object({ id: z.string() }).nullable() }),
    z
      .object({})
      .strict()
      .transform(() => null),
    z.null(),
  ]),
});
