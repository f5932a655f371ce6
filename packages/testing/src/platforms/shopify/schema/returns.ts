/** Goods that come back: returns, reverse fulfillment orders and their reasons, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-26. */
export const returnTypes = `
extend type QueryRoot {
  return(id: ID!): Return
  returnReasonDefinitions(after: String, before: String, first: Int, handles: [String!], ids: [ID!], last: Int, query: String, reverse: Boolean = false, sortKey: ReturnReasonDefinitionSortKeys = ID): ReturnReasonDefinitionConnection!
  returnableFulfillment(id: ID!): ReturnableFulfillment
  returnableFulfillments(after: String, before: String, first: Int, last: Int, orderId: ID!, reverse: Boolean = false): ReturnableFulfillmentConnection!
  reverseFulfillmentOrder(id: ID!): ReverseFulfillmentOrder
}

extend type Order {
  returns(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false): ReturnConnection!
}

extend type LineItem {
  suggestedReturnReasonDefinitions(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnReasonDefinitionConnection
}

extend type Refund {
  return: Return
}

extend type Mutation {
  removeFromReturn(exchangeLineItems: [ExchangeLineItemRemoveFromReturnInput!], returnId: ID!, returnLineItems: [ReturnLineItemRemoveFromReturnInput!]): RemoveFromReturnPayload
  returnApproveRequest(input: ReturnApproveRequestInput!): ReturnApproveRequestPayload
  returnCancel(id: ID!, notifyCustomer: Boolean = false @deprecated): ReturnCancelPayload
  returnClose(id: ID!): ReturnClosePayload
  returnCreate(returnInput: ReturnInput!): ReturnCreatePayload
  returnDeclineRequest(input: ReturnDeclineRequestInput!): ReturnDeclineRequestPayload
  returnProcess(input: ReturnProcessInput!): ReturnProcessPayload
  returnReopen(id: ID!): ReturnReopenPayload
  returnRequest(input: ReturnRequestInput!): ReturnRequestPayload
  reverseFulfillmentOrderDispose(dispositionInputs: [ReverseFulfillmentOrderDisposeInput!]!): ReverseFulfillmentOrderDisposePayload
}

type Return implements Node {
  closedAt: DateTime
  createdAt: DateTime!
  decline: ReturnDecline
  id: ID!
  name: String!
  order: Order!
  refunds(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundConnection!
  requestApprovedAt: DateTime
  returnLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnLineItemTypeConnection!
  returnShippingFees: [ReturnShippingFee!]!
  reverseFulfillmentOrders(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReverseFulfillmentOrderConnection!
  status: ReturnStatus!
  totalQuantity: Int!
  transactions(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderTransactionConnection!
}

type ReturnConnection {
  edges: [ReturnEdge!]!
  nodes: [Return!]!
  pageInfo: PageInfo!
}

type ReturnEdge {
  cursor: String!
  node: Return!
}

interface ReturnLineItemType implements Node {
  customerNote: String
  id: ID!
  processableQuantity: Int!
  processedQuantity: Int!
  quantity: Int!
  refundableQuantity: Int!
  refundedQuantity: Int!
  returnReason: ReturnReason! @deprecated
  returnReasonDefinition: ReturnReasonDefinition
  returnReasonNote: String!
  unprocessedQuantity: Int!
}

type ReturnLineItem implements Node & ReturnLineItemType {
  customerNote: String
  fulfillmentLineItem: FulfillmentLineItem!
  id: ID!
  processableQuantity: Int!
  processedQuantity: Int!
  quantity: Int!
  refundableQuantity: Int!
  refundedQuantity: Int!
  restockingFee: RestockingFee
  returnReason: ReturnReason! @deprecated
  returnReasonDefinition: ReturnReasonDefinition
  returnReasonNote: String!
  totalWeight: Weight
  unprocessedQuantity: Int!
  withCodeDiscountedTotalPriceSet: MoneyBag!
}

type ReturnLineItemTypeConnection {
  edges: [ReturnLineItemTypeEdge!]!
  nodes: [ReturnLineItemType!]!
  pageInfo: PageInfo!
}

type ReturnLineItemTypeEdge {
  cursor: String!
  node: ReturnLineItemType!
}

type RestockingFee implements Fee {
  amountSet: MoneyBag!
  id: ID!
  percentage: Float!
}

type ReturnShippingFee implements Fee {
  amountSet: MoneyBag!
  id: ID!
}

interface Fee {
  id: ID!
}

enum ReturnStatus {
  CANCELED CLOSED DECLINED OPEN REQUESTED
}

type ReturnDecline {
  note: String
  reason: ReturnDeclineReason!
}

enum ReturnDeclineReason {
  FINAL_SALE OTHER RETURN_PERIOD_ENDED
}

enum ReturnReason {
  COLOR DEFECTIVE NOT_AS_DESCRIBED OTHER SIZE_TOO_LARGE SIZE_TOO_SMALL STYLE UNKNOWN UNWANTED WRONG_ITEM
}

type ReturnReasonDefinition implements Node {
  deleted: Boolean!
  handle: String!
  id: ID!
  name: String!
}

type ReturnReasonDefinitionConnection {
  edges: [ReturnReasonDefinitionEdge!]!
  nodes: [ReturnReasonDefinition!]!
  pageInfo: PageInfo!
}

type ReturnReasonDefinitionEdge {
  cursor: String!
  node: ReturnReasonDefinition!
}

enum ReturnReasonDefinitionSortKeys {
  HANDLE ID NAME
}

type ReturnableFulfillment implements Node {
  fulfillment: Fulfillment!
  id: ID!
  returnableFulfillmentLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnableFulfillmentLineItemConnection!
}

type ReturnableFulfillmentConnection {
  edges: [ReturnableFulfillmentEdge!]!
  nodes: [ReturnableFulfillment!]!
  pageInfo: PageInfo!
}

type ReturnableFulfillmentEdge {
  cursor: String!
  node: ReturnableFulfillment!
}

type ReturnableFulfillmentLineItem {
  fulfillmentLineItem: FulfillmentLineItem!
  quantity: Int!
}

type ReturnableFulfillmentLineItemConnection {
  edges: [ReturnableFulfillmentLineItemEdge!]!
  nodes: [ReturnableFulfillmentLineItem!]!
  pageInfo: PageInfo!
}

type ReturnableFulfillmentLineItemEdge {
  cursor: String!
  node: ReturnableFulfillmentLineItem!
}

type ReverseFulfillmentOrder implements Node {
  id: ID!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReverseFulfillmentOrderLineItemConnection!
  order: Order
  status: ReverseFulfillmentOrderStatus!
}

type ReverseFulfillmentOrderConnection {
  edges: [ReverseFulfillmentOrderEdge!]!
  nodes: [ReverseFulfillmentOrder!]!
  pageInfo: PageInfo!
}

type ReverseFulfillmentOrderEdge {
  cursor: String!
  node: ReverseFulfillmentOrder!
}

type ReverseFulfillmentOrderLineItem implements Node {
  dispositions: [ReverseFulfillmentOrderDisposition!]!
  fulfillmentLineItem: FulfillmentLineItem
  id: ID!
  totalQuantity: Int!
}

type ReverseFulfillmentOrderLineItemConnection {
  edges: [ReverseFulfillmentOrderLineItemEdge!]!
  nodes: [ReverseFulfillmentOrderLineItem!]!
  pageInfo: PageInfo!
}

type ReverseFulfillmentOrderLineItemEdge {
  cursor: String!
  node: ReverseFulfillmentOrderLineItem!
}

type ReverseFulfillmentOrderDisposition implements Node {
  createdAt: DateTime!
  id: ID!
  location: Location
  quantity: Int!
  type: ReverseFulfillmentOrderDispositionType!
}

enum ReverseFulfillmentOrderDispositionType {
  MISSING NOT_RESTOCKED PROCESSING_REQUIRED RESTOCKED
}

enum ReverseFulfillmentOrderStatus {
  CANCELED CLOSED OPEN
}

type RefundConnection {
  edges: [RefundEdge!]!
  nodes: [Refund!]!
  pageInfo: PageInfo!
}

type RefundEdge {
  cursor: String!
  node: Refund!
}

type UnverifiedReturnLineItem implements Node & ReturnLineItemType {
  customerNote: String
  id: ID!
  processableQuantity: Int!
  processedQuantity: Int!
  quantity: Int!
  refundableQuantity: Int!
  refundedQuantity: Int!
  returnReason: ReturnReason! @deprecated
  returnReasonDefinition: ReturnReasonDefinition
  returnReasonNote: String!
  unitPrice: MoneyV2!
  unprocessedQuantity: Int!
}
`;
