/** What is ordered, shipped with it, taxed and taken off, by the names and nullability of API 2026-10. @since and @until are ours. Schema of the Admin API, read 2026-11-23. */
export const lineTypes = `
type LineItem implements Node {
  canRestock: Boolean! @deprecated
  currentQuantity: Int!
  customAttributes: [Attribute!]!
  discountAllocations: [DiscountAllocation!]!
  discountedTotal: Money! @deprecated
  discountedTotalSet(withCodeDiscounts: Boolean = false): MoneyBag!
  discountedUnitPrice: Money! @deprecated
  discountedUnitPriceAfterAllDiscountsSet: MoneyBag!
  discountedUnitPriceSet: MoneyBag!
  duties: [Duty!]!
  fulfillableQuantity: Int! @deprecated
  fulfillmentService: FulfillmentService @deprecated
  fulfillmentStatus: String! @deprecated
  id: ID!
  isGiftCard: Boolean!
  lineItemGroup: LineItemGroup
  merchantEditable: Boolean!
  name: String!
  nonFulfillableQuantity: Int!
  originalTotal: Money! @deprecated
  originalTotalSet: MoneyBag!
  originalUnitPrice: Money! @deprecated
  originalUnitPriceSet: MoneyBag!
  priceAfterAllDiscountsBeforeTaxesSet: MoneyBag! @since(version: "2026-07")
  product: Product
  quantity: Int!
  refundableQuantity: Int!
  requiresShipping: Boolean!
  restockable: Boolean!
  sku: String
  taxLines(first: Int): [TaxLine!]!
  taxable: Boolean!
  title: String!
  totalDiscount: Money! @deprecated
  totalDiscountSet: MoneyBag!
  unfulfilledDiscountedTotal: Money! @deprecated
  unfulfilledDiscountedTotalSet: MoneyBag!
  unfulfilledOriginalTotal: Money! @deprecated
  unfulfilledOriginalTotalSet: MoneyBag!
  unfulfilledQuantity: Int!
  variant: ProductVariant
  variantTitle: String
  vendor: String
  weight: Weight @since(version: "2026-07")
}

type LineItemGroup implements Node {
  customAttributes: [Attribute!]!
  id: ID!
  productId: ID
  quantity: Int!
  title: String!
  variantId: ID
  variantSku: String
}

type AdditionalFee implements Node {
  id: ID!
  name: String!
  price: MoneyBag!
  taxLines: [TaxLine!]!
}

type ShippingLine {
  carrierIdentifier: String
  code: String
  currentDiscountedPriceSet: MoneyBag!
  custom: Boolean!
  deliveryCategory: String
  discountAllocations: [DiscountAllocation!]!
  discountedPrice: MoneyV2! @deprecated
  discountedPriceSet: MoneyBag!
  id: ID
  isRemoved: Boolean!
  originalPrice: MoneyV2! @deprecated
  originalPriceSet: MoneyBag!
  phone: String
  price: Money! @deprecated
  shippingRateHandle: String
  source: String
  taxLines: [TaxLine!]!
  title: String!
}

type TaxLine {
  channelLiable: Boolean
  price: Money! @deprecated
  priceSet: MoneyBag!
  rate: Float
  ratePercentage: Float
  source: String
  title: String!
}

interface DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  value: PricingValue!
}

type DiscountCodeApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  code: String!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  value: PricingValue!
}

type AutomaticDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  title: String!
  value: PricingValue!
}

type ManualDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  description: String
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  title: String!
  value: PricingValue!
}

type ScriptDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  description: String! @deprecated
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  title: String!
  value: PricingValue!
}

type DiscountAllocation {
  allocatedAmount: MoneyV2! @deprecated
  allocatedAmountSet: MoneyBag!
  discountApplication: DiscountApplication!
}

union PricingValue = MoneyV2 | PricingPercentageValue

type PricingPercentageValue {
  percentage: Float!
}

enum DiscountApplicationAllocationMethod {
  ACROSS EACH ONE @deprecated
}

enum DiscountApplicationTargetSelection {
  ALL ENTITLED EXPLICIT
}

enum DiscountApplicationTargetType {
  LINE_ITEM SHIPPING_LINE
}
`;
