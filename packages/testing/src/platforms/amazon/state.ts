import type { AmazonNotificationType } from './notification-routes.ts';
import type { AmazonOperation } from './operations.ts';
import type { AmazonOrderInput } from './order-input.ts';
import type { AmazonQueue } from './queue.ts';
import type { AmazonPlan } from './rates.ts';
import type { AmazonCanceller, AmazonIssue, AmazonOrderStatus, AmazonSubmission, FeedStatus } from './records.ts';

/** A listing to sell. */
export interface AmazonListingInput {
  readonly sku: string;
  /** With tax, in the marketplace's currency. */
  readonly price: string;
  readonly quantity: number;
  /** Default PRODUCT. */
  readonly productType?: string | undefined;
  /** Default the SKU. */
  readonly title?: string | undefined;
  /** Whose warehouse it lies in. Default MERCHANT; the quantity of the other kind is not written by the seller. */
  readonly fulfilledBy?: 'MERCHANT' | 'AMAZON' | undefined;
}

/** A listing as buyers see it, and as it was last submitted. */
export interface AmazonListing {
  readonly sku: string;
  readonly asin: string;
  readonly productType: string;
  /** What buyers see. */
  readonly quantity: number | undefined;
  readonly price: string | undefined;
  /** What was accepted last, seen by buyers or not yet. */
  readonly submittedQuantity: number | undefined;
  readonly submittedPrice: string | undefined;
  readonly issues: readonly AmazonIssue[];
}

/** A parcel as the seller confirmed it. */
export interface AmazonPackage {
  readonly reference: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly status: string;
  readonly items: readonly { readonly itemId: string; readonly sku: string | undefined; readonly quantity: number }[];
}

/** An order as Amazon has it. */
export interface AmazonOrder {
  readonly orderId: string;
  readonly status: AmazonOrderStatus;
  readonly marketplaceId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly fulfilledBy: 'MERCHANT' | 'AMAZON';
  readonly currency: string;
  readonly total: string;
  readonly items: readonly {
    readonly itemId: string;
    readonly sku: string | undefined;
    readonly title: string;
    readonly quantity: number;
    readonly shipped: number;
    readonly cancelled: number;
    readonly isCancelRequested: boolean;
  }[];
  readonly packages: readonly AmazonPackage[];
}

/** The account from the inside: what the seller, buyers and time do to it, and what can be seen there. */
export interface AmazonState {
  addListing(listing: AmazonListingInput): void;
  /** Throws for a SKU that is not listed. */
  listing(sku: string): AmazonListing;
  readonly listings: readonly AmazonListing[];
  /** Somebody sets the quantity by hand in Seller Central: buyers see it at once. */
  setQuantity(sku: string, quantity: number): void;
  /** From now on whatever is submitted for a SKU has this issue: `at-once` it is INVALID, `later` it is never applied. */
  objectTo(sku: string, when: 'at-once' | 'later', issue?: AmazonIssue): void;
  /** Everything that was submitted for listings, oldest first. */
  readonly submissions: readonly AmazonSubmission[];

  /** Lets a buyer order. Throws `SoldOut` when a listing shows fewer than are wanted. */
  placeOrder(order: AmazonOrderInput): { readonly orderId: string; readonly itemIds: readonly string[] };
  /** Oldest first. */
  readonly orders: readonly AmazonOrder[];
  /** Throws for an order that is not there. */
  order(orderId: string): AmazonOrder;
  /**
   * Cancels what is not shipped; the stock of it is shown again. An order of which something is shipped goes on as
   * SHIPPED, with the cancellation on its items. Default by the buyer.
   */
  cancel(orderId: string, by?: AmazonCanceller): void;
  /** Cancels so many units of an item, or all of it that are not shipped; the order goes on. Default by the buyer. */
  cancelItem(orderId: string, itemId: string, quantity?: number, by?: AmazonCanceller): void;
  /** The buyer asks the merchant to cancel an item. */
  requestCancel(orderId: string, itemId: string): void;
  /** Lets no search find the order until what this gives is called, also when it is older than two minutes. */
  unlist(orderId: string): () => void;
  /** Amazon's own warehouse sends an order that it fulfills. */
  shipByAmazon(orderId: string): void;
  /** Amazon's own warehouse finds that it cannot send an order that it fulfills: UNFULFILLABLE. */
  markUnfulfillable(orderId: string): void;
  /** The carrier hands over the parcels that were confirmed so far. */
  deliver(orderId: string): void;

  readonly feeds: readonly { readonly feedId: string; readonly type: string; readonly status: FeedStatus }[];

  /** Where notifications lie, whatever destination they were sent to. */
  readonly queue: AmazonQueue;
  /** Subscribes without the API, and answers the subscription's id. */
  subscribe(type: AmazonNotificationType): string;

  readonly sellerId: string;
  readonly marketplaceId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** The seller takes the authorization back: no refresh any more, and access tokens are refused. */
  revoke(): void;
  /** The seller gives it again. */
  authorize(): void;
  /** Lets every access token run out now. */
  expireTokens(): void;
  /** Amazon changes a usage plan. */
  setPlan(operation: AmazonOperation, plan: AmazonPlan): void;
  /** Leaves only so many requests: another program of the same application used the rest. */
  drain(operation: AmazonOperation, leave?: number): void;
  readonly counts: Readonly<Record<'orders' | 'throttled' | 'accepted' | 'invalid' | 'packages', number>>;
}
