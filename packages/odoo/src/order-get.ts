import {
  isCommerceError,
  type Order,
  type PageProblem,
  type PaymentStatus,
  type ReadOptions,
  type Ref,
} from '@crossdock/core';
import { knownId, refTo, type Connection } from './connection.ts';
import { toOrder } from './order-record.ts';
import { countryCodes } from './places.ts';
import { invoicePayment } from './statuses.ts';
import { misfit } from './unreadable.ts';
import {
  deliveryLineRow,
  invoiceRow,
  orderLineRow,
  orderRow,
  taxRow,
  type InvoiceWire,
  type OrderWire,
} from './wire/order.ts';
import { partnerRow } from './wire/partner.ts';
import { productKeyRow } from './wire/product.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';

/** Reads an order with everything that it refers to. A reference to another system's, or to none at all, finds none. */
export async function getOrder(
  connection: Connection,
  ref: Ref<'order'>,
  options?: ReadOptions,
): Promise<Order | undefined> {
  const orderId = knownId(connection, ref);
  if (orderId === undefined) return undefined;
  const [order] = await connection.client.read('sale.order', [orderId], orderRow, options);
  if (!order) return undefined;
  const { items, problems } = await readOrders(connection, [order], 'orders.get', options);
  const [problem] = problems;
  if (problem) throw problem.error;
  return items[0];
}

/**
 * Reads what many orders refer to, with as many questions as for one. An order that cannot be understood is a problem
 * of its own and stops no other.
 */
export async function readOrders(
  connection: Connection,
  orders: readonly OrderWire[],
  operation: string,
  options?: ReadOptions,
): Promise<{ readonly items: readonly Order[]; readonly problems: readonly PageProblem[] }> {
  if (orders.length === 0) return { items: [], problems: [] };
  const { client, settings } = connection;
  const fields = await client.fieldsGet('sale.order.line', options);
  const taxField = Object.hasOwn(fields, 'tax_ids') ? 'tax_ids' : 'tax_id';
  const marksDelivery = Object.hasOwn(fields, 'is_delivery');
  const archived = { ...options, context: { active_test: false } };
  const lineIds = orders.flatMap(({ order_line }) => order_line);
  const invoiceIds = unique(orders.flatMap(({ invoice_ids }) => invoice_ids));
  const [lineReadings, marked, invoices] = await Promise.all([
    client.read('sale.order.line', lineIds, rowByRow(orderLineRow(taxField)), options),
    marksDelivery ? client.read('sale.order.line', lineIds, deliveryLineRow, options) : [],
    client.read('account.move', invoiceIds, invoiceRow, options),
  ]);
  const known = readable(lineReadings);
  const partnerIds = orders.flatMap((order) =>
    [order.partner_id, order.partner_invoice_id, order.partner_shipping_id].flatMap((one) => one?.id ?? []),
  );
  const productIds = known.flatMap(({ product_id }) => product_id?.id ?? []);
  const [partners, products, taxes] = await Promise.all([
    client.read('res.partner', unique(partnerIds), partnerRow, archived),
    client.read('product.product', unique(productIds), productKeyRow, archived),
    client.read('account.tax', unique(known.flatMap(({ tax_ids }) => tax_ids)), taxRow, archived),
  ]);
  const lineById = new Map(known.map((line) => [line.id, line]));
  const badLines = new Map(unreadable(lineReadings).map((bad) => [bad.stamp.id, bad]));
  const shared = {
    deliveryLines: new Set(marked.filter(({ is_delivery }) => is_delivery).map(({ id }) => id)),
    products: new Map(
      products.map(({ id, default_code, type }) => [id, { sku: default_code, service: type === 'service' }]),
    ),
    taxes: new Map(taxes.map((tax) => [tax.id, tax])),
    partners: new Map(partners.map((partner) => [partner.id, partner])),
    countries: await countryCodes(connection, partners, options),
  };
  const items: Order[] = [];
  const problems: PageProblem[] = [];
  for (const order of orders) {
    const ref = refTo(connection, 'order', order.id);
    const bad = order.order_line.flatMap((id) => badLines.get(id) ?? [])[0];
    try {
      // An order of which a line is missing would look as if somebody had taken it off.
      if (bad) throw misfit(connection, { model: 'sale.order.line', operation, bad, ref });
      const lines = order.order_line.flatMap((id) => lineById.get(id) ?? []);
      const paymentStatus = paymentStatusOf(order, invoices);
      items.push(toOrder(order, { ...shared, ref, lines, paymentStatus }, settings));
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      problems.push({ ref, error, version: order.write_date });
    }
  }
  return { items, problems };
}

/** What was paid is said by the invoices; an order without a posted one is not paid as far as Odoo knows. */
function paymentStatusOf(order: OrderWire, invoices: readonly InvoiceWire[]): PaymentStatus {
  const own = new Set(order.invoice_ids);
  const posted = invoices.filter(
    ({ id, state, move_type }) => own.has(id) && state === 'posted' && move_type === 'out_invoice',
  );
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
