import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flush, isVals, link, list, num, rowOf, rowsWhere, schedule, store, str, type Env } from '../../orm/env.ts';
import {
  char,
  date,
  float,
  html,
  integer,
  json,
  many2many,
  many2one,
  monetary,
  one2many,
  selection,
  text,
} from '../../orm/field.ts';
import { displayName } from '../../orm/get.ts';
import { showDate } from '../../orm/moments.ts';
import { defineModel, none, onRecords, type Model } from '../../orm/model.ts';
import { userError } from '../../orm/python-error.ts';
import type { OdooVersion } from '../../versions.ts';
import { roundTo } from '../decimal.ts';
import { access } from '../groups.ts';
import { postMessage } from '../mail.ts';
import { productTaxes } from '../product.ts';
import { refreshOrderLater } from '../sale/status.ts';
import { amountsOf, totalTax } from '../tax-math.ts';
import { paidOf, paymentsOf } from './paid.ts';

/** Invoices and credit notes. */
export function invoiceModels(version: OdooVersion): Model[] {
  return [
    defineModel({
      name: 'account.move',
      label: 'Journal Entry',
      order: 'date desc, name desc, invoice_date desc, id desc',
      fields: {
        name: char('Number', { index: true }),
        ref: char('Reference', { index: true }),
        state: selection(
          'Status',
          { draft: 'Draft', posted: 'Posted', cancel: 'Cancelled' },
          { defaultsTo: () => 'draft' },
        ),
        move_type: selection(
          'Type',
          {
            entry: 'Journal Entry',
            out_invoice: 'Customer Invoice',
            out_refund: 'Customer Credit Note',
            in_invoice: 'Vendor Bill',
            in_refund: 'Vendor Credit Note',
          },
          { required: true, defaultsTo: () => 'entry' },
        ),
        payment_state: selection(
          'Payment Status',
          {
            not_paid: 'Not Paid',
            in_payment: 'In Payment',
            paid: 'Paid',
            partial: 'Partially Paid',
            reversed: 'Reversed',
          },
          { compute: paymentState },
        ),
        ...(version === '17.0'
          ? {}
          : { status_in_payment: selection('Status In Payment', {}, { compute: statusInPayment }) }),
        partner_id: many2one('Partner', 'res.partner'),
        partner_shipping_id: many2one('Delivery Address', 'res.partner'),
        date: date('Date', { defaultsTo: (env) => showDate(env.startedAt) }),
        invoice_date: date('Invoice/Bill Date'),
        invoice_date_due: date('Due Date'),
        invoice_origin: char('Origin', { index: true }),
        payment_reference: char('Payment Reference'),
        narration: html('Terms and Conditions'),
        journal_id: many2one('Journal', 'account.journal', { defaultsTo: () => 1 }),
        company_id: many2one('Company', 'res.company', { defaultsTo: () => 1 }),
        currency_id: many2one('Currency', 'res.currency', { defaultsTo: () => 1 }),
        invoice_line_ids: one2many('Invoice lines', 'account.move.line', 'move_id'),
        line_ids: one2many('Journal Items', 'account.move.line', 'move_id'),
        reversed_entry_id: many2one('Reversal of', 'account.move'),
        reversal_move_ids: one2many('Reversal Move', 'account.move', 'reversed_entry_id'),
        matched_payment_ids: many2many('Matched Payments', 'account.payment', {
          compute: (env, id) => paymentsOf(env, id).map((row) => row.id),
        }),
        amount_untaxed: monetary('Untaxed Amount', { readonly: true }),
        amount_tax: monetary('Tax', { readonly: true }),
        amount_total: monetary('Total', { readonly: true }),
        amount_residual: monetary('Amount Due', { compute: residual }),
        amount_total_signed: monetary('Total Signed', {
          compute: (env, id) => {
            const row = rowOf(env, 'account.move', id);
            return num(row, 'amount_total') * (['out_refund', 'in_invoice'].includes(str(row, 'move_type')) ? -1 : 1);
          },
        }),
        access_url: char('Portal Access URL', { compute: (_env, id) => `/my/invoices/${id}` }),
      },
      access: access.accounting,
      displayName: (_env, row) => str(row, 'name') || 'Draft',
      created: refreshInvoiceLater,
      written: (env, rows) => rows.forEach((row) => refreshInvoiceLater(env, row)),
      beforeUnlink(_env, rows) {
        if (rows.some((row) => str(row, 'state') === 'posted'))
          throw userError('You cannot delete a posted journal entry.');
      },
      methods: {
        action_post: onRecords((env, ids) => {
          flush(env);
          for (const id of ids) post(env, rowOf(env, 'account.move', id));
          return { value: false };
        }),
        button_draft: onRecords((env, ids) => {
          for (const id of ids) setState(env, rowOf(env, 'account.move', id), 'draft');
          return none;
        }),
        button_cancel: onRecords((env, ids) => {
          for (const id of ids) setState(env, rowOf(env, 'account.move', id), 'cancel');
          return none;
        }),
        message_post: postMessage('account.move'),
      },
    }),
    defineModel({
      name: 'account.move.line',
      label: 'Journal Item',
      order: 'date desc, move_name desc, id',
      fields: {
        move_id: many2one('Journal Entry', 'account.move', { required: true, onDelete: 'cascade' }),
        move_name: char('Number', { related: ['move_id', 'name'] }),
        date: date('Date', { related: ['move_id', 'date'] }),
        sequence: integer('Sequence'),
        display_type: selection(
          'Display Type',
          { product: 'Product', line_section: 'Section', line_note: 'Note' },
          { defaultsTo: () => 'product' },
        ),
        product_id: many2one('Product', 'product.product', { onDelete: 'restrict' }),
        name: text('Label'),
        quantity: float('Quantity', { defaultsTo: () => 1 }),
        price_unit: float('Unit Price'),
        discount: float('Discount (%)'),
        tax_ids: many2many('Taxes', 'account.tax'),
        sale_line_ids: many2many('Sales Order Lines', 'sale.order.line'),
        ...(version === '19.0' ? { extra_tax_data: json('Extra Tax Data') } : {}),
        price_subtotal: monetary('Subtotal', { readonly: true }),
        price_total: monetary('Total', { readonly: true }),
      },
      access: access.accounting,
      prepareCreate(env, vals) {
        const product = vals['product_id'];
        if (typeof product !== 'number') return vals;
        return {
          name: displayName(env, 'product.product', product),
          tax_ids: [[6, 0, productTaxes(env, product)]],
          ...vals,
        };
      },
      created(env, row) {
        const [line] = list(row, 'sale_line_ids');
        const sold = line === undefined ? undefined : env.db.row('sale.order.line', line);
        if (sold) env.db.set('account.move.line', row, '_order', num(sold, 'order_id'));
        refreshLine(env, row);
      },
      written: (env, rows) => rows.forEach((row) => refreshLine(env, row)),
      unlinked(env, rows) {
        for (const row of rows) {
          const move = env.db.row('account.move', num(row, 'move_id'));
          if (move) refreshInvoiceLater(env, move);
          if (typeof row['_order'] === 'number') refreshOrderLater(env, row['_order']);
        }
      },
    }),
  ];
}

