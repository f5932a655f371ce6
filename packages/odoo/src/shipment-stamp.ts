import type { Shipment } from '@crossdock/core';
import type { PickingWire } from './wire/picking.ts';

/**
 * A mark in a delivery's note that says which shipment its quantities are. A backorder inherits the note of its delivery,
 * so the mark names the delivery too, and on the backorder it means nothing.
 */
export function stampOf(shipment: Shipment, pickingId: number): string {
  const { system, id } = shipment.ref;
  return `[crossdock ${spelled(system)}/${spelled(id)} @${pickingId}]`;
}

export function isStamped(picking: PickingWire, shipment: Shipment): boolean {
  return (picking.note ?? '').includes(stampOf(shipment, picking.id));
}

/**
 * The note with the mark and, for a person, what was shipped. What stood there stays, but for the mark of a shipment whose
 * quantities are overwritten with this write: it is not booked, and must not look as if it were.
 */
export function stampedNote(picking: PickingWire, shipment: Shipment): string {
  const before = picking.note ?? '';
  if (isStamped(picking, shipment)) return before;
  const others = new RegExp(`\\[crossdock [\\w/-]+ @${picking.id}\\]`, 'g');
  const parcels = shipment.parcels.map(({ carrier, trackingNumber }) => `${carrier} ${trackingNumber ?? ''}`.trim());
  const words = [`Shipment ${shipment.number}`, ...new Set(parcels)].map(asHtml).join(', ');
  return `${before.replaceAll(others, '(not booked)')}<p>${words} ${stampOf(shipment, picking.id)}</p>`;
}

/** Only letters that HTML leaves alone, and two texts never become one. */
function spelled(text: string): string {
  let word = '';
  for (const letter of text)
    word += /[A-Za-z0-9-]/.test(letter) ? letter : `_${letter.codePointAt(0)?.toString(16) ?? ''}_`;
  return word;
}

function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
