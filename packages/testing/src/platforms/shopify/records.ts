import type { Minor } from './money.ts';

/** A key and a value that somebody wrote on an order or a line. */
export type Note = { readonly key: string; readonly value: string };

/** A postal address as the shop keeps it. */
export type Address = {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly company?: string | undefined;
  readonly address1?: string | undefined;
  readonly address2?: string | undefined;
  readonly city?: string | undefined;
  readonly province?: string | undefined;
  readonly provinceCode?: string | undefined;
  readonly zip?: string | undefined;
  readonly country?: string | undefined;
  readonly countryCode?: string | undefined;
  readonly phone?: string | undefined;
};

export type TaxRecord = { readonly title: string; readonly rate: string; readonly amount: Minor };

/** What is charged besides goods and carriage, and customs duty on a line. */
export type FeeRecord = {
  readonly id: bigint;
  readonly name: string;
  readonly price: Minor;
  readonly taxLines: readonly TaxRecord[];
};
export type DutyRecord = Omit<FeeRecord, 'name'>;

export type DiscountRecord = {
  readonly kind: 'code' | 'automatic' | 'manual' | 'script';
  /** The code, or the title of the other kinds. */
  readonly name: string;
  readonly level: 'line' | 'order' | 'shipping';
  readonly percentage?: number | undefined;
  readonly amount: Minor;
};

export type AllocationRecord = { readonly discount: number; readonly amount: Minor };

export type LineRecord = {
  readonly id: bigint;
  readonly variantId: bigint | undefined;
  readonly sku: string | undefined;
  readonly title: string;
  readonly variantTitle: string | undefined;
  readonly vendor: string | undefined;
  readonly quantity: number;
  readonly unitPrice: Minor;
  readonly requiresShipping: boolean;
  readonly taxable: boolean;
  readonly giftCard: boolean;
  readonly grams: number;
  readonly customAttributes: readonly Note[];
  readonly allocations: readonly AllocationRecord[];
  readonly taxLines: readonly TaxRecord[];
  readonly duties: readonly DutyRecord[];
  /** Taken off the order by an edit or a cancellation. */
  removed: number;
  refunded: number;
  fulfilled: number;
};

export type ShippingRecord = {
  readonly id: bigint;
  readonly title: string;
  readonly code: string | undefined;
  readonly price: Minor;
  readonly allocations: readonly AllocationRecord[];
  readonly taxLines: readonly TaxRecord[];
};

export type TransactionRecord = {
  readonly id: bigint;
  readonly kind: 'AUTHORIZATION' | 'CAPTURE' | 'SALE' | 'REFUND' | 'VOID';
  readonly status: 'SUCCESS' | 'PENDING' | 'FAILURE';
  readonly gateway: string;
  readonly amount: Minor;
  readonly at: number;
  readonly parentId: bigint | undefined;
};

export type RefundLineRecord = {
  readonly id: bigint;
  readonly lineId: bigint;
  readonly quantity: number;
  readonly restockType: 'RETURN' | 'CANCEL' | 'NO_RESTOCK';
  readonly locationId: bigint | undefined;
  readonly subtotal: Minor;
  readonly tax: Minor;
};

export type RefundRecord = {
  readonly id: bigint;
  readonly note: string | undefined;
  readonly at: number;
  readonly lines: readonly RefundLineRecord[];
  readonly shipping: Minor;
  readonly shippingTax: Minor;
  readonly adjustment: Minor;
  readonly transactionIds: readonly bigint[];
};

export type CustomerRecord = {
  readonly id: bigint;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly createdAt: number;
  updatedAt: number;
};

/** Why an order was canceled, in the words of the Admin API. */
export type CancelReason = 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF';

export type OrderRecord = {
  readonly id: bigint;
  readonly number: number;
  readonly name: string;
  readonly createdAt: number;
  readonly processedAt: number;
  updatedAt: number;
  cancelledAt: number | undefined;
  cancelReason: CancelReason | undefined;
  staffNote: string | undefined;
  closedAt: number | undefined;
  edited: boolean;
  readonly test: boolean;
  readonly currency: string;
  readonly presentment: { readonly currency: string; readonly rate: string } | undefined;
  readonly taxesIncluded: boolean;
  email: string | undefined;
  phone: string | undefined;
  readonly customerId: bigint | undefined;
  shippingAddress: Address | undefined;
  readonly billingAddress: Address | undefined;
  note: string | undefined;
  poNumber: string | undefined;
  tags: readonly string[];
  customAttributes: readonly Note[];
  readonly sourceName: string;
  readonly sourceIdentifier: string | undefined;
  readonly gateway: string;
  readonly discounts: readonly DiscountRecord[];
  readonly lines: LineRecord[];
  readonly shippingLines: readonly ShippingRecord[];
  readonly fees: readonly FeeRecord[];
  readonly transactions: TransactionRecord[];
  readonly refunds: RefundRecord[];
  /** Words that only a newer version of the platform knows. */
  statusWords: { financial?: string | undefined; fulfillment?: string | undefined };
  authorizationExpired: boolean;
};

