/** What one location has to ship of an order. */
export interface ShopFulfillmentOrder {
  readonly id: string;
  readonly orderId: string;
  readonly locationId: string;
  readonly status: string;
  readonly requestStatus: string;
  readonly holds: readonly {
    readonly id: string;
    readonly handle: string;
    readonly reason: string;
    readonly notes: string | undefined;
    /** "own" for the app whose token asks, another app's name, or undefined for a person. */
    readonly app: string | undefined;
  }[];
  /** What the merchant asked its service, oldest first, and what that answered: a message, a reason. */
  readonly requests: readonly {
    readonly kind: string;
    readonly message: string | undefined;
    readonly response: Readonly<Record<string, unknown>> | undefined;
  }[];
  readonly lines: readonly {
    readonly id: string;
    readonly sku: string | undefined;
    readonly total: number;
    readonly remaining: number;
  }[];
}

/** A parcel as the shop has it. */
export interface ShopFulfillment {
  readonly id: string;
  readonly orderId: string;
  readonly name: string;
  readonly status: 'SUCCESS' | 'CANCELLED';
  readonly locationId: string;
  readonly notifiedCustomer: boolean;
  readonly createdAt: string;
  readonly tracking: readonly {
    readonly company: string | undefined;
    readonly number: string | undefined;
    readonly url: string | undefined;
  }[];
  readonly lines: readonly { readonly lineId: string; readonly sku: string | undefined; readonly quantity: number }[];
  readonly events: readonly { readonly status: string; readonly happenedAt: string }[];
}
