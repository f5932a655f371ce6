import type { Parcel } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { remove } from './notice-removal.ts';
import { numbered, type Teller } from './notice.ts';
import { operation } from './shipment-refusals.ts';
import { noteMadeSchema, notesSchema } from './wire/shipment.ts';

/**
 * Tells by a note on the order, which any shop has. A note that the buyer may see is mailed to them. Notes have no key,
 * so ours ends in the shipment's mark, and is looked for first: of several that say the same, the oldest stays.
 */
export function noteNotice(client: WooClient): Teller {
  return async function tell({ about, orderId, mark, plan, notifyBuyer, options }) {
    const path = `wc/v3/orders/${orderId}/notes`;
    const { data: notes } = await client.get(path, {
      operation,
      search: { type: 'any' },
      answer: notesSchema,
      options,
    });
    const ours = notes.filter(({ note }) => note.includes(mark)).toSorted((a, b) => a.id - b.id);
    for (const [index, { id, note }] of ours.entries()) {
      if (ours.slice(0, index).some((older) => older.note === note)) await remove(client, `${path}/${id}`, options);
    }
    // A number that came later is told in a note of its own.
    const untold = numbered(plan.parcels).filter((one) => !ours.some(({ note }) => isTold(note, one)));
    if (ours.length > 0 && untold.length === 0) return;
    const parcels = untold.map((one) => `${nameOf(one)}${linkOf(one.parcel)}`);
    const what = parcels.length === 0 ? '' : `: ${parcels.join('; ')}`;
    await client.post(path, {
      operation,
      json: { note: `Shipment ${about.shipment.number} has left${what} (ref. ${mark})`, customer_note: notifyBuyer },
      safety: 'once',
      answer: noteMadeSchema,
      options,
    });
  };
}

interface Numbered {
  readonly parcel: Parcel;
  readonly number: string;
}

function nameOf({ parcel, number }: Numbered): string {
  return `${parcel.carrier} ${number}`;
}

function linkOf({ trackingUrl }: Parcel): string {
  return trackingUrl === undefined ? '' : ` ${trackingUrl}`;
}

/** Whether a note names this number, and not a longer one that begins with it. */
function isTold(note: string, parcel: Numbered): boolean {
  const text = withoutSigns(note);
  const name = withoutSigns(nameOf(parcel));
  const before = [': ', '; '];
  const behind = ['; ', ' (ref. ', ' http'];
  return before.some((start) => behind.some((end) => text.includes(start + name + end)));
}

/** WordPress may write signs in HTML, or leave them out. */
function withoutSigns(text: string): string {
  return text.replaceAll(/&#?[a-z0-9]+;|[&<>"']/gi, '');
}
