import type { Row } from '../../orm/database.ts';
import { link, list, num, rowOf, rowsWhere, store, str, type Env } from '../../orm/env.ts';
import { boolean, char, date, integer, many2many, many2one, monetary, selection } from '../../orm/field.ts';
import { defineModel, none, onRecords, type Model } from '../../orm/model.ts';
import { showDate } from '../../orm/moments.ts';
import { userError, validationError } from '../../orm/python-error.ts';
import { create } from '../../orm/records.ts';
import type { OdooVersion } from '../../versions.ts';
import { postMessage } from '../mail.ts';
import { accountIds } from './items.ts';
import { bookingDay } from './locks.ts';
import { paymentState } from './payment-state.ts';
import { invoicesOf, isOpenAccount, residualOfLine, unreconcile } from './reconcile.ts';

/** Money that came in or went out. Recorded on Odoo 19.0, 2026-11-26. */
export function paymentModel(version: OdooVersion): Model {
  const old = version === '17.0';
  return defineModel({
    name: 'account.payment',
    label: 'Payments',
    order: 'date desc, name desc',
    fields: {
      name: char('Number', { index: true }),
      state: selection(
        'State',
        old
          ? { draft: 'Draft', posted: 'Posted', cancel: 'Cancelled' }
          : { draft: 'Draft', in_process: 'In Process', paid: 'Paid', canceled: 'Canceled', rejected: 'Rejected' },
        { defaultsTo: () => 'draft' },
      ),
      amount: monetary('Amount'),
      date: date('Date', { defaultsTo: (env) => showDate(env.startedAt) }),
      ...(old
        ? { ref: char('Reference', { index: true }), posted_before: boolean('Posted Before') }
        : { memo: char('Memo', { index: true }), payment_reference: char('Payment Reference') }),
      payment_type: selection(
        'Payment Type',
        { outbound: 'Send', inbound: 'Receive' },
        { defaultsTo: () => 'inbound' },
      ),
      partner_type: selection(
        'Partner Type',
        { customer: 'Customer', supplier: 'Vendor' },
        { defaultsTo: () => 'customer' },
      ),
      partner_id: many2one('Customer/Vendor', 'res.partner'),
      journal_id: many2one('Journal', 'account.journal', { defaultsTo: () => 6 }),
      company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
      currency_id: many2one('Currency', 'res.currency', { defaultsTo: () => 1 }),
      payment_method_line_id: many2one('Payment Method', 'account.payment.method.line'),
      destination_account_id: many2one('Destination Account', 'account.account'),
      move_id: many2one('Journal Entry', 'account.move'),
      ...(old ? {} : { invoice_ids: many2many('Invoices', 'account.move') }),
      reconciled_invoice_ids: many2many('Reconciled Invoices', 'account.move', {
        compute: (env, id) => invoicesOf(env, rowOf(env, 'account.payment', id)),
      }),
      reconciled_invoices_count: integer('# Reconciled Invoices', {
        compute: (env, id) => invoicesOf(env, rowOf(env, 'account.payment', id)).length,
      }),
      is_reconciled: boolean('Is Reconciled', {
        compute(env, id) {
          const move = link(rowOf(env, 'account.payment', id), 'move_id');
          if (move === undefined) return false;
          return partnerItems(env, move).every((line) => residualOfLine(env, line) === 0);
        },
      }),
      is_matched: boolean('Is Matched With a Bank Statement', {
        compute: (env, id) => {
          const payment = rowOf(env, 'account.payment', id);
          return hasNoEntry(env, payment) && str(payment, 'state') === 'paid';
        },
      }),
    },
    displayName: (_env, row) => str(row, 'name') || 'Draft Payment',
    prepareCreate: (env, vals) => ({
      payment_method_line_id: methodLineOf(env, Number(vals['journal_id'] ?? 6)) ?? false,
      destination_account_id: vals['partner_type'] === 'supplier' ? accountIds.payable : accountIds.receivable,
      ...vals,
    }),
    check(_env, rows) {
      if (rows.every((row) => num(row, 'amount') >= 0)) return;
      throw validationError('The operation cannot be completed: The payment amount cannot be negative.');
    },
    beforeUnlink(_env, rows) {
      if (rows.every((row) => ['draft', 'cancel', 'canceled'].includes(str(row, 'state')))) return;
      throw userError('You cannot delete a payment that is posted.');
    },
    methods: {
      // Answers null however often it is called.
      action_post: onRecords((env, ids) => {
        for (const id of ids) postPayment(env, rowOf(env, 'account.payment', id));
        return none;
      }),
      action_cancel: onRecords((env, ids) => {
        for (const id of ids) takeBack(env, rowOf(env, 'account.payment', id), old ? 'cancel' : 'canceled');
        return none;
      }),
      action_draft: onRecords((env, ids) => {
        for (const id of ids) takeBack(env, rowOf(env, 'account.payment', id), 'draft');
        return none;
      }),
      ...(old
        ? {}
        : {
            action_validate: onRecords((env, ids) => {
              for (const id of ids) setState(env, rowOf(env, 'account.payment', id), 'paid');
              return none;
            }),
          }),
      message_post: postMessage('account.payment'),
    },
  });
}

