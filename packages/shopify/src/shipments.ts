import { CommerceError, type ErrorCode, type Ref, type ShipmentConfirmation, type WriteOptions } from '@crossdock/core';
import { allocate, plannedCalls, stillNeeded, type PlannedCall, type Shortage } from './allocation.ts';
import type { ShopifyClient } from './client.ts';
import { fulfillmentCreate } from './documents/fulfillments.ts';
import { raiseUserErrors } from './errors.ts';
import { readOrderToShip, readShipped, type OrderToShip } from './order-to-ship.ts';
import { parcelGroups, type ParcelGroup } from './parcels.ts';
import { fulfillmentCreateSchema } from './wire/fulfillment.ts';

export interface ShipmentSettings {
  readonly system: string;
  readonly carriers: Readonly<Record<string, string>>;
  readonly notifyBuyer: boolean;
}

const operation = 'shipments.confirm';

/**
 * Confirms a shipment on its order. Shopify takes no idempotency key for a fulfillment and accepts the same partial
 * shipment twice, so every attempt first looks for fulfillments with our tracking numbers, and sends what they lack.
 */
export function shipmentConfirm(client: ShopifyClient, settings: ShipmentSettings) {
  return async function confirm(
    { order: orderRef, shipment }: ShipmentConfirmation,
    options: WriteOptions,
  ): Promise<Ref<'shipment'>> {
    const about: About = { orderRef, shipmentNumber: shipment.number, shipmentRef: shipment.ref, settings };
    const groups = parcelGroups(shipment, settings.carriers);
    const order = await readOrderToShip(client, orderRef.id, options);
    if (!order) throw refusal(about, 'record.missing', 'there is no such order', 'Check the link to the order.');
    const preferred = shipment.location?.system === settings.system ? shipment.location.id : undefined;

    const made: string[] = [];
    const lines = [...order.lines];
    const calls: { readonly group: ParcelGroup; readonly call: PlannedCall }[] = [];
    for (const group of groups) {
      const ours = order.fulfillments.filter(({ numbers }) => numbers.some((number) => group.numbers.includes(number)));
      made.push(...ours.map(({ id }) => id));
      const shipped = (await Promise.all(ours.map(({ id }) => readShipped(client, id, options)))).flat();
      const needs = stillNeeded(group.needs, shipped);
      if (needs.length === 0) continue;
      checkOpen(about, order);
      const { taken, shortages } = allocate(needs, lines, preferred);
      checkShortages(about, order, shortages);
      calls.push(...plannedCalls(taken).map((call) => ({ group, call })));
    }
    // Nothing is sent before everything has a place: half a shipment on the order would look like a whole one.
    for (const { group, call } of calls) made.push(await send(client, about, group, call, options));
    const [id] = made;
    if (id === undefined) throw refusal(about, 'record.invalid', 'it ships nothing', 'Check its quantities.');
    return { system: settings.system, kind: 'shipment', id };
  };
}

interface About {
  readonly orderRef: Ref<'order'>;
  readonly shipmentNumber: string;
  readonly shipmentRef: Ref<'shipment'>;
  readonly settings: ShipmentSettings;
}

async function send(
  client: ShopifyClient,
  about: About,
  group: ParcelGroup,
  call: PlannedCall,
  { lane, signal }: WriteOptions,
): Promise<string> {
  const byFulfillmentOrder = Map.groupBy(call.lines, ({ fulfillmentOrderId }) => fulfillmentOrderId);
  const { fulfillmentCreate: payload } = await client.run(fulfillmentCreate, {
    operation,
    // A repeat of a partial shipment would be accepted as another one.
    safety: 'once',
    lane,
    signal,
    answer: fulfillmentCreateSchema,
    variables: {
      fulfillment: {
        // Quantities are always named: without them Shopify ships everything that is left.
        lineItemsByFulfillmentOrder: [...byFulfillmentOrder].map(([fulfillmentOrderId, lines]) => ({
          fulfillmentOrderId,
          fulfillmentOrderLineItems: lines.map(({ id, quantity }) => ({ id, quantity })),
        })),
        trackingInfo: trackingOf(group),
        notifyCustomer: about.settings.notifyBuyer,
      },
    },
  });
  raiseUserErrors(payload.userErrors, {
    what: `${subject(about)} was not confirmed`,
    system: about.settings.system,
    operation,
    refs: [about.orderRef, about.shipmentRef],
  });
  if (payload.fulfillment) return payload.fulfillment.id;
  throw new CommerceError({
    code: 'write.uncertain',
    system: about.settings.system,
    operation,
    refs: [about.orderRef, about.shipmentRef],
    message: `${subject(about)} may not be confirmed: Shopify answered with neither a fulfillment nor a refusal. Replay it: what was made is found by its tracking number.`,
  });
}

function trackingOf({ company, numbers, urls }: ParcelGroup) {
  const [number] = numbers;
  const [url] = urls;
  const links =
    numbers.length === 1
      ? { number, ...(url !== undefined && { url }) }
      : { numbers, ...(urls.length > 0 && { urls }) };
  return { ...(company !== undefined && { company }), ...links };
}

function checkOpen(about: About, order: OrderToShip): void {
  if (!order.isCanceled) return;
  throw refusal(
    about,
    'record.rejected',
    'the order was canceled meanwhile',
    'Stop the parcel or take it back, then resolve.',
  );
}

function checkShortages(about: About, order: OrderToShip, shortages: readonly Shortage[]): void {
  const [first] = shortages;
  if (!first) return;
  const { sku, quantity } = first.need;
  if (!first.isKnown) {
    throw refusal(
      about,
      'sku.unknown',
      `order "${order.name}" has no line with SKU "${sku}"`,
      'Correct the SKU, then replay.',
    );
  }
  if (first.waiting > 0) {
    const seen = `${first.waiting} of "${sku}" on order "${order.name}" are on hold or scheduled for later`;
    throw refusal(about, 'record.rejected', seen, 'Release them in Shopify, then replay.');
  }
  const seen = `it ships ${quantity} of "${sku}" and order "${order.name}" has ${first.available} left to ship`;
  throw refusal(
    about,
    'record.rejected',
    seen,
    'Check what was fulfilled or removed in Shopify, then replay or resolve.',
  );
}

function refusal(about: About, code: ErrorCode, seen: string, next: string): CommerceError {
  return new CommerceError({
    code,
    system: about.settings.system,
    operation,
    refs: [about.orderRef, about.shipmentRef],
    message: `${subject(about)} was not confirmed: ${seen}. ${next}`,
  });
}

function subject({ shipmentNumber, orderRef, settings }: About): string {
  return `Shipment "${shipmentNumber}" of order "${orderRef.id}" in "${settings.system}"`;
}
