import { equalMoney, type InvoiceDraft, type Ref, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { moneyOf } from './amounts.ts';
import { attempt, refusalOf } from './attempt.ts';
import type { Domain } from './client.ts';
import { idOf, refTo, refused, type Connection } from './connection.ts';
import { readinessOf, type Bill } from './invoice-readiness.ts';
import { keyText, kinshipOf, markOf, markText, type Mark } from './mark.ts';
import { accountMoveRow, type MoveWire } from './wire/account.ts';
import { command, recordId } from './wire/value.ts';

const operation = 'invoices.create';

/**
 * Bills what of an order may be billed, as a draft. Odoo takes what it billed off what may be billed in the same
 * transaction, so however many ask at once, one bill comes of it: recorded on Odoo 19.0, 2026-11-26. Which key it is of
 * stands in a field of the bill that no customer sees; Odoo takes it only after the bill is there, so a bill of this
 * user without a mark is one whose process died in between, and is taken over.
 */
export async function createInvoice(
  connection: Connection,
  draft: InvoiceDraft,
  options: WriteOptions,
): Promise<Ref<'invoice'>> {
  const orderId = idOf(connection, draft.order);
  const mark = await markOf(options.idempotencyKey, draft);
  const made =
    (await ownBill(connection, draft, mark, options)) ?? (await makeBill(connection, draft, orderId, mark, options));
  demandTotal(connection, draft, made);
  return refTo(connection, 'invoice', made.id);
}

/**
 * The bill that this key made. A copy that a person made of it has a later id; one that a person canceled as a draft
 * billed nothing.
 */
async function ownBill(connection: Connection, draft: InvoiceDraft, mark: Mark, options: WriteOptions) {
  const domain: Domain = [
    ['invoice_source_email', 'like', keyText(mark.key)],
    ['move_type', '=', 'out_invoice'],
    '|',
    ['state', '!=', 'cancel'],
    ['posted_before', '=', true],
  ];
  const [bill] = await connection.client.searchRead(
    'account.move',
    accountMoveRow,
    { domain, order: 'id', limit: 1 },
    options,
  );
  if (!bill || kinshipOf(bill.invoice_source_email, mark) === 'own') return bill;
  throw refused(connection.settings, 'key.reused', operation, {
    message: `Order "${draft.order.id}" was not billed in "${connection.settings.name}": its key made invoice "${bill.name ?? bill.id}" there, of another content. Use a key of its own for each bill.`,
    refs: [draft.order, refTo(connection, 'invoice', bill.id)],
  });
}

async function makeBill(
  connection: Connection,
  draft: InvoiceDraft,
  orderId: number,
  mark: Mark,
  options: WriteOptions,
) {
  const bill = await readinessOf(connection, draft.order, options);
  if (!bill) {
    throw refused(connection.settings, 'record.missing', operation, {
      message: `Order "${draft.order.id}" was not billed in "${connection.settings.name}": there is none with this id. See who deleted it.`,
      refs: [draft.order],
    });
  }
  const refusal = bill.readiness.ready ? await billNow(connection, orderId, options) : undefined;
  const made = (await ownBill(connection, draft, mark, options)) ?? (await unmarkedBill(connection, orderId, options));
  if (!made) {
    if (!refusal) throw notReady(connection, draft, bill);
    const what = `Order "${bill.name}" was not billed`;
    const advice = 'See what Odoo asks when a person bills it there, then replay.';
    throw refusalOf(connection, refusal, { what, operation, advice, refs: [draft.order] });
  }
  if (made.invoice_source_email === null) {
    // The day in the same write: a person who gives the draft another one later means it.
    const day = draft.issuedOn === undefined ? {} : { invoice_date: draft.issuedOn };
    const values = { invoice_source_email: markText(mark), ...day };
    await connection.client.write('account.move', [made.id], values, { ...options, repeatable: true });
  }
  return made;
}

/** Odoo's own way from an order to its bill. A second time it finds nothing to bill. */
async function billNow(connection: Connection, orderId: number, options: WriteOptions) {
  const model = 'sale.advance.payment.inv';
  const values = { advance_payment_method: 'delivered', sale_order_ids: [command.set([orderId])] };
  const call = { params: { vals_list: [values] }, answer: z.tuple([recordId]), safety: 'repeatable' as const };
  // A dialogue that was made and not answered has done nothing.
  const ids = await connection.client.call(model, 'create', call, options);
  return attempt(connection, { model, method: 'create_invoices', ids }, options);
}

/** The newest draft of this order by our user that no key has made yet. */
async function unmarkedBill(
  { client }: Connection,
  orderId: number,
  options: WriteOptions,
): Promise<MoveWire | undefined> {
  const whoAmI = { answer: z.object({ uid: recordId }), safety: 'read' as const };
  const { uid } = await client.call('res.users', 'context_get', whoAmI, options);
  const domain: Domain = [
    ['invoice_line_ids.sale_line_ids.order_id', '=', orderId],
    ['move_type', '=', 'out_invoice'],
    ['state', '=', 'draft'],
    ['invoice_source_email', '=', false],
    ['create_uid', '=', uid],
  ];
  const [bill] = await client.searchRead(
    'account.move',
    accountMoveRow,
    { domain, order: 'id desc', limit: 1 },
    options,
  );
  return bill;
}

/** The draft stays for a person to correct; the same key then goes on with it. */
function demandTotal(connection: Connection, draft: InvoiceDraft, bill: MoveWire): void {
  const { expectedTotal } = draft;
  if (expectedTotal === undefined || bill.state === 'cancel') return;
  const made = moneyOf(bill.amount_total, bill.currency_id.name);
  if (made.currency === expectedTotal.currency && equalMoney(made, expectedTotal)) return;
  const advice =
    bill.state === 'draft'
      ? 'It stays a draft there. Correct it in Odoo, or cancel it there, then replay.'
      : `Somebody made it final there as "${bill.name ?? bill.id}". Decide which of the two sums is right; a credit note corrects a bill that is final.`;
  throw refused(connection.settings, 'totals.mismatch', operation, {
    message: `The bill of order "${draft.order.id}" is not as expected in "${connection.settings.name}": it makes "${made.amount}" ${made.currency}, expected was "${expectedTotal.amount}" ${expectedTotal.currency}. ${advice}`,
    refs: [draft.order, refTo(connection, 'invoice', bill.id)],
    details: { made: made.amount, currency: made.currency, expected: expectedTotal.amount },
  });
}

const reasons = {
  'not-confirmed': 'it is a quotation. Confirm it',
  'not-shipped': 'nothing of it was shipped that is not on a bill, and it is billed by what was shipped. Ship it',
  'nothing-to-bill': 'everything that may be billed is on a bill. Look at its invoices',
  canceled: 'it is canceled. Decide whether it still counts',
  held: 'somebody holds it. Ask them',
};

function notReady({ settings }: Connection, draft: InvoiceDraft, { readiness, name }: Bill) {
  const [obstacle = 'nothing-to-bill'] = readiness.obstacles;
  return refused(settings, 'record.rejected', operation, {
    message: `Order "${name}" was not billed in "${settings.name}": ${reasons[obstacle]}, then replay.`,
    refs: [draft.order, ...readiness.invoices],
    details: { obstacles: readiness.obstacles },
  });
}
