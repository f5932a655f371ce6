import { gid } from '../gid.ts';
import type { Happening } from '../life/shop.ts';
import type { Store } from '../store.ts';
import { offsetOf } from './moment.ts';
import { fulfillmentPayload } from './fulfillment-payload.ts';
import { orderPayload, refundPayload } from './order-payload.ts';
import { levelPayload, productPayload } from './product-payload.ts';

/** What a delivery says: the older REST form, snake case, ids as numbers. */
export function payloadOf(store: Store, happening: Happening): Readonly<Record<string, unknown>> {
  switch (happening.topic) {
    case 'orders/create':
    case 'orders/updated':
    case 'orders/paid':
    case 'orders/cancelled':
    case 'orders/fulfilled':
    case 'orders/partially_fulfilled':
      return orderPayload(store, happening.order);
    case 'orders/delete':
      return { id: happening.order.id };
    case 'orders/edited':
      return {
        order_edit: {
          id: happening.order.id + 2n,
          app_id: null,
          created_at: offsetOf(happening.order.updatedAt),
          notify_customer: false,
          order_id: happening.order.id,
          staff_note: '',
          user_id: null,
          committed_at: offsetOf(happening.order.updatedAt),
          line_items: {
            additions: [],
            removals: happening.order.lines.flatMap(({ id, removed }) => (removed > 0 ? [{ id, delta: removed }] : [])),
          },
          discounts: { line_item: { additions: [], removals: [] } },
          shipping_lines: { additions: [], removals: [] },
        },
      };
    case 'fulfillments/create':
    case 'fulfillments/update':
      return fulfillmentPayload(store, happening.fulfillment);
    case 'refunds/create':
      return refundPayload(happening.order, happening.refund);
    case 'inventory_levels/connect':
    case 'inventory_levels/disconnect':
    case 'inventory_levels/update':
      return levelPayload(store, happening.level);
    case 'products/create':
    case 'products/update':
      return productPayload(store, happening.product);
    case 'products/delete':
      return { id: happening.product.id };
    case 'fulfillment_orders/order_routing_complete':
    case 'fulfillment_orders/placed_on_hold':
    case 'fulfillment_orders/hold_released':
    case 'fulfillment_orders/cancelled':
    case 'fulfillment_orders/moved':
      return {
        fulfillment_order: {
          id: gid('FulfillmentOrder', happening.fulfillmentOrder.id),
          status: happening.fulfillmentOrder.status.toLowerCase(),
        },
      };
  }
}
