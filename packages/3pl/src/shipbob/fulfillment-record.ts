import type { Address, FulfillmentLine, FulfillmentOrder, Ref } from '@crossdock/core';
import { issuesOf } from './fulfillment-issues.ts';
import { latest, momentOf, optionalMoment } from './moments.ts';
import { fulfillmentStatusOf } from './statuses.ts';
import { notesOf, type TagNotes } from './order-tags.ts';
import type { WireOrder, WireRecipient } from './wire/order.ts';

/** An order at ShipBob. Throws `status.unmapped` and `record.invalid` for what nobody can read. */
export function toFulfillmentOrder(order: WireOrder, system: string): FulfillmentOrder {
  const notes = notesOf(order);
  const requestedAt = momentOf(order.created_date, 'created_date');
  const shipTo = toAddress(order.recipient);
  return {
    ref: fulfillmentRef(order, system),
    number: order.reference_id,
    ...(notes.order && { order: notes.order }),
    status: fulfillmentStatusOf(order),
    wireStatus: order.status,
    ...(shipTo && { shipTo }),
    ...(order.shipping_method && { service: order.shipping_method }),
    lines: toLines(order, notes),
    issues: issuesOf(order),
    requestedAt,
    updatedAt: latest(requestedAt, ...(order.shipments ?? []).flatMap(changesOf)),
  };
}

export function fulfillmentRef(order: Pick<WireOrder, 'id'>, system: string): Ref<'fulfillment'> {
  return { system, kind: 'fulfillment', id: String(order.id) };
}

/** An order has no time of its last change; the latest of its shipments' is as near as ShipBob says it. */
function changesOf(shipment: NonNullable<WireOrder['shipments']>[number]): readonly (string | undefined)[] {
  return [
    optionalMoment(shipment.last_update_at, 'shipments.last_update_at'),
    optionalMoment(shipment.last_tracking_update_at, 'shipments.last_tracking_update_at'),
  ];
}

function toLines(order: WireOrder, notes: TagNotes): readonly FulfillmentLine[] {
  return (order.products ?? []).map((product, index) => ({
    id: notes.lineId(product.external_line_id) ?? String(product.external_line_id ?? index + 1),
    sku: product.reference_id ?? product.sku ?? String(product.id),
    quantity: product.quantity,
  }));
}

function toAddress(recipient: WireRecipient | null | undefined): Address | undefined {
  const address = recipient?.address;
  // People type countries in ShipBob's own screens; what is no code is not guessed at.
  if (!recipient || !address?.country || !/^[A-Z]{2}$/.test(address.country)) return undefined;
  const lines = [address.address1, address.address2].filter((line) => line !== null && line !== undefined);
  return {
    ...(recipient.name && { name: recipient.name }),
    ...(address.company_name && { company: address.company_name }),
    lines: lines.filter((line) => line !== ''),
    ...(address.city && { city: address.city }),
    ...(address.state && { subdivision: address.state }),
    ...(address.zip_code && { postalCode: address.zip_code }),
    countryCode: address.country,
    ...(recipient.phone_number && { phone: recipient.phone_number }),
    ...(recipient.email && { email: recipient.email }),
  };
}
