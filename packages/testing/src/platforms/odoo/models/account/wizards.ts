import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flag, flush, idsOf, link, list, num, rowOf, rowsWhere, str, type Env, type Vals } from '../../orm/env.ts';
import { boolean, char, date, float, many2many, many2one, monetary, selection } from '../../orm/field.ts';
import { get, modelOf } from '../../orm/get.ts';
import { defineModel, onRecords, type Model, type Result } from '../../orm/model.ts';
import { showDate } from '../../orm/moments.ts';
import { userError } from '../../orm/python-error.ts';
import { create } from '../../orm/records.ts';
import { nextNumber } from './posting.ts';
import { partnerItems, postPayment } from './payment.ts';
import { openItems, reconcile } from './reconcile.ts';

/** What turns an order into an invoice, an invoice into a payment, and an invoice back. Recorded on Odoo 19.0, 2026-11-23. */
export function accountWizards(): Model[] {
  return [
    defineModel({
      name: 'sale.advance.payment.inv',
      label: 'Sales Advance Payment Invoice',
      fields: {
        advance_payment_method: selection(
          'Create Invoice',
          {
            delivered: 'Regular invoice',
            percentage: 'Down payment (percentage)',
            fixed: 'Down payment (fixed amount)',
          },
          { required: true, defaultsTo: () => 'delivered' },
        ),
        sale_order_ids: many2many('Sale Orders', 'sale.order', {
          defaultsTo: (env) => idsOf(env.context['active_ids']),
        }),
        consolidated_billing: boolean('Consolidated Billing', { defaultsTo: () => true }),
      },
      methods: { create_invoices: onRecords((env, ids) => createInvoices(env, ids)) },
    }),
    defineModel({
      name: 'account.payment.register',
      label: 'Pay',
      fields: {
        payment_date: date('Payment Date', { defaultsTo: (env) => showDate(env.startedAt) }),
        journal_id: many2one('Journal', 'account.journal', { defaultsTo: () => 6 }),
        communication: char('Memo'),
        amount: monetary('Amount'),
        currency_id: many2one('Currency', 'res.currency', { defaultsTo: () => 1 }),
        payment_type: selection('Payment Type', { inbound: 'Receive Money', outbound: 'Send Money' }),
        partner_type: selection('Partner Type', { customer: 'Customer', supplier: 'Vendor' }),
        payment_method_line_id: many2one('Payment Method', 'account.payment.method.line', { defaultsTo: () => 1 }),
        invoice_ids: many2many('Invoices', 'account.move'),
        source_amount: monetary('Amount to Pay (company currency)'),
        group_payment: boolean('Group Payments'),
        payment_difference_handling: selection(
          'Payment Difference Handling',
          { open: 'Keep open', reconcile: 'Mark as fully paid' },
          { defaultsTo: () => 'open' },
        ),
        writeoff_account_id: many2one('Difference Account', 'account.account'),
        payment_difference: monetary('Payment Difference', {
          compute: (env, id) => {
            const wizard = rowOf(env, 'account.payment.register', id);
            return num(wizard, 'source_amount') - num(wizard, 'amount');
          },
        }),
      },
      prepareCreate: preparePayment,
      methods: { action_create_payments: onRecords((env, ids) => createPayments(env, ids)) },
    }),
    defineModel({
      name: 'account.move.reversal',
      label: 'Account Move Reversal',
      fields: {
        journal_id: many2one('Journal', 'account.journal', { required: true }),
        date: date('Reversal date', { defaultsTo: (env) => showDate(env.startedAt) }),
        reason: char('Reason displayed on Credit Note'),
        move_ids: many2many('Journal Entries', 'account.move', {
          defaultsTo: (env) => idsOf(env.context['active_ids']),
        }),
        amount: float('Amount'),
      },
      created(env, row) {
        if (list(row, 'move_ids').every((id) => str(rowOf(env, 'account.move', id), 'state') === 'posted')) return;
        throw userError('To reverse a journal entry, it has to be posted first.');
      },
      methods: { refund_moves: onRecords((env, ids) => refund(env, ids)) },
    }),
  ];
}

