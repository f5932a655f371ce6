import type { Parcel, WriteOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import type { PlannedParcel } from './shipment-plan.ts';
import { remove } from './notice-removal.ts';
import { numberOf, numbered, type Notice, type Teller } from './notice.ts';
import { operation } from './shipment-refusals.ts';
import { fulfillmentMadeSchema, fulfillmentsSchema, type WireFulfillment } from './wire/shipment.ts';

/** Names our parcel on its fulfillment. */
const markKey = '_crossdock_parcel';

/**
 * Tells by the fulfillments of the core, one a parcel, because each has one tracking number. They take no key, so each has
 * our parcel's mark, and is looked for first and again behind every one that was made: of several with one mark, which
 * another process made at the same moment or the shop made late, the oldest stays.
 */
export function fulfillmentNotice(client: WooClient): Teller {
  return async function tell(notice) {
    const { mark, plan, options, orderId, notifyBuyer } = notice;
    const path = `wc/v3/orders/${orderId}/fulfillments`;
    let there = await listed(client, path, notice);
    const full = plan.parcels.filter(({ units }) => units.length > 0);
    for (const [index, each] of full.entries()) {
      const own = `${mark}/${each.parcel.id}`;
      if (there.some((one) => isMarked(one, own))) {
        await keepOldest(client, path, there, own, options);
        continue;
      }
      await client.post(path, {
        operation,
        json: {
          status: 'fulfilled',
          is_fulfilled: true,
          notify_customer: notifyBuyer,
          meta_data: metaOf(each, index === 0 ? strayNumbers(plan.parcels) : [], own),
        },
        safety: 'once',
        answer: fulfillmentMadeSchema,
        options,
      });
      there = await listed(client, path, notice);
      await keepOldest(client, path, there, own, options);
    }
  };
}

async function keepOldest(
  client: WooClient,
  path: string,
  there: readonly WireFulfillment[],
  mark: string,
  options: WriteOptions,
): Promise<void> {
  const ours = there.filter((one) => isMarked(one, mark)).toSorted((a, b) => Number(a.id) - Number(b.id));
  for (const { id } of ours.slice(1)) await remove(client, `${path}/${id}`, options);
}

async function listed(client: WooClient, path: string, { options }: Notice): Promise<readonly WireFulfillment[]> {
  const { data } = await client.get(path, { operation, answer: fulfillmentsSchema, options });
  return data.filter(({ date_deleted: deleted }) => deleted === null || deleted === undefined);
}

function isMarked({ meta_data }: WireFulfillment, mark: string): boolean {
  return meta_data.some(({ key, value }) => key === markKey && value === mark);
}

/** Numbers must be numbers there: text is refused as "Invalid item". WooCommerce source at 11.2-dev, read 2026-11-23 */
function metaOf({ parcel, units }: PlannedParcel, strays: readonly string[], mark: string) {
  const number = [numberOf(parcel) ?? [], ...strays].flat().join(', ');
  const entries: readonly (readonly [string, unknown])[] = [
    ['_items', units.map(({ id, quantity }) => ({ item_id: Number(id), qty: quantity }))],
    ...(number === '' ? [] : [['_tracking_number', number] as const]),
    ['_shipment_provider', parcel.carrier],
    ...urlOf(parcel),
    [markKey, mark],
  ];
  return entries.map(([key, value]) => ({ id: 0, key, value }));
}

function urlOf({ trackingUrl }: Parcel): readonly (readonly [string, unknown])[] {
  return trackingUrl === undefined ? [] : [['_tracking_url', trackingUrl]];
}

/** Numbers of parcels of which nobody said what is in them: they go where the goods are. */
function strayNumbers(parcels: readonly PlannedParcel[]): readonly string[] {
  return numbered(parcels.filter(({ units }) => units.length === 0)).map(({ number }) => number);
}
