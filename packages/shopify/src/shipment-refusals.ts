import { CommerceError, type ErrorCode, type Ref } from '@crossdock/core';
import type { Origin, Shortage } from './shipment-allocation.ts';

/** Which confirmation an error is about. */
export interface Confirming {
  readonly system: string;
  readonly orderRef: Ref<'order'>;
  readonly shipmentRef: Ref<'shipment'>;
  readonly shipmentNumber: string;
}

export const operation = 'shipments.confirm';

/** The shipment was not confirmed, and nothing is in doubt. */
export function refusal(about: Confirming, code: ErrorCode, seen: string, next: string): CommerceError {
  return errorOf(about, code, `${subject(about)} was not confirmed: ${seen}. ${next}`);
}

/** The shipment may be confirmed or not. */
export function doubt(about: Confirming, seen: string, cause?: unknown): CommerceError {
  const next = 'Replay it in two minutes: what was made is looked for before anything is sent.';
  return errorOf(about, 'write.uncertain', `${subject(about)} may not be confirmed: ${seen}. ${next}`, { cause });
}

/** Somebody else is at it. */
export function inFlight(about: Confirming, leftMs: number): CommerceError {
  const seen = 'somebody is making fulfillments of it, or died while at it';
  const message = `${subject(about)} was not confirmed: ${seen}. Try again in ${Math.ceil(leftMs / 1000)} s.`;
  return errorOf(about, 'write.in-flight', message, { retryAfterMs: leftMs });
}

/** Two fulfillments stand there, and one is needed. */
export function duplicate(about: Confirming, first: string, second: string): CommerceError {
  const message = `${subject(about)} may be fulfilled twice: fulfillment "${second}" has its tracking number and contents, and so has "${first}". Look which parcels left: cancel the fulfillment that is too much, or resolve if two shipments share the number.`;
  return errorOf(about, 'record.duplicate', message);
}

/** Why a shipment finds no place on its order. */
export function shortage(about: Confirming, orderName: string, origin: Origin, first: Shortage): CommerceError {
  const { need, available, waiting, asked, elsewhere, isKnown } = first;
  const { sku, quantity } = need;
  if (!isKnown) {
    const seen = `order "${orderName}" has no line with SKU "${sku}"`;
    return refusal(about, 'sku.unknown', seen, 'Correct the SKU, then replay.');
  }
  const rejected = (seen: string, next: string) => refusal(about, 'record.rejected', seen, next);
  const there = placeOf(origin);
  const comma = there === '' ? '' : ',';
  if (waiting > 0) {
    const seen = `${waiting} of "${sku}" on order "${orderName}"${there}${comma} are on hold or scheduled for later`;
    return rejected(seen, 'Release them in Shopify, then replay.');
  }
  if (asked > 0) {
    const seen = `${asked} of "${sku}" on order "${orderName}"${there}${comma} are asked of a fulfillment service that has not answered`;
    return rejected(seen, 'Have it answer, or take the request back in Shopify, then replay.');
  }
  if (there !== '' && elsewhere > 0) {
    const seen = `it ships ${quantity} of "${sku}", and order "${orderName}" has ${available} left to ship${there}, and ${elsewhere} elsewhere`;
    return rejected(seen, 'Move them there in Shopify, or correct where it left from, then replay.');
  }
  const seen = `it ships ${quantity} of "${sku}" and order "${orderName}" has ${available} left to ship${there}`;
  return rejected(seen, 'Check what was fulfilled or removed in Shopify, then replay or resolve.');
}

function placeOf({ fulfillmentOrderId, locationId }: Origin): string {
  if (fulfillmentOrderId !== undefined) return ` in fulfillment order "${fulfillmentOrderId}", which it names`;
  return locationId === undefined ? '' : ` at location "${locationId}", which it names`;
}

/** The start of a sentence about the shipment. */
export function subject({ shipmentNumber, orderRef, system }: Confirming): string {
  return `Shipment "${shipmentNumber}" of order "${orderRef.id}" in "${system}"`;
}

function errorOf(
  about: Confirming,
  code: ErrorCode,
  message: string,
  { cause, retryAfterMs }: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
): CommerceError {
  return new CommerceError({
    code,
    system: about.system,
    operation,
    refs: [about.orderRef, about.shipmentRef],
    message,
    ...(cause !== undefined && { cause }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
