/** Who buys, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-26. */
export const customerTypes = `
type Customer implements HasMetafields & LegacyInteroperability & Node {
  addressesV2(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): MailingAddressConnection!
  amountSpent: MoneyV2!
  createdAt: DateTime!
  defaultAddress: MailingAddress
  defaultEmailAddress: CustomerEmailAddress
  defaultPhoneNumber: CustomerPhoneNumber
  displayName: String!
  email: String @deprecated
  firstName: String
  id: ID!
  lastName: String
  lastOrder: Order
  legacyResourceId: UnsignedInt64!
  locale: String!
  metafield(key: String!, namespace: String): Metafield
  metafields(after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String, reverse: Boolean = false): MetafieldConnection!
  note: String
  numberOfOrders: UnsignedInt64!
  orders(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: OrderSortKeys = ID): OrderConnection!
  phone: String @deprecated
  state: CustomerState!
  tags: [String!]!
  taxExempt: Boolean!
  updatedAt: DateTime!
  verifiedEmail: Boolean!
}

type CustomerEmailAddress {
  emailAddress: String!
  marketingState: CustomerEmailAddressMarketingState!
  validFormat: Boolean!
}

enum CustomerEmailAddressMarketingState {
  INVALID NOT_SUBSCRIBED PENDING SUBSCRIBED UNSUBSCRIBED
}

type CustomerPhoneNumber {
  phoneNumber: String!
}

enum CustomerState {
  DECLINED DISABLED ENABLED INVITED
}

enum CustomerSortKeys {
  CREATED_AT ID LOCATION NAME RELEVANCE UPDATED_AT
}

input CustomerIdentifierInput @oneOf {
  customId: UniqueMetafieldValueInput
  emailAddress: String
  id: ID
  phoneNumber: String
}

input CustomerInput {
  addresses: [MailingAddressInput!] @deprecated
  email: String
  firstName: String
  id: ID
  lastName: String
  locale: String
  metafields: [MetafieldInput!]
  note: String
  phone: String
  tags: [String!]
  taxExempt: Boolean
}

input CustomerSetInput {
  addresses: [MailingAddressInput!]
  email: String
  firstName: String
  id: ID @deprecated
  lastName: String
  locale: String
  note: String
  phone: String
  tags: [String!]
  taxExempt: Boolean
}

input CustomerSetIdentifiers @oneOf {
  customId: UniqueMetafieldValueInput
  email: String
  id: ID
  phone: String
}

type CustomerSetPayload {
  customer: Customer
  userErrors: [CustomerSetUserError!]!
}

type CustomerSetUserError implements DisplayableError {
  code: CustomerSetUserErrorCode
  field: [String!]
  message: String!
}

enum CustomerSetUserErrorCode {
  BLANK ID_NOT_ALLOWED INCLUSION INPUT_MISMATCH INVALID METAFIELD_MISMATCH MISSING_FIELD_REQUIRED NOT_FOUND
  PRESENT TAKEN TOO_LONG TOO_SHORT
}

type CustomerCreatePayload {
  customer: Customer
  userErrors: [UserError!]!
}

type CustomerUpdatePayload {
  customer: Customer
  userErrors: [UserError!]!
}

type CustomerDeletePayload {
  deletedCustomerId: ID
  shop: Shop!
  userErrors: [UserError!]!
}

input CustomerDeleteInput {
  id: ID!
}

type CustomerConnection {
  edges: [CustomerEdge!]!
  nodes: [Customer!]!
  pageInfo: PageInfo!
}

type CustomerEdge {
  cursor: String!
  node: Customer!
}

type MailingAddressConnection {
  edges: [MailingAddressEdge!]!
  nodes: [MailingAddress!]!
  pageInfo: PageInfo!
}

type MailingAddressEdge {
  cursor: String!
  node: MailingAddress!
}

extend type QueryRoot {
  customerByIdentifier(identifier: CustomerIdentifierInput!): Customer
  customers(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: CustomerSortKeys = ID): CustomerConnection!
  customersCount(limit: Int = 10000, query: String): Count
}

extend type Mutation {
  customerCreate(input: CustomerInput!): CustomerCreatePayload
  customerDelete(input: CustomerDeleteInput!): CustomerDeletePayload
  customerSet(identifier: CustomerSetIdentifiers, input: CustomerSetInput!): CustomerSetPayload
  customerUpdate(input: CustomerInput!): CustomerUpdatePayload
}
`;
