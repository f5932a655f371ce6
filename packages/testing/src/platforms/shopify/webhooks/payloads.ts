import { gid } from '../gid.ts';
import type { Happening } from '../life/shop.ts';
import { levelsOf } from '../life/stock.ts';
import { moneyOf } from '../money.ts';
import { isoOf, type Store } from '../store.ts';
import { offsetOf } from './moment.ts';
import { fulfillmentPayload } from './fulfillment-payload.ts';
import { orderPayload, refundPayload } from './order-payload.ts';

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
    case 'inventory_levels/update':
      return {
        inventory_item_id: happening.level.itemId,
        location_id: happening.level.locationId,
        available: happening.level.quantities.available,
        updated_at: offsetOf(happening.level.updatedAt),
        admin_graphql_api_id: `${gid('InventoryLevel', happening.level.id)}?inventory_item_id=${happening.level.itemId}`,
      };
    case 'products/create':
    case 'products/update': {
      const { product } = happening;
      const variants = [...store.variants.values()].filter(({ productId }) => productId === product.id);
      return {
        admin_graphql_api_id: gid('Product', product.id),
        id: product.id,
        title: product.title,
        handle: product.handle,
        vendor: product.vendor,
        product_type: '',
        status: product.status.toLowerCase(),
        tags: product.tags.join(', '),
        created_at: offsetOf(product.createdAt),
        updated_at: offsetOf(product.updatedAt),
        // Full data for the first 100 variants only. shopify.dev, webhooks, read 2026-11-23.
        variants: variants.slice(0, 100).map((variant) => ({
          admin_graphql_api_id: gid('ProductVariant', variant.id),
          id: variant.id,
          product_id: product.id,
          title: variant.title,
          sku: variant.sku ?? '',
          barcode: variant.barcode ?? null,
          price: moneyOf(variant.price, store.currency),
          compare_at_price:
            variant.compareAtPrice === undefined ? null : moneyOf(variant.compareAtPrice, store.currency),
          inventory_policy: variant.inventoryPolicy.toLowerCase(),
          inventory_quantity: levelsOf(store, variant.itemId).reduce(
            (total, { quantities }) => total + quantities.available,
            0,
          ),
          taxable: variant.taxable,
          position: variant.position,
          inventory_item_id: variant.itemId,
          created_at: offsetOf(variant.createdAt),
          updated_at: offsetOf(variant.updatedAt),
        })),
        variant_gids: variants.map((variant) => ({
          admin_graphql_api_id: gid('ProductVariant', variant.id),
          updated_at: isoOf(variant.updatedAt),
        })),
      };
    }
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
