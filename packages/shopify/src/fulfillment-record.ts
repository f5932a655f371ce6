import { CommerceError, type Address, type FulfillmentLine, type FulfillmentOrder, type Ref } from '@crossdock/core';
import { hasLeft, isGivenBack, toFulfillmentStatus } from './fulfillment-statuses.ts';
import type { WireDestination, WireFulfillmentOrder, WireFulfillmentOrderUnits } from './wire/fulfillment-order.ts';

/** A fulfillment order with all of its lines. */
export function toFulfillmentOrder(
  wire: WireFulfillmentOrder,
  units: readonly WireFulfillmentOrderUnits[],
  system: string,
): FulfillmentOrder {
  const ref: Ref<'fulfillment'> = { system, kind: 'fulfillment', id: wire.id };
  const { location } = wire.assignedLocation;
  const shipTo = toShipTo(wire, ref);
  const service = serviceOf(wire);
  return {
    ref,
    // It has no number of its own, and an order has several.
    number: `${wire.orderName}/${/\d+$/.exec(wire.id)?.[0] ?? wire.id}`,
    order: { system, kind: 'order', id: wire.orderId },
    status: toFulfillmentStatus(wire, units, ref),
    wireStatus: `${wire.status}/${wire.requestStatus}`,
    ...(location && { location: { system, kind: 'location' as const, id: location.id } }),
    ...(shipTo && { shipTo }),
    ...(service !== undefined && { service }),
    lines: units.flatMap((line) => toLine(wire, line, ref) ?? []),
    issues: issuesOf(wire),
    requestedAt: wire.createdAt,
    updatedAt: wire.updatedAt,
  };
}

/** `undefined` for what nobody packs: no shipping and no SKU. Goods without a SKU are for a person. */
function toLine(
  wire: WireFulfillmentOrder,
  { id, sku, productTitle, totalQuantity, remainingQuantity, requiresShipping }: WireFulfillmentOrderUnits,
  ref: Ref<'fulfillment'>,
): FulfillmentLine | undefined {
  if (!isText(sku)) {
    if (!requiresShipping) return undefined;
    throw refusal(ref, 'sku.missing', `"${productTitle}" in it has no SKU`, 'Give the product one in Shopify');
  }
  return { id, sku, quantity: totalQuantity, ...countsOf(wire, totalQuantity, remainingQuantity) };
}

/**
 * Shopify counts what remains. What a canceled one had shipped before is in no count, so it is left out. Of what its service
 * gave back nothing is canceled.
 */
function countsOf(
  wire: WireFulfillmentOrder,
  total: number,
  remaining: number,
): Pick<FulfillmentLine, 'shipped' | 'canceled'> {
  const isCanceled = wire.status === 'CANCELLED' && !isGivenBack(wire);
  if (!hasLeft(wire)) return isCanceled ? { shipped: 0, canceled: total } : { shipped: 0 };
  return isCanceled ? {} : { shipped: total - remaining };
}

/** What the buyer chose, by the name that a carrier's app gave it, else by the one that was shown. */
function serviceOf({ deliveryMethod }: WireFulfillmentOrder): string | undefined {
  if (!deliveryMethod) return undefined;
  const { serviceCode, presentedName, methodType } = deliveryMethod;
  return [serviceCode, presentedName, methodType].find(isText);
}

/** What keeps it, and what a fulfillment service was asked and has not answered yet. */
function issuesOf({
  status,
  fulfillAt,
  requestStatus,
  fulfillmentHolds,
  merchantRequests,
}: WireFulfillmentOrder): FulfillmentOrder['issues'] {
  const holds = fulfillmentHolds.map(({ reason, displayReason, reasonNotes }) => ({
    code: reason,
    message: [displayReason, reasonNotes].filter(isText).join(': '),
  }));
  const later = status === 'SCHEDULED' && fulfillAt !== null ? [{ code: 'SCHEDULED', message: fulfillAt }] : [];
  const isAsked = requestStatus === 'SUBMITTED' || requestStatus === 'CANCELLATION_REQUESTED';
  const asked = merchantRequests.nodes.map(({ kind, message }) => ({ code: kind, message: message ?? '' }));
  return [...holds, ...later, ...(isAsked ? asked : [])];
}

/** None where a buyer collects it, or the app may not see it. One without a country is refused: a parcel would be lost. */
function toShipTo({ destination }: WireFulfillmentOrder, ref: Ref<'fulfillment'>): Address | undefined {
  if (!destination || !Object.values(destination).some(isText)) return undefined;
  const { address1, address2, city, province, zip, countryCode, company, phone, email } = destination;
  if (countryCode === null) {
    throw refusal(ref, 'address.invalid', 'its destination has no country', 'Correct the address in Shopify');
  }
  const name = nameOf(destination);
  return {
    ...(name !== '' && { name }),
    ...(isText(company) && { company }),
    lines: [address1, address2].filter(isText),
    ...(isText(city) && { city }),
    ...(isText(province) && { subdivision: province }),
    ...(isText(zip) && { postalCode: zip }),
    countryCode,
    ...(isText(phone) && { phone }),
    ...(isText(email) && { email }),
  };
}

function nameOf({ firstName, lastName }: WireDestination): string {
  return [firstName, lastName].filter(isText).join(' ');
}

function isText(text: string | null): text is string {
  return text !== null && text.trim() !== '';
}

function refusal(ref: Ref<'fulfillment'>, code: 'sku.missing' | 'address.invalid', seen: string, next: string) {
  return new CommerceError({
    code,
    system: ref.system,
    refs: [ref],
    message: `Fulfillment "${ref.id}" of "${ref.system}" was not taken over: ${seen}. ${next}, then replay.`,
  });
}
