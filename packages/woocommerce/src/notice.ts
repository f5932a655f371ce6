import type { Parcel, WriteOptions } from '@crossdock/core';
import type { PlannedParcel, ShipmentPlan } from './shipment-plan.ts';
import type { Confirming } from './shipment-refusals.ts';

/** What a shop is told of a shipment beside our own mark: its tracking numbers, where people and the buyer look for them. */
export interface Notice {
  readonly about: Confirming;
  readonly orderId: string;
  /** The shipment's own name, which is looked for first. */
  readonly mark: string;
  readonly plan: ShipmentPlan;
  readonly notifyBuyer: boolean;
  readonly options: WriteOptions;
}

/** One way of telling. May be told again at any time: what is there already is not told twice. */
export type Teller = (notice: Notice) => Promise<void>;

/** Words that stand for no number on labels. */
const placeholders: ReadonlySet<string> = new Set(['N/A', 'NA', 'NONE', 'NIL', 'UNKNOWN', 'TBA', 'PICKUP', '0', '']);

/** A parcel's number, where it has one. */
export function numberOf({ trackingNumber = '' }: Parcel): string | undefined {
  const number = trackingNumber.trim();
  return placeholders.has(plainNumber(number)) ? undefined : number;
}

/** A number as it is compared: labels write one with spaces, hyphens and small letters or without. */
export function plainNumber(number: string): string {
  return number.toUpperCase().replaceAll(/[\s-]/g, '');
}

/** The parcels that have a number, each number once. */
export function numbered(
  parcels: readonly PlannedParcel[],
): readonly { readonly parcel: Parcel; readonly number: string }[] {
  const seen = new Map<string, { readonly parcel: Parcel; readonly number: string }>();
  for (const { parcel } of parcels) {
    const number = numberOf(parcel);
    if (number !== undefined && !seen.has(plainNumber(number))) seen.set(plainNumber(number), { parcel, number });
  }
  return [...seen.values()];
}
