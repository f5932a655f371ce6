import type { Json } from '@crossdock/core';
import type { Site } from '../site.ts';
import { customerView } from '../views/customer.ts';
import { orderView } from '../views/order.ts';
import { productView } from '../views/product.ts';
import { couponView } from '../views/small.ts';

/**
 * The body of a delivery: the record as the API shows it now, its id alone when it was removed, or what the API says of a
 * record that is gone. Recorded on WooCommerce 10.0.2, 2026-11-23.
 */
export async function payloadOf(site: Site, resource: string, event: string, id: number): Promise<Json> {
  if (resource === 'action') return { action: event, arg: id };
  if (event === 'deleted') return { id };
  return (await shown(site, resource, id)) ?? gone(resource);
}

function shown(site: Site, resource: string, id: number): Json | Promise<Json> {
  const { store } = site;
  if (resource === 'order') {
    const order = store.orders.get(id);
    return order && orderView(site, order);
  }
  if (resource === 'product') {
    const product = store.products.get(id);
    return product && productView(site, product);
  }
  if (resource === 'coupon') {
    const coupon = store.coupons.get(id);
    return coupon && couponView(site, coupon);
  }
  const customer = store.customers.get(id);
  return customer && customerView(site, customer);
}

function gone(resource: string): Json {
  const codes: Readonly<Record<string, string>> = { order: 'shop_order', coupon: 'shop_coupon', customer: 'customer' };
  const code = `woocommerce_rest_${codes[resource] ?? resource}_invalid_id`;
  return { code, message: 'Invalid ID.', data: { status: 404 } };
}
