/** One value of an attribute of a listing, as submitted. */
export type AmazonAttribute = Readonly<Record<string, unknown>>;
/** Attributes by name: `fulfillment_availability`, `purchasable_offer` and so on. */
export type AmazonAttributes = Readonly<Record<string, readonly AmazonAttribute[]>>;

/** What Amazon finds wrong with a listing or with what was submitted for it. */
export interface AmazonIssue {
  readonly code: string;
  readonly message: string;
  readonly severity: 'ERROR' | 'WARNING' | 'INFO';
  readonly categories: readonly string[];
  readonly attributeNames?: readonly string[];
}

/** A listing. Moments are milliseconds since 1970, prices decimal strings. */
export interface ListingRecord {
  readonly sku: string;
  readonly asin: string;
  readonly createdAt: number;
  updatedAt: number;
  productType: string;
  title: string;
  /** `DEFAULT` is stock of the merchant's own, anything else is Amazon's. */
  readonly channel: string;
  /** As last submitted. */
  attributes: AmazonAttributes;
  /** What buyers see. */
  quantity: number | undefined;
  price: string | undefined;
  issues: readonly AmazonIssue[];
}

/** What came of one submission for a SKU. */
export interface AmazonSubmission {
  readonly sku: string;
  readonly submissionId: string;
  readonly status: 'ACCEPTED' | 'INVALID';
  readonly at: number;
  readonly issues: readonly AmazonIssue[];
}

/** Whom an order goes to, in the words of the API. */
export interface AmazonAddress {
  readonly name: string;
  readonly companyName?: string | undefined;
  readonly addressLine1: string;
  readonly addressLine2?: string | undefined;
  readonly addressLine3?: string | undefined;
  readonly city: string;
  readonly districtOrCounty?: string | undefined;
  readonly stateOrRegion?: string | undefined;
  readonly municipality?: string | undefined;
  readonly postalCode: string;
  readonly countryCode: string;
  readonly phone?: string | undefined;
  /** The street in parts, as Brazil has it. */
  readonly extendedFields?: Readonly<Record<string, string>> | undefined;
  /** Default RESIDENTIAL. */
  readonly addressType?: 'RESIDENTIAL' | 'COMMERCIAL' | undefined;
}

/** A number that a party of an order is registered with for taxes. */
export interface AmazonTaxRegistration {
  readonly entityType: 'BUYER' | 'MERCHANT' | 'MARKETPLACE';
  readonly legalName?: string | undefined;
  readonly taxRegistrationType?: string | undefined;
  readonly taxRegistrationNumber?: string | undefined;
}

/** Who bought. Companies and their order numbers come with Amazon Business. */
export interface AmazonBuyer {
  readonly name: string;
  readonly email: string;
  readonly company?: string | undefined;
  readonly purchaseOrderNumber?: string | undefined;
}

/** How far an order is, in the words of the API of 2026. */
export type AmazonOrderStatus =
  | 'PENDING_AVAILABILITY'
  | 'PENDING'
  | 'UNSHIPPED'
  | 'PARTIALLY_SHIPPED'
  | 'SHIPPED'
  | 'CANCELLED'
  | 'UNFULFILLABLE';
/** Who cancels. */
export type AmazonCanceller = 'BUYER' | 'MERCHANT' | 'AMAZON';
/** Kinds of money on an item, each with its tax. */
export type AmazonCharge = 'ITEM' | 'SHIPPING' | 'GIFT_WRAP';

/** A line of an order. Money is in the order's currency. */
export interface AmazonItemRecord {
  readonly id: string;
  readonly sku: string | undefined;
  readonly asin: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: string;
  /** Of the whole line. */
  readonly charges: Readonly<Partial<Record<AmazonCharge, string>>>;
  /** Not there where prices hold their tax. */
  readonly taxes: Readonly<Partial<Record<AmazonCharge, string>>> | undefined;
  readonly discounts: readonly {
    readonly of: 'ITEM' | 'SHIPPING';
    readonly amount: string;
    readonly promotion: string;
  }[];
  readonly gift: { readonly message?: string | undefined; readonly level?: string | undefined } | undefined;
  /** How many units of it were cancelled. */
  cancelled: number;
  cancelReason: string | undefined;
  cancelledBy: AmazonCanceller | undefined;
}

export interface AmazonPackageRecord {
  readonly reference: string;
  readonly createdAt: number;
  carrier: string;
  carrierName: string | undefined;
  service: string | undefined;
  trackingNumber: string;
  shippedAt: number;
  status: 'SHIPPED' | 'IN_TRANSIT' | 'DELIVERED';
  items: readonly {
    readonly itemId: string;
    readonly quantity: number;
    readonly transparencyCodes: readonly string[] | undefined;
  }[];
}

export interface AmazonOrderRecord {
  readonly id: string;
  readonly marketplaceId: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly currency: string;
  readonly fulfilledBy: 'MERCHANT' | 'AMAZON';
  readonly serviceLevel: string;
  readonly programs: readonly string[];
  readonly buyer: AmazonBuyer | undefined;
  readonly address: AmazonAddress | undefined;
  readonly items: readonly AmazonItemRecord[];
  readonly packages: Map<string, AmazonPackageRecord>;
  readonly replaces: string | undefined;
  readonly alias: string | undefined;
  readonly taxRegistrations: readonly AmazonTaxRegistration[];
  /** Its goods are not out yet. */
  readonly isPreorder: boolean;
  isPending: boolean;
  /** Amazon's own warehouse cannot send it. */
  isUnfulfillable: boolean;
  /** Amazon's own warehouse sent it. */
  isShippedByAmazon: boolean;
}

/** A file: one that the seller uploads, or a report for the seller. */
export interface DocumentRecord {
  readonly id: string;
  readonly contentType: string;
  readonly createdAt: number;
  readonly isReport: boolean;
  text: string | undefined;
}

export type FeedStatus = 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'FATAL' | 'CANCELLED';

export interface FeedRecord {
  readonly id: string;
  readonly type: string;
  readonly marketplaceIds: readonly string[];
  readonly documentId: string;
  readonly createdAt: number;
  status: FeedStatus;
  startedAt: number | undefined;
  endedAt: number | undefined;
  reportId: string | undefined;
}

export interface DestinationRecord {
  readonly id: string;
  readonly name: string;
  readonly resource:
    | { readonly sqs: { readonly arn: string } }
    | { readonly eventBridge: { readonly name: string; readonly accountId: string; readonly region: string } };
}

export interface SubscriptionRecord {
  readonly id: string;
  readonly type: string;
  readonly payloadVersion: string;
  readonly destinationId: string;
  /** Kinds of change that are told, where only some are. */
  readonly changeTypes: readonly string[] | undefined;
  readonly marketplaceIds: readonly string[] | undefined;
  readonly directive: Readonly<Record<string, unknown>> | undefined;
}
