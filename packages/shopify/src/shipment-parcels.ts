import { CommerceError, type ParcelLine, type Shipment } from '@crossdock/core';
import { companyOf } from './shipment-carriers.ts';
import { isNumber, plainNumber } from './tracking-number.ts';

/** What has to be shipped of one order line, or of one SKU where the warehouse does not repeat the line. */
export interface Need {
  readonly lineId: string | undefined;
  readonly sku: string;
  readonly quantity: number;
}

/** Parcels of one carrier. A Shopify fulfillment has one company and any number of tracking numbers. */
export interface ParcelGroup {
  /** None where the parcels have no number: Shopify would make a link that leads nowhere. */
  readonly company: string | undefined;
  readonly numbers: readonly string[];
  /** One a number, or none at all. */
  readonly urls: readonly string[];
  readonly needs: readonly Need[];
  /** The shipment's own mark, which stands where a number would while there is none. */
  readonly stamp: string;
}

/**
 * Sorts a shipment's parcels by carrier; those of carriers that gave no number at all are one group. The numbers are also
 * what tells our fulfillment from another one when it is asked whether it was made already, so a group without any has
 * the shipment's stamp: its system and id, because two warehouses may count alike.
 */
export function parcelGroups(shipment: Shipment, carriers: Readonly<Record<string, string>>): ParcelGroup[] {
  const stamp = `${shipment.ref.system}/${shipment.ref.id}`;
  const byCompany = Map.groupBy(shipment.parcels, ({ carrier }) => companyOf(carrier, carriers));
  const groups = [...byCompany].map(([company, parcels]) => {
    const tracked = new Map<string, { readonly number: string; readonly url: string | undefined }>();
    for (const { trackingNumber = '', trackingUrl: url } of parcels) {
      if (!isNumber(trackingNumber)) continue;
      const plain = plainNumber(trackingNumber);
      const known = tracked.get(plain);
      tracked.set(plain, { number: known?.number ?? trackingNumber.trim(), url: known?.url ?? url });
    }
    const numbers = [...tracked.values()].map(({ number }) => number);
    const urls = [...tracked.values()].flatMap(({ url }) => url ?? []);
    const needs = mergeNeeds(parcels.flatMap(({ lines }) => lines));
    return { company, numbers, urls: urls.length === numbers.length ? urls : [], needs, stamp };
  });
  return withoutStrays(groups, shipment);
}

function withoutStrays(groups: readonly ParcelGroup[], shipment: Shipment): ParcelGroup[] {
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
  return oneUntracked([full, ...others]);
}

/** One stamp marks one group: two groups with it could not be told apart. */
function oneUntracked(groups: readonly ParcelGroup[]): ParcelGroup[] {
  const tracked = groups.filter(({ numbers }) => numbers.length > 0);
  const untracked = groups.filter(({ numbers }) => numbers.length === 0);
  const [first] = untracked;
  if (!first) return tracked;
  const needs = merged(untracked.flatMap((group) => group.needs));
  return [...tracked, { ...first, company: undefined, needs }];
}

function mergeNeeds(lines: readonly ParcelLine[]): Need[] {
  return merged(lines.map(({ sku, orderLineId, quantity }) => ({ sku, lineId: orderLineId, quantity })));
}

function merged(parts: readonly Need[]): Need[] {
  const needs = new Map<string, Need>();
  for (const { sku, lineId, quantity } of parts) {
    const key = JSON.stringify([lineId, sku]);
    needs.set(key, { lineId, sku, quantity: (needs.get(key)?.quantity ?? 0) + quantity });
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
