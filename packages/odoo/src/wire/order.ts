import * as z from 'zod';
import {
  idList,
  many2one,
  optionalMany2one,
  optionalText,
  orNull,
  recordId,
  rowOf,
  text,
  utcDatetime,
  type Row,
} from './value.ts';

// Fields of sale.order and sale.order.line: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.

const order = z.object({
  id: recordId,
  name: text,
  state: text,
  locked: z.boolean(),
  client_order_ref: optionalText,
  origin: optionalText,
  partner_id: many2one,
  partner_invoice_id: optionalMany2one,
  partner_shipping_id: optionalMany2one,
  currency_id: many2one,
  date_order: utcDatetime,
  amount_total: z.number(),
  amount_tax: z.number(),
  delivery_status: optionalText,
  invoice_status: optionalText,
  order_line: idList,
  picking_ids: idList,
  invoice_ids: idList,
  write_date: utcDatetime,
});
export type OrderWire = z.output<typeof order>;
export const orderRow = rowOf(order);

/** What a write of an order has to look at. */
const orderState = z.object({
  id: recordId,
  name: text,
  state: text,
  origin: optionalText,
  currency_id: many2one,
  date_order: utcDatetime,
  amount_total: z.number(),
  amount_tax: z.number(),
});
export type OrderStateWire = z.output<typeof orderState>;
export const orderStateRow = rowOf(orderState);

/** The same with the customer, of whom its content speaks. */
const foundOrder = orderState.extend({ partner_id: many2one });
export type FoundOrderWire = z.output<typeof foundOrder>;
export const foundOrderRow = rowOf(foundOrder);

/** What only a confirmation leaves on an order, and a cancellation does not take away. */
export const orderTracesRow = rowOf(z.object({ id: recordId, picking_ids: idList, invoice_ids: idList }));

/** What a line is taxed. */
const lineTax = z.object({ id: recordId, order_id: optionalMany2one, price_tax: z.number() });
export type LineTaxWire = z.output<typeof lineTax>;
export const lineTaxRow = rowOf(lineTax);

/** By which taxes. */
export function taxesOnLineRow(
  taxField: 'tax_ids' | 'tax_id',
): Row<{ readonly id: number; readonly tax_ids: readonly number[] }> {
  const taxed = z.object({ id: recordId, tax_ids: idList });
  if (taxField === 'tax_ids') return rowOf(taxed);
  const legacy = z.object({ id: recordId, tax_id: idList });
  return {
    fields: rowOf(legacy).fields,
    schema: legacy.transform(({ id, tax_id }) => ({ id, tax_ids: tax_id })),
  };
}

const line = {
  id: recordId,
  product_id: optionalMany2one,
  name: optionalText,
  display_type: optionalText,
  product_uom_qty: z.number(),
  qty_delivered: z.number(),
  price_unit: z.number(),
  discount: z.number(),
  price_subtotal: z.number(),
  price_tax: z.number(),
  price_total: z.number(),
};
const lineWithTaxes = z.object({ ...line, tax_ids: idList });
export type OrderLineWire = z.output<typeof lineWithTaxes>;

/** The taxes of a line are `tax_ids` from 19 and `tax_id` before. Recorded, 2026-11-23. */
export function orderLineRow(taxField: 'tax_ids' | 'tax_id'): Row<OrderLineWire> {
  if (taxField === 'tax_ids') return rowOf(lineWithTaxes);
  const legacy = z.object({ ...line, tax_id: idList });
  return {
    fields: rowOf(legacy).fields,
    schema: legacy.transform(({ tax_id, ...rest }) => ({ ...rest, tax_ids: tax_id })),
  };
}

export const deliveryLineRow = rowOf(z.object({ id: recordId, is_delivery: z.boolean() }));

const tax = z.object({ id: recordId, name: text, amount: z.number(), amount_type: text });
export type TaxWire = z.output<typeof tax>;
export const taxRow = rowOf(tax);

const invoice = z.object({
  id: recordId,
  name: orNull(text),
  state: text,
  move_type: text,
  payment_state: optionalText,
});
export type InvoiceWire = z.output<typeof invoice>;
export const invoiceRow = rowOf(invoice);
