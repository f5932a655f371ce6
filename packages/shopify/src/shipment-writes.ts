import type { WriteOptions } from '@crossdock/core';
import type { PlannedCall } from './shipment-allocation.ts';
import type { ShopifyClient } from './client.ts';
import { fulfillmentCreate } from './documents/fulfillments.ts';
import { raiseUserErrors } from './errors.ts';
import type { ParcelGroup } from './shipment-parcels.ts';
import { doubt, operation, subject, type Confirming } from './shipment-refusals.ts';
import { inputOf, trackingOf } from './shipment-tracking.ts';

/** Fulfills lines with the numbers of their parcels, and answers the fulfillment's id. `before` was made for the same shipment. */
export async function createFulfillment(
  client: ShopifyClient,
  about: Confirming,
  {
    group,
    call,
    before,
  }: { readonly group: ParcelGroup; readonly call: PlannedCall; readonly before: readonly string[] },
  { notifyBuyer, lane, signal }: { readonly notifyBuyer: boolean } & Pick<WriteOptions, 'lane' | 'signal'>,
): Promise<string> {
  const byFulfillmentOrder = Map.groupBy(call.lines, ({ fulfillmentOrderId }) => fulfillmentOrderId);
  const { fulfillmentCreate: payload } = await client.run(fulfillmentCreate, {
    operation,
    // A repeat of a partial shipment would be accepted as another one.
    safety: 'once',
    lane,
    signal,
    variables: {
      fulfillment: {
        // Quantities are always named: without them Shopify ships everything that is left.
        lineItemsByFulfillmentOrder: [...byFulfillmentOrder].map(([fulfillmentOrderId, lines]) => ({
          fulfillmentOrderId,
          fulfillmentOrderLineItems: lines.map(({ id, quantity }) => ({ id, quantity })),
        })),
        trackingInfo: inputOf(trackingOf([group])),
        notifyCustomer: notifyBuyer,
      },
    },
  });
  const made = before.map((id) => `"${id}"`).join(', ');
  raiseUserErrors(payload.userErrors, {
    what: `${subject(about)} ${made === '' ? 'was not confirmed' : `was confirmed in part, as ${made}, and the rest was not`}`,
    system: about.system,
    operation,
    refs: [about.orderRef, about.shipmentRef],
  });
  if (payload.fulfillment) return payload.fulfillment.id;
  throw doubt(about, 'Shopify answered with neither a fulfillment nor a refusal');
}
