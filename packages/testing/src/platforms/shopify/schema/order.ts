/** Orders, their buyers and addresses, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-23. */
export const orderTypes = `
type Order implements LegacyInteroperability & Node {
  additionalFees: [AdditionalFee!]!
  app: OrderApp
  billingAddress: MailingAddress
  billingAddressMatchesShippingAddress: Boolean!
  canMarkAsPaid: Boolean!
  canNotifyCustomer: Boolean!
  cancelReason: OrderCancelReason
  cancellation: OrderCancellation
  cancelledAt: DateTime
  capturable: Boolean!
  cartDiscountAmount: Money @deprecated
  cartDiscountAmountSet: MoneyBag
  cartToken: String @since(version: "2026-07")
  checkoutToken: String @since(version: "2026-07")
  clientIp: String
  closed: Boolean!
  closedAt: DateTime
  confirmationNumber: String
  confirmed: Boolean!
  createdAt: DateTime!
  currencyCode: CurrencyCode!
  currentCartDiscountAmountSet: MoneyBag!
  currentShippingPriceSet: MoneyBag!
  currentSubtotalLineItemsQuantity: Int!
  currentSubtotalPriceSet: MoneyBag!
  currentTaxLines: [TaxLine!]!
  currentTotalAdditionalFeesSet: MoneyBag
  currentTotalDiscountsSet: MoneyBag!
  currentTotalDutiesSet: MoneyBag
  currentTotalPriceSet: MoneyBag!
  currentTotalTaxSet: MoneyBag!
  currentTotalWeight: UnsignedInt64!
  customAttributes: [Attribute!]!
  customer: Customer
  customerAcceptsMarketing: Boolean!
  customerLocale: String
  discountApplications(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): DiscountApplicationConnection!
  discountCode: String
  discountCodes: [String!]!
  displayAddress: MailingAddress
  displayFinancialStatus: OrderDisplayFinancialStatus
  displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
  dutiesIncluded: Boolean!
  edited: Boolean!
  email: String
  estimatedTaxes: Boolean!
  fulfillable: Boolean!
  fulfillmentOrders(after: String, before: String, displayable: Boolean = false, first: Int, last: Int, query: String, reverse: Boolean = false): FulfillmentOrderConnection!
  fulfillments(first: Int, query: String): [Fulfillment!]!
  fulfillmentsCount: Count
  fullyPaid: Boolean!
  hasTimelineComment: Boolean!
  id: ID!
  legacyResourceId: UnsignedInt64!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): LineItemConnection!
  merchantEditable: Boolean!
  merchantEditableErrors: [String!]!
  name: String!
  netPayment: Money! @deprecated
  netPaymentSet: MoneyBag!
  nonFulfillableLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): LineItemConnection!
  note: String
  number: Int!
  originalTotalAdditionalFeesSet: MoneyBag
  originalTotalDutiesSet: MoneyBag
  originalTotalPriceSet: MoneyBag!
  paymentGatewayNames: [String!]!
  phone: String
  physicalLocation: Location @deprecated
  poNumber: String
  presentmentCurrencyCode: CurrencyCode!
  processedAt: DateTime!
  refundDiscrepancySet: MoneyBag!
  refundable: Boolean!
  refunds(first: Int): [Refund!]!
  registeredSourceUrl: URL
  requiresShipping: Boolean!
  restockable: Boolean!
  retailLocation: Location
  returnStatus: OrderReturnStatus!
  risk: OrderRiskSummary!
  shippingAddress: MailingAddress
  shippingLine: ShippingLine
  shippingLines(after: String, before: String, first: Int, includeRemovals: Boolean = false, last: Int, reverse: Boolean = false): ShippingLineConnection!
  sourceIdentifier: String
  sourceName: String
  statusPageUrl: URL!
  subtotalLineItemsQuantity: Int!
  subtotalPrice: Money @deprecated
  subtotalPriceSet: MoneyBag
  suggestedRefund(refundDuties: [RefundDutyInput!], refundLineItems: [RefundLineItemInput!], refundMethodAllocation: RefundMethodAllocation = ORIGINAL_PAYMENT_METHODS, refundShipping: Boolean, shippingAmount: Money, suggestFullRefund: Boolean = false): SuggestedRefund
  tags: [String!]!
  taxExempt: Boolean!
  taxLines: [TaxLine!]!
  taxesIncluded: Boolean!
  test: Boolean!
  totalCapturable: Money! @deprecated
  totalCapturableSet: MoneyBag!
  totalDiscounts: Money @deprecated
  totalDiscountsSet: MoneyBag
  totalOutstandingSet: MoneyBag!
  totalPrice: Money! @deprecated
  totalPriceSet: MoneyBag!
  totalReceived: Money! @deprecated
  totalReceivedSet: MoneyBag!
  totalRefunded: Money! @deprecated
  totalRefundedSet: MoneyBag!
  totalRefundedShippingSet: MoneyBag!
  totalShippingPrice: Money! @deprecated
  totalShippingPriceSet: MoneyBag!
  totalTax: Money @deprecated
  totalTaxSet: MoneyBag
  totalTipReceived: MoneyV2! @deprecated
  totalTipReceivedSet: MoneyBag!
  totalWeight: UnsignedInt64
  transactions(capturable: Boolean, first: Int, manuallyResolvable: Boolean): [OrderTransaction!]!
  transactionsCount: Count
  unpaid: Boolean!
  updatedAt: DateTime!
}

type OrderCancellation {
  staffNote: String
}

type OrderRiskSummary {
  assessments: [OrderRiskAssessment!]!
  recommendation: OrderRiskRecommendationResult!
}

type OrderRiskAssessment {
  facts: [RiskFact!]!
  provider: App
  riskLevel: RiskAssessmentResult!
}

type RiskFact {
  description: String!
  sentiment: RiskFactSentiment!
}

enum RiskFactSentiment {
  NEGATIVE NEUTRAL POSITIVE
}

enum RiskAssessmentResult {
  HIGH LOW MEDIUM NONE PENDING
}

enum OrderRiskRecommendationResult {
  ACCEPT CANCEL INVESTIGATE NONE
}

enum OrderDisplayFinancialStatus {
  AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED
}

enum OrderDisplayFulfillmentStatus {
  FULFILLED FULFILLMENT_NOT_REQUIRED @since(version: "2026-10") IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED
  PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED UNFULFILLED
}

enum OrderReturnStatus {
  INSPECTION_COMPLETE IN_PROGRESS NO_RETURN RETURNED RETURN_FAILED RETURN_REQUESTED
}

enum OrderCancelReason {
  CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF
}

enum OrderSortKeys {
  CREATED_AT CURRENT_TOTAL_PRICE CUSTOMER_NAME DESTINATION FINANCIAL_STATUS FULFILLMENT_STATUS ID ORDER_NUMBER
  PO_NUMBER PROCESSED_AT RELEVANCE TOTAL_ITEMS_QUANTITY TOTAL_PRICE UPDATED_AT
}

type OrderApp {
  id: ID!
  name: String!
}

type MailingAddress implements Node {
  address1: String
  address2: String
  city: String
  company: String
  coordinatesValidated: Boolean!
  country: String
  countryCode: String @deprecated
  countryCodeV2: CountryCode
  firstName: String
  formatted(withCompany: Boolean = true, withName: Boolean = false): [String!]!
  formattedArea: String
  id: ID!
  lastName: String
  latitude: Float
  longitude: Float
  name: String
  phone: String
  province: String
  provinceCode: String
  timeZone: String
  zip: String
}

type Attribute {
  key: String!
  value: String
}
`;
