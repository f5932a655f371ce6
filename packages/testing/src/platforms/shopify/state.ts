import type { ShopPlan } from './bucket.ts';
import type { OrderEdit } from './life/edit.ts';
import type { OrderInput } from './life/order-input.ts';
import type { Address, CancelReason } from './records.ts';
import type { AppState } from './state-app.ts';
import type { BulkState } from './state-bulk.ts';
import type { CatalogueState } from './state-catalogue.ts';
import type { ShopFulfillment, ShopFulfillmentOrder } from './state-fulfillment.ts';
import type { HandlingState } from './state-handling.ts';
import type { CustomerState } from './state-customers.ts';

/** An order as the shop has it. */
export interface ShopOrder {
  /** The global id. */
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly cancelledAt: string | undefined;
  readonly closedAt: string | undefined;
  readonly cancelReason: CancelReason | undefined;
  readonly financialStatus: string;
  readonly fulfillmentStatus: string;
  readonly returnStatus: string;
  readonly poNumber: string | undefined;
  readonly customAttributes: readonly { readonly key: string; readonly value: string }[];
  readonly edited: boolean;
  readonly email: string | undefined;
  readonly note: string | undefined;
  readonly tags: readonly string[];
  readonly currency: string;
  /** As placed, in the shop's currency. */
  readonly total: string;
  readonly lines: readonly {
    readonly id: string;
    readonly sku: string | undefined;
    readonly title: string;
    readonly quantity: number;
    /** What is still ordered: neither refunded nor removed. */
    readonly currentQuantity: number;
    readonly fulfilled: number;
  }[];
}

/** Who is told what. */
export interface ShopSubscription {
  readonly id: string;
  /** `orders/create` is `ORDERS_CREATE` here, as in the API. */
  readonly topic: string;
  readonly uri: string;
  readonly name: string | undefined;
  readonly filter: string | undefined;
  readonly includeFields: readonly string[];
  /** Those made through the API are removed when a delivery has failed for good; those of the app are not. */
  readonly by: 'api' | 'app';
}

/** What people ship by hand. Default everything that remains. */
export interface HandShipment {
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[] | undefined;
  readonly tracking?: { readonly company?: string | undefined; readonly number?: string | undefined } | undefined;
  readonly notifyCustomer?: boolean | undefined;
}

/** The shop from the inside: what its owner, its buyers and time do to it, and what can be seen there. */
export interface ShopifyState extends CatalogueState, CustomerState, BulkState, AppState, HandlingState {
  /** Opens a location and answers its id. */
  addLocation(location: { readonly name: string } & Address): string;
  /** Lets a buyer order. Tells orders/create and, when it is paid, orders/paid; answers the order. */
  placeOrder(order: OrderInput): ShopOrder;
  editOrder(orderId: string, change: OrderEdit): ShopOrder;
  /** Changes nothing but the moment of the last change, as many a background job does. Tells orders/updated. */
  touchOrder(orderId: string): ShopOrder;
  /**
   * Lets the search find the order only once what this gives is called, as an index does that lags behind. By its id it is
   * there.
   */
  unlistOrder(orderId: string): () => void;
  payOrder(orderId: string, amount?: string): ShopOrder;
  /** Lets an authorization run out. */
  expireAuthorization(orderId: string): ShopOrder;
  /** Cancels by hand. By default stock and money go back. Throws when something of it is already shipped. */
  cancelOrder(
    orderId: string,
    reason: CancelReason,
    how?: { readonly restock?: boolean; readonly refund?: boolean; readonly staffNote?: string },
  ): ShopOrder;
  /** Takes units back and pays their worth. By default they go back on the shelf of the first location. */
  refundOrder(
    orderId: string,
    what: {
      readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
      readonly shipping?: string;
      readonly note?: string;
      readonly restock?: boolean;
    },
  ): ShopOrder;
  /** Ships by hand in the admin, behind the integration's back. */
  shipOrder(orderId: string, shipment?: HandShipment): ShopFulfillment;
  holdOrder(orderId: string, reason: string): void;
  releaseOrder(orderId: string): void;
  /** Gives all that is not shipped to another location. */
  moveOrder(orderId: string, locationId: string): void;
  /** Archives an order. */
  closeOrder(orderId: string): ShopOrder;
  /** Shows an order with words that only a newer version of the platform knows. */
  useStatusWords(orderId: string, words: { readonly financial?: string; readonly fulfillment?: string }): ShopOrder;

  /** Oldest first. */
  readonly orders: readonly ShopOrder[];
  order(orderId: string): ShopOrder;
  readonly fulfillments: readonly ShopFulfillment[];
  fulfillmentsOf(orderId: string): readonly ShopFulfillment[];
  fulfillmentOrdersOf(orderId: string): readonly ShopFulfillmentOrder[];
  readonly locations: readonly { readonly id: string; readonly name: string }[];
  readonly subscriptions: readonly ShopSubscription[];

  /** Subscribes as the app's configuration does: such a subscription is never removed. `topic` as "orders/create". */
  subscribe(
    topic: string,
    uri: string,
    more?: { readonly name?: string; readonly filter?: string; readonly includeFields?: readonly string[] },
  ): ShopSubscription;

  /**
   * From now on this field ("Fulfillment.status") is refused with this code wherever it is asked for, beside the rest of
   * the data and after a mutation was carried out. The returned function ends it.
   */
  refuseField(field: string, code: string): () => void;
  /** The allowance as it is now. */
  readonly bucket: {
    readonly maximumAvailable: number;
    readonly currentlyAvailable: number;
    readonly restoreRate: number;
  };
  /** Leaves only so many points: another program of the same app used the rest. */
  drainBucket(leave: number): void;
  /** The platform lowers, or restores, the rate of a plan. */
  setRestoreRate(pointsPerSecond: number): void;
  readonly plan: ShopPlan;
  /** Lets a request with this idempotency key be in progress until the returned function is called. */
  occupyKey(key: string): () => void;
  /** Cancellations that were accepted are carried out; they also are by themselves after a second. */
  finishJobs(): void;
}
