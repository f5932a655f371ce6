import { keyText, markText, type Mark } from './mark.ts';
import type { PickingWire } from './wire/picking.ts';

/**
 * The mark of a receipt with the transfer that it was booked on. What is left over inherits the note, and there the mark
 * means nothing.
 */
export function receiptStamp(mark: Mark, pickingId: number): string {
  return `${markText(mark)}@${pickingId}`;
}

/** Whether this call booked on the transfer; `edited` where its key did with other counts. */
export function bookedBy(picking: PickingWire, mark: Mark): 'own' | 'edited' | 'other' {
  const note = picking.note ?? '';
  if (note.includes(receiptStamp(mark, picking.id))) return 'own';
  return new RegExp(`${escaped(keyText(mark.key))}[0-9a-f]+\\]@${picking.id}(?!\\d)`).test(note) ? 'edited' : 'other';
}

/** Whether some call's mark is on the transfer. A note copied from its delivery holds marks of shipments, which differ. */
export function isMarked({ note }: PickingWire): boolean {
  return /\[crossdock [0-9a-f]+\/[0-9a-f]+\]/.test(note ?? '');
}

function escaped(text: string): string {
  return text.replaceAll(/[[\]/]/g, String.raw`\$&`);
}

/** A person's words in a note, which is HTML. */
export function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
