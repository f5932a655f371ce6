import { isCommerceError, type Ref, type ShipmentConfirmation, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { encoded, type AmazonClient } from './client.ts';
import type { AmazonSettings } from './options.ts';
import { fetchOrder } from './order-get.ts';
import { text } from './order-parties.ts';
import type { PackageDetail } from './shipment-package.ts';
import { plannedPackages } from './shipment-plan.ts';
import { shipmentRefusal, type ShipmentRefusal } from './shipment-refusals.ts';
import { fulfillmentWords } from './statuses.ts';
import { orderSchema, type WireOrder } from './wire/order.ts';

const operation = 'shipments.confirm';

/**
 * Confirms a shipment on its order, a package for each parcel. Amazon keeps packages by a number of ours: the same
 * number again changes the package, so a repeat after a lost answer is safe at any time. The order is looked at first,
 * for what is open and for what is there as it is to be.
 */
export function shipmentConfirm(client: AmazonClient, settings: AmazonSettings) {
  const { system, carriers, marketplaceId } = settings;

  return async function confirm(confirmation: ShipmentConfirmation, options: WriteOptions): Promise<Ref<'shipment'>> {
    const { order: ref, shipment } = confirmation;
    const refuse = shipmentRefusal(system, confirmation);
    const order = await openOrder(ref, refuse, options);
    const { missing, firstReference } = await plannedPackages(order, shipment, carriers, refuse);
    if (missing.length > 0) checkShippable(order, refuse);
    for (const packageDetail of missing) await send(ref.id, packageDetail, refuse, options);
    // A package's number is one of its order's.
    return { system, kind: 'shipment', id: `${ref.id}/${firstReference}` };
  };

  async function openOrder(
    ref: Ref<'order'>,
    refuse: ShipmentRefusal,
    { lane, signal }: WriteOptions,
  ): Promise<WireOrder> {
    const context = { operation, lane, signal };
    const wire = ref.system === system ? await fetchOrder(client, ref.id, 'FULFILLMENT,PACKAGES', context) : undefined;
    if (wire === undefined) throw refuse('record.missing', 'there is no such order', 'Check the link to the order.');
    const parsed = orderSchema.safeParse(wire);
    if (parsed.success) {
      checkStore(parsed.data, marketplaceId, refuse);
      return parsed.data;
    }
    const [first] = parsed.error.issues;
    const seen = `the order does not fit at "${first?.path.join('.') ?? ''}"`;
    throw refuse('response.unexpected', seen, 'Compare it with the API version that this connector is written for.');
  }

  async function send(
    orderId: string,
    packageDetail: PackageDetail,
    refuse: ShipmentRefusal,
    { lane, signal }: WriteOptions,
  ): Promise<void> {
    try {
      await client.send({
        api: 'confirmShipment',
        operation,
        method: 'POST',
        path: `orders/v0/orders/${encoded(orderId)}/shipmentConfirmation`,
        json: { marketplaceId, packageDetail },
        // The package has our number, and the same number again changes it to what it is.
        safety: 'repeatable',
        // 204, empty. Orders API v0, model of 2026-08-05.
        answer: z.unknown(),
        lane,
        signal,
      });
    } catch (error) {
      if (!isCommerceError(error, 'request.rejected')) throw error;
      const seen = `Amazon refused package "${packageDetail.packageReferenceId}" (${error.message})`;
      throw refuse('record.rejected', seen, 'Correct the shipment or the order, then replay.', error);
    }
  }
}

/** Refuses an order that was placed in another store. One that was placed outside of Amazon names none. */
function checkStore({ salesChannel }: WireOrder, marketplaceId: string, refuse: ShipmentRefusal): void {
  const placedIn = text(salesChannel.marketplaceId);
  if (placedIn === undefined || placedIn === marketplaceId) return;
  throw refuse(
    'record.rejected',
    `the order was placed in another store, "${placedIn}", and this one is "${marketplaceId}"`,
    'Confirm it through the connector of that store.',
  );
}

/** Refuses what Amazon would refuse, or what is not ours to ship, before anything is sent. */
function checkShippable({ fulfillment, programs, orderId }: WireOrder, refuse: ShipmentRefusal): void {
  if (fulfillment?.fulfilledBy === 'AMAZON') {
    throw refuse('record.rejected', 'Amazon ships this order itself', 'Find out why it was given to a warehouse.');
  }
  // Refused by Amazon, as those that it ships. developer-docs.amazon.com, read 2026-08-18.
  if (programs?.includes('FBM_SHIP_PLUS')) {
    throw refuse(
      'record.rejected',
      'Amazon takes no confirmation of Ship+ orders',
      'See in Seller Central how it ships, then resolve.',
    );
  }
  const status = fulfillmentWords.decode(fulfillment?.fulfillmentStatus ?? 'null', `Order "${orderId}"`);
  if (status === 'canceled') {
    throw refuse(
      'record.rejected',
      'the order was canceled meanwhile',
      'Stop the parcel or take it back, then resolve.',
    );
  }
  if (status === 'pending') {
    throw refuse(
      'record.rejected',
      'the order is pending and may not be shipped yet',
      'Wait until it is released, then replay.',
    );
  }
}
