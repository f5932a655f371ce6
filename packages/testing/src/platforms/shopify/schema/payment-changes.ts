/** What payments and refunds are changed with, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-26. */
export const paymentChangeTypes = `
extend type QueryRoot {
  refund(id: ID!): Refund
}

extend type Mutation {
  orderCapture(input: OrderCaptureInput!): OrderCapturePayload
}

extend type OrderTransaction {
  maximumRefundable: Money @deprecated
  totalUnsettled: Money @deprecated
  totalUnsettledV2: MoneyV2 @deprecated
}

extend type SuggestedRefund {
  refundDuties: [RefundDuty!]!
  suggestedRefundMethods: [SuggestedRefundMethod!]!
}

extend input RefundInput {
  refundDuties: [RefundDutyInput!]
  refundMethods: [RefundMethodInput!] = []
}

enum RefundMethodAllocation {
  ORIGINAL_PAYMENT_METHODS STORE_CREDIT
}

input OrderCaptureInput {
  amount: Money!
  currency: CurrencyCode
  finalCapture: Boolean
  id: ID!
  parentTransactionId: ID!
}

type OrderCapturePayload {
  transaction: OrderTransaction
  userErrors: [UserError!]!
}

interface SuggestedRefundMethod {
  amount: MoneyBag!
  maximumRefundable: MoneyBag!
}

type SuggestedStoreCreditRefund implements SuggestedRefundMethod {
  amount: MoneyBag!
  expiresAt: DateTime
  maximumRefundable: MoneyBag!
}
`;
