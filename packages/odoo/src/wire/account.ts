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

// Invoices, credit notes, their lines and payments: recorded on Odoo 19.0, 2026-11-26; names of fields on 17.0 and 18.0,
// 2026-11-23.

/** A calendar day. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const optionalDay = orNull(day);

const move = z.object({
  id: recordId,
  name: optionalText,
  ref: optionalText,
  state: text,
  move_type: text,
  payment_state: optionalText,
  partner_id: optionalMany2one,
  currency_id: many2one,
  journal_id: many2one,
  invoice_date: optionalDay,
  invoice_date_due: optionalDay,
  invoice_source_email: optionalText,
  reversed_entry_id: optionalMany2one,
  amount_untaxed: z.number(),
  amount_tax: z.number(),
  amount_total: z.number(),
  amount_residual: z.number(),
  /** Whether it was more than a draft once. */
  posted_before: z.boolean(),
  write_date: utcDatetime,
});
export type MoveWire = z.output<typeof move>;
export const accountMoveRow = rowOf(move);

/** What only a credit note takes over from its invoice. */
export const moveHeadRow = rowOf(
  z.object({
    id: recordId,
    partner_id: many2one,
    partner_shipping_id: optionalMany2one,
    fiscal_position_id: optionalMany2one,
    team_id: optionalMany2one,
    invoice_origin: optionalText,
  }),
);

const invoiceLine = z.object({
  id: recordId,
  move_id: many2one,
  display_type: optionalText,
  name: optionalText,
  product_id: optionalMany2one,
  product_uom_id: optionalMany2one,
  account_id: optionalMany2one,
  quantity: z.number(),
  price_unit: z.number(),
  discount: z.number(),
  price_subtotal: z.number(),
  price_total: z.number(),
  tax_ids: idList,
  sale_line_ids: idList,
});
export type InvoiceLineWire = z.output<typeof invoiceLine>;
export const invoiceLineRow = rowOf(invoiceLine);

/** A line of which something is to be paid: the one against the customer's account. */
export const openLineRow = rowOf(
  z.object({ id: recordId, account_id: many2one, partner_id: optionalMany2one, reconciled: z.boolean() }),
);

const soldLine = z.object({ id: recordId, order_id: many2one });
export const soldLineRow = rowOf(soldLine);

const billedLine = z.object({
  id: recordId,
  product_id: optionalMany2one,
  display_type: optionalText,
  product_uom_qty: z.number(),
  qty_delivered: z.number(),
  qty_invoiced: z.number(),
  qty_to_invoice: z.number(),
  invoice_status: optionalText,
  price_subtotal: z.number(),
});
export type BilledLineWire = z.output<typeof billedLine>;
export const billedLineRow = rowOf(billedLine);

export const billedOrderRow = rowOf(
  z.object({
    id: recordId,
    name: text,
    state: text,
    currency_id: many2one,
    order_line: idList,
    invoice_ids: idList,
  }),
);

const payment = {
  id: recordId,
  name: optionalText,
  state: text,
  payment_type: text,
  partner_type: optionalText,
  amount: z.number(),
  currency_id: many2one,
  journal_id: many2one,
  date: day,
  move_id: optionalMany2one,
  reconciled_invoice_ids: idList,
  write_date: utcDatetime,
};
const payment18 = z.object({ ...payment, memo: optionalText, invoice_ids: idList });
/** `wasPosted`: it was more than a draft once. */
export type PaymentWire = z.output<typeof payment18> & { readonly wasPosted: boolean };

/**
 * The payer's words are `ref` on 17 and `memo` from 18, which also keeps the invoices that are meant; from 18 a payment has
 * no number before it is posted. fields_get of 17.0 and 18.0; recorded on Odoo 19.0, 2026-11-26.
 */
export function paymentRow(fields: Readonly<Record<string, unknown>>): Row<PaymentWire> {
  if (Object.hasOwn(fields, 'memo')) {
    const schema = payment18.transform((row): PaymentWire => ({ ...row, wasPosted: row.name !== null }));
    return { fields: rowOf(payment18).fields, schema };
  }
  const legacy = z.object({ ...payment, ref: optionalText, posted_before: z.boolean() });
  return {
    fields: rowOf(legacy).fields,
    schema: legacy.transform(({ ref, posted_before, ...rest }): PaymentWire => ({
      ...rest,
      memo: ref,
      invoice_ids: [],
      wasPosted: posted_before,
    })),
  };
}

export const taxPriceRow = rowOf(z.object({ id: recordId, name: text, price_include: z.boolean() }));
export const currencyRow = rowOf(z.object({ id: recordId, name: text, active: z.boolean() }));
