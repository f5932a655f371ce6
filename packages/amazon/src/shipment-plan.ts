import { fingerprint, type Parcel, type ParcelLine, type Shipment } from '@crossdock/core';
import { carrierOf, isSameCarrier } from './shipment-carriers.ts';
import type { PackageDetail } from './shipment-package.ts';
import type { ShipmentRefusal } from './shipment-refusals.ts';
import { heldBy, inSequence, unshippedOf } from './shipment-sequence.ts';
import type { WireItem, WireOrder, WirePackage } from './wire/order.ts';

/**
 * What has to be sent for a shipment: a package for each parcel, less those that the order shows already as they are to
 * be. Every line finds its item before the first call: half a shipment on the order would look like a whole one.
 */
export async function plannedPackages(
  order: WireOrder,
  shipment: Shipment,
  carriers: Readonly<Record<string, string>>,
  refuse: ShipmentRefusal,
): Promise<{ readonly missing: readonly PackageDetail[]; readonly firstReference: string }> {
  const references = await Promise.all(shipment.parcels.map((parcel) => referenceOf(shipment, parcel)));
  const [firstReference] = references;
  if (firstReference === undefined) throw refuse('record.invalid', 'it has no parcels', 'Check the shipment.');
  checkDistinct(shipment.parcels, references, refuse);
  const shown = new Map((order.packages ?? []).map((each) => [each.packageReferenceId, each]));
  const open = openItems(
    order,
    references.flatMap((reference) => shown.get(reference) ?? []),
  );
  const missing = shipment.parcels.flatMap((parcel, index): PackageDetail[] => {
    const packageReferenceId = references[index] ?? '';
    const trackingNumber = parcel.trackingNumber?.trim() ?? '';
    if (trackingNumber === '') {
      const next = 'Amazon wants one for every package: confirm it when the carrier has given it.';
      throw refuse('record.invalid', `parcel "${parcel.id}" has no tracking number`, next);
    }
    const detail: PackageDetail = {
      packageReferenceId,
      ...carrierOf(parcel.carrier, carriers),
      ...(parcel.service !== undefined && { shippingMethod: parcel.service }),
      trackingNumber,
      shipDate: shipment.shippedAt ?? shipment.updatedAt,
      orderItems: allocated(parcel, open, order, refuse),
    };
    return isAsShown(detail, shown.get(packageReferenceId)) ? [] : [detail];
  });
  return { missing: inSequence(missing, shown, order), firstReference };
}

/** Refuses two parcels with one number: the second would take the first one's place, and its goods would be lost. */
function checkDistinct(parcels: readonly Parcel[], references: readonly string[], refuse: ShipmentRefusal): void {
  for (const [index, reference] of references.entries()) {
    const first = references.indexOf(reference);
    if (first === index) continue;
    throw refuse(
      'record.invalid',
      `its parcels "${parcels[first]?.id}" and "${parcels[index]?.id}" would be one package at Amazon`,
      'Have the warehouse give every parcel an id of its own, then replay.',
    );
  }
}

/**
 * The package's number on its order: the same for the same parcel, whoever confirms it and under which key, so that a
 * repeat changes that package and a second one is never made. Amazon takes positive numbers only; this one fits into 31
 * bits, and two parcels of an order share one in a case of a billion.
 */
async function referenceOf({ ref }: Shipment, { id }: Parcel): Promise<string> {
  const hex = await fingerprint([ref.system, ref.id, id]);
  return String((Number.parseInt(hex.slice(0, 8), 16) % 2_147_483_646) + 1);
}

interface OpenItem {
  readonly item: WireItem;
  left: number;
}

/** What may still be shipped of each item. Packages of ours that are there already are written anew, so theirs is open too. */
function openItems(order: WireOrder, ours: readonly WirePackage[]): readonly OpenItem[] {
  const held = ours.flatMap(heldBy);
  return order.orderItems.map((item) => {
    const inOurs = held
      .filter(({ orderItemId }) => orderItemId === item.orderItemId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return { item, left: unshippedOf(item) + inOurs };
  });
}

/** Which items a parcel's lines are of. Takes what it finds out of `open`. */
function allocated(
  parcel: Parcel,
  open: readonly OpenItem[],
  order: WireOrder,
  refuse: ShipmentRefusal,
): PackageDetail['orderItems'] {
  const taken = new Map<string, number>();
  for (const line of parcel.lines.filter(({ quantity }) => quantity > 0)) {
    if (!Number.isSafeInteger(line.quantity)) {
      throw refuse('record.invalid', `it holds ${line.quantity} of "${line.sku}"`, 'Amazon counts whole units.');
    }
    const candidates = candidatesOf(line, open);
    if (candidates.length === 0) {
      const seen = `the order has no item with SKU "${line.sku}"`;
      throw refuse('sku.unknown', seen, 'Correct the SKU, then replay.');
    }
    let wanted = line.quantity;
    for (const candidate of candidates) {
      const part = Math.min(wanted, candidate.left);
      if (part <= 0) continue;
      candidate.left -= part;
      wanted -= part;
      taken.set(candidate.item.orderItemId, (taken.get(candidate.item.orderItemId) ?? 0) + part);
    }
    if (wanted > 0) {
      const there = line.quantity - wanted;
      const seen = `parcel "${parcel.id}" holds ${line.quantity} of "${line.sku}" and order "${order.orderId}" has ${there} left to ship`;
      throw refuse(
        'record.rejected',
        seen,
        'Check what was shipped or canceled in Seller Central, then replay or resolve.',
      );
    }
  }
  if (taken.size === 0) {
    const seen = `parcel "${parcel.id}" does not say what is in it`;
    throw refuse('record.invalid', seen, 'Have the warehouse name its contents, then replay.');
  }
  return [...taken].map(([orderItemId, quantity]) => ({ orderItemId, quantity }));
}

/** The items that a line may be of: the one that it names, else all with its SKU. */
function candidatesOf({ sku, orderLineId }: ParcelLine, open: readonly OpenItem[]): readonly OpenItem[] {
  const ofSku = open.filter(({ item }) => item.product.sellerSku === sku);
  const named = ofSku.filter(({ item }) => item.orderItemId === orderLineId);
  return named.length > 0 ? [...named, ...ofSku.filter((each) => !named.includes(each))] : ofSku;
}

/** Whether the order shows a package as it is to be. Where Amazon spells the carrier otherwise it is sent again, which is harmless. */
function isAsShown(detail: PackageDetail, shown: WirePackage | undefined): boolean {
  if (!shown || shown.packageStatus?.status === 'CANCELLED') return false;
  if (shown.trackingNumber !== detail.trackingNumber || !isSameCarrier(detail, shown.carrier)) return false;
  const there = new Map((shown.packageItems ?? []).map(({ orderItemId, quantity }) => [orderItemId, quantity]));
  return (
    there.size === detail.orderItems.length &&
    detail.orderItems.every(({ orderItemId, quantity }) => there.get(orderItemId) === quantity)
  );
}