function taxed(line: Row, currency: number) {
  const manual = line['extra_tax_data'];
  return {
    price: num(line, 'price_unit'),
    discount: num(line, 'discount'),
    quantity: num(line, 'quantity'),
    currency,
    taxes: list(line, 'tax_ids'),
    manual: isVals(manual) ? manual : undefined,
  };
}

function refreshLine(env: Env, line: Row): void {
  const move = rowOf(env, 'account.move', num(line, 'move_id'));
  const { subtotal, total } = amountsOf(env, taxed(line, num(move, 'currency_id')));
  store(env, 'account.move.line', line, { price_subtotal: subtotal, price_total: total });
  refreshInvoiceLater(env, move);
}

function linesOf(env: Env, move: Row): Row[] {
  return rowsWhere(env, 'account.move.line', 'move_id', move.id);
}

/** Works out the amounts of an invoice later, and what it leaves to invoice of its orders. */
function refreshInvoiceLater(env: Env, move: Row): void {
  for (const line of linesOf(env, move)) if (typeof line['_order'] === 'number') refreshOrderLater(env, line['_order']);
  schedule(env, `account.move:${move.id}:amounts`, () => {
    if (!env.db.row('account.move', move.id)) return;
    const lines = linesOf(env, move).filter((line) => str(line, 'display_type') === 'product');
    const amounts = lines.map((line) => amountsOf(env, taxed(line, num(move, 'currency_id'))));
    const untaxed = roundTo(
      amounts.reduce((sum, { subtotal }) => sum + subtotal, 0),
      2,
    );
    const tax = totalTax(amounts, str(rowOf(env, 'res.company', 1), 'tax_calculation_rounding_method'));
    store(env, 'account.move', move, {
      amount_untaxed: untaxed,
      amount_tax: tax,
      amount_total: roundTo(untaxed + tax, 2),
    });
  });
}

function residual(env: Env, id: number): number {
  const row = rowOf(env, 'account.move', id);
  return roundTo(num(row, 'amount_total') - paidOf(env, id), 2);
}

function paymentState(env: Env, id: number): string {
  const row = rowOf(env, 'account.move', id);
  if (str(row, 'state') !== 'posted' || paidOf(env, id) === 0) return 'not_paid';
  return residual(env, id) <= 0 ? 'paid' : 'partial';
}

function statusInPayment(env: Env, id: number): string {
  const state = str(rowOf(env, 'account.move', id), 'state');
  return state === 'posted' ? paymentState(env, id) : state;
}

function setState(env: Env, move: Row, state: string): void {
  store(env, 'account.move', move, { state });
  refreshInvoiceLater(env, move);
}

const prefixes: Readonly<Record<string, string>> = {
  out_invoice: 'INV',
  out_refund: 'RINV',
  in_invoice: 'BILL',
  in_refund: 'RBILL',
};

/** The number that a document of its kind gets. */
export function nextNumber(env: Env, moveType: string): string {
  const prefix = `${prefixes[moveType] ?? 'MISC'}/${showDate(env.startedAt).slice(0, 4)}/`;
  return `${prefix}${String(env.db.next(`account.move:${prefix}`)).padStart(5, '0')}`;
}

function post(env: Env, move: Row): void {
  if (str(move, 'state') !== 'draft')
    throw userError(`The entry ${str(move, 'name')} (id ${move.id}) must be in draft.`);
  if (link(move, 'partner_id') === undefined) {
    throw userError("The field 'Customer' is required, please complete it to validate the Customer Invoice.");
  }
  const today = showDate(env.startedAt);
  const given: Json = move['name'];
  const name = typeof given === 'string' ? given : nextNumber(env, str(move, 'move_type'));
  const invoiceDate = str(move, 'invoice_date') || today;
  store(env, 'account.move', move, {
    name,
    invoice_date: invoiceDate,
    date: invoiceDate,
    invoice_date_due: str(move, 'invoice_date_due') || invoiceDate,
    payment_reference: str(move, 'payment_reference') || name,
  });
  setState(env, move, 'posted');
}
