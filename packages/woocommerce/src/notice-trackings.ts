import type { Parcel, WriteOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { remove } from './notice-removal.ts';
import { numbered, plainNumber, type Teller } from './notice.ts';
import { operation } from './shipment-refusals.ts';
import { providersSchema, trackingMadeSchema, trackingsSchema } from './wire/shipment.ts';

/**
 * Tells by the extension "Shipment Tracking", which shows the numbers in the buyer's account and in the shop's mails. It
 * takes a number twice, so those that are there are looked for first, and of several of one number the oldest stays.
 * Parcels without a number have no place in it.
 */
export function trackingNotice(client: WooClient): Teller {
  let known: ReadonlyMap<string, string> | undefined;
  return async function tell({ about, orderId, plan, options }) {
    const parcels = numbered(plan.parcels);
    if (parcels.length === 0) return;
    const path = `wc-shipment-tracking/v3/orders/${orderId}/shipment-trackings`;
    const { data } = await client.get(path, { operation, answer: trackingsSchema, options });
    const { shippedAt, updatedAt } = about.shipment;
    for (const { parcel, number } of parcels) {
      // In the order in which they were made.
      const [oldest, ...doubles] = data.filter((one) => plainNumber(one.tracking_number) === plainNumber(number));
      if (oldest) {
        for (const { tracking_id: id } of doubles) {
          // By one id both would go.
          if (id !== oldest.tracking_id) await remove(client, `${path}/${encodeURIComponent(id)}`, options);
        }
        continue;
      }
      known ??= await providers(client, `${path}/providers`, options);
      await client.post(path, {
        operation,
        json: {
          ...carrierOf(parcel, known),
          tracking_number: number,
          date_shipped: (shippedAt ?? updatedAt).slice(0, 10),
        },
        safety: 'once',
        answer: trackingMadeSchema,
        options,
      });
    }
  };
}

/** The extension makes the link itself for carriers that it knows, by name; for others it takes ours. */
function carrierOf(
  { carrier, trackingUrl }: Parcel,
  known: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const provider = known.get(plain(carrier));
  if (provider !== undefined) return { tracking_provider: provider };
  return { custom_tracking_provider: carrier, custom_tracking_link: trackingUrl ?? '' };
}

async function providers(client: WooClient, path: string, options: WriteOptions): Promise<ReadonlyMap<string, string>> {
  const { data } = await client.get(path, { operation, answer: providersSchema, options });
  return new Map(Object.values(data).flatMap((country) => Object.keys(country).map((name) => [plain(name), name])));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
