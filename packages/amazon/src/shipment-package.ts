import type { AmazonCarrier } from './shipment-carriers.ts';

/** A parcel as Amazon takes it. `packageDetail` of confirmShipment, model of 2026-08-05. */
export interface PackageDetail extends AmazonCarrier {
  readonly packageReferenceId: string;
  readonly shippingMethod?: string;
  readonly trackingNumber: string;
  readonly shipDate: string;
  readonly orderItems: readonly { readonly orderItemId: string; readonly quantity: number }[];
}
