import type { Row } from '../../orm/database.ts';
import { num, rowOf, rowsWhere, store, str, type Env, type Vals } from '../../orm/env.ts';
import { roundTo } from '../decimal.ts';
import { stamps } from './reconcile.ts';

/** The accounts of a fresh database, with the ids that were recorded on Odoo 19.0, 2026-11-26, where one was. */
export const accountIds = {
  receivable: 5,
  payable: 14,
  taxPaid: 17,
  taxReceived: 21,
  sales: 26,
  expenses: 32,
  bank: 45,
  outstandingReceipts: 48,
  outstandingPayments: 49,
} as const;

export interface Totals {
  readonly taxes: ReadonlyMap<number, number>;
  readonly total: number;
}

/** Whether a document is one for customers or suppliers, with lines that somebody typed. */
export function isInvoice(move: Row): boolean {
  return str(move, 'move_type') !== 'entry';
}

/** Money owed to us is a debit: an invoice to a customer, and what a supplier gives back. */
export function owedToUs(moveType: string): boolean {
  return moveType === 'out_invoice' || moveType === 'in_refund';
}

/** Keeps the journal items that follow from the lines: one a tax, and one for what is due. Recorded on Odoo 19.0, 2026-11-26. */
export function refreshItems(env: Env, move: Row, { taxes, total }: Totals): void {
  const sales = str(move, 'move_type').startsWith('out');
  const sign = owedToUs(str(move, 'move_type')) ? 1 : -1;
  const items = rowsWhere(env, 'account.move.line', 'move_id', move.id);
  for (const [tax, amount] of taxes) {
    if (roundTo(amount, 2) === 0) continue;
    put(env, move, items, (line) => num(line, 'tax_line_id') === tax, {
      display_type: 'tax',
      tax_line_id: tax,
      name: str(rowOf(env, 'account.tax', tax), 'name'),
      sequence: 10_000,
      account_id: sales ? accountIds.taxReceived : accountIds.taxPaid,
      balance: -sign * roundTo(amount, 2),
    });
  }
  for (const line of items) {
    if (str(line, 'display_type') !== 'tax' || roundTo(taxes.get(num(line, 'tax_line_id')) ?? 0, 2) !== 0) continue;
    env.db.remove('account.move.line', line);
  }
  if (total === 0 && !items.some((line) => str(line, 'display_type') === 'payment_term')) return;
  put(env, move, items, (line) => str(line, 'display_type') === 'payment_term', {
    display_type: 'payment_term',
    sequence: 12_000,
    account_id: sales ? accountIds.receivable : accountIds.payable,
    balance: sign * total,
    date_maturity: str(move, 'invoice_date_due') || str(move, 'invoice_date') || str(move, 'date'),
    ...(str(move, 'payment_reference') === '' ? {} : { name: str(move, 'payment_reference') }),
  });
}

function put(env: Env, move: Row, items: readonly Row[], same: (line: Row) => boolean, values: Vals): void {
  const found = items.find(same);
  if (found) {
    store(env, 'account.move.line', found, values);
    return;
  }
  const row = env.db.insert('account.move.line', {
    move_id: move.id,
    quantity: 0,
    partner_id: move['partner_id'],
    ...values,
    ...stamps(env),
  });
  env.changed('account.move.line', row.id, undefined);
}
