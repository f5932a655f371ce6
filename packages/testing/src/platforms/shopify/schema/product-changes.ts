/** How products and variants are changed, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-26. */
export const productChangeTypes = `
input ProductSetInput {
  category: ID
  collections: [ID!]
  descriptionHtml: String
  files: [FileSetInput!]
  giftCard: Boolean
  handle: String
  id: ID @deprecated
  metafields: [MetafieldInput!]
  productOptions: [OptionSetInput!]
  productType: String
  seo: SEOInput
  status: ProductStatus
  tags: [String!]
  templateSuffix: String
  title: String
  variants: [ProductVariantSetInput!]
  vendor: String
}

input ProductVariantSetInput {
  barcode: String
  compareAtPrice: Money
  id: ID
  inventoryItem: InventoryItemInput
  inventoryPolicy: ProductVariantInventoryPolicy
  inventoryQuantities: [ProductSetInventoryInput!]
  metafields: [MetafieldInput!]
  optionValues: [VariantOptionValueInput!]!
  position: Int
  price: Money
  sku: String
  taxable: Boolean
}

input OptionSetInput {
  id: ID
  name: String
  position: Int
  values: [OptionValueSetInput!]
}

input OptionValueSetInput {
  id: ID
  name: String
}

input VariantOptionValueInput {
  id: ID
  name: String
  optionId: ID
  optionName: String
}

input ProductSetIdentifiers @oneOf {
  customId: UniqueMetafieldValueInput
  handle: String
  id: ID
}

input ProductSetInventoryInput {
  locationId: ID!
  name: String!
  quantity: Int!
}

input FileSetInput {
  alt: String
  contentType: FileContentType
  filename: String
  id: ID
  originalSource: String
}

enum FileContentType {
  EXTERNAL_VIDEO FILE IMAGE MODEL_3D VIDEO
}

input SEOInput {
  description: String
  title: String
}

type ProductSetPayload {
  product: Product
  productSetOperation: ProductSetOperation
  userErrors: [ProductSetUserError!]!
}

type ProductSetUserError implements DisplayableError {
  code: ProductSetUserErrorCode
  field: [String!]
  message: String!
}

enum ProductSetUserErrorCode {
  CANNOT_COMBINE_LINKED_AND_NONLINKED_OPTION_VALUES CAPABILITY_VIOLATION DUPLICATED_METAFIELD_VALUE
  DUPLICATED_OPTION_NAME DUPLICATED_OPTION_VALUE DUPLICATED_VALUE DUPLICATE_LINKED_OPTION GENERIC_ERROR
  GIFT_CARDS_NOT_ACTIVATED GIFT_CARD_ATTRIBUTE_CANNOT_BE_CHANGED HANDLE_NOT_UNIQUE ID_NOT_ALLOWED INPUT_MISMATCH
  INVALID_INPUT INVALID_METAFIELD INVALID_METAFIELD_VALUE_FOR_LINKED_OPTION INVALID_PRODUCT INVALID_VARIANT
  INVENTORY_QUANTITIES_LIMIT_EXCEEDED JOB_ERROR LINKED_METAFIELD_DEFINITION_NOT_FOUND
  LINKED_OPTIONS_NOT_SUPPORTED_FOR_SHOP METAFIELD_MISMATCH MISSING_FIELD_REQUIRED NOT_FOUND OPTIONS_OVER_LIMIT
  OPTION_DOES_NOT_EXIST OPTION_VALUES_MISSING OPTION_VALUES_OVER_LIMIT OPTION_VALUE_DOES_NOT_EXIST
  PRODUCT_DOES_NOT_EXIST PRODUCT_OPTIONS_INPUT_MISSING PRODUCT_SUSPENDED PRODUCT_VARIANT_DOES_NOT_EXIST
  VARIANTS_INPUT_MISSING VARIANTS_OVER_LIMIT
}

input InventoryItemInput {
  cost: Decimal
  countryCodeOfOrigin: CountryCode
  harmonizedSystemCode: String
  measurement: InventoryItemMeasurementInput
  provinceCodeOfOrigin: String
  requiresShipping: Boolean
  sku: String
  tracked: Boolean
}

input InventoryItemMeasurementInput {
  weight: WeightInput
}

input WeightInput {
  unit: WeightUnit!
  value: Float!
}

input InventoryLevelInput {
  availableQuantity: Int!
  locationId: ID!
}

input InventoryAdjustmentInput {
  adjustment: Int
  changeFromQuantity: Int
  locationId: ID!
}

input ProductVariantsBulkInput {
  barcode: String
  compareAtPrice: Money
  id: ID
  inventoryItem: InventoryItemInput
  inventoryPolicy: ProductVariantInventoryPolicy
  inventoryQuantities: [InventoryLevelInput!]
  metafields: [MetafieldInput!]
  optionValues: [VariantOptionValueInput!]
  price: Money
  quantityAdjustments: [InventoryAdjustmentInput!]
  taxable: Boolean
}

type ProductVariantsBulkUpdatePayload {
  product: Product
  productVariants: [ProductVariant!]
  userErrors: [ProductVariantsBulkUpdateUserError!]!
}

type ProductVariantsBulkUpdateUserError implements DisplayableError {
  code: ProductVariantsBulkUpdateUserErrorCode
  field: [String!]
  message: String!
}

enum ProductVariantsBulkUpdateUserErrorCode {
  BLANK CANNOT_SET_NAME_FOR_LINKED_OPTION_VALUE CANNOT_SPECIFY_BOTH GREATER_THAN_OR_EQUAL_TO INVALID_INPUT
  INVALID_VALUE INVENTORY_QUANTITIES_LIMIT_EXCEEDED
  LOCAL_CURRENCY_GIFT_CARD_PRICE_MUST_BE_ZERO @since(version: "2026-07") MUST_BE_FOR_THIS_PRODUCT
  MUST_SPECIFY_ONE_OF_PAIR NEED_TO_ADD_OPTION_VALUES NEGATIVE_PRICE_VALUE NOT_DEFINED_FOR_SHOP
  NO_INVENTORY_QUANTITES_DURING_UPDATE NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE OPTION_DOES_NOT_EXIST
  OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS OPTION_VALUE_DOES_NOT_EXIST OPTION_VALUE_NAME_TOO_LONG
  PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED PRODUCT_VARIANT_DOES_NOT_EXIST PRODUCT_VARIANT_ID_MISSING
  SUBSCRIPTION_VIOLATION TOO_LONG TOO_SHORT UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION VARIANT_ALREADY_EXISTS
}

type ProductVariantsBulkCreatePayload {
  product: Product
  productVariants: [ProductVariant!]
  userErrors: [ProductVariantsBulkCreateUserError!]!
}

type ProductVariantsBulkCreateUserError implements DisplayableError {
  code: ProductVariantsBulkCreateUserErrorCode
  field: [String!]
  message: String!
}

enum ProductVariantsBulkCreateUserErrorCode {
  CANNOT_SET_NAME_FOR_LINKED_OPTION_VALUE GREATER_THAN_OR_EQUAL_TO INVALID INVALID_INPUT
  INVENTORY_QUANTITIES_LIMIT_EXCEEDED LOCAL_CURRENCY_GIFT_CARD_PRICE_MUST_BE_ZERO @since(version: "2026-07")
  MUST_BE_FOR_THIS_PRODUCT NEED_TO_ADD_OPTION_VALUES NEGATIVE_PRICE_VALUE NOT_DEFINED_FOR_SHOP NO_KEY_ON_CREATE
  OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS PRODUCT_DOES_NOT_EXIST PRODUCT_SUSPENDED SUBSCRIPTION_VIOLATION
  TOO_MANY_INVENTORY_LOCATIONS TRACKED_VARIANT_LOCATION_NOT_FOUND UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION
  VARIANT_ALREADY_EXISTS VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE
}

enum ProductVariantsBulkCreateStrategy {
  DEFAULT PRESERVE_STANDALONE_VARIANT REMOVE_STANDALONE_VARIANT
}

type ProductVariantsBulkDeletePayload {
  product: Product
  userErrors: [ProductVariantsBulkDeleteUserError!]!
}

type ProductVariantsBulkDeleteUserError implements DisplayableError {
  code: ProductVariantsBulkDeleteUserErrorCode
  field: [String!]
  message: String!
}

enum ProductVariantsBulkDeleteUserErrorCode {
  AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT CANNOT_DELETE_LAST_VARIANT PRODUCT_DOES_NOT_EXIST
  PRODUCT_SUSPENDED UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION
}

input ProductCreateInput {
  category: ID
  collectionsToJoin: [ID!]
  descriptionHtml: String
  giftCard: Boolean
  handle: String
  metafields: [MetafieldInput!]
  productOptions: [OptionCreateInput!]
  productType: String
  seo: SEOInput
  status: ProductStatus
  tags: [String!]
  templateSuffix: String
  title: String
  vendor: String
}

input OptionCreateInput {
  name: String
  position: Int
  values: [OptionValueCreateInput!]
}

input OptionValueCreateInput {
  name: String
}

input ProductUpdateInput {
  category: ID
  collectionsToJoin: [ID!]
  collectionsToLeave: [ID!]
  descriptionHtml: String
  handle: String
  id: ID
  metafields: [MetafieldInput!]
  productType: String
  seo: SEOInput
  status: ProductStatus
  tags: [String!]
  templateSuffix: String
  title: String
  vendor: String
}

input ProductUpdateIdentifiers @oneOf @since(version: "2026-04") {
  customId: UniqueMetafieldValueInput @since(version: "2026-04")
  handle: String @since(version: "2026-04")
  id: ID @since(version: "2026-04")
}

type ProductCreatePayload {
  product: Product
  shop: Shop!
  userErrors: [UserError!]!
}

type ProductUpdatePayload {
  product: Product
  userErrors: [UserError!]!
}

input ProductDeleteInput {
  id: ID!
}

type ProductDeletePayload {
  deletedProductId: ID
  shop: Shop!
  userErrors: [UserError!]!
}

type ProductChangeStatusPayload {
  product: Product
  userErrors: [ProductChangeStatusUserError!]!
}

type ProductChangeStatusUserError implements DisplayableError {
  code: ProductChangeStatusUserErrorCode
  field: [String!]
  message: String!
}

enum ProductChangeStatusUserErrorCode {
  COMBINED_LISTINGS_NOT_COMPATIBLE_WITH_SHOP PRODUCT_NOT_FOUND
}

extend type Mutation {
  productChangeStatus(productId: ID!, status: ProductStatus!): ProductChangeStatusPayload @deprecated
  productCreate(product: ProductCreateInput): ProductCreatePayload
  productDelete(input: ProductDeleteInput!): ProductDeletePayload
  productSet(identifier: ProductSetIdentifiers, input: ProductSetInput!, synchronous: Boolean = true): ProductSetPayload
  productUpdate(identifier: ProductUpdateIdentifiers @since(version: "2026-04"), product: ProductUpdateInput): ProductUpdatePayload
  productVariantsBulkCreate(productId: ID!, strategy: ProductVariantsBulkCreateStrategy = DEFAULT, variants: [ProductVariantsBulkInput!]!): ProductVariantsBulkCreatePayload
  productVariantsBulkDelete(productId: ID!, variantsIds: [ID!]!): ProductVariantsBulkDeletePayload
  productVariantsBulkUpdate(allowPartialUpdates: Boolean = false, productId: ID!, variants: [ProductVariantsBulkInput!]!): ProductVariantsBulkUpdatePayload
}
`;
