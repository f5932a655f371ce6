import type { Row } from '../../orm/database.ts';
import {
  flush,
  isVals,
  list,
  num,
  rowOf,
  rowsWhere,
  schedule,
  store,
  str,
  type Env,
  type Vals,
} from '../../orm/env.ts';
import {
  boolean,
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
import { plain } from '../../orm/plain.ts';
import { defineModel, none, onRecords, type Model } from '../../orm/model.ts';
import { accessError, userError } from '../../orm/python-error.ts';
import type { OdooVersion } from '../../versions.ts';
import { roundTo } from '../decimal.ts';
import { postMessage } from '../mail.ts';
import { productTaxes } from '../product.ts';
import { unitOf } from '../uom.ts';
import { refreshPurchaseLater } from '../purchase/status.ts';
import { refreshOrderLater } from '../sale/status.ts';
import { amountsOf, totalTax, totalUntaxed } from '../tax-math.ts';
import { isInvoice, owedToUs, refreshItems, accountIds } from './items.ts';
import { refuseClosed } from './locks.ts';
import { paymentIds, paymentState, statusInPayment } from './payment-state.ts';
import { post } from './posting.ts';
import { isOpenAccount, openItems, reconcile, residualOfLine, residualOfMove, unreconcile } from './reconcile.ts';

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
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        currency_id: many2one('Currency', 'res.currency', { defaultsTo: () => 1 }),
        fiscal_position_id: many2one('Fiscal Position', 'account.fiscal.position'),
        team_id: many2one('Sales Team', 'crm.team'),
        invoice_source_email: char('Source Email', { index: true }),
        origin_payment_id: many2one('Payment', 'account.payment'),
        posted_before: boolean('Posted Before'),
        invoice_line_ids: one2many('Invoice lines', 'account.move.line', 'move_id', {
          where: (line) => ['product', 'line_section', 'line_note'].includes(str(line, 'display_type')),
        }),
        line_ids: one2many('Journal Items', 'account.move.line', 'move_id'),
        reversed_entry_id: many2one('Reversal of', 'account.move'),
        reversal_move_ids: one2many('Reversal Move', 'account.move', 'reversed_entry_id'),
        matched_payment_ids: many2many('Matched Payments', 'account.payment', {
          compute: paymentIds,
        }),
        amount_untaxed: monetary('Untaxed Amount', { readonly: true }),
        amount_tax: monetary('Tax', { readonly: true }),
        amount_total: monetary('Total', { readonly: true }),
        amount_residual: monetary('Amount Due', { compute: residualOfMove }),
        amount_total_signed: monetary('Total Signed', {
          compute: (env, id) => {
            const row = rowOf(env, 'account.move', id);
            return num(row, 'amount_total') * (['out_refund', 'in_invoice'].includes(str(row, 'move_type')) ? -1 : 1);
          },
        }),
        access_url: char('Portal Access URL', { compute: (_env, id) => `/my/invoices/${id}` }),
      },
      displayName: moveName,
      prepareCreate: (env, vals) => ({
        journal_id: journalFor(plain(vals['move_type'] ?? 'entry')),
        ...datesOf(env, vals),
        ...vals,
      }),
      created: refreshInvoiceLater,
      prepareWrite(_env, rows, vals) {
        const changed = Object.keys(vals).filter((field) => frozen.includes(field));
        if (changed.length > 0 && rows.some((row) => str(row, 'state') === 'posted')) {
          throw userError(`You cannot modify the following readonly fields on a posted move: ${changed.join(', ')}`);
        }
        const day = vals['invoice_date'];
        return typeof day === 'string' && !('date' in vals) ? { date: day, ...vals } : vals;
      },
      written: (env, rows) => rows.forEach((row) => refreshInvoiceLater(env, row)),
      beforeUnlink(_env, rows) {
        if (rows.some((row) => str(row, 'state') === 'posted'))
          throw userError(
            "You can't delete a posted journal item. Don’t play games with your accounting records; reset the journal entry to draft before deleting it.",
          );
      },
      methods: {
        action_post: onRecords((env, ids) => {
          if (!env.user.groups.has('Accounting/Invoicing')) {
            throw accessError("You don't have the access rights to post an invoice.");
          }
          flush(env);
          for (const id of ids) post(env, rowOf(env, 'account.move', id), { linesOf, setState });
          return { value: false };
        }),
        button_draft: onRecords((env, ids) => {
          refuseState(env, ids, ['posted', 'cancel'], 'Only posted/cancelled journal entries can be reset to draft.');
          for (const id of ids) backToDraft(env, rowOf(env, 'account.move', id));
          return none;
        }),
        button_cancel: onRecords((env, ids) => {
          // What is posted becomes a draft first. Recorded on Odoo 19.0, 2026-11-26.
          refuseState(env, ids, ['draft', 'posted'], 'Only draft journal entries can be cancelled.');
          for (const id of ids) setState(env, rowOf(env, 'account.move', id), 'cancel');
          return none;
        }),
        js_assign_outstanding_line: onRecords(
          (env, ids, args) => {
            const line = env.db.row('account.move.line', Number(args['line_id']));
            if (line) reconcile(env, [line, ...ids.flatMap((id) => openItems(env, id))]);
            return none;
          },
          [{ name: 'line_id', required: true }],
        ),
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
          {
            product: 'Product',
            tax: 'Tax',
            payment_term: 'Payment Term',
            line_section: 'Section',
            line_note: 'Note',
          },
          { defaultsTo: () => 'product' },
        ),
        product_id: many2one('Product', 'product.product', { onDelete: 'restrict' }),
        name: text('Label'),
        quantity: float('Quantity', { defaultsTo: () => 1 }),
        price_unit: float('Unit Price'),
        discount: float('Discount (%)'),
        tax_ids: many2many('Taxes', 'account.tax'),
        sale_line_ids: many2many('Sales Order Lines', 'sale.order.line'),
        purchase_line_id: many2one('Purchase Order Line', 'purchase.order.line', { index: true }),
        ...(version === '19.0' ? { extra_tax_data: json('Extra Tax Data') } : {}),
        account_id: many2one('Account', 'account.account'),
        account_type: char('Internal Type', { related: ['account_id', 'account_type'] }),
        partner_id: many2one('Partner', 'res.partner'),
        product_uom_id: many2one('Unit', 'uom.uom'),
        parent_state: char('Status', { related: ['move_id', 'state'] }),
        move_type: char('Type', { related: ['move_id', 'move_type'] }),
        company_id: many2one('Company', 'res.company', { related: ['move_id', 'company_id'] }),
        currency_id: many2one('Currency', 'res.currency', { related: ['move_id', 'currency_id'] }),
        tax_line_id: many2one('Originator tax', 'account.tax'),
        payment_id: many2one('Originator Payment', 'account.payment', { index: true }),
        date_maturity: date('Due Date'),
        balance: monetary('Balance'),
        debit: monetary('Debit', {
          compute: (env, id) => Math.max(0, num(rowOf(env, 'account.move.line', id), 'balance')),
          assign: (env, id, value) => assignBalance(env, id, Number(value)),
        }),
        credit: monetary('Credit', {
          compute: (env, id) => Math.max(0, -num(rowOf(env, 'account.move.line', id), 'balance')),
          assign: (env, id, value) => assignBalance(env, id, -Number(value)),
        }),
        amount_residual: monetary('Residual Amount', {
          compute: (env, id) => residualOfLine(env, rowOf(env, 'account.move.line', id)),
        }),
        amount_residual_currency: monetary('Residual Amount in Currency', {
          compute: (env, id) => residualOfLine(env, rowOf(env, 'account.move.line', id)),
        }),
        reconciled: boolean('Reconciled', {
          compute: (env, id) => {
            const line = rowOf(env, 'account.move.line', id);
            return isOpenAccount(env, line) && num(line, 'balance') !== 0 && residualOfLine(env, line) === 0;
          },
        }),
        matched_debit_ids: one2many('Matched Debits', 'account.partial.reconcile', 'credit_move_id'),
        matched_credit_ids: one2many('Matched Credits', 'account.partial.reconcile', 'debit_move_id'),
        price_subtotal: monetary('Subtotal', { readonly: true }),
        price_total: monetary('Total', { readonly: true }),
      },
      prepareCreate(env, vals) {
        const product = vals['product_id'];
        if (typeof product !== 'number') return vals;
        return {
          product_uom_id: unitOf(env, product),
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
      methods: {
        reconcile: onRecords((env, ids) => {
          reconcile(env, itemsOf(env, ids));
          return none;
        }),
        remove_move_reconcile: onRecords((env, ids) => {
          unreconcile(env, itemsOf(env, ids));
          return none;
        }),
      },
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
  if (!isInvoice(move)) return;
  const { subtotal, total } = amountsOf(env, taxed(line, num(move, 'currency_id')));
  const type = str(move, 'move_type');
  store(env, 'account.move.line', line, {
    price_subtotal: subtotal,
    price_total: total,
    balance: owedToUs(type) ? -subtotal : subtotal,
    account_id: line['account_id'] ?? (type.startsWith('out') ? accountIds.sales : accountIds.expenses),
  });
  refreshInvoiceLater(env, move);
}

function linesOf(env: Env, move: Row): Row[] {
  return rowsWhere(env, 'account.move.line', 'move_id', move.id);
}

/** Works out the amounts of an invoice later, and what it leaves to invoice of its orders. */
function refreshInvoiceLater(env: Env, move: Row): void {
  for (const line of linesOf(env, move)) {
    if (typeof line['_order'] === 'number') refreshOrderLater(env, line['_order']);
    const ordered = env.db.row('purchase.order.line', num(line, 'purchase_line_id'));
    if (ordered) refreshPurchaseLater(env, num(ordered, 'order_id'));
  }
  schedule(env, `account.move:${move.id}:amounts`, () => {
    if (!env.db.row('account.move', move.id) || !isInvoice(move)) return;
    const lines = linesOf(env, move).filter((line) => str(line, 'display_type') === 'product');
    const amounts = lines.map((line) => amountsOf(env, taxed(line, num(move, 'currency_id'))));
    const tax = totalTax(amounts, str(rowOf(env, 'res.company', 1), 'tax_calculation_rounding_method'));
    const untaxed = totalUntaxed(amounts, tax);
    store(env, 'account.move', move, {
      amount_untaxed: untaxed,
      amount_tax: tax,
      amount_total: roundTo(untaxed + tax, 2),
    });
    refreshItems(env, move, { taxes: taxTotals(amounts), total: roundTo(untaxed + tax, 2) });
  });
}

function taxTotals(amounts: readonly { readonly taxes: ReadonlyMap<number, number> }[]): ReadonlyMap<number, number> {
  const totals = new Map<number, number>();
  for (const { taxes } of amounts) for (const [tax, amount] of taxes) totals.set(tax, (totals.get(tax) ?? 0) + amount);
  return totals;
}

function assignBalance(env: Env, id: number, balance: number): void {
  if (balance !== 0) store(env, 'account.move.line', rowOf(env, 'account.move.line', id), { balance });
}

function itemsOf(env: Env, ids: readonly number[]): Row[] {
  return ids.map((id) => rowOf(env, 'account.move.line', id));
}

function setState(env: Env, move: Row, state: string): void {
  store(env, 'account.move', move, { state });
  refreshInvoiceLater(env, move);
}

const frozen = ['invoice_line_ids', 'line_ids', 'invoice_date', 'date', 'partner_id', 'currency_id', 'journal_id'];

function journalFor(moveType: string): number {
  if (moveType === 'entry') return 3;
  return moveType.startsWith('out') ? 1 : 2;
}

function datesOf(_env: Env, vals: Vals): Vals {
  const day = vals['invoice_date'];
  return typeof day === 'string' ? { date: day } : {};
}

function moveName(_env: Env, move: Row): string {
  const name = str(move, 'name') || 'Draft';
  const reference = str(move, 'ref');
  return reference === '' || str(move, 'name') === '' ? name : `${name} (${reference})`;
}

/** From 19 on a document stays settled when it becomes a draft again; before, that was taken back. Recorded on Odoo 19.0, 2026-11-26. */
function backToDraft(env: Env, move: Row): void {
  refuseClosed(env, move);
  if (env.major < 19) unreconcile(env, openItems(env, move.id));
  setState(env, move, 'draft');
}

/** Recorded on Odoo 19.0, 2026-11-26. */
function refuseState(env: Env, ids: readonly number[], fit: readonly string[], words: string): void {
  if (ids.some((id) => !fit.includes(str(rowOf(env, 'account.move', id), 'state')))) throw userError(words);
}
