import type { Row } from '../../orm/database.ts';
import { flag, link, list, num, rowOf, rowsWhere, store, str, type Env } from '../../orm/env.ts';
import { many2one, monetary } from '../../orm/field.ts';
import { defineModel, type Model } from '../../orm/model.ts';
import { roundTo } from '../decimal.ts';

/** What of one journal item settles what of another. Recorded on Odoo 19.0, 2026-11-26. */
export function partialModel(): Model {
  return defineModel({
    name: 'account.partial.reconcile',
    label: 'Partial Reconcile',
    fields: {
      debit_move_id: many2one('Debit Move', 'account.move.line', { required: true, index: true, onDelete: 'cascade' }),
      credit_move_id: many2one('Credit Move', 'account.move.line', {
        required: true,
        index: true,
        onDelete: 'cascade',
      }),
      amount: monetary('Amount'),
      debit_amount_currency: monetary('Debit Amount Currency', { compute: amountOf }),
      credit_amount_currency: monetary('Credit Amount Currency', { compute: amountOf }),
    },
  });
}

function amountOf(env: Env, id: number): number {
  return num(rowOf(env, 'account.partial.reconcile', id), 'amount');
}

/** The items of a document that are to be settled: what the customer owes, or is owed. */
export function openItems(env: Env, move: number): Row[] {
  return rowsWhere(env, 'account.move.line', 'move_id', move).filter((line) => isOpenAccount(env, line));
}

export function isOpenAccount(env: Env, line: Row): boolean {
  const account = env.db.row('account.account', num(line, 'account_id'));
  return account !== undefined && flag(account, 'reconcile');
}

function partialsOf(env: Env, line: number): Row[] {
  return [
    ...rowsWhere(env, 'account.partial.reconcile', 'debit_move_id', line),
    ...rowsWhere(env, 'account.partial.reconcile', 'credit_move_id', line),
  ];
}

/** The other sides of what settles a document. */
export function counterparts(env: Env, move: number): Row[] {
  return openItems(env, move).flatMap((line) =>
    partialsOf(env, line.id).map((partial) => {
      const debit = num(partial, 'debit_move_id');
      return rowOf(env, 'account.move.line', debit === line.id ? num(partial, 'credit_move_id') : debit);
    }),
  );
}

/** What of an item is not settled yet, with the sign of its balance. */
export function residualOfLine(env: Env, line: Row): number {
  if (!isOpenAccount(env, line)) return 0;
  const settled = partialsOf(env, line.id).reduce((sum, partial) => sum + num(partial, 'amount'), 0);
  const balance = num(line, 'balance');
  return roundTo(Math.sign(balance) * (Math.abs(balance) - settled), 2);
}

/** What of a document is not settled yet. */
export function residualOfMove(env: Env, move: number): number {
  return Math.abs(
    roundTo(
      openItems(env, move).reduce((sum, line) => sum + residualOfLine(env, line), 0),
      2,
    ),
  );
}

/** Settles debits with credits of the same account as far as they go; what does not fit together is left alone. */
export function reconcile(env: Env, lines: readonly Row[]): void {
  for (const debit of lines.filter((line) => residualOfLine(env, line) > 0)) {
    for (const credit of lines.filter((line) => residualOfLine(env, line) < 0)) {
      const amount = Math.min(residualOfLine(env, debit), -residualOfLine(env, credit));
      if (amount <= 0 || num(debit, 'account_id') !== num(credit, 'account_id')) continue;
      const row = env.db.insert('account.partial.reconcile', {
        debit_move_id: debit.id,
        credit_move_id: credit.id,
        amount,
        ...stamps(env),
      });
      env.changed('account.partial.reconcile', row.id, undefined);
      for (const line of [debit, credit]) payBySum(env, num(line, 'move_id'), amount);
    }
  }
  touch(env, lines);
}

/** Takes back what settled these items. */
export function unreconcile(env: Env, lines: readonly Row[]): void {
  const others = lines.flatMap((line) => partialsOf(env, line.id));
  const touched = others.flatMap((partial) => [num(partial, 'debit_move_id'), num(partial, 'credit_move_id')]);
  for (const partial of others) env.db.remove('account.partial.reconcile', partial);
  touch(
    env,
    touched.map((id) => rowOf(env, 'account.move.line', id)),
  );
}

export function stamps(env: Env) {
  return { create_date: env.startedAt, create_uid: env.user.id, write_date: env.startedAt, write_uid: env.user.id };
}

/** Documents are written when what settles them changes, and payments know when everything they paid is paid. */
function touch(env: Env, lines: readonly Row[]): void {
  const moves = new Set(lines.map((line) => num(line, 'move_id')));
  for (const id of moves) {
    const move = rowOf(env, 'account.move', id);
    store(env, 'account.move', move, { _settled: residualOfMove(env, id) });
    if (str(move, 'move_type') === 'entry') continue;
    for (const line of counterparts(env, id)) refreshPayment(env, link(line, 'payment_id'));
  }
  for (const line of lines) refreshPayment(env, link(line, 'payment_id'));
}

/** From 18 on a payment is "in process" until every document it was matched with is paid. Recorded on Odoo 19.0, 2026-11-26. */
function refreshPayment(env: Env, id: number | undefined): void {
  const payment = id === undefined ? undefined : env.db.row('account.payment', id);
  if (!payment) return;
  if (env.major === 17 || str(payment, 'state') !== 'in_process') return;
  const paid = invoicesPaidBy(env, payment);
  if (paid.length > 0 && paid.every((move) => residualOfMove(env, move) === 0)) {
    store(env, 'account.payment', payment, { state: 'paid' });
  }
}

/** A payment without an entry counts as paid when its document is matched with its sum. Recorded on Odoo 19.0, 2026-11-26. */
function payBySum(env: Env, move: number, amount: number): void {
  for (const payment of paymentsWithoutEntry(env, move)) {
    if (str(payment, 'state') !== 'in_process' || num(payment, 'amount') !== amount) continue;
    store(env, 'account.payment', payment, { state: 'paid' });
    return;
  }
}

/** The payments of a document that made no entry, whatever became of them, the latest first. */
export function paymentsWithoutEntry(env: Env, move: number): Row[] {
  if (env.major === 17) return [];
  const all = [...env.db.rows('account.payment').values()];
  return all
    .filter((payment) => link(payment, 'move_id') === undefined && list(payment, 'invoice_ids').includes(move))
    .toSorted((a, b) => b.id - a.id);
}

/** The documents that a payment is for: those it was matched with, and from 18 on those that were named. Recorded on Odoo 19.0, 2026-11-26. */
export function invoicesOf(env: Env, payment: Row): number[] {
  const named = env.major === 17 ? [] : list(payment, 'invoice_ids');
  return [...new Set([...invoicesPaidBy(env, payment), ...named])].toSorted((a, b) => b - a);
}

/** The documents that a payment was matched with, the latest first. */
function invoicesPaidBy(env: Env, payment: Row): number[] {
  const move = link(payment, 'move_id');
  if (move === undefined) return [];
  const ids = new Set(counterparts(env, move).map((line) => num(line, 'move_id')));
  return [...ids].toSorted((a, b) => b - a);
}
