/** What mutations take, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-23. */
export const inputTypes = `
input FulfillmentInput {
  lineItemsByFulfillmentOrder: [FulfillmentOrderLineItemsInput!]!
  notifyCustomer: Boolean = false
  originAddress: FulfillmentOriginAddressInput
  trackingInfo: FulfillmentTrackingInput
}

input FulfillmentOrderLineItemsInput {
  fulfillmentOrderId: ID!
  fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!]
}

input FulfillmentOrderLineItemInput {
  id: ID!
  quantity: Int!
}

input FulfillmentTrackingInput {
  company: String
  number: String
  numbers: [String!]
  url: URL
  urls: [URL!]
}

input FulfillmentOriginAddressInput {
  address1: String
  address2: String
  city: String
  countryCode: String!
  provinceCode: String
  zip: String
}

input FulfillmentEventInput {
  address1: String
  city: String
  country: String
  estimatedDeliveryAt: DateTime
  fulfillmentId: ID!
  happenedAt: DateTime
  latitude: Float
  longitude: Float
  message: String
  province: String
  status: FulfillmentEventStatus!
  zip: String
}

input FulfillmentOrderHoldInput {
  externalId: String
  fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!] = []
  handle: String = ""
  notifyMerchant: Boolean = false
  reason: FulfillmentHoldReason!
  reasonNotes: String
}

input OrderCancelRefundMethodInput @oneOf {
  originalPaymentMethodsRefund: Boolean
  storeCreditRefund: OrderCancelStoreCreditRefundInput
}

input OrderCancelStoreCreditRefundInput {
  expiresAt: DateTime
}

input OrderCloseInput {
  id: ID!
}

input OrderOpenInput {
  id: ID!
}

input OrderInput {
  customAttributes: [AttributeInput!]
  email: String
  id: ID!
  note: String
  phone: String
  poNumber: String
  shippingAddress: MailingAddressInput
  tags: [String!]
}

input OrderMarkAsPaidInput {
  id: ID!
}

input AttributeInput {
  key: String!
  value: String!
}

input MailingAddressInput {
  address1: String
  address2: String
  city: String
  company: String
  country: String @deprecated
  countryCode: CountryCode
  firstName: String
  id: ID @deprecated
  lastName: String
  phone: String
  province: String @deprecated
  provinceCode: String
  zip: String
}

input OrderIdentifierInput @oneOf {
  id: ID
}

input RefundInput {
  allowOverRefunding: Boolean = false
  currency: CurrencyCode
  discrepancyReason: OrderAdjustmentInputDiscrepancyReason
  note: String
  notify: Boolean
  orderId: ID!
  processedAt: DateTime
  refundLineItems: [RefundLineItemInput!]
  shipping: ShippingRefundInput
  transactions: [OrderTransactionInput!]
}

input RefundLineItemInput {
  lineItemId: ID!
  locationId: ID
  quantity: Int!
  restockType: RefundLineItemRestockType
}

input ShippingRefundInput {
  amount: Money
  fullRefund: Boolean
}

input OrderTransactionInput {
  amount: Money!
  gateway: String!
  kind: OrderTransactionKind!
  orderId: ID!
  parentId: ID
}

enum OrderAdjustmentInputDiscrepancyReason {
  CUSTOMER DAMAGE OTHER RESTOCK
}

input InventorySetQuantitiesInput {
  name: String!
  quantities: [InventoryQuantityInput!]!
  reason: String!
  referenceDocumentUri: String
  ignoreCompareQuantity: Boolean = false @deprecated @until(version: "2026-01")
}

input InventoryQuantityInput {
  changeFromQuantity: Int
  inventoryItemId: ID!
  locationId: ID!
  quantity: Int!
  compareQuantity: Int @deprecated @until(version: "2026-01")
}

input InventoryAdjustQuantitiesInput {
  changes: [InventoryChangeInput!]!
  name: String!
  reason: String!
  referenceDocumentUri: String
}

input InventoryChangeInput {
  changeFromQuantity: Int
  delta: Int!
  inventoryItemId: ID!
  ledgerDocumentUri: String
  locationId: ID!
}

input WebhookSubscriptionInput {
  callbackUrl: URL @deprecated
  filter: String
  format: WebhookSubscriptionFormat
  includeFields: [String!]
  metafieldNamespaces: [String!]
  name: String @since(version: "2026-04")
  uri: String
}
`;
