import { fingerprint, type ReceiptDraft } from '@crossdock/core';
import { markOf } from './mark.ts';
import type { ArrivalWire } from './wire/purchase.ts';
import { asHtml } from './note-html.ts';

/** Which arrival was booked under which key and of what content, as beginnings of fingerprints. */
export interface ReceiptStamp {
  readonly arrival: string;
  readonly key: string;
  readonly content: string;
}

/** The stamp of a call: the arrival is the warehouse's number of it on this purchase. */
export async function receiptStampOf(draft: ReceiptDraft, idempotencyKey: string): Promise<ReceiptStamp> {
  const arrival = (await fingerprint({ purchase: draft.purchase, number: draft.number })).slice(0, 24);
  return { arrival, ...(await markOf(idempotencyKey, draft)) };
}

/**
 * The stamp in a picking's note. A backorder inherits the note of its picking, so the stamp names the picking too, and
 * on the backorder it means nothing. Recorded on Odoo 19.0, 2026-11-26.
 */
export function stampIn(picking: ArrivalWire): ReceiptStamp | undefined {
  const [, arrival, key, content] = stampOn(picking.id).exec(picking.note ?? '') ?? [];
  return arrival && key && content ? { arrival, key, content } : undefined;
}

/** Whether the stamp in a picking's note is that of this arrival, under whichever key. */
export function hasStamp(picking: ArrivalWire, { arrival, content }: ReceiptStamp): boolean {
  const there = stampIn(picking);
  return there?.arrival === arrival && there.content === content;
}

/** The note with the stamp and, for a person, what arrived. What stood there stays, but for another stamp that is overwritten. */
export function stampedNote(picking: ArrivalWire, stamp: ReceiptStamp, words: readonly string[]): string {
  const before = (picking.note ?? '').replaceAll(stampOn(picking.id, 'g'), '(not booked)');
  const mark = `[crossdock receipt ${stamp.arrival}/${stamp.key}/${stamp.content} @${picking.id}]`;
  return `${before}<p>${words.map(asHtml).join(', ')} ${mark}</p>`;
}

function stampOn(pickingId: number, flags = ''): RegExp {
  return new RegExp(`\\[crossdock receipt ([0-9a-f]+)/([0-9a-f]+)/([0-9a-f]+) @${pickingId}\\]`, flags);
}
