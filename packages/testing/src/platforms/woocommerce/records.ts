import type { Json } from '@crossdock/core';
import type { Micro } from './decimal.ts';

/** A custom field. Scalars are kept as text, lists and objects as they are. */
export interface Meta {
  readonly id: number;
  readonly key: string;
  value: Json;
}

/** A category, a tag, or one value of an attribute. */
export interface WooTerm {
  readonly id: number;
  /** `category`, `tag`, or the slug of an attribute: `pa_size`. */
  readonly kind: string;
  /** As WordPress keeps it: "&" is "&amp;". */
  name: string;
  slug: string;
  description: string;
  /** Of a category: the one above it, 0 for none. */
  parent: number;
  menuOrder: number;
}

/** An attribute of the shop, of which many products have values. */
export interface WooAttribute {
  readonly id: number;
  name: string;
  /** With the `pa_` before it. */
  readonly slug: string;
  orderBy: string;
}

/** A picture that the shop has downloaded. */
export interface WooImage {
  readonly id: number;
  readonly src: string;
  readonly name: string;
  readonly alt: string;
  readonly createdAt: number;
}

export interface Attribute {
  /** The attribute of the shop that it is, 0 for one of the product alone. */
  readonly id: number;
  readonly name: string;
  readonly visible: boolean;
  readonly variation: boolean;
  readonly options: readonly string[];
}

/** A product or a variation: WordPress keeps both as posts. */
export interface WooProduct {
  readonly id: number;
  readonly parentId: number;
  type: string;
  status: string;
  name: string;
  slug: string;
  sku: string;
  gtin: string;
  description: string;
  shortDescription: string;
  /** Text as the shop keeps it; empty means no price. */
  regularPrice: string;
  salePrice: string;
  /** When the sale price begins and ends to hold, where it has a time. */
  saleFrom: number | undefined;
  saleUntil: number | undefined;
  taxStatus: string;
  taxClass: string;
  manageStock: boolean;
  stock: number | null;
  stockStatus: string;
  backorders: string;
  lowStockAmount: number | null;
  totalSales: number;
  virtual: boolean;
  downloadable: boolean;
  weight: string;
  dimensions: { readonly length: string; readonly width: string; readonly height: string };
  menuOrder: number;
  attributes: readonly Attribute[];
  /** Of a variation: which option of which attribute it is. */
  chosen: readonly { readonly id: number; readonly name: string; readonly option: string }[];
  categoryIds: readonly number[];
  tagIds: readonly number[];
  images: readonly WooImage[];
  featured: boolean;
  catalogVisibility: string;
  meta: Meta[];
  readonly createdAt: number;
  modifiedAt: number;
}

/** An address as the checkout keeps it; every field is there and may be empty. */
export interface WooAddress {
  first_name: string;
  last_name: string;
  company: string;
  address_1: string;
  address_2: string;
  city: string;
  state: string;
  postcode: string;
  country: string;
  email?: string;
  phone: string;
}

export interface LineTax {
  readonly rateId: number;
  readonly total: Micro;
  /** Lines of products have it, shipping and fees do not. */
  readonly subtotal: Micro | undefined;
}

/** What all items of an order have. */
export interface OrderItem {
  readonly id: number;
  taxes: readonly LineTax[];
  totalTax: Micro;
  meta: Meta[];
}

export interface OrderLine extends OrderItem {
  name: string;
  productId: number;
  variationId: number;
  /** What a line is called by that no product of the shop stands behind. */
  readonly looseSku: string | undefined;
  quantity: number;
  taxClass: string;
  subtotal: Micro;
  total: Micro;
  subtotalTax: Micro;
}

export interface ShippingLine extends OrderItem {
  methodId: string;
  title: string;
  total: Micro;
}

export interface FeeLine extends OrderItem {
  name: string;
  taxClass: string;
  taxStatus: string;
  total: Micro;
}

