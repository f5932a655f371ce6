import { gid } from '../gid.ts';
import type { FulfillmentRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { addressPayload } from './address-payload.ts';
import { offsetOf } from './moment.ts';

/** A parcel in the older REST form. */
export function fulfillmentPayload(store: Store, record: FulfillmentRecord): Readonly<Record<string, unknown>> {
  const order = store.orders.get(record.orderId);
  const tracking = record.tracking;
  return {
    id: record.id,
    admin_graphql_api_id: gid('Fulfillment', record.id),
    order_id: record.orderId,
    name: record.name.replace('-F', '.'),
    status: record.status.toLowerCase(),
    service: 'manual',
    location_id: record.locationId,
    shipment_status: record.events.at(-1)?.status.toLowerCase() ?? null,
    created_at: offsetOf(record.createdAt),
    updated_at: offsetOf(record.updatedAt),
    tracking_company: tracking[0]?.company ?? null,
    tracking_number: tracking[0]?.number ?? null,
    tracking_numbers: tracking.flatMap(({ number }) => (number ? [number] : [])),
    tracking_url: tracking[0]?.url ?? null,
    tracking_urls: tracking.flatMap(({ url }) => (url ? [url] : [])),
    email: order?.email ?? null,
    destination: addressPayload(order?.shippingAddress),
    origin_address: null,
    receipt: {},
    line_items: record.lines.flatMap(({ lineId, quantity }) => {
      const line = order?.lines.find(({ id }) => id === lineId);
      return line
        ? [
            {
              id: line.id,
              admin_graphql_api_id: gid('LineItem', line.id),
              sku: line.sku ?? null,
              title: line.title,
              variant_id: line.variantId ?? null,
              quantity,
            },
          ]
        : [];
    }),
  };
}
