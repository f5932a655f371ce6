import { num, rowOf, rowsWhere, str, type Env } from '../../orm/env.ts';
import { roundTo } from '../decimal.ts';

/** The invoices and refunds made from an order. */
export function invoicesOf(env: Env, order: number): readonly number[] {
  const moves = new Set<number>();
  for (const line of rowsWhere(env, 'account.move.line', '_order', order)) moves.add(num(line, 'move_id'));
  return [...moves].toSorted((a, b) => a - b);
}

/** What of it is posted. */
export function invoicedAmount(env: Env, order: number): number {
  const total = invoicesOf(env, order)
    .map((id) => rowOf(env, 'account.move', id))
    .filter((move) => str(move, 'state') === 'posted')
    .reduce((sum, move) => sum + num(move, 'amount_total') * (str(move, 'move_type') === 'out_refund' ? -1 : 1), 0);
  return roundTo(total, 2);
}