export interface CouponLine {
  readonly id: number;
  readonly code: string;
  readonly couponId: number;
  readonly discountType: string;
  readonly nominal: Micro;
  discount: Micro;
  discountTax: Micro;
  readonly meta: Meta[];
}

export interface TaxLine {
  readonly id: number;
  readonly rateId: number;
  taxTotal: Micro;
  shippingTaxTotal: Micro;
}

/** A refund. Its amount is positive, its lines are negative. */
export interface WooRefund {
  readonly id: number;
  readonly orderId: number;
  readonly amount: Micro;
  readonly reason: string;
  readonly createdAt: number;
  readonly lines: readonly OrderLine[];
  readonly taxLines: readonly TaxLine[];
  readonly shippingLines: readonly ShippingLine[];
  readonly feeLines: readonly FeeLine[];
  /** Whether the gateway paid it back, and it is not only booked. */
  readonly isPaidBack: boolean;
  /** Whether nobody said how much: the amount is shown as nothing. */
  readonly isBlank: boolean;
  readonly meta: readonly Meta[];
}

/** A note on an order, for the team or for the buyer. */
export interface WooNote {
  readonly id: number;
  readonly author: string;
  readonly note: string;
  readonly customerNote: boolean;
  readonly createdAt: number;
}

/** A shipment as the core fulfillments feature keeps it. */
export interface WooFulfillment {
  readonly id: number;
  readonly orderId: number;
  status: string;
  isFulfilled: boolean;
  updatedAt: number;
  meta: Meta[];
}

/** A tracking number as the Shipment Tracking extension keeps it. */
export interface WooTracking {
  readonly id: string;
  readonly provider: string;
  readonly link: string;
  readonly number: string;
  readonly shippedOn: string;
}

/** An order with everything that belongs to it. Amounts are millionths, moments milliseconds since 1970. */
export interface WooOrder {
  readonly id: number;
  readonly number: string;
  parentId: number;
  status: string;
  currency: string;
  readonly pricesIncludeTax: boolean;
  readonly createdAt: number;
  modifiedAt: number;
  completedAt: number | undefined;
  paidAt: number | undefined;
  customerId: number;
  readonly key: string;
  billing: WooAddress;
  shipping: WooAddress;
  paymentMethod: string;
  paymentMethodTitle: string;
  transactionId: string;
  customerNote: string;
  createdVia: string;
  meta: Meta[];
  lines: OrderLine[];
  shippingLines: ShippingLine[];
  feeLines: FeeLine[];
  couponLines: CouponLine[];
  taxLines: TaxLine[];
  refunds: WooRefund[];
  notes: WooNote[];
  fulfillments: WooFulfillment[];
  trackings: WooTracking[];
  /** The flag on the order that its stock was taken. */
  stockReduced: boolean;
  /** Whether its lines count as sold. */
  salesCounted: boolean;
  trashedFrom: string | undefined;
  discountTotal: Micro;
  discountTax: Micro;
  shippingTotal: Micro;
  shippingTax: Micro;
  cartTax: Micro;
  total: Micro;
}

export interface WooTaxRate {
  readonly id: number;
  readonly country: string;
  readonly state: string;
  readonly rate: string;
  readonly name: string;
  readonly priority: number;
  readonly compound: boolean;
  readonly shipping: boolean;
  readonly taxClass: string;
}

export interface WooCoupon {
  readonly id: number;
  readonly code: string;
  readonly type: string;
  readonly amount: Micro;
  readonly createdAt: number;
}

/** An account, of a customer or of the owner. */
export interface WooCustomer {
  readonly id: number;
  readonly role: string;
  readonly username: string;
  email: string;
  firstName: string;
  lastName: string;
  billing: WooAddress;
  shipping: WooAddress;
  meta: Meta[];
  readonly createdAt: number;
  modifiedAt: number | undefined;
}

/** A webhook, with the failures in a row so far. */
export interface WooWebhook {
  readonly id: number;
  name: string;
  status: string;
  topic: string;
  url: string;
  secret: string;
  readonly createdAt: number;
  modifiedAt: number | undefined;
  failures: number;
}
