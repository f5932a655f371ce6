import { link, num, rowOf, str, type Env } from '../../orm/env.ts';
import { isInvoice } from './items.ts';
import { counterparts, paymentsWithoutEntry, residualOfMove } from './reconcile.ts';

/** The payments of a document, the latest first: those that settled it, and those without an entry. */
export function paymentIds(env: Env, id: number): number[] {
  const settled = counterparts(env, id).flatMap((line) => link(line, 'payment_id') ?? []);
  const ids = new Set([...settled, ...paymentsWithoutEntry(env, id).map((payment) => payment.id)]);
  return [...ids].toSorted((a, b) => b - a);
}

/** What is settled by credit notes alone was reversed, not paid. From 18 on a draft can be paid. Recorded on Odoo 19.0, 2026-11-26. */
export function paymentState(env: Env, id: number): string {
  const row = rowOf(env, 'account.move', id);
  if (!isInvoice(row) || (str(row, 'state') !== 'posted' && env.major === 17)) return 'not_paid';
  const settled = counterparts(env, id);
  const due = residualOfMove(env, id);
  const waiting = str(row, 'state') === 'posted' ? paymentsWithoutEntry(env, id) : [];
  // One payment under way of any sum is enough for "in payment". Recorded on Odoo 19.0, 2026-11-26.
  if (due > 0 && waiting.some((payment) => str(payment, 'state') === 'in_process')) return 'in_payment';
  if (settled.length === 0) {
    if (waiting.some((payment) => str(payment, 'state') === 'paid')) return 'in_payment';
    return str(row, 'state') === 'posted' && num(row, 'amount_total') === 0 ? 'paid' : 'not_paid';
  }
  if (due > 0) return 'partial';
  const reversing = settled.every((line) => {
    const other = rowOf(env, 'account.move', num(line, 'move_id'));
    return num(other, 'reversed_entry_id') === id;
  });
  if (reversing) return 'reversed';
  const unmatched = env.modules.has('accountant') && settled.some((line) => link(line, 'payment_id') !== undefined);
  return unmatched ? 'in_payment' : 'paid';
}

/** From 18 on: the state of a document, and of a booked one that of its payment. */
export function statusInPayment(env: Env, id: number): string {
  const state = str(rowOf(env, 'account.move', id), 'state');
  return state === 'posted' ? paymentState(env, id) : state;
}
