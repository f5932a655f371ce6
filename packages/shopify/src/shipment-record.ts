import {
  CommerceError,
  dispatchedStatuses,
  type Parcel,
  type ParcelLine,
  type Ref,
  type Shipment,
} from '@crossdock/core';
import { toShipmentStatus } from './shipment-statuses.ts';
import { isNumber } from './tracking-number.ts';
import type { WireContent, WireShipment, WireTracking } from './wire/shipment.ts';

/** A fulfillment with all of its contents: one parcel a tracking number, and one where there is none. */
export function toShipment(wire: WireShipment, contents: readonly WireContent[], system: string): Shipment {
  const ref: Ref<'shipment'> = { system, kind: 'shipment', id: wire.id };
  const status = toShipmentStatus(wire, ref);
  return {
    ref,
    number: wire.name,
    order: { system, kind: 'order', id: wire.order.id },
    status,
    wireStatus: `${wire.status}/${wire.displayStatus ?? ''}`,
    ...(wire.location && { location: { system, kind: 'location' as const, id: wire.location.id } }),
    parcels: toParcels(
      wire,
      contents.flatMap((content) => toLine(content, ref) ?? []),
    ),
    // Whoever makes a fulfillment says that its goods left then.
    ...(dispatchedStatuses.has(status) && { shippedAt: wire.createdAt }),
    ...(status === 'delivered' && wire.deliveredAt !== null && { deliveredAt: wire.deliveredAt }),
    updatedAt: wire.updatedAt,
  };
}

/** Shopify does not say which parcel holds what: all of it stands in the first one, so that it counts once. */
function toParcels({ id, trackingInfo }: WireShipment, lines: readonly ParcelLine[]): readonly Parcel[] {
  const tracked: readonly WireTracking[] =
    trackingInfo.length > 0 ? trackingInfo : [{ company: null, number: null, url: null }];
  return tracked.map(({ company, number, url }, index) => ({
    id: `${id}/${index + 1}`,
    carrier: company === null || company.trim() === '' ? unnamedCarrier : company,
    ...(number !== null && isNumber(number) && !isReference(number, company) && { trackingNumber: number.trim() }),
    ...(url !== null && { trackingUrl: url }),
    lines: index === 0 ? lines : [],
  }));
}

/** Shopify's own word where a merchant names no carrier. */
const unnamedCarrier = 'Other';

/** What `shipments.confirm` puts where a number would stand: a system and its id, without a carrier. */
function isReference(number: string, company: string | null): boolean {
  return company === null && number.includes('/');
}

/** `undefined` for what nobody packs: no shipping and no SKU. Goods without a SKU are for a person. */
function toLine({ quantity, lineItem }: WireContent, ref: Ref<'shipment'>): ParcelLine | undefined {
  const { id, sku, title, requiresShipping } = lineItem;
  if (sku !== null && sku.trim() !== '') return { sku, quantity: quantity ?? 0, orderLineId: id };
  if (!requiresShipping) return undefined;
  throw new CommerceError({
    code: 'sku.missing',
    system: ref.system,
    refs: [ref],
    message: `Shipment "${ref.id}" of "${ref.system}" was not taken over: "${title}" in it has no SKU. Give the product one in Shopify, then replay.`,
  });
}
