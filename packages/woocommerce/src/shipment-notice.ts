import type { WooClient } from './client.ts';
import { isNoRoute } from './errors.ts';
import { fulfillmentNotice } from './notice-fulfillments.ts';
import { noteNotice } from './notice-notes.ts';
import { trackingNotice } from './notice-trackings.ts';
import type { Notice, Teller } from './notice.ts';
import { operation } from './shipment-refusals.ts';
import { fulfillmentsSchema, trackingsSchema } from './wire/shipment.ts';

/**
 * Tells a shop where it looks for shipments: the fulfillments of its core where they are switched on, else the extension
 * "Shipment Tracking", else a note on the order. Which of them a shop has is found out once, and anew when it is gone.
 */
export function shipmentNotice(client: WooClient): Teller {
  let found: Teller | undefined;
  return async function tell(notice) {
    const known = found;
    try {
      found ??= await tellerOf(client, notice);
      await found(notice);
    } catch (error) {
      if (known === undefined || !isNoRoute(error)) throw error;
      // What it had is switched off or removed since.
      found = await tellerOf(client, notice);
      await found(notice);
    }
  };
}

async function tellerOf(client: WooClient, { orderId, options }: Notice): Promise<Teller> {
  const call = { operation, options };
  // 404 "rest_no_route" where the feature is off or older than 10.1. recorded on WooCommerce 10.0.2, 2026-11-23
  const fulfillments = client.get(`wc/v3/orders/${orderId}/fulfillments`, { ...call, answer: fulfillmentsSchema });
  if (await hasRoute(fulfillments)) return fulfillmentNotice(client);
  const path = `wc-shipment-tracking/v3/orders/${orderId}/shipment-trackings`;
  if (await hasRoute(client.get(path, { ...call, answer: trackingsSchema }))) return trackingNotice(client);
  return noteNotice(client);
}

async function hasRoute(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (isNoRoute(error)) return false;
    throw error;
  }
}
