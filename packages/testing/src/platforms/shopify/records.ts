import type { Minor } from './money.ts';
import type { MerchantRequestRecord } from './service-records.ts';

export * from './catalogue-records.ts';
export * from './return-records.ts';
export * from './service-records.ts';

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

export type TaxRecord = {
  readonly title: string;
  readonly rate: string;
  readonly amount: Minor;
  /** Whether the channel it was sold on pays the tax to the state, not the merchant. */
  readonly channelLiable?: boolean | undefined;
};

/** What is charged besides goods and carriage, and customs duty on a line. */
export type FeeRecord = {
  readonly id: bigint;
  readonly name: string;
  readonly price: Minor;
  readonly taxLines: readonly TaxRecord[];
};
export type DutyRecord = Omit<FeeRecord, 'name'> & {
  readonly countryCode?: string | undefined;
  readonly harmonizedSystemCode?: string | undefined;
};

export type DiscountRecord = {
  readonly kind: 'code' | 'automatic' | 'manual' | 'script';
  /** The code, or the title of the other kinds. */
  readonly name: string;
  readonly level: 'line' | 'order' | 'shipping';
  readonly percentage?: number | undefined;
  readonly amount: Minor;
  /** Only manual discounts and scripts have one. */
  readonly description?: string | undefined;
  /** Whether an order's discount is for some of its lines only. */
  readonly entitled?: boolean | undefined;
};

export type AllocationRecord = { readonly discount: number; readonly amount: Minor };

export type LineRecord = {
  readonly id: bigint;
  readonly variantId: bigint | undefined;
  readonly sku: string | undefined;
  readonly title: string;
  readonly variantTitle: string | undefined;
  readonly vendor: string | undefined;
  /** With units that were refunded or removed; an edit can make it more. */
  quantity: number;
  readonly unitPrice: Minor;
  readonly requiresShipping: boolean;
  readonly taxable: boolean;
  readonly giftCard: boolean;
  /** A tip is a line, and no part of the subtotal. */
  readonly tip?: boolean | undefined;
  readonly grams: number;
  readonly customAttributes: readonly Note[];
  readonly allocations: readonly AllocationRecord[];
  taxLines: readonly TaxRecord[];
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
  readonly kind: 'AUTHORIZATION' | 'CAPTURE' | 'SALE' | 'REFUND' | 'VOID' | 'CHANGE';
  status: 'SUCCESS' | 'PENDING' | 'FAILURE' | 'ERROR' | 'AWAITING_RESPONSE' | 'UNKNOWN';
  readonly gateway: string;
  readonly amount: Minor;
  /** In the buyer's currency, in which the money really moves; undefined where that is the shop's. */
  readonly presented?: Minor | undefined;
  readonly at: number;
  readonly parentId: bigint | undefined;
  readonly errorCode?: string | undefined;
  /** Whether an authorization can be captured more than once. */
  readonly multiCapturable?: boolean | undefined;
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
  readonly adjustmentReason?: string | undefined;
  readonly duties: readonly { readonly dutyId: bigint; readonly amount: Minor }[];
  /** The same in the buyer's currency; undefined where that is the shop's. */
  readonly presented?:
    | { readonly shipping: Minor; readonly shippingTax: Minor; readonly adjustment: Minor }
    | undefined;
  readonly returnId?: bigint | undefined;
  readonly transactionIds: readonly bigint[];
};

export type CustomerRecord = {
  readonly id: bigint;
  email: string | undefined;
  phone: string | undefined;
  firstName: string | undefined;
  lastName: string | undefined;
  note: string | undefined;
  locale: string;
  tags: readonly string[];
  taxExempt: boolean;
  /** The first one is the default. */
  addresses: readonly { readonly id: bigint; readonly address: Address }[];
  readonly createdAt: number;
  updatedAt: number;
};

/** Why an order was canceled, in the words of the Admin API. */
export type CancelReason = 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF';

/** What is thought of an order's risk of fraud. */
export type RiskRecord = {
  readonly recommendation: 'ACCEPT' | 'CANCEL' | 'INVESTIGATE' | 'NONE';
  readonly assessments: readonly {
    readonly level: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE' | 'PENDING';
    /** The app that assessed it; the shop itself when left out. */
    readonly provider?: string | undefined;
    readonly facts?:
      | readonly { readonly description: string; readonly sentiment: 'NEGATIVE' | 'NEUTRAL' | 'POSITIVE' }[]
      | undefined;
  }[];
};

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
  readonly dutiesIncluded: boolean;
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
  readonly discounts: DiscountRecord[];
  readonly lines: LineRecord[];
  readonly shippingLines: readonly ShippingRecord[];
  readonly fees: readonly FeeRecord[];
  readonly transactions: TransactionRecord[];
  readonly refunds: RefundRecord[];
  /** Its total when it was placed, before any edit, in both currencies. */
  original: { readonly total: Minor; readonly presented: Minor };
  risk: RiskRecord;
  /** Words that only a newer version of the platform knows. */
  statusWords: { financial?: string | undefined; fulfillment?: string | undefined };
  authorizationExpired: boolean;
};

type FulfillmentOrderStatus = 'OPEN' | 'IN_PROGRESS' | 'SCHEDULED' | 'ON_HOLD' | 'INCOMPLETE' | 'CLOSED' | 'CANCELLED';

export type FulfillmentRequestStatus =
  | 'ACCEPTED'
  | 'CANCELLATION_ACCEPTED'
  | 'CANCELLATION_REJECTED'
  | 'CANCELLATION_REQUESTED'
  | 'CLOSED'
  | 'REJECTED'
  | 'SUBMITTED'
  | 'UNSUBMITTED';

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
  /** The app that holds it; undefined for a person in the admin. `own` is the app whose token asks. */
  readonly app: 'own' | (string & {}) | undefined;
  readonly externalId: string | undefined;
};

export type FulfillmentOrderRecord = {
  readonly id: bigint;
  readonly orderId: bigint;
  locationId: bigint;
  status: FulfillmentOrderStatus;
  requestStatus: FulfillmentRequestStatus;
  fulfillAt: number;
  fulfillBy: number | undefined;
  /** Whether somebody reported by hand that work on it has begun. */
  progress: boolean;
  readonly requests: MerchantRequestRecord[];
  /** Words that only a newer version of the platform knows. */
  words: { readonly status?: string | undefined; readonly requestStatus?: string | undefined };
  /** Why a service cannot ship a line, by the line's id. */
  warnings: Readonly<Record<string, string>>;
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
  /** A word that only a newer version of the platform knows. */
  displayWord: string | undefined;
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
