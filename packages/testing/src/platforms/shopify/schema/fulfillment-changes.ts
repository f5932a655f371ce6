/** What fulfillment orders and services are changed with, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-26. */
export const fulfillmentChangeTypes = `
extend type QueryRoot {
  fulfillmentService(id: ID!): FulfillmentService
  manualHoldsFulfillmentOrders(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false): FulfillmentOrderConnection!
}

extend type Shop {
  fulfillmentServices: [FulfillmentService!]!
}

extend type FulfillmentOrder {
  fulfillmentOrdersForMerge(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderConnection!
  locationsForMove(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderLocationForMoveConnection!
}

extend type FulfillmentOrderLineItem {
  shippingLine: ShippingLine @since(version: "2026-07")
  warnings: [FulfillmentOrderLineItemWarning!]!
}

extend type Mutation {
  fulfillmentOrderAcceptCancellationRequest(id: ID!, message: String): FulfillmentOrderAcceptCancellationRequestPayload
  fulfillmentOrderAcceptFulfillmentRequest(estimatedShippedAt: DateTime, id: ID!, message: String): FulfillmentOrderAcceptFulfillmentRequestPayload
  fulfillmentOrderCancel(id: ID!): FulfillmentOrderCancelPayload
  fulfillmentOrderClose(id: ID!, message: String): FulfillmentOrderClosePayload
  fulfillmentOrderMerge(fulfillmentOrderMergeInputs: [FulfillmentOrderMergeInput!]!): FulfillmentOrderMergePayload
  fulfillmentOrderMove(fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!], id: ID!, newLocationId: ID!): FulfillmentOrderMovePayload
  fulfillmentOrderOpen(id: ID!): FulfillmentOrderOpenPayload
  fulfillmentOrderRejectCancellationRequest(id: ID!, message: String): FulfillmentOrderRejectCancellationRequestPayload
  fulfillmentOrderRejectFulfillmentRequest(id: ID!, lineItems: [IncomingRequestLineItemInput!], message: String, reason: FulfillmentOrderRejectionReason): FulfillmentOrderRejectFulfillmentRequestPayload
  fulfillmentOrderReportProgress(id: ID!, progressReport: FulfillmentOrderReportProgressInput): FulfillmentOrderReportProgressPayload @since(version: "2026-04")
  fulfillmentOrderReschedule(fulfillAt: DateTime!, id: ID!): FulfillmentOrderReschedulePayload
  fulfillmentOrderSplit(fulfillmentOrderSplits: [FulfillmentOrderSplitInput!]!): FulfillmentOrderSplitPayload
  fulfillmentOrderSubmitCancellationRequest(id: ID!, message: String): FulfillmentOrderSubmitCancellationRequestPayload
  fulfillmentOrderSubmitFulfillmentRequest(fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!], id: ID!, message: String, notifyCustomer: Boolean): FulfillmentOrderSubmitFulfillmentRequestPayload
  fulfillmentServiceCreate(callbackUrl: URL, fulfillmentOrdersOptIn: Boolean = true @deprecated, inventoryManagement: Boolean = false, name: String!, permitsSkuSharing: Boolean = true @deprecated @until(version: "2026-01"), requiresShippingMethod: Boolean = true, trackingSupport: Boolean = false): FulfillmentServiceCreatePayload
  fulfillmentServiceDelete(destinationLocationId: ID, id: ID!, inventoryAction: FulfillmentServiceDeleteInventoryAction = TRANSFER): FulfillmentServiceDeletePayload
  fulfillmentServiceUpdate(callbackUrl: URL, fulfillmentOrdersOptIn: Boolean @deprecated, id: ID!, inventoryManagement: Boolean, name: String, permitsSkuSharing: Boolean @deprecated @until(version: "2026-01"), requiresShippingMethod: Boolean = true, trackingSupport: Boolean): FulfillmentServiceUpdatePayload
}

type FulfillmentOrderAcceptCancellationRequestPayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]!
}

type FulfillmentOrderAcceptFulfillmentRequestPayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]!
}

type FulfillmentOrderCancelPayload {
  fulfillmentOrder: FulfillmentOrder
  replacementFulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]! @until(version: "2026-01")
  userErrors: [FulfillmentOrderCancelError!]! @since(version: "2026-04")
}

type FulfillmentOrderCancelError implements DisplayableError @since(version: "2026-04") {
  code: FulfillmentOrderCancelErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderCancelErrorCode @since(version: "2026-04") {
  FULFILLMENT_ORDER_HAS_MANUALLY_REPORTED_PROGRESS
}

type FulfillmentOrderClosePayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]!
}

type FulfillmentOrderMergePayload {
  fulfillmentOrderMerges: [FulfillmentOrderMergeResult!]
  userErrors: [FulfillmentOrderMergeUserError!]!
}

type FulfillmentOrderMergeResult {
  fulfillmentOrder: FulfillmentOrder!
}

input FulfillmentOrderMergeInput {
  mergeIntents: [FulfillmentOrderMergeInputMergeIntent!]!
}

input FulfillmentOrderMergeInputMergeIntent {
  fulfillmentOrderId: ID!
  fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!]
}

type FulfillmentOrderMergeUserError implements DisplayableError {
  code: FulfillmentOrderMergeUserErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderMergeUserErrorCode {
  FULFILLMENT_ORDER_NOT_FOUND GREATER_THAN INVALID_LINE_ITEM_QUANTITY
}

type FulfillmentOrderMovePayload {
  movedFulfillmentOrder: FulfillmentOrder
  originalFulfillmentOrder: FulfillmentOrder
  remainingFulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]! @until(version: "2026-01")
  userErrors: [FulfillmentOrderMoveFulfillmentOrderMoveUserError!]! @since(version: "2026-04")
}

type FulfillmentOrderMoveFulfillmentOrderMoveUserError implements DisplayableError @since(version: "2026-04") {
  code: FulfillmentOrderMoveFulfillmentOrderMoveUserErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderMoveFulfillmentOrderMoveUserErrorCode @since(version: "2026-04") {
  CANNOT_MOVE_FULFILLMENT_ORDER_WITH_REPORTED_PROGRESS
}

type FulfillmentOrderOpenPayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]!
}

type FulfillmentOrderRejectCancellationRequestPayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]!
}

type FulfillmentOrderRejectFulfillmentRequestPayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]!
}

enum FulfillmentOrderRejectionReason {
  INCORRECT_ADDRESS INCORRECT_PRODUCT_INFO INELIGIBLE_PRODUCT INTERNATIONAL_SHIPPING_UNAVAILABLE
  INVALID_CONTACT_INFORMATION INVALID_SKU INVENTORY_OUT_OF_STOCK MERCHANT_BLOCKED_OR_SUSPENDED MISSING_CUSTOMS_INFO
  ORDER_TOO_LARGE OTHER PACKAGE_PREFERENCE_NOT_SET PAYMENT_DECLINED UNDELIVERABLE_DESTINATION
}

input IncomingRequestLineItemInput {
  fulfillmentOrderLineItemId: ID!
  message: String
}

input FulfillmentOrderReportProgressInput @since(version: "2026-04") {
  reasonNotes: String
}

type FulfillmentOrderReportProgressPayload @since(version: "2026-04") {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [FulfillmentOrderReportProgressUserError!]!
}

type FulfillmentOrderReportProgressUserError implements DisplayableError @since(version: "2026-04") {
  code: FulfillmentOrderReportProgressUserErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderReportProgressUserErrorCode @since(version: "2026-04") {
  FULFILLMENT_ORDER_CONTAINS_PICKED_ITEMS FULFILLMENT_ORDER_INVALID_DELIVERY_METHOD
  FULFILLMENT_ORDER_INVALID_FULFILLMENT_SERVICE_OWNERSHIP FULFILLMENT_ORDER_NOT_FOUND
  FULFILLMENT_ORDER_STATUS_INVALID FULFILLMENT_ORDER_UNSUPPORTED_ACTION MARKETPLACE_APP_NOT_ELIGIBLE
}

type FulfillmentOrderReschedulePayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [FulfillmentOrderRescheduleUserError!]!
}

type FulfillmentOrderRescheduleUserError implements DisplayableError {
  code: FulfillmentOrderRescheduleUserErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderRescheduleUserErrorCode {
  FULFILLMENT_ORDER_NOT_FOUND
}

input FulfillmentOrderSplitInput {
  fulfillmentOrderId: ID!
  fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!]!
}

type FulfillmentOrderSplitPayload {
  fulfillmentOrderSplits: [FulfillmentOrderSplitResult!]
  userErrors: [FulfillmentOrderSplitUserError!]!
}

type FulfillmentOrderSplitResult {
  fulfillmentOrder: FulfillmentOrder!
  remainingFulfillmentOrder: FulfillmentOrder!
  replacementFulfillmentOrder: FulfillmentOrder
}

type FulfillmentOrderSplitUserError implements DisplayableError {
  code: FulfillmentOrderSplitUserErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderSplitUserErrorCode {
  FULFILLMENT_ORDER_NOT_FOUND GREATER_THAN INVALID_LINE_ITEM_QUANTITY NO_LINE_ITEMS_PROVIDED_TO_SPLIT
}

type FulfillmentOrderSubmitCancellationRequestPayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]!
}

type FulfillmentOrderSubmitFulfillmentRequestPayload {
  originalFulfillmentOrder: FulfillmentOrder
  submittedFulfillmentOrder: FulfillmentOrder
  unsubmittedFulfillmentOrder: FulfillmentOrder
  userErrors: [UserError!]!
}

type FulfillmentServiceCreatePayload {
  fulfillmentService: FulfillmentService
  userErrors: [UserError!]!
}

type FulfillmentServiceUpdatePayload {
  fulfillmentService: FulfillmentService
  userErrors: [UserError!]!
}

type FulfillmentServiceDeletePayload {
  deletedId: ID
  userErrors: [UserError!]!
}

enum FulfillmentServiceDeleteInventoryAction {
  DELETE KEEP TRANSFER
}

type FulfillmentOrderLocationForMove {
  availableLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderLineItemConnection!
  availableLineItemsCount: Count
  location: Location!
  message: String
  movable: Boolean!
  unavailableLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderLineItemConnection!
  unavailableLineItemsCount: Count
}

type FulfillmentOrderLocationForMoveConnection {
  edges: [FulfillmentOrderLocationForMoveEdge!]!
  nodes: [FulfillmentOrderLocationForMove!]!
  pageInfo: PageInfo!
}

type FulfillmentOrderLocationForMoveEdge {
  cursor: String!
  node: FulfillmentOrderLocationForMove!
}

type FulfillmentOrderLineItemWarning {
  description: String
  title: String
}

enum FulfillmentOrderAssignmentStatus {
  CANCELLATION_REQUESTED FULFILLMENT_ACCEPTED FULFILLMENT_REQUESTED FULFILLMENT_UNSUBMITTED
}
`;