function createInvoices(env: Env, ids: readonly number[]): Result {
  flush(env);
  const orders = ids
    .flatMap((id) => list(rowOf(env, 'sale.advance.payment.inv', id), 'sale_order_ids'))
    .map((id) => rowOf(env, 'sale.order', id));
  const groups = Map.groupBy(orders, (order) => `${num(order, 'partner_invoice_id')}:${num(order, 'currency_id')}`);
  const made: number[] = [];
  for (const group of groups.values()) {
    const lines = group.flatMap((order) => invoiceLines(env, order));
    if (lines.length > 0) made.push(invoiceFor(env, group, lines));
  }
  if (made.length === 0) throw userError('Cannot create an invoice. No items are available to invoice.');
  flush(env);
  return { value: invoiceAction(made) };
}

function invoiceLines(env: Env, order: Row): Vals[] {
  return rowsWhere(env, 'sale.order.line', 'order_id', order.id)
    .filter((line) => line['display_type'] === undefined && num(line, 'qty_to_invoice') !== 0)
    .map((line) => ({
      product_id: line['product_id'] ?? false,
      name: str(line, 'name'),
      quantity: num(line, 'qty_to_invoice'),
      price_unit: num(line, 'price_unit'),
      discount: num(line, 'discount'),
      tax_ids: [[6, 0, list(line, env.names.lineTaxes)]],
      sale_line_ids: [[6, 0, [line.id]]],
      ...(line['extra_tax_data'] === undefined ? {} : { extra_tax_data: line['extra_tax_data'] }),
    }));
}

function invoiceFor(env: Env, orders: readonly Row[], lines: readonly Vals[]): number {
  const [first] = orders;
  const [id = 0] = create({ ...env, context: {} }, 'account.move', [
    {
      move_type: 'out_invoice',
      partner_id: first ? num(first, 'partner_invoice_id') : false,
      partner_shipping_id: first ? num(first, 'partner_shipping_id') : false,
      currency_id: first ? num(first, 'currency_id') : 1,
      fiscal_position_id: first?.['fiscal_position_id'] ?? false,
      team_id: first?.['team_id'] ?? false,
      ref: orders
        .map((order) => str(order, 'client_order_ref'))
        .filter((ref) => ref !== '')
        .join(', '),
      invoice_origin: orders.map((order) => str(order, 'name')).join(', '),
      // A draft has no number yet, except on 17. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
      ...(env.major === 17 ? { name: nextNumber(env, 'out_invoice') } : {}),
      invoice_line_ids: lines.map((line): Json => [0, 0, line]),
    },
  ]);
  return id;
}

function invoiceAction(ids: readonly number[]): Json {
  return {
    id: 261,
    display_name: 'Invoices',
    name: 'Invoices',
    type: 'ir.actions.act_window',
    xml_id: 'account.action_move_out_invoice_type',
    path: 'invoicing',
    binding_model_id: false,
    binding_type: 'action',
    binding_view_types: 'list,form',
    view_id: [737, 'account.out.invoice.list'],
    context: { default_move_type: 'out_invoice' },
    target: 'current',
    view_mode: 'list,kanban,form,activity',
    res_model: 'account.move',
    ...(ids.length === 1
      ? {
          res_id: ids[0],
          views: [[743, 'form']],
          domain: "[('move_type', 'in', ['out_invoice', 'out_refund', 'out_receipt'])]",
        }
      : { domain: [['id', 'in', ids]] }),
  };
}

function residualOf(env: Env, id: number): number {
  const value = get(env, modelOf(env, 'account.move'), rowOf(env, 'account.move', id), 'amount_residual');
  return typeof value === 'number' ? value : 0;
}

function preparePayment(env: Env, vals: Vals): Vals {
  flush(env);
  const invoices = idsOf(env.context['active_ids']).filter((id) => env.db.row('account.move', id));
  // From 18 on a draft can be paid before it is booked. Recorded on Odoo 19.0, 2026-11-26.
  const posted = invoices.filter((id) => env.major > 17 || str(rowOf(env, 'account.move', id), 'state') === 'posted');
  if (posted.length === 0) throw userError('You can only register payment for posted journal entries.');
  const due = posted.reduce((sum, id) => sum + residualOf(env, id), 0);
  if (due <= 0) {
    throw userError(
      "There's nothing left to pay for the selected journal items, so no payment registration is necessary. You've got your finances under control like a boss!",
    );
  }
  const first = rowOf(env, 'account.move', posted[0] ?? 0);
  const inbound = ['out_invoice', 'in_refund'].includes(str(first, 'move_type'));
  return {
    amount: due,
    currency_id: num(first, 'currency_id'),
    communication: str(first, 'payment_reference'),
    payment_type: inbound ? 'inbound' : 'outbound',
    partner_type: str(first, 'move_type').startsWith('out') ? 'customer' : 'supplier',
    group_payment: posted.length === 1,
    ...vals,
    source_amount: due,
    invoice_ids: [[6, 0, posted]],
  };
}

