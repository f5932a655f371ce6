/** What the fake keeps. Moments are milliseconds since 1970. */
export interface ShipBobAddress {
  readonly address1: string;
  readonly address2?: string | null | undefined;
  readonly company_name?: string | null | undefined;
  readonly city: string;
  readonly state?: string | null | undefined;
  readonly zip_code?: string | null | undefined;
  readonly country: string;
}

/** Whom an order goes to, in the words of the API. */
export interface ShipBobRecipient {
  readonly name: string;
  readonly email?: string | null | undefined;
  readonly phone_number?: string | null | undefined;
  readonly address: ShipBobAddress;
}

/** How far a shipment is. `on-hold` and `exception` wait for somebody. */
export type ShipBobStage =
  | 'received'
  | 'picked'
  | 'packed'
  | 'labelled'
  | 'shipped'
  | 'delivered'
  | 'exception'
  | 'on-hold'
  | 'canceled';

/** How much of a SKU was ordered. */
export interface ShipBobLine {
  readonly sku: string;
  readonly quantity: number;
  readonly externalLineId: number | undefined;
  readonly unitPrice: number | undefined;
}

/** A shipment as it stands, with its stage and where its goods are. */
export interface ShipBobShipment {
  readonly id: number;
  readonly orderId: number;
  readonly reference: string;
  readonly lines: readonly ShipBobLine[];
  readonly createdAt: number;
  updatedAt: number;
  stage: ShipBobStage;
  /** The numbers of `status_details`. */
  details: readonly { readonly id: number; readonly sku?: string | undefined }[];
  /** Whether stock is set aside for it. */
  isCommitted: boolean;
  tracking: { readonly number: string; readonly url: string } | undefined;
  trackingUpdatedAt: number | undefined;
  isTrackingUploaded: boolean;
  shippedAt: number | undefined;
  deliveredAt: number | undefined;
}

/** An order with its shipments as they stand. */
export interface ShipBobOrder {
  readonly id: number;
  readonly reference: string;
  readonly number: string | undefined;
  readonly channelId: number;
  readonly type: string;
  readonly shippingMethod: string;
  readonly recipient: ShipBobRecipient;
  readonly lines: readonly ShipBobLine[];
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly giftMessage: string | undefined;
  readonly purchasedAt: string | undefined;
  readonly createdAt: number;
  readonly shipments: readonly ShipBobShipment[];
}

/** A SKU with what is on hand of it, in all and by lot. */
export interface ShipBobItem {
  readonly inventoryId: number;
  readonly sku: string;
  readonly name: string;
  isActive: boolean;
  onHand: number;
  committed: number;
  readonly lots: { readonly lot: string; readonly expiresOn: string | undefined; quantity: number }[];
}

export interface ShipBobSubscription {
  readonly id: number;
  readonly topics: readonly string[];
  readonly url: string;
  readonly secret: string;
  readonly createdAt: number;
  isEnabled: boolean;
}

/** The warehouse. Windows calls its zone so; we reckon with the name in the tz database. */
export const shipBobLocation = {
  id: 8,
  name: 'Twin Lakes (WI)',
  windowsZone: 'Central Standard Time',
  zone: 'America/Chicago',
} as const;
