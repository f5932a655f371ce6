import type { WooClient } from './client.ts';
import { numbered, type Teller } from './notice.ts';
import { operation } from './shipment-refusals.ts';
import { noteMadeSchema, notesSchema } from './wire/shipment.ts';

/**
 * Tells by a note on the order, which any shop has. A note that the buyer may see is mailed to them. Notes have no key,
 * so ours ends in the shipment's mark, and is looked for first.
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
    const ours = notes.filter(({ note }) => note.includes(mark));
    // A number that came later is told in a note of its own.
    const untold = numbered(plan.parcels).filter(({ number }) => !ours.some(({ note }) => note.includes(number)));
    if (ours.length > 0 && untold.length === 0) return;
    const parcels = untold.map(({ parcel, number }) => `${parcel.carrier} ${number}${linkOf(parcel)}`);
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

function linkOf({ trackingUrl }: { readonly trackingUrl?: string | undefined }): string {
  return trackingUrl === undefined ? '' : ` ${trackingUrl}`;
}
