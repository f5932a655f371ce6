import type { Row } from '../../orm/database.ts';
import { list, num, type Env } from '../../orm/env.ts';

/** The payments that were matched with an invoice. */
export function paymentsOf(env: Env, invoice: number): Row[] {
  return [...env.db.rows('account.payment').values()].filter((row) =>
    list(row, 'reconciled_invoice_ids').includes(invoice),
  );
}

export function paidOf(env: Env, invoice: number): number {
  return paymentsOf(env, invoice).reduce((sum, row) => sum + num(row, 'amount'), 0);
}