type FulfillmentOrderStatus = 'OPEN' | 'IN_PROGRESS' | 'SCHEDULED' | 'ON_HOLD' | 'INCOMPLETE' | 'CLOSED' | 'CANCELLED';

export type FulfillmentOrderLineRecord = {
  readonly id: bigint;
  readonly lineId: bigint;
  total: number;
  remaining: number;
};

export type HoldRecord = {
  readonly id: bigint;
  readonly handle: string;
  readonly reason: string;
  readonly notes: string | undefined;
};

export type FulfillmentOrderRecord = {
  readonly id: bigint;
  readonly orderId: bigint;
  readonly locationId: bigint;
  status: FulfillmentOrderStatus;
  requestStatus: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly lines: FulfillmentOrderLineRecord[];
  readonly holds: HoldRecord[];
};

export type TrackingRecord = {
  readonly company: string | undefined;
  readonly number: string | undefined;
  readonly url: string | undefined;
};

export type FulfillmentEventRecord = {
  readonly id: bigint;
  readonly status: string;
  readonly happenedAt: number;
  readonly createdAt: number;
  readonly message: string | undefined;
  readonly city: string | undefined;
  readonly country: string | undefined;
  readonly province: string | undefined;
  readonly zip: string | undefined;
  readonly address1: string | undefined;
  readonly estimatedDeliveryAt: number | undefined;
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
};

export type FulfillmentRecord = {
  readonly id: bigint;
  readonly orderId: bigint;
  readonly locationId: bigint;
  readonly name: string;
  status: 'SUCCESS' | 'CANCELLED';
  tracking: readonly TrackingRecord[];
  notifiedCustomer: boolean;
  readonly createdAt: number;
  updatedAt: number;
  readonly lines: readonly {
    readonly id: bigint;
    readonly lineId: bigint;
    readonly fulfillmentOrderId: bigint;
    readonly fulfillmentOrderLineId: bigint;
    readonly quantity: number;
  }[];
  readonly events: FulfillmentEventRecord[];
};

export type LocationRecord = {
  readonly id: bigint;
  readonly name: string;
  readonly address: Address;
  active: boolean;
  readonly createdAt: number;
  updatedAt: number;
};

export type ProductRecord = {
  readonly id: bigint;
  readonly title: string;
  readonly handle: string;
  readonly vendor: string;
  status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED';
  readonly tags: readonly string[];
  readonly createdAt: number;
  updatedAt: number;
};

/** What the shop does when none is left: turns buyers away, or goes on selling. */
export type InventoryPolicy = 'DENY' | 'CONTINUE';

export type VariantRecord = {
  readonly id: bigint;
  readonly productId: bigint;
  readonly itemId: bigint;
  readonly title: string;
  sku: string | undefined;
  barcode: string | undefined;
  price: Minor;
  compareAtPrice: Minor | undefined;
  cost: Minor | undefined;
  taxable: boolean;
  readonly position: number;
  /** Whether its stock is counted. What is not counted is never sold out. */
  tracked: boolean;
  /** Whether it is still sold when none is left. */
  inventoryPolicy: InventoryPolicy;
  requiresShipping: boolean;
  readonly grams: number;
  readonly createdAt: number;
  updatedAt: number;
};

/** The names of what a level counts. */
export const quantityNames = [
  'available',
  'on_hand',
  'committed',
  'incoming',
  'reserved',
  'damaged',
  'safety_stock',
  'quality_control',
] as const;
/** One of `quantityNames`. */
export type QuantityName = (typeof quantityNames)[number];

export type LevelRecord = {
  readonly id: bigint;
  readonly itemId: bigint;
  readonly locationId: bigint;
  readonly quantities: Record<QuantityName, number>;
  readonly createdAt: number;
  updatedAt: number;
};

export type SubscriptionRecord = {
  readonly id: bigint;
  /** `ORDERS_CREATE`, as the API writes it. */
  readonly topic: string;
  uri: string;
  name: string | undefined;
  includeFields: readonly string[];
  filter: string | undefined;
  /** Those made through the API are removed when a delivery has failed for good; those of the app are not. */
  readonly by: 'api' | 'app';
  readonly createdAt: number;
  updatedAt: number;
};

export type JobRecord = { readonly id: string; readonly orderId: bigint; done: boolean };