function methodLineOf(env: Env, journal: number): number | undefined {
  for (const row of env.db.rows('account.payment.method.line').values()) {
    if (num(row, 'journal_id') === journal) return row.id;
  }
  return undefined;
}

/**
 * From 18 on a payment makes an entry only if its method names an account for money under way; Odoo gives it one where
 * nobody matches payments with the bank's statement. Recorded on Odoo 19.0, 2026-11-26.
 */
function hasNoEntry(env: Env, payment: Row): boolean {
  if (env.major === 17 || !env.modules.has('accountant')) return false;
  const line = env.db.row('account.payment.method.line', num(payment, 'payment_method_line_id'));
  return line === undefined || link(line, 'payment_account_id') === undefined;
}

/** The items of a payment's entry that invoices are settled with. */
export function partnerItems(env: Env, move: number): Row[] {
  return rowsWhere(env, 'account.move.line', 'move_id', move).filter((line) => isOpenAccount(env, line));
}

/** Books a payment; `settles` is more than its amount when a difference is written off with it. */
export function postPayment(env: Env, payment: Row, settles: number = num(payment, 'amount')): void {
  if (str(payment, 'state') !== 'draft') return;
  if (link(payment, 'payment_method_line_id') === undefined) {
    throw validationError('Please define a payment method line on your payment.');
  }
  if (hasNoEntry(env, payment)) {
    const name = str(payment, 'name') || `PAY${String(env.db.next('account.payment')).padStart(5, '0')}`;
    store(env, 'account.payment', payment, { name });
    setState(env, payment, 'in_process');
    return;
  }
  const journal = rowOf(env, 'account.journal', num(payment, 'journal_id'));
  const day = bookingDay(env, 'entry', str(payment, 'date'));
  const prefix = `P${str(journal, 'code')}/${day.slice(0, 4)}/`;
  const name = str(payment, 'name') || `${prefix}${String(env.db.next(`account.payment:${prefix}`)).padStart(5, '0')}`;
  const inbound = str(payment, 'payment_type') === 'inbound';
  const sign = inbound ? 1 : -1;
  const amount = num(payment, 'amount');
  const item = (account: number, balance: number) => [
    0,
    0,
    { account_id: account, balance, payment_id: payment.id, partner_id: payment['partner_id'] ?? false, name },
  ];
  const outstanding = inbound ? accountIds.outstandingReceipts : accountIds.outstandingPayments;
  const rest = settles - amount;
  const [move = 0] = create({ ...env, context: {} }, 'account.move', [
    {
      move_type: 'entry',
      name,
      ref: str(payment, env.major === 17 ? 'ref' : 'memo'),
      date: day,
      journal_id: journal.id,
      partner_id: payment['partner_id'] ?? false,
      currency_id: num(payment, 'currency_id'),
      line_ids: [
        item(outstanding, sign * amount),
        item(num(payment, 'destination_account_id'), -sign * settles),
        ...(rest === 0 ? [] : [item(accountIds.expenses, sign * rest)]),
      ],
    },
  ]);
  store(env, 'account.move', rowOf(env, 'account.move', move), { state: 'posted', origin_payment_id: payment.id });
  const booked = env.major === 17 ? { state: 'posted', posted_before: true } : { state: 'in_process' };
  store(env, 'account.payment', payment, { name, move_id: move, ...booked });
}

function takeBack(env: Env, payment: Row, state: string): void {
  const move = link(payment, 'move_id');
  if (move !== undefined) {
    unreconcile(env, partnerItems(env, move));
    store(env, 'account.move', rowOf(env, 'account.move', move), { state: state === 'draft' ? 'draft' : 'cancel' });
  }
  setState(env, payment, state);
}

/** A document is written when that gives it another payment state, and not by a further part. Recorded on Odoo 19.0, 2026-11-26. */
function setState(env: Env, payment: Row, state: string): void {
  store(env, 'account.payment', payment, { state });
  if (!hasNoEntry(env, payment)) return;
  for (const id of list(payment, 'invoice_ids')) {
    store(env, 'account.move', rowOf(env, 'account.move', id), { _paid: paymentState(env, id) });
  }
}