function createPayments(env: Env, ids: readonly number[]): Result {
  const payments = ids.flatMap((id) => {
    const wizard = rowOf(env, 'account.payment.register', id);
    const invoices = list(wizard, 'invoice_ids');
    // The latest document is paid first. Recorded on Odoo 19.0, 2026-11-26.
    const groups = flag(wizard, 'group_payment') ? [invoices.toSorted((a, b) => b - a)] : invoices.map((one) => [one]);
    return groups.map((group) => payTogether(env, wizard, group, groups.length > 1));
  });
  return {
    value: {
      name: 'Payments',
      type: 'ir.actions.act_window',
      res_model: 'account.payment',
      context: { create: false },
      view_mode: payments.length === 1 ? 'form' : 'list,form',
      ...(payments.length === 1 ? { res_id: payments[0] } : { domain: [['id', 'in', payments]] }),
    },
  };
}

function payTogether(env: Env, wizard: Row, invoices: readonly number[], alone: boolean): number {
  const first = rowOf(env, 'account.move', invoices[0] ?? 0);
  const amount = alone ? residualOf(env, first.id) : num(wizard, 'amount');
  const [id = 0] = create({ ...env, context: {} }, 'account.payment', [
    {
      amount,
      date: str(wizard, 'payment_date'),
      [env.major === 17 ? 'ref' : 'memo']: alone ? str(first, 'payment_reference') : str(wizard, 'communication'),
      payment_type: str(wizard, 'payment_type'),
      partner_type: str(wizard, 'partner_type'),
      partner_id: link(first, 'partner_id') ?? false,
      journal_id: link(wizard, 'journal_id') ?? 6,
      currency_id: num(wizard, 'currency_id'),
      ...(env.major === 17 ? {} : { invoice_ids: [[6, 0, invoices]] }),
    },
  ]);
  const payment = rowOf(env, 'account.payment', id);
  const whole = str(wizard, 'payment_difference_handling') === 'reconcile';
  postPayment(env, payment, whole ? num(wizard, 'source_amount') : amount);
  const move = link(payment, 'move_id');
  if (move === undefined) return id;
  const items = partnerItems(env, move);
  for (const invoice of invoices) reconcile(env, [...items, ...openItems(env, invoice)]);
  return id;
}

function refund(env: Env, ids: readonly number[]): Result {
  const made = ids.flatMap((id) => {
    const wizard = rowOf(env, 'account.move.reversal', id);
    return list(wizard, 'move_ids').map((moveId) => reverse(env, rowOf(env, 'account.move', moveId), wizard));
  });
  return {
    value: {
      name: 'Reverse Moves',
      type: 'ir.actions.act_window',
      res_model: 'account.move',
      view_mode: 'form',
      ...(made.length === 1 ? { res_id: made[0] } : { domain: [['id', 'in', made]] }),
      context: { default_move_type: 'out_refund' },
    },
  };
}

function reverse(env: Env, move: Row, wizard: Row): number {
  const reason = str(wizard, 'reason');
  const typed = rowsWhere(env, 'account.move.line', 'move_id', move.id).filter(
    (line) => !['tax', 'payment_term'].includes(str(line, 'display_type')),
  );
  const lines = typed.map((line): Json => [
    0,
    0,
    {
      product_id: line['product_id'] ?? false,
      name: str(line, 'name'),
      quantity: num(line, 'quantity'),
      price_unit: num(line, 'price_unit'),
      discount: num(line, 'discount'),
      tax_ids: [[6, 0, list(line, 'tax_ids')]],
      sale_line_ids: [[6, 0, list(line, 'sale_line_ids')]],
    },
  ]);
  const [id = 0] = create({ ...env, context: {} }, 'account.move', [
    {
      move_type: str(move, 'move_type') === 'in_invoice' ? 'in_refund' : 'out_refund',
      partner_id: num(move, 'partner_id'),
      currency_id: num(move, 'currency_id'),
      journal_id: num(wizard, 'journal_id'),
      invoice_date: str(wizard, 'date'),
      ref: `Reversal of: ${str(move, 'name')}${reason === '' ? '' : `, ${reason}`}`,
      invoice_origin: str(move, 'invoice_origin'),
      reversed_entry_id: move.id,
      invoice_line_ids: lines,
    },
  ]);
  return id;
}
