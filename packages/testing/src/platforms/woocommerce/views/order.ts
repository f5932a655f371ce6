import { currencySymbol } from '../currencies.ts';
import { asNumber, micro, show, showPlain, type Micro } from '../decimal.ts';
import { needsProcessing, wantsPayment } from '../life/orders.ts';
import { choiceMeta } from '../life/terms.ts';
import { productOf } from '../life/stock.ts';
import { priceOf } from '../life/tax.ts';
import { pair } from '../moments.ts';
import type { FeeLine, LineTax, OrderLine, ShippingLine, TaxLine, WooOrder, WooTaxRate } from '../records.ts';
import type { Site } from '../site.ts';
import { itemMetaView, links, metaByKey, metaView, url, type View } from './format.ts';

const editable = new Set(['pending', 'on-hold', 'auto-draft', 'failed']);

/** An order as `GET /orders/{id}` shows it. `digits` is what the caller asked for as `dp`. */
export function orderView(site: Site, order: WooOrder, digits: number = site.settings.decimals): View {
  const amount = (value: Micro) => show(value, digits);
  const created = pair('date_created', order.createdAt, site.zone);
  const modified = pair('date_modified', order.modifiedAt, site.zone);
  const completed = pair('date_completed', order.completedAt, site.zone);
  const paid = pair('date_paid', order.paidAt, site.zone);
  return {
    id: order.id,
    parent_id: order.parentId,
    status: order.status,
    currency: order.currency,
    version: site.version,
    prices_include_tax: order.pricesIncludeTax,
    date_created: created.date_created,
    date_modified: modified.date_modified,
    discount_total: amount(order.discountTotal),
    discount_tax: amount(order.discountTax),
    shipping_total: amount(order.shippingTotal),
    shipping_tax: amount(order.shippingTax),
    cart_tax: amount(order.cartTax),
    total: amount(order.total),
    total_tax: amount(order.cartTax + order.shippingTax),
    customer_id: order.customerId,
    order_key: order.key,
    billing: { ...order.billing },
    shipping: { ...order.shipping },
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentMethodTitle,
    transaction_id: order.transactionId,
    customer_ip_address: '',
    customer_user_agent: '',
    created_via: order.createdVia,
    customer_note: order.customerNote,
    date_completed: completed.date_completed,
    date_paid: paid.date_paid,
    cart_hash: '',
    number: order.number,
    meta_data: metaByKey(order.meta),
    line_items: order.lines.map((line) => lineView(site, line, digits)),
    tax_lines: order.taxLines.map((line) => taxLineView(site, line, digits)),
    shipping_lines: order.shippingLines.map((line) => shippingLineView(line, digits)),
    fee_lines: order.feeLines.map((line) => feeLineView(line, digits)),
    coupon_lines: order.couponLines.map((line) => ({
      id: line.id,
      code: line.code,
      discount: showPlain(line.discount),
      discount_tax: amount(line.discountTax),
      meta_data: itemMetaView(line.meta),
      discount_type: line.discountType,
      nominal_amount: asNumber(line.nominal),
      free_shipping: false,
    })),
    // Newest second first, and in a second the oldest first. Recorded on WooCommerce 10.0.2, 2026-11-23.
    refunds: order.refunds
      .toSorted((a, b) => b.createdAt - a.createdAt || a.id - b.id)
      .map(({ id, reason, amount: refunded, isBlank }) => ({
        id,
        reason,
        total: `-${isBlank ? '' : amount(refunded)}`,
      })),
    payment_url: `${site.home}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.key}`,
    is_editable: editable.has(order.status),
    needs_payment: wantsPayment(order),
    needs_processing: needsProcessing(site, order),
    date_created_gmt: created.date_created_gmt,
    date_modified_gmt: modified.date_modified_gmt,
    date_completed_gmt: completed.date_completed_gmt,
    date_paid_gmt: paid.date_paid_gmt,
    currency_symbol: currencySymbol(order.currency),
    _links: links(site, `orders/${order.id}`, 'orders', {
      email_templates: [{ embeddable: true, href: url(site, `orders/${order.id}/actions/email_templates`) }],
      ...(order.customerId === 0 ? {} : { customer: [{ href: url(site, `customers/${order.customerId}`) }] }),
    }),
  };
}

export function shippingLineView(line: ShippingLine, digits: number): View {
  return {
    id: line.id,
    method_title: line.title,
    method_id: line.methodId,
    instance_id: '',
    total: show(line.total, digits),
    total_tax: show(line.totalTax, digits),
    taxes: taxesView(line.taxes, digits),
    tax_status: 'taxable',
    meta_data: itemMetaView(line.meta),
  };
}

export function feeLineView(line: FeeLine, digits: number): View {
  return {
    id: line.id,
    name: line.name,
    tax_class: line.taxClass,
    tax_status: line.taxStatus,
    amount: '',
    total: show(line.total, digits),
    total_tax: show(line.totalTax, digits),
    taxes: taxesView(line.taxes, digits),
    meta_data: itemMetaView(line.meta),
  };
}

/** A line of an order or of a refund. Its price is a float, everything else is text. */
export function lineView(site: Site, line: OrderLine, digits: number): View {
  const product = productOf(site, line);
  const choices = (product?.chosen ?? []).map((one) => choiceMeta(site, one));
  const labels = new Map(choices.map((choice) => [choice.key, choice] as const));
  const isPlain = product !== undefined && product.type !== 'variation';
  const parent = product?.type === 'variation' ? site.store.products.get(product.parentId) : undefined;
  return {
    id: line.id,
    name: line.name,
    // What was deleted for good is none any more. Compared with WooCommerce 10.5.0, 2026-11-26.
    product_id: site.store.products.has(line.productId) ? line.productId : 0,
    variation_id: site.store.products.has(line.variationId) ? line.variationId : 0,
    quantity: line.quantity,
    tax_class: line.taxClass,
    subtotal: show(line.subtotal, digits),
    subtotal_tax: show(line.subtotalTax, digits),
    total: show(line.total, digits),
    total_tax: show(line.totalTax, digits),
    taxes: taxesView(line.taxes, digits),
    meta_data: itemMetaView(line.meta, labels),
    sku: product?.sku ?? line.looseSku ?? null,
    price: priceOf(line.total, line.quantity),
    image: { id: isPlain ? '' : 0, src: '' },
    parent_name: parent?.name ?? null,
  };
}

export function taxLineView(site: Site, line: TaxLine, digits: number): View {
  const rate = site.store.rates.get(line.rateId);
  return {
    id: line.id,
    rate_code: rate ? rateCode(rate) : '',
    rate_id: line.rateId,
    label: rate?.name ?? '',
    compound: rate?.compound ?? false,
    tax_total: show(line.taxTotal, digits),
    shipping_tax_total: show(line.shippingTaxTotal, digits),
    rate_percent: rate ? asNumber(micro(rate.rate)) : null,
    meta_data: metaView([]),
  };
}

/** What a rate is called in an order: `DE-MWST 19%-1`. */
export function rateCode({ country, state, name, priority }: WooTaxRate): string {
  return [country, state, name, String(priority)]
    .filter((part) => part !== '')
    .join('-')
    .toUpperCase();
}

function taxesView(taxes: readonly LineTax[], digits: number): readonly View[] {
  return taxes.map(({ rateId, total, subtotal }) => ({
    id: rateId,
    total: show(total, digits),
    subtotal: subtotal === undefined ? '' : show(subtotal, digits),
  }));
}
