/** What the shop sells, and what it is grouped by, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-26. */
export const productTypes = `
type Product implements LegacyInteroperability & Node {
  category: TaxonomyCategory
  collections(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: CollectionSortKeys = ID): CollectionConnection!
  createdAt: DateTime!
  description(truncateAt: Int): String!
  descriptionHtml: HTML!
  handle: String!
  hasOnlyDefaultVariant: Boolean!
  hasOutOfStockVariants: Boolean!
  hasVariantsThatRequiresComponents: Boolean!
  id: ID!
  isGiftCard: Boolean!
  legacyResourceId: UnsignedInt64!
  media(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): MediaConnection!
  mediaCount: Count
  metafield(key: String!, namespace: String): Metafield
  metafields(after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String, reverse: Boolean = false): MetafieldConnection!
  options(first: Int): [ProductOption!]!
  productType: String!
  publishedAt: DateTime
  seo: SEO!
  status: ProductStatus!
  tags: [String!]!
  templateSuffix: String
  title: String!
  totalInventory: Int!
  tracksInventory: Boolean!
  updatedAt: DateTime!
  variants(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: ProductVariantSortKeys = POSITION): ProductVariantConnection!
  variantsCount: Count
  vendor: String!
}

enum ProductStatus {
  ACTIVE ARCHIVED DRAFT UNLISTED
}

enum ProductSortKeys {
  CREATED_AT ID INVENTORY_TOTAL PRODUCT_TYPE PUBLISHED_AT RELEVANCE TITLE UPDATED_AT VENDOR
}

type ProductOption implements Node {
  id: ID!
  name: String!
  optionValues: [ProductOptionValue!]!
  position: Int!
  values: [String!]!
}

type ProductOptionValue implements Node {
  hasVariants: Boolean!
  id: ID!
  name: String!
}

type SelectedOption {
  name: String!
  optionValue: ProductOptionValue!
  value: String!
}

type ProductVariant implements LegacyInteroperability & Node {
  availableForSale: Boolean!
  barcode: String
  compareAtPrice: Money
  createdAt: DateTime!
  displayName: String!
  id: ID!
  inventoryItem: InventoryItem!
  inventoryPolicy: ProductVariantInventoryPolicy!
  inventoryQuantity: Int
  legacyResourceId: UnsignedInt64!
  metafield(key: String!, namespace: String): Metafield
  metafields(after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String, reverse: Boolean = false): MetafieldConnection!
  position: Int!
  price: Money!
  product: Product!
  requiresComponents: Boolean!
  selectedOptions: [SelectedOption!]!
  sellableOnlineQuantity: Int!
  sku: String
  taxable: Boolean!
  title: String!
  updatedAt: DateTime!
}

enum ProductVariantSortKeys {
  FULL_TITLE ID INVENTORY_LEVELS_AVAILABLE INVENTORY_MANAGEMENT INVENTORY_POLICY INVENTORY_QUANTITY NAME POPULAR
  POSITION RELEVANCE SKU TITLE
}

enum ProductVariantInventoryPolicy {
  CONTINUE DENY
}

type TaxonomyCategory implements Node {
  fullName: String!
  id: ID!
  isLeaf: Boolean!
  isRoot: Boolean!
  level: Int!
  name: String!
}

type SEO {
  description: String
  title: String
}

type Collection implements Node {
  descriptionHtml: HTML!
  handle: String!
  hasProduct(id: ID!): Boolean!
  id: ID!
  legacyResourceId: UnsignedInt64!
  metafield(key: String!, namespace: String): Metafield
  metafields(after: String, before: String, first: Int, keys: [String!], last: Int, namespace: String, reverse: Boolean = false): MetafieldConnection!
  products(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ProductConnection!
  productsCount: Count
  title: String!
  updatedAt: DateTime!
}

enum CollectionSortKeys {
  ID RELEVANCE TITLE UPDATED_AT
}

interface Media {
  alt: String
  id: ID!
  mediaContentType: MediaContentType!
  status: MediaStatus!
}

type MediaImage implements Media & Node {
  alt: String
  createdAt: DateTime!
  fileStatus: FileStatus!
  id: ID!
  image: Image
  mediaContentType: MediaContentType!
  mimeType: String
  status: MediaStatus!
  updatedAt: DateTime!
}

type Image {
  altText: String
  height: Int
  id: ID
  url: URL!
  width: Int
}

enum MediaContentType {
  EXTERNAL_VIDEO IMAGE MODEL_3D VIDEO
}

enum MediaStatus {
  FAILED PROCESSING READY UPLOADED
}

enum FileStatus {
  FAILED PROCESSING READY UPLOADED
}

input ProductIdentifierInput @oneOf {
  customId: UniqueMetafieldValueInput
  handle: String
  id: ID
}

input ProductVariantIdentifierInput @oneOf {
  customId: UniqueMetafieldValueInput
  id: ID
}

input UniqueMetafieldValueInput {
  key: String!
  namespace: String
  value: String!
}

interface ProductOperation {
  product: Product
  status: ProductOperationStatus!
}

enum ProductOperationStatus {
  ACTIVE COMPLETE CREATED
}

type ProductSetOperation implements Node & ProductOperation {
  id: ID!
  product: Product
  status: ProductOperationStatus!
  userErrors: [ProductSetUserError!]!
}

type CollectionConnection {
  edges: [CollectionEdge!]!
  nodes: [Collection!]!
  pageInfo: PageInfo!
}

type CollectionEdge {
  cursor: String!
  node: Collection!
}

type MediaConnection {
  edges: [MediaEdge!]!
  nodes: [Media!]!
  pageInfo: PageInfo!
}

type MediaEdge {
  cursor: String!
  node: Media!
}

extend type QueryRoot {
  collection(id: ID!): Collection
  collections(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: CollectionSortKeys = ID): CollectionConnection!
  productByIdentifier(identifier: ProductIdentifierInput!): Product
  productOperation(id: ID!): ProductOperation
  productVariantByIdentifier(identifier: ProductVariantIdentifierInput!): ProductVariant
}
`;
