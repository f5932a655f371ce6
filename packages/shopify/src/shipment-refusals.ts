import { CommerceError, type ErrorCode, type Ref } from '@crossdock/core';

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
export function doubt(about: Confirming, seen: string): CommerceError {
  const next = 'Replay it: what was made is found by its tracking number.';
  return errorOf(about, 'write.uncertain', `${subject(about)} may not be confirmed: ${seen}. ${next}`);
}

/** The start of a sentence about the shipment. */
export function subject({ shipmentNumber, orderRef, system }: Confirming): string {
  return `Shipment "${shipmentNumber}" of order "${orderRef.id}" in "${system}"`;
}

function errorOf(about: Confirming, code: ErrorCode, message: string): CommerceError {
  return new CommerceError({
    code,
    system: about.system,
    operation,
    refs: [about.orderRef, about.shipmentRef],
    message,
  });
}
