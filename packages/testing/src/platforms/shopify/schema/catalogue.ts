/** Products, stock and locations, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-23. */
export const catalogueTypes = `
type InventoryItem implements LegacyInteroperability & Node {
  countryCodeOfOrigin: CountryCode
  createdAt: DateTime!
  duplicateSkuCount: Int!
  harmonizedSystemCode: String
  id: ID!
  inventoryLevel(includeInactive: Boolean = false @since(version: "2026-04"), locationId: ID!): InventoryLevel
  inventoryLevels(after: String, before: String, first: Int, includeInactive: Boolean = false @since(version: "2026-04"), last: Int, query: String, reverse: Boolean = false): InventoryLevelConnection!
  legacyResourceId: UnsignedInt64!
  locationsCount: Count
  measurement: InventoryItemMeasurement!
  provinceCodeOfOrigin: String
  requiresShipping: Boolean!
  sku: String
  tracked: Boolean!
  unitCost: MoneyV2
  updatedAt: DateTime!
  variant: ProductVariant! @deprecated
  variants(after: String, before: String, first: Int, last: Int): ProductVariantConnection
}

type InventoryItemMeasurement implements Node {
  id: ID!
  weight: Weight
}

type InventoryLevel implements Node {
  canDeactivate: Boolean!
  createdAt: DateTime!
  deactivationAlert: String
  id: ID!
  isActive: Boolean! @since(version: "2026-04")
  item: InventoryItem!
  location: Location!
  quantities(names: [String!]!): [InventoryQuantity!]!
  updatedAt: DateTime!
}

type InventoryQuantity implements Node {
  id: ID!
  name: String!
  quantity: Int!
  updatedAt: DateTime
}

type InventoryAdjustmentGroup implements Node {
  app: App
  changes(inventoryItemIds: [ID!], locationIds: [ID!], quantityNames: [String!]): [InventoryChange!]!
  createdAt: DateTime!
  id: ID!
  reason: String!
  referenceDocumentUri: String
}

type InventoryChange {
  delta: Int!
  item: InventoryItem
  ledgerDocumentUri: String
  location: Location
  name: String!
  quantityAfterChange: Int
}

type Location implements LegacyInteroperability & Node {
  activatable: Boolean!
  address: LocationAddress!
  addressVerified: Boolean!
  createdAt: DateTime!
  deactivatable: Boolean!
  deactivatedAt: String
  deletable: Boolean!
  fulfillmentService: FulfillmentService
  fulfillsOnlineOrders: Boolean!
  hasActiveInventory: Boolean!
  hasUnfulfilledOrders: Boolean!
  id: ID!
  inventoryLevel(includeInactive: Boolean = false @since(version: "2026-04"), inventoryItemId: ID!): InventoryLevel
  inventoryLevels(after: String, before: String, first: Int, includeInactive: Boolean = false @since(version: "2026-04"), last: Int, query: String, reverse: Boolean = false): InventoryLevelConnection!
  isActive: Boolean!
  isFulfillmentService: Boolean!
  isPrimary: Boolean! @deprecated
  legacyResourceId: UnsignedInt64!
  name: String!
  shipsInventory: Boolean!
  updatedAt: DateTime!
}

type LocationAddress {
  address1: String
  address2: String
  city: String
  country: String
  countryCode: String
  formatted: [String!]!
  latitude: Float
  longitude: Float
  phone: String
  province: String
  provinceCode: String
  zip: String
}

enum LocationSortKeys {
  ID NAME RELEVANCE
}

type Weight {
  unit: WeightUnit!
  value: Float!
}

enum WeightUnit {
  GRAMS KILOGRAMS OUNCES POUNDS
}
`;
