import type { PickingWire } from './wire/picking.ts';

/**
 * The name of a return's transfer: the order, our number, and the delivery that the goods left with. Odoo keeps names of
 * transfers unique in a company, so of callers at the same moment one makes it. Recorded on Odoo 19.0, 2026-11-26.
 */
export function returnName(orderId: number, number: string, deliveryId: number): string {
  return `${returnPrefix(orderId, number)}${deliveryId}`;
}

/** What the names of all transfers of one return begin with. */
export function returnPrefix(orderId: number, number: string): string {
  return `RET/${orderId}/${spelled(number)}/`;
}

/** The beginning that a transfer shares with its siblings; `undefined` where we did not name it. */
export function familyOf({ name }: PickingWire): string | undefined {
  return /^(RET\/\d+\/[^/]+\/)\d+$/.exec(name)?.[1];
}

/** Two numbers never become one, and none holds the mark between the parts. */
function spelled(text: string): string {
  let word = '';
  for (const letter of text)
    word += /[A-Za-z0-9.#-]/.test(letter) ? letter : `_${letter.codePointAt(0)?.toString(16) ?? ''}_`;
  return word;
}
