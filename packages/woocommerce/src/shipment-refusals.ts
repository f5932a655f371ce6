import { CommerceError, type ErrorCode, type Ref, type Shipment } from '@crossdock/core';

/** Which confirmation an error is about. */
export interface Confirming {
  readonly system: string;
  readonly order: Ref<'order'>;
  readonly shipment: Shipment;
}

export const operation = 'shipments.confirm';

/** The shipment was not confirmed, and nothing is in doubt. */
export function refusal(
  { system, order, shipment }: Confirming,
  code: ErrorCode,
  seen: string,
  next: string,
): CommerceError {
  return new CommerceError({
    code,
    system,
    operation,
    refs: [order, shipment.ref],
    message: `Shipment "${shipment.number}" of order "${order.id}" in "${system}" was not confirmed: ${seen}. ${next}`,
  });
}
