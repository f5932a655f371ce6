import { eventsOfFulfillment, eventsOfShipment, type FulfillmentOrder, type Shipment } from '@crossdock/core';
import type { RecordReader } from './records-by-id.ts';
import { gidIn, malformed, type TopicReader } from './webhook-decode.ts';
import { gidOfNumber, gidsIn } from './webhook-ids.ts';

const operation = 'webhooks.decode';

/**
 * Deliveries about what left: a fulfillment, and what carriers report of one, which names it by number. shopify.dev,
 * fulfillment_events/create, API 2026-07.
 */
export function shipmentTopics(system: string, reader: RecordReader<Shipment>): TopicReader {
  return {
    topics: ['fulfillments/create', 'fulfillments/update', 'fulfillment_events/create', 'fulfillment_events/delete'],
    async read(delivery, options = {}) {
      const isReport = delivery.topic.toLowerCase().startsWith('fulfillment_events/');
      const id = isReport
        ? gidOfNumber(delivery.body, 'fulfillment_id', 'Fulfillment')
        : gidIn(delivery, 'Fulfillment', system);
      if (id === undefined) throw malformed(delivery, system, 'it names no fulfillment in "fulfillment_id"');
      const shipment = await reader.one(id, { operation, ...options });
      return shipment === undefined ? [] : eventsOfShipment(shipment);
    },
  };
}

/**
 * Deliveries about what is to leave. They name fulfillment orders in various places, several where one was split, merged or
 * moved, and always by their global id. shopify.dev, fulfillment_orders/*, API 2026-07.
 */
export function fulfillmentTopics(system: string, reader: RecordReader<FulfillmentOrder>): TopicReader {
  return {
    topics: [
      'fulfillment_orders/cancelled',
      'fulfillment_orders/cancellation_request_accepted',
      'fulfillment_orders/cancellation_request_rejected',
      'fulfillment_orders/cancellation_request_submitted',
      'fulfillment_orders/fulfillment_request_accepted',
      'fulfillment_orders/fulfillment_request_rejected',
      'fulfillment_orders/fulfillment_request_submitted',
      'fulfillment_orders/fulfillment_service_failed_to_complete',
      'fulfillment_orders/hold_released',
      'fulfillment_orders/line_items_prepared_for_local_delivery',
      'fulfillment_orders/line_items_prepared_for_pickup',
      'fulfillment_orders/manually_reported_progress_stopped',
      'fulfillment_orders/merged',
      'fulfillment_orders/moved',
      'fulfillment_orders/order_routing_complete',
      'fulfillment_orders/placed_on_hold',
      'fulfillment_orders/progress_reported',
      'fulfillment_orders/rescheduled',
      'fulfillment_orders/scheduled_fulfillment_order_ready',
      'fulfillment_orders/split',
      'fulfillment_holds/added',
      'fulfillment_holds/released',
    ],
    async read(delivery, options = {}) {
      const ids = gidsIn(delivery.body, 'FulfillmentOrder');
      if (ids.length === 0) throw malformed(delivery, system, 'it names no fulfillment order');
      const { items, problems } = await reader.read(ids, { operation, ...options });
      const [problem] = problems;
      if (problem) throw problem.error;
      return items.flatMap(eventsOfFulfillment);
    },
  };
}
