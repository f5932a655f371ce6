/** Somebody who ships for the shop, with a location of his own. */
export type FulfillmentServiceRecord = {
  readonly id: bigint;
  readonly locationId: bigint;
  name: string;
  readonly handle: string;
  callbackUrl: string | undefined;
  inventoryManagement: boolean;
  trackingSupport: boolean;
  requiresShippingMethod: boolean;
  /** Whether it is of the app whose token asks, or of another one. */
  readonly own: boolean;
};

/** What a merchant asked of a fulfillment service. */
export type MerchantRequestRecord = {
  readonly id: bigint;
  readonly kind: 'CANCELLATION_REQUEST' | 'FULFILLMENT_REQUEST';
  readonly message: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  response: Readonly<Record<string, unknown>> | undefined;
  readonly sentAt: number;
};
