import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flag, flush, link, num, store, str, type Env } from '../../orm/env.ts';
import { showDate } from '../../orm/moments.ts';
import { userError } from '../../orm/python-error.ts';
import { isInvoice } from './items.ts';
import { bookingDay } from './locks.ts';
import { openItems, reconcile } from './reconcile.ts';

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

/** Books a draft: it gets its number, and what it reverses is settled with it. `linesOf` and `setState` are the document's own. */
export function post(
  env: Env,
  move: Row,
  {
    linesOf,
    setState,
  }: {
    readonly linesOf: (env: Env, move: Row) => Row[];
    readonly setState: (env: Env, move: Row, state: string) => void;
  },
): void {
  if (str(move, 'state') !== 'draft')
    throw userError(`The entry ${str(move, 'name')} (id ${move.id}) must be in draft.`);
  checkBeforePosting(env, move, linesOf(env, move));
  const today = showDate(env.startedAt);
  const given: Json = move['name'];
  const type = str(move, 'move_type');
  const name = typeof given === 'string' ? given : nextNumber(env, type);
  const invoiceDate = str(move, 'invoice_date') || today;
  store(env, 'account.move', move, {
    name,
    posted_before: true,
    ...(isInvoice(move) ? { invoice_date: invoiceDate } : {}),
    date: bookingDay(env, type, isInvoice(move) ? invoiceDate : str(move, 'date')),
    ...(isInvoice(move) ? { invoice_date_due: str(move, 'invoice_date_due') || invoiceDate } : {}),
    // A credit note has no reference for a payment. Recorded on Odoo 19.0, 2026-11-26.
    ...(type === 'out_invoice' ? { payment_reference: str(move, 'payment_reference') || name } : {}),
  });
  setState(env, move, 'posted');
  flush(env);
  const reversed = env.db.row('account.move', num(move, 'reversed_entry_id'));
  if (reversed && str(reversed, 'state') === 'posted') {
    reconcile(env, [...openItems(env, move.id), ...openItems(env, reversed.id)]);
  }
}

/** What a document lacks before it can be booked, in the words of Odoo 19.0, recorded 2026-11-26. */
function checkBeforePosting(env: Env, move: Row, lines: readonly Row[]): void {
  if (!isInvoice(move)) return;
  const type = str(move, 'move_type');
  if (lines.every((line) => !['product'].includes(str(line, 'display_type')))) {
    throw userError(env.major === 19 ? "Even magicians can't post nothing!" : 'You need to add a line before posting.');
  }
  const currency = env.db.row('res.currency', num(move, 'currency_id'));
  if (currency && !flag(currency, 'active')) {
    throw userError(`You cannot validate a document with an inactive currency: ${str(currency, 'name')}`);
  }
  if (num(move, 'amount_total') < 0) {
    throw userError(
      'You cannot validate an invoice with a negative total amount. You should create a credit note instead. Use the action menu to transform it into a credit note or refund.',
    );
  }
  if (link(move, 'partner_id') === undefined) {
    throw userError(
      type.startsWith('out')
        ? "The 'Customer' field is required to validate the invoice.\nYou probably don't want to explain to your auditor that you invoiced an invisible man :)"
        : "The field 'Vendor' is required, please complete it to validate the Vendor Bill.",
    );
  }
  if (type.startsWith('in') && str(move, 'invoice_date') === '') {
    throw userError('The Bill/Refund date is required to validate this document.');
  }
}
