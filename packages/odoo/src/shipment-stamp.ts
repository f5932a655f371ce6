import type { Shipment } from '@crossdock/core';
import { markOf, type Mark } from './mark.ts';
import { piecesOf } from './shipment-demand.ts';
import type { PickingWire } from './wire/picking.ts';
import { asHtml } from './note-html.ts';

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
 * Under which key goods were booked, and which: how many of each SKU and lot. Carriers and tracking numbers are no part of
 * that, because they come later.
 */
export async function goodsMarkOf(shipment: Shipment, idempotencyKey: string): Promise<Mark> {
  const { system, id } = shipment.ref;
  const sums = new Map<string, number>();
  for (const { sku, lot, quantity } of piecesOf(shipment)) {
    const name = JSON.stringify([sku, lot ?? null]);
    sums.set(name, (sums.get(name) ?? 0) + quantity);
  }
  const goods = [...sums].map(([name, quantity]) => `${name} ${Number(quantity.toFixed(6))}`).toSorted();
  return markOf(idempotencyKey, { system, id, goods });
}

/** The mark of the goods in a delivery's note. What was booked before there was one has none. */
export function goodsMarkIn({ note, id }: PickingWire): Mark | undefined {
  const [, key, content] = goodsOn(id).exec(note ?? '') ?? [];
  return key && content ? { key, content } : undefined;
}

function goodsOn(pickingId: number, flags = ''): RegExp {
  return new RegExp(`\\[crossdock goods ([0-9a-f]+)/([0-9a-f]+) @${pickingId}\\]`, flags);
}

/**
 * The note with the mark and, for a person, what was shipped. What stood there stays, but for the mark of a shipment whose
 * quantities are overwritten with this write: it is not booked, and must not look as if it were.
 */
export function stampedNote(picking: PickingWire, shipment: Shipment, goods: Mark): string {
  const goodsText = `[crossdock goods ${goods.key}/${goods.content} @${picking.id}]`;
  const note = picking.note ?? '';
  if (isStamped(picking, shipment) && note.includes(goodsText)) return note;
  const before = note.replaceAll(goodsOn(picking.id, 'g'), '');
  const others = new RegExp(`\\[crossdock [\\w/-]+ @${picking.id}\\]`, 'g');
  const parcels = shipment.parcels.map(({ carrier, trackingNumber }) => `${carrier} ${trackingNumber ?? ''}`.trim());
  const words = [`Shipment ${shipment.number}`, ...new Set(parcels)].map(asHtml).join(', ');
  return `${before.replaceAll(others, '(not booked)')}<p>${words} ${stampOf(shipment, picking.id)} ${goodsText}</p>`;
}

/** Only letters that HTML leaves alone, and two texts never become one. */
function spelled(text: string): string {
  let word = '';
  for (const letter of text)
    word += /[A-Za-z0-9-]/.test(letter) ? letter : `_${letter.codePointAt(0)?.toString(16) ?? ''}_`;
  return word;
}
