import { CommerceError, type ErrorCode, type Ref, type ShipmentConfirmation } from '@crossdock/core';

/** Makes the refusal of one confirmation: what was seen, and what to do next. */
export type ShipmentRefusal = (code: ErrorCode, seen: string, next: string, cause?: CommerceError) => CommerceError;

/** Refusals of a confirmation, each a sentence about its shipment. */
export function shipmentRefusal(system: string, { order, shipment }: ShipmentConfirmation): ShipmentRefusal {
  const refs: readonly Ref[] = [order, shipment.ref];
  return (code, seen, next, cause) =>
    new CommerceError({
      code,
      system,
      operation: 'shipments.confirm',
      refs,
      message: `Shipment "${shipment.number}" was not confirmed on order "${order.id}" in "${system}": ${seen}. ${next}`,
      cause,
    });
}
