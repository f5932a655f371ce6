/** Money, transactions and refunds, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-23. */
export const paymentTypes = `
type OrderTransaction implements Node {
  accountNumber: String
  amount: Money! @deprecated
  amountSet: MoneyBag!
  amountV2: MoneyV2! @deprecated
  authorizationCode: String @deprecated
  authorizationExpiresAt: DateTime
  createdAt: DateTime!
  errorCode: OrderTransactionErrorCode
  formattedGateway: String
  gateway: String
  id: ID!
  kind: OrderTransactionKind!
  manualPaymentGateway: Boolean!
  manuallyCapturable: Boolean!
  maximumRefundableV2: MoneyV2
  multiCapturable: Boolean!
  order: Order
  parentTransaction: OrderTransaction
  paymentId: String
  processedAt: DateTime
  settlementCurrency: CurrencyCode
  settlementCurrencyRate: Decimal
  status: OrderTransactionStatus!
  test: Boolean!
  totalUnsettledSet: MoneyBag
}

enum OrderTransactionKind {
  AUTHORIZATION CAPTURE CHANGE EMV_AUTHORIZATION REFUND SALE SUGGESTED_REFUND VOID
}

enum OrderTransactionStatus {
  AWAITING_RESPONSE ERROR FAILURE PENDING SUCCESS UNKNOWN
}

enum OrderTransactionErrorCode {
  AMAZON_PAYMENTS_INVALID_PAYMENT_METHOD AMAZON_PAYMENTS_MAX_AMOUNT_CHARGED AMAZON_PAYMENTS_MAX_AMOUNT_REFUNDED
  AMAZON_PAYMENTS_MAX_AUTHORIZATIONS_CAPTURED AMAZON_PAYMENTS_MAX_REFUNDS_PROCESSED
  AMAZON_PAYMENTS_ORDER_REFERENCE_CANCELED AMAZON_PAYMENTS_STALE AMOUNT_TOO_LARGE @since(version: "2026-04")
  AMOUNT_TOO_SMALL @since(version: "2026-04") AUTHENTICATION_FAILED @since(version: "2026-04")
  AUTHENTICATION_REQUIRED @since(version: "2026-04") AUTHORIZATION_EXPIRED @since(version: "2026-04")
  CALL_ISSUER CANCELLED_PAYMENT @since(version: "2026-04") CARD_DECLINED CARD_TESTING @since(version: "2026-04")
  CONFIG_ERROR DO_NOT_HONOR @since(version: "2026-04") EXPIRED_CARD FRAUD_SUSPECTED @since(version: "2026-04")
  GENERIC_ERROR INCORRECT_ADDRESS INCORRECT_CVC INCORRECT_NUMBER INCORRECT_PIN INCORRECT_ZIP
  INSTRUMENT_DECLINED @since(version: "2026-04") INSUFFICIENT_FUNDS @since(version: "2026-04") INVALID_AMOUNT
  INVALID_COUNTRY INVALID_CURRENCY @since(version: "2026-04") INVALID_CVC INVALID_EXPIRY_DATE INVALID_NUMBER
  INVALID_PAYMENT_METHOD @since(version: "2026-04") INVALID_PURCHASE_TYPE @since(version: "2026-04")
  MERCHANT_ACCOUNT_ERROR @since(version: "2026-04") MERCHANT_RULE @since(version: "2026-04")
  PAYMENT_METHOD_UNAVAILABLE PAYMENT_METHOD_UNSUPPORTED @since(version: "2026-04")
  PAYMENT_PROVIDER_ERROR @since(version: "2026-04") PICK_UP_CARD PROCESSING_ERROR
  RETRY_DECLINED @since(version: "2026-04") TEST_MODE_LIVE_CARD
  TRANSACTION_LIMIT_EXCEEDED @since(version: "2026-04") UNSUPPORTED_FEATURE
}

type Refund implements LegacyInteroperability & Node {
  createdAt: DateTime
  duties: [RefundDuty!]
  id: ID!
  legacyResourceId: UnsignedInt64!
  note: String
  order: Order!
  orderAdjustments(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderAdjustmentConnection!
  processedAt: DateTime!
  refundLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundLineItemConnection!
  refundShippingLines(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundShippingLineConnection!
  totalRefunded: MoneyV2! @deprecated
  totalRefundedSet: MoneyBag!
  transactions(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderTransactionConnection!
  updatedAt: DateTime!
}

type RefundLineItem {
  id: ID
  lineItem: LineItem!
  location: Location
  price: Money! @deprecated
  priceSet: MoneyBag!
  quantity: Int!
  restockType: RefundLineItemRestockType!
  restocked: Boolean!
  subtotal: Money! @deprecated
  subtotalSet: MoneyBag!
  totalTax: Money! @deprecated
  totalTaxSet: MoneyBag!
}

enum RefundLineItemRestockType {
  CANCEL LEGACY_RESTOCK NO_RESTOCK RETURN
}

type RefundShippingLine implements Node {
  id: ID!
  shippingLine: ShippingLine!
  subtotalAmountSet: MoneyBag!
  taxAmountSet: MoneyBag!
}

type OrderAdjustment implements Node {
  amountSet: MoneyBag!
  id: ID!
  reason: OrderAdjustmentDiscrepancyReason
  taxAmountSet: MoneyBag!
}

enum OrderAdjustmentDiscrepancyReason {
  CUSTOMER DAMAGE FULL_RETURN_BALANCING_ADJUSTMENT PENDING_REFUND_DISCREPANCY REFUND_DISCREPANCY RESTOCK
}

type SuggestedRefund {
  amount: Money! @deprecated
  amountSet: MoneyBag!
  discountedSubtotalSet: MoneyBag!
  maximumRefundable: Money! @deprecated
  maximumRefundableSet: MoneyBag!
  refundLineItems: [RefundLineItem!]!
  shipping: ShippingRefund!
  subtotal: Money! @deprecated
  subtotalSet: MoneyBag!
  suggestedTransactions: [SuggestedOrderTransaction!]!
  totalCartDiscountAmountSet: MoneyBag!
  totalDutiesSet: MoneyBag!
  totalTaxSet: MoneyBag!
  totalTaxes: Money! @deprecated
}

type SuggestedOrderTransaction {
  accountNumber: String
  amount: Money! @deprecated
  amountSet: MoneyBag!
  formattedGateway: String
  gateway: String
  kind: SuggestedOrderTransactionKind!
  maximumRefundable: Money @deprecated
  maximumRefundableSet: MoneyBag
  parentTransaction: OrderTransaction
}

enum SuggestedOrderTransactionKind {
  SUGGESTED_REFUND
}

type ShippingRefund {
  amount: Money! @deprecated
  amountSet: MoneyBag!
  maximumRefundable: Money! @deprecated
  maximumRefundableSet: MoneyBag!
  tax: Money! @deprecated
  taxSet: MoneyBag!
}

type RefundDuty {
  amountSet: MoneyBag!
  originalDuty: Duty
}

type Duty implements Node {
  countryCodeOfOrigin: CountryCode
  harmonizedSystemCode: String
  id: ID!
  price: MoneyBag!
  taxLines: [TaxLine!]!
}

type MoneyBag {
  presentmentMoney: MoneyV2!
  shopMoney: MoneyV2!
}

type MoneyV2 {
  amount: Decimal!
  currencyCode: CurrencyCode!
}
`;
