import type { Order, PaymentStatus, ReadOptions, Ref } from '@crossdock/core';
import { knownId, type Connection } from './connection.ts';
import { toOrder } from './order-record.ts';
import { countryCodes } from './places.ts';
import { invoicePayment } from './statuses.ts';
import { deliveryLineRow, invoiceRow, orderLineRow, orderRow, taxRow, type OrderWire } from './wire/order.ts';
import { partnerRow } from './wire/partner.ts';
import { productKeyRow } from './wire/product.ts';

/** Reads an order with everything that it refers to. A reference to another system's, or to none at all, finds none. */
export async function getOrder(
  connection: Connection,
  ref: Ref<'order'>,
  options?: ReadOptions,
): Promise<Order | undefined> {
  const { client, settings } = connection;
  const orderId = knownId(connection, ref);
  if (orderId === undefined) return undefined;
  const [order] = await client.read('sale.order', [orderId], orderRow, options);
  if (!order) return undefined;
  const fields = await client.fieldsGet('sale.order.line', options);
  const taxField = Object.hasOwn(fields, 'tax_ids') ? 'tax_ids' : 'tax_id';
  const marksDelivery = Object.hasOwn(fields, 'is_delivery');
  const archived = { ...options, context: { active_test: false } };
  const [lines, marked, paymentStatus] = await Promise.all([
    client.read('sale.order.line', order.order_line, orderLineRow(taxField), options),
    marksDelivery ? client.read('sale.order.line', order.order_line, deliveryLineRow, options) : [],
    paymentStatusOf(connection, order, options),
  ]);
  const partnerIds = [order.partner_id, order.partner_invoice_id, order.partner_shipping_id].flatMap(
    (one) => one?.id ?? [],
  );
  const productIds = lines.flatMap(({ product_id }) => product_id?.id ?? []);
  const [partners, products, taxes] = await Promise.all([
    client.read('res.partner', unique(partnerIds), partnerRow, archived),
    client.read('product.product', unique(productIds), productKeyRow, archived),
    client.read('account.tax', unique(lines.flatMap(({ tax_ids }) => tax_ids)), taxRow, archived),
  ]);
  const around = {
    ref,
    lines,
    deliveryLines: new Set(marked.filter(({ is_delivery }) => is_delivery).map(({ id }) => id)),
    products: new Map(
      products.map(({ id, default_code, type }) => [id, { sku: default_code, service: type === 'service' }]),
    ),
    taxes: new Map(taxes.map((tax) => [tax.id, tax])),
    partners: new Map(partners.map((partner) => [partner.id, partner])),
    countries: await countryCodes(connection, partners, options),
    paymentStatus,
  };
  return toOrder(order, around, settings);
}

/** What was paid is said by the invoices; an order without a posted one is not paid as far as Odoo knows. */
async function paymentStatusOf(
  { client }: Connection,
  order: OrderWire,
  options?: ReadOptions,
): Promise<PaymentStatus> {
  const moves = await client.read('account.move', order.invoice_ids, invoiceRow, options);
  const posted = moves.filter(({ state, move_type }) => state === 'posted' && move_type === 'out_invoice');
  const record = `Order "${order.name}"`;
  const states = new Set(posted.map(({ payment_state }) => invoicePayment.decode(payment_state ?? 'not_paid', record)));
  const [only] = states;
  if (only === undefined) return 'pending';
  const rest = order.invoice_status === 'to invoice';
  if (states.size === 1) return only === 'paid' && rest ? 'partially-paid' : only;
  return states.has('refunded') ? 'partially-refunded' : 'partially-paid';
}

function unique(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}
