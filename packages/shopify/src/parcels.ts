import { CommerceError, type ParcelLine, type Shipment } from '@crossdock/core';
import { companyOf } from './carriers.ts';

/** What has to be shipped of one order line, or of one SKU where the warehouse does not repeat the line. */
export interface Need {
  readonly lineId: string | undefined;
  readonly sku: string;
  readonly quantity: number;
}

/** Parcels of one carrier. A Shopify fulfillment has one company and any number of tracking numbers. */
export interface ParcelGroup {
  readonly company: string | undefined;
  readonly numbers: readonly string[];
  /** One a number, or none at all. */
  readonly urls: readonly string[];
  readonly needs: readonly Need[];
}

/**
 * Sorts a shipment's parcels by carrier. The numbers are also what tells our fulfillment from another one when it is
 * asked whether it was made already, so a shipment that has no tracking number carries its own id as one.
 */
export function parcelGroups(shipment: Shipment, carriers: Readonly<Record<string, string>>): ParcelGroup[] {
  const byCompany = Map.groupBy(shipment.parcels, ({ carrier }) => companyOf(carrier, carriers));
  const groups = [...byCompany].map(([company, parcels]) => {
    const tracked = parcels.flatMap(({ trackingNumber, trackingUrl }) =>
      trackingNumber === undefined ? [] : [{ number: trackingNumber, url: trackingUrl }],
    );
    const numbers = [...new Set(tracked.map(({ number }) => number))];
    const urls = numbers.flatMap((number) => tracked.find((parcel) => parcel.number === number)?.url ?? []);
    const needs = mergeNeeds(parcels.flatMap(({ lines }) => lines));
    return { company, numbers, urls: urls.length === numbers.length ? urls : [], needs };
  });
  return namedGroups(groups, shipment);
}

function namedGroups(groups: readonly ParcelGroup[], shipment: Shipment): ParcelGroup[] {
  const [first, ...others] = groups.filter(({ needs }) => needs.length > 0);
  if (!first) {
    throw refused(shipment, 'its parcels name no lines', 'Have the warehouse say what is in them, then replay.');
  }
  // Parcels whose contents nobody named: their numbers go where the goods are.
  const strays = groups.filter(({ needs }) => needs.length === 0).flatMap(({ numbers }) => numbers);
  const full = strays.length === 0 ? first : { ...first, numbers: [...first.numbers, ...strays], urls: [] };
  for (const { quantity, sku } of [full, ...others].flatMap(({ needs }) => needs)) {
    if (!Number.isSafeInteger(quantity)) {
      throw refused(shipment, `it ships "${quantity}" of "${sku}", and Shopify counts in whole pieces`, 'Correct it.');
    }
  }
  const stamp = shipment.ref.id;
  return [full, ...others].map((group) =>
    group.numbers.length > 0 ? group : { ...group, numbers: [stamp], urls: [] },
  );
}

function mergeNeeds(lines: readonly ParcelLine[]): Need[] {
  const needs = new Map<string, Need>();
  for (const { sku, orderLineId, quantity } of lines) {
    const key = JSON.stringify([orderLineId, sku]);
    needs.set(key, { lineId: orderLineId, sku, quantity: (needs.get(key)?.quantity ?? 0) + quantity });
  }
  return [...needs.values()].filter(({ quantity }) => quantity > 0);
}

function refused(shipment: Shipment, seen: string, next: string): CommerceError {
  return new CommerceError({
    code: 'record.invalid',
    operation: 'shipments.confirm',
    refs: [shipment.ref],
    message: `Shipment "${shipment.number}" was not confirmed: ${seen}. ${next}`,
  });
}
