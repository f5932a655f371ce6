/** What returns are changed with, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-26. */
export const returnChangeTypes = `
input ReturnInput {
  exchangeLineItems: [ExchangeLineItemInput!]
  notifyCustomer: Boolean = false @deprecated
  orderId: ID!
  requestedAt: DateTime
  returnLineItems: [ReturnLineItemInput!]!
  returnShippingFee: ReturnShippingFeeInput
  unprocessed: Boolean = false @deprecated
}

input ReturnLineItemInput {
  fulfillmentLineItemId: ID!
  quantity: Int!
  restockingFee: RestockingFeeInput
  returnReason: ReturnReason @deprecated
  returnReasonDefinitionId: ID
  returnReasonNote: String = ""
}

input ReturnRequestInput {
  orderId: ID!
  returnLineItems: [ReturnRequestLineItemInput!]!
  returnShippingFee: ReturnShippingFeeInput
}

input ReturnRequestLineItemInput {
  customerNote: String
  fulfillmentLineItemId: ID!
  quantity: Int!
  restockingFee: RestockingFeeInput
  returnReason: ReturnReason @deprecated
  returnReasonDefinitionId: ID
}

input RestockingFeeInput {
  percentage: Float!
}

input ReturnShippingFeeInput {
  amount: MoneyInput!
}

input MoneyInput {
  amount: Decimal!
  currencyCode: CurrencyCode!
}

input ExchangeLineItemInput {
  appliedDiscount: ExchangeLineItemAppliedDiscountInput
  giftCardCodes: [String!]
  quantity: Int!
  variantId: ID
}

input ExchangeLineItemAppliedDiscountInput {
  description: String
  value: ExchangeLineItemAppliedDiscountValueInput!
}

input ExchangeLineItemAppliedDiscountValueInput @oneOf {
  amount: MoneyInput
  percentage: Float
}

input ExchangeLineItemRemoveFromReturnInput {
  exchangeLineItemId: ID!
  quantity: Int!
}

input ReturnLineItemRemoveFromReturnInput {
  quantity: Int!
  returnLineItemId: ID!
}

input ReturnApproveRequestInput {
  id: ID!
  notifyCustomer: Boolean = false
  unprocessed: Boolean = false @deprecated
}

input ReturnDeclineRequestInput {
  declineNote: String
  declineReason: ReturnDeclineReason!
  id: ID!
  notifyCustomer: Boolean = false
}

input ReturnProcessInput {
  exchangeLineItems: [ReturnProcessExchangeLineItemInput!] = []
  financialTransfer: ReturnProcessFinancialTransferInput
  note: String
  notifyCustomer: Boolean = false
  refundDuties: [RefundDutyInput!] = []
  refundShipping: RefundShippingInput
  returnId: ID!
  returnLineItems: [ReturnProcessReturnLineItemInput!] = []
  tipLineId: ID
}

input ReturnProcessExchangeLineItemInput {
  id: ID!
  quantity: Int!
}

input ReturnProcessFinancialTransferInput @oneOf {
  issueRefund: ReturnProcessRefundInput
}

input ReturnProcessRefundInput {
  allowOverRefunding: Boolean = false
  orderTransactions: [ReturnRefundOrderTransactionInput!]!
  refundMethods: [RefundMethodInput!] = []
}

input ReturnProcessReturnLineItemInput {
  dispositions: [ReverseFulfillmentOrderDisposeInput!]
  id: ID!
  quantity: Int!
}

input ReturnRefundOrderTransactionInput {
  parentId: ID!
  transactionAmount: MoneyInput!
}

input RefundMethodInput @oneOf {
  storeCreditRefund: StoreCreditRefundInput
}

input StoreCreditRefundInput {
  amount: MoneyInput!
  expiresAt: DateTime
}

input RefundShippingInput {
  fullRefund: Boolean = false
  shippingRefundAmount: MoneyInput
}

input RefundDutyInput {
  dutyId: ID!
  refundType: RefundDutyRefundType
}

enum RefundDutyRefundType {
  FULL PROPORTIONAL
}

input ReverseFulfillmentOrderDisposeInput {
  dispositionType: ReverseFulfillmentOrderDispositionType!
  locationId: ID
  quantity: Int!
  reverseFulfillmentOrderLineItemId: ID!
}

type ReturnCreatePayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnRequestPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnApproveRequestPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnDeclineRequestPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnProcessPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnClosePayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnCancelPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnReopenPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type RemoveFromReturnPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReverseFulfillmentOrderDisposePayload {
  reverseFulfillmentOrderLineItems: [ReverseFulfillmentOrderLineItem!]
  userErrors: [ReturnUserError!]!
}

type ReturnUserError implements DisplayableError {
  code: ReturnErrorCode
  field: [String!]
  message: String!
}

enum ReturnErrorCode {
  ALREADY_EXISTS BLANK CREATION_FAILED EQUAL_TO FEATURE_NOT_ENABLED GREATER_THAN GREATER_THAN_OR_EQUAL_TO INCLUSION
  INCOMPATIBLE_WITH_STANDARD_POLICY INTERNAL_ERROR INVALID INVALID_STATE LESS_THAN LESS_THAN_OR_EQUAL_TO
  MISSING_PERMISSION NOTIFICATION_FAILED NOT_A_NUMBER NOT_EDITABLE NOT_FOUND PRESENT TAKEN TOO_BIG TOO_LONG
  TOO_MANY_ARGUMENTS TOO_SHORT WRONG_LENGTH
}
`;
