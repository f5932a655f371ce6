import { show } from '../decimal.ts';
import { pair } from '../moments.ts';
import type { WooCoupon, WooFulfillment, WooNote, WooOrder, WooRefund, WooTaxRate, WooWebhook } from '../records.ts';
import type { Site } from '../site.ts';
import { links, metaView, url, type View } from './format.ts';
import { feeLineView, lineView, shippingLineView, taxLineView } from './order.ts';

/** A refund: its amount is positive, its lines are negative. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function refundView(site: Site, refund: WooRefund, withParent = false): View {
  const digits = site.settings.decimals;
  const path = `orders/${refund.orderId}/refunds`;
  return {
    id: refund.id,
    ...(withParent ? { parent_id: refund.orderId } : {}),
    ...pair('date_created', refund.createdAt, site.zone),
    amount: refund.isBlank ? '' : show(refund.amount, digits),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: refund.isPaidBack,
    meta_data: metaView(refund.meta),
    line_items: refund.lines.map((line) => lineView(site, line, digits)),
    shipping_lines: refund.shippingLines.map((line) => shippingLineView(line, digits)),
    tax_lines: refund.taxLines.map((line) => taxLineView(site, line, digits)),
    fee_lines: refund.feeLines.map((line) => feeLineView(line, digits)),
    _links: links(site, `${path}/${refund.id}`, path, { up: [{ href: url(site, `orders/${refund.orderId}`) }] }, [
      'GET',
      'DELETE',
    ]),
  };
}

export function noteView(site: Site, order: WooOrder, note: WooNote): View {
  const path = `orders/${order.id}/notes`;
  return {
    id: note.id,
    author: note.author,
    ...pair('date_created', note.createdAt, site.zone),
    note: note.note,
    customer_note: note.customerNote,
    _links: links(site, `${path}/${note.id}`, path, { up: [{ href: url(site, `orders/${order.id}`) }] }, [
      'GET',
      'DELETE',
    ]),
  };
}

export function taxRateView(site: Site, rate: WooTaxRate): View {
  return {
    id: rate.id,
    country: rate.country,
    state: rate.state,
    postcode: '',
    city: '',
    rate: rate.rate,
    name: rate.name,
    priority: rate.priority,
    compound: rate.compound,
    shipping: rate.shipping,
    order: 0,
    class: rate.taxClass,
    postcodes: [],
    cities: [],
    _links: links(site, `taxes/${rate.id}`, 'taxes'),
  };
}

export function couponView(site: Site, coupon: WooCoupon): View {
  return {
    id: coupon.id,
    code: coupon.code,
    amount: show(coupon.amount, site.settings.decimals),
    status: 'publish',
    ...pair('date_created', coupon.createdAt, site.zone),
    ...pair('date_modified', coupon.createdAt, site.zone),
    discount_type: coupon.type,
    description: '',
    date_expires: null,
    date_expires_gmt: null,
    usage_count: 0,
    individual_use: false,
    product_ids: [],
    excluded_product_ids: [],
    usage_limit: null,
    usage_limit_per_user: null,
    limit_usage_to_x_items: null,
    free_shipping: false,
    product_categories: [],
    excluded_product_categories: [],
    exclude_sale_items: false,
    minimum_amount: show(0n, site.settings.decimals),
    maximum_amount: show(0n, site.settings.decimals),
    email_restrictions: [],
    used_by: [],
    meta_data: [],
    _links: links(site, `coupons/${coupon.id}`, 'coupons'),
  };
}

/** A webhook never shows its secret. */
export function webhookView(site: Site, webhook: WooWebhook, hooks: readonly string[]): View {
  const [resource = '', ...event] = webhook.topic.split('.');
  return {
    id: webhook.id,
    name: webhook.name,
    status: webhook.status,
    topic: webhook.topic,
    resource,
    event: event.join('.'),
    hooks,
    delivery_url: webhook.url,
    ...pair('date_created', webhook.createdAt, site.zone),
    ...pair('date_modified', webhook.modifiedAt, site.zone),
    _links: links(site, `webhooks/${webhook.id}`, 'webhooks'),
  };
}

export function fulfillmentView(site: Site, fulfillment: WooFulfillment): View {
  return {
    id: fulfillment.id,
    is_fulfilled: fulfillment.isFulfilled,
    status: fulfillment.status,
    entity_type: 'WC_Order',
    entity_id: String(fulfillment.orderId),
    date_updated: fulfilledOn(site, fulfillment.updatedAt),
    meta_data: metaView(fulfillment.meta),
  };
}

/** `2026-11-26 19:42:06`, on the wall of the shop. */
export function fulfilledOn(site: Site, ms: number): string {
  return pair('at', ms, site.zone).at?.replace('T', ' ') ?? '';
}
