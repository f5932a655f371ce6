import { keyText, kinshipOf, markText, type Kinship, type Mark } from './mark.ts';
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

/**
 * The mark of a return with the transfers that it was opened on. Odoo copies the note of a transfer to what is made of it,
 * the delivery of goods that go out again and their next return, and there the mark means nothing.
 */
export function openedStamp(mark: Mark, pickingIds: readonly number[]): string {
  return [markText(mark), ...pickingIds].join('#');
}

/** What the mark of whoever opened this transfer says of a call; `undefined` where nobody has finished opening it. */
export function openedBy({ id, note }: PickingWire, mark: Mark): Kinship | undefined {
  const [own] =
    (note ?? '').match(new RegExp(String.raw`\[crossdock [0-9a-f]+/[0-9a-f]+\](?:#\d+)*#${id}(?!\d)`)) ?? [];
  return own === undefined ? undefined : kinshipOf(own, mark);
}

function escaped(text: string): string {
  return text.replaceAll(/[[\]/]/g, String.raw`\$&`);
}
