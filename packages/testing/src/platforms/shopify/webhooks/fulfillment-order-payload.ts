import { gid } from '../gid.ts';
import type { FulfillmentHappening } from '../life/shop.ts';
import type { FulfillmentOrderRecord, HoldRecord, MerchantRequestRecord } from '../records.ts';
import { ownApp } from '../views/app.ts';
import { offsetOf } from './moment.ts';

type Payload = Readonly<Record<string, unknown>>;

// The names of fields from shopify.dev, webhooks of API 2026-04, read 2026-11-26. Ids are global here and not numbers.

/** What subscribers are told of fulfillment orders, their holds and a parcel's events. */
export function fulfillmentOrderPayload(happening: FulfillmentHappening): Payload {
  switch (happening.topic) {
    case 'fulfillment_orders/order_routing_complete':
    case 'fulfillment_orders/hold_released':
    case 'fulfillment_orders/rescheduled':
    case 'fulfillment_orders/scheduled_fulfillment_order_ready':
      return { fulfillment_order: shown(happening.fulfillmentOrder) };
    case 'fulfillment_orders/manually_reported_progress_stopped':
      return {
        fulfillment_order: shown(happening.fulfillmentOrder),
        progress_stopped_by_app: { id: ownApp['id'] },
        progress_stopped_by_user: null,
      };
    case 'fulfillment_orders/placed_on_hold':
      return {
        fulfillment_order: shown(happening.fulfillmentOrder),
        remaining_fulfillment_order: happening.remaining ? shown(happening.remaining) : null,
        held_fulfillment_order_line_items: happening.fulfillmentOrder.lines.map(({ id, remaining }) => ({
          id: gid('FulfillmentOrderLineItem', id),
          quantity: remaining,
        })),
        created_fulfillment_hold: holdShown(happening.hold),
      };
    case 'fulfillment_holds/added':
    case 'fulfillment_holds/released':
      return {
        fulfillment_order: shown(happening.fulfillmentOrder),
        fulfillment_hold: holdShown(happening.hold),
      };
    case 'fulfillment_orders/cancelled':
      return {
        fulfillment_order: shown(happening.fulfillmentOrder),
        replacement_fulfillment_order: happening.replacement ? shown(happening.replacement) : null,
      };
    case 'fulfillment_orders/cancellation_request_accepted':
    case 'fulfillment_orders/cancellation_request_rejected':
    case 'fulfillment_orders/fulfillment_request_accepted':
    case 'fulfillment_orders/fulfillment_request_rejected':
    case 'fulfillment_orders/fulfillment_service_failed_to_complete':
      return { fulfillment_order: requested(happening.fulfillmentOrder), message: happening.message ?? '' };
    case 'fulfillment_orders/cancellation_request_submitted':
      return {
        fulfillment_order: requested(happening.fulfillmentOrder),
        fulfillment_order_merchant_request: requestShown(happening.request),
      };
    case 'fulfillment_orders/fulfillment_request_submitted':
      return {
        original_fulfillment_order: requested(happening.original ?? happening.fulfillmentOrder),
        submitted_fulfillment_order: requested(happening.fulfillmentOrder),
        fulfillment_order_merchant_request: requestShown(happening.request),
      };
    case 'fulfillment_orders/progress_reported':
      return {
        fulfillment_order: shown(happening.fulfillmentOrder),
        initial_status: happening.before.toLowerCase(),
        progress_report: { reason_notes: happening.notes ?? null },
      };
    case 'fulfillment_orders/moved':
      return {
        original_fulfillment_order: placed(happening.original),
        moved_fulfillment_order: placed(happening.fulfillmentOrder),
        destination_location_id: gid('Location', happening.fulfillmentOrder.locationId),
        source_location: { id: gid('Location', happening.from) },
        fulfillment_order_line_items_requested: happening.fulfillmentOrder.lines.map(({ id, total }) => ({
          id: gid('FulfillmentOrderLineItem', id),
          quantity: total,
        })),
      };
    case 'fulfillment_orders/split':
      return {
        fulfillment_order: shown(happening.fulfillmentOrder),
        remaining_fulfillment_order: shown(happening.remaining),
        replacement_fulfillment_order: null,
        split_line_items: happening.remaining.lines.map(({ id, total }) => ({
          id: gid('FulfillmentOrderLineItem', id),
          quantity: total,
        })),
      };
    case 'fulfillment_orders/merged':
      return {
        fulfillment_order_merges: { fulfillment_order: shown(happening.fulfillmentOrder) },
        merge_intents: happening.merged.map(({ id }) => ({ fulfillment_order_id: gid('FulfillmentOrder', id) })),
      };
    case 'fulfillment_events/create': {
      const { fulfillment, event } = happening;
      return {
        id: event.id,
        admin_graphql_api_id: gid('FulfillmentEvent', event.id),
        fulfillment_id: fulfillment.id,
        order_id: fulfillment.orderId,
        shop_id: 690_933_842n,
        status: event.status.toLowerCase(),
        message: event.message ?? '',
        happened_at: offsetOf(event.happenedAt),
        created_at: offsetOf(event.createdAt),
        updated_at: offsetOf(event.createdAt),
        estimated_delivery_at: event.estimatedDeliveryAt === undefined ? null : offsetOf(event.estimatedDeliveryAt),
        address1: event.address1 ?? null,
        city: event.city ?? null,
        province: event.province ?? null,
        country: event.country ?? null,
        zip: event.zip ?? null,
        latitude: event.latitude ?? null,
        longitude: event.longitude ?? null,
      };
    }
  }
}

function shown({ id, status }: FulfillmentOrderRecord): Payload {
  return { id: gid('FulfillmentOrder', id), status: status.toLowerCase() };
}

function requested(record: FulfillmentOrderRecord): Payload {
  return { ...shown(record), request_status: record.requestStatus.toLowerCase() };
}

function placed(record: FulfillmentOrderRecord): Payload {
  return { ...shown(record), assigned_location_id: gid('Location', record.locationId) };
}

function holdShown({ id, reason, notes, handle }: HoldRecord): Payload {
  return { id: gid('FulfillmentHold', id), reason: reason.toLowerCase(), reason_notes: notes ?? null, handle };
}

function requestShown({ id, kind, message }: MerchantRequestRecord): Payload {
  return { id: gid('FulfillmentOrderMerchantRequest', id), kind: kind.toLowerCase(), message: message ?? '' };
}
