import type { WooNote, WooOrder } from '../records.ts';
import type { Site } from '../site.ts';

/** Writes a note on an order. It does not change the order's own date. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function addNote(
  site: Site,
  order: WooOrder,
  note: string,
  { author = 'WooCommerce', customerNote = false }: { readonly author?: string; readonly customerNote?: boolean } = {},
): WooNote {
  const written: WooNote = { id: site.store.nextId('note'), author, note, customerNote, createdAt: site.now() };
  order.notes.push(written);
  return written;
}
