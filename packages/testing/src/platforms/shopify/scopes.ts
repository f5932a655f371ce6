import { getNamedType, type GraphQLOutputType } from 'graphql';
import { apiError } from './api-error.ts';
import type { GraphQLError } from 'graphql';

const readsFulfillmentOrders = [
  'read_assigned_fulfillment_orders',
  'read_merchant_managed_fulfillment_orders',
  'read_third_party_fulfillment_orders',
  'read_marketplace_fulfillment_orders',
];
const writesFulfillmentOrders = [
  'write_assigned_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
  'write_third_party_fulfillment_orders',
];
const readsOrders = ['read_orders', 'read_marketplace_orders', 'read_quick_sale'];

// One of the scopes is enough. From `requiredAccess` in the schema of API 2026-10.
const typeScopes: Readonly<Record<string, readonly string[]>> = {
  Order: readsOrders,
  FulfillmentOrder: readsFulfillmentOrders,
  Fulfillment: ['read_orders', 'read_marketplace_orders', ...readsFulfillmentOrders],
  Customer: ['read_customers'],
  Location: ['read_locations', 'read_inventory', 'read_markets_home'],
  Product: ['read_products'],
  ProductVariant: ['read_products'],
  InventoryItem: ['read_inventory', 'read_products'],
  InventoryLevel: ['read_inventory'],
  OrderTransaction: ['read_orders', 'read_marketplace_orders'],
  Refund: ['read_orders', 'read_marketplace_orders'],
};
const mutationScopes: Readonly<Record<string, readonly string[]>> = {
  fulfillmentCreate: writesFulfillmentOrders,
  fulfillmentTrackingInfoUpdate: writesFulfillmentOrders,
  fulfillmentCancel: writesFulfillmentOrders,
  fulfillmentEventCreate: ['write_fulfillments'],
  fulfillmentOrderHold: ['write_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders'],
  fulfillmentOrderReleaseHold: ['write_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders'],
  orderCancel: ['write_orders', 'write_marketplace_orders'],
  orderClose: ['write_orders'],
  orderOpen: ['write_orders'],
  orderMarkAsPaid: ['write_orders'],
  orderUpdate: ['write_orders', 'write_marketplace_orders', 'write_quick_sale'],
  tagsAdd: ['write_orders'],
  tagsRemove: ['write_orders'],
  refundCreate: ['write_orders', 'write_marketplace_orders'],
  inventorySetQuantities: ['write_inventory'],
  inventoryAdjustQuantities: ['write_inventory'],
  inventoryActivate: ['write_inventory'],
  productVariantsBulkUpdate: ['write_products'],
};
const countScopes: Readonly<Record<string, readonly string[]>> = {
  ordersCount: ['read_orders', 'read_marketplace_orders'],
  productsCount: ['read_products'],
  productVariantsCount: ['read_products'],
  locationsCount: ['read_locations', 'read_inventory'],
};

/** The error for a field that the token may not read or write; undefined when it may. */
export function denied(
  scopes: ReadonlySet<string>,
  parent: string,
  field: string,
  type: GraphQLOutputType,
): GraphQLError | undefined {
  const named = getNamedType(type).name.replace(/Connection$/, '');
  const needed = parent === 'Mutation' ? mutationScopes[field] : (countScopes[field] ?? typeScopes[named]);
  // Whoever may write may read.
  const has = (scope: string) => scopes.has(scope) || scopes.has(scope.replace(/^read_/, 'write_'));
  if (!needed || needed.some(has)) return undefined;
  const words = needed.map((scope) => `\`${scope}\` access scope`);
  const required = `${words.length > 1 ? `${words.slice(0, -1).join(', ')} or ` : ''}${words.at(-1)}.`;
  return apiError('ACCESS_DENIED', `Access denied for ${field} field. Required access: ${required}`, {
    documentation: 'https://shopify.dev/api/usage/access-scopes',
    requiredAccess: required,
  });
}
