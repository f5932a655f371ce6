import type { WriteOptions } from '@crossdock/core';
import type { PlannedCall } from './shipment-allocation.ts';
import type { ShopifyClient } from './client.ts';
import { fulfillmentCancel, fulfillmentCreate, fulfillmentTrackingInfoUpdate } from './documents/fulfillments.ts';
import { raiseUserErrors } from './errors.ts';
import type { ParcelGroup } from './shipment-parcels.ts';
import { doubt, operation, subject, type Confirming } from './shipment-refusals.ts';
import { trackingOf } from './shipment-tracking.ts';
import type { UserErrors } from './wire/user-error.ts';

export interface FulfillmentWrites {
  /** Fulfills lines with the numbers of their parcels, and answers the fulfillment's id. */
  create(group: ParcelGroup, call: PlannedCall): Promise<string>;
  /** Takes one back. Harmless to repeat. */
  cancel(id: string): Promise<void>;
  /** Shows the numbers of these parcels on one. Harmless to repeat. */
  retrack(id: string, groups: readonly ParcelGroup[]): Promise<void>;
}

/** What one confirmation writes. */
export function fulfillmentWrites(
  client: ShopifyClient,
  about: Confirming,
  notifyBuyer: boolean,
  { lane, signal }: WriteOptions,
): FulfillmentWrites {
  const raise = (errors: UserErrors, what: string) =>
    raiseUserErrors(errors, {
      what: `${subject(about)} ${what}`,
      system: about.system,
      operation,
      refs: [about.orderRef, about.shipmentRef],
    });
  return {
    async create(group, call) {
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
            trackingInfo: trackingOf([group]),
            notifyCustomer: notifyBuyer,
          },
        },
      });
      raise(payload.userErrors, 'was not confirmed');
      if (payload.fulfillment) return payload.fulfillment.id;
      throw doubt(about, 'Shopify answered with neither a fulfillment nor a refusal');
    },
    async cancel(id) {
      const { fulfillmentCancel: payload } = await client.run(fulfillmentCancel, {
        operation,
        safety: 'repeatable',
        lane,
        signal,
        variables: { id },
      });
      raise(payload.userErrors, `is fulfilled twice, and the second fulfillment "${id}" was not canceled`);
    },
    async retrack(id, groups) {
      const { fulfillmentTrackingInfoUpdate: payload } = await client.run(fulfillmentTrackingInfoUpdate, {
        operation,
        safety: 'repeatable',
        lane,
        signal,
        variables: { id, tracking: trackingOf(groups), notify: notifyBuyer },
      });
      raise(payload.userErrors, `is confirmed, but its tracking number was not set on fulfillment "${id}"`);
    },
  };
}
