import {
  compareMoney,
  zeroMoney,
  type CommerceError,
  type Money,
  type PaymentDraft,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import { paymentState } from './account-statuses.ts';
import { attempt, refusalOf, toldOf } from './attempt.ts';
import type { Domain } from './client.ts';
import { claim, type Standing } from './claim.ts';
import { idOf, refTo, refused, type Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import { firstLook } from './first-look.ts';
import { readBill } from './invoice-confirm.ts';
import { keyText, kinshipOf, markOf, markText, type Mark } from './mark.ts';
import { dueOf, waitingOn } from './payments-waiting.ts';
import { openLineRow, paymentRow, type MoveWire, type PaymentWire } from './wire/account.ts';

const operation = 'payments.create';

/**
 * Books money and settles the invoice with it: makes the payment, posts it, reconciles it, and reads each of the three
 * back. Odoo's own dialogue makes a payment for everyone who asks; the external id of the gateway's transaction and the
 * invoice lets one be, under whichever key. So a run that broke off anywhere goes on with the same key.
 */
export async function createPayment(
  connection: Connection,
  draft: PaymentDraft,
  options: WriteOptions,
): Promise<Ref<'payment'>> {
  const about = {
    what: `Payment "${draft.reference}" was not booked`,
    operation,
    advice: 'The period may be closed or the journal without a payment method: see what Odoo asks there, then replay.',
    refs: [draft.invoice],
  };
  const mark = await markOf(options.idempotencyKey, draft);
  const seen = { ...about, seen: 'a payment of it', advice: 'Let the user see it, then replay.' };
  const first = { externalId: transactionId(connection, draft), model: 'account.payment' };
  let bill: MoveWire | undefined;
  const steps = {
    async make(externalId: string) {
      const known = await ofKey(connection, draft, mark, options);
      if (known !== undefined) return known;
      const open = (bill = await demandBill(connection, draft, options));
      return toldOf(connection, about, () => makePayment(connection, draft, { bill: open, mark, externalId }, options));
    },
    read: (id: number) => firstLook(connection, seen, () => readPayment(connection, draft, id, options)),
    standingOf: (found: PaymentWire) => standingOf(connection, draft, found, mark),
  };
  const { record } = await claim(connection, first, steps, options);
  const ref = refTo(connection, 'payment', record.id);
  const status = statusOf(record);
  // Canceled after it was booked: the key did its work, and what a person decided afterwards stands.
  if (status === 'voided') return ref;
  let payment = record;
  if (status === 'pending') {
    if (!bill) await demandDue(connection, draft, await demandBill(connection, draft, options), options);
    const step = { model: 'account.payment', method: 'action_post', ids: [record.id] };
    const refusal = await attempt(connection, step, options);
    payment = await readPayment(connection, draft, record.id, options);
    if (payment.state === 'draft') throw notPosted(connection, about, refusal);
  }
  await settle(connection, draft, payment, options);
  return ref;
}

/** One text for a transaction and what it pays: the first colon ends the invoice, the second the gateway. */
function transactionId(connection: Connection, draft: PaymentDraft): string {
  const gateway = draft.gateway.replaceAll('%', '%25').replaceAll(':', '%3A');
  const about = `${idOf(connection, draft.invoice)}:${gateway}:${draft.reference}`;
  return connection.externalIds.of('payment', about);
}

function statusOf(payment: PaymentWire) {
  return paymentState.decode(payment.state, `Payment "${payment.name ?? payment.id}"`);
}

function standingOf(connection: Connection, draft: PaymentDraft, payment: PaymentWire, mark: Mark): Standing {
  const status = statusOf(payment);
  const kinship = kinshipOf(payment.memo, mark);
  if (status === 'voided' && !payment.wasPosted) return 'nothing';
  if (kinship === 'edited') throw reused(connection, draft, payment);
  if (kinship === 'other') {
    // Somebody canceled what was booked for another sum: this one may be the right one.
    if (status === 'voided') return 'nothing';
    throw double(connection, draft, payment);
  }
  return status === 'pending' ? 'draft' : 'counts';
}

/** The payment that this key made of another transaction, which is refused, or before a person renamed what names it. */
async function ofKey(
  connection: Connection,
  draft: PaymentDraft,
  mark: Mark,
  options: WriteOptions,
): Promise<number | undefined> {
  const { client } = connection;
  const fields = await client.fieldsGet('account.payment', options);
  const memo = Object.hasOwn(fields, 'memo') ? 'memo' : 'ref';
  const domain: Domain = [
    [memo, 'like', keyText(mark.key)],
    ['state', 'not in', ['cancel', 'canceled']],
  ];
  const query = { domain, order: 'id', limit: 1 };
  const [other] = await client.searchRead('account.payment', paymentRow(fields), query, options);
  if (!other) return undefined;
  const kinship = kinshipOf(other.memo, mark);
  if (kinship === 'edited') throw reused(connection, draft, other);
  return kinship === 'own' ? other.id : undefined;
}

async function makePayment(
  connection: Connection,
  draft: PaymentDraft,
  parts: { readonly bill: MoveWire; readonly mark: Mark; readonly externalId: string },
  options: WriteOptions,
): Promise<number> {
  const { client, settings, externalIds } = connection;
  const { bill, mark, externalId } = parts;
  const journal = Object.hasOwn(settings.paymentJournals, draft.gateway)
    ? settings.paymentJournals[draft.gateway]
    : undefined;
  if (journal === undefined) {
    throw refused(settings, 'options.invalid', operation, {
      message: `Payment "${draft.reference}" was not booked in "${settings.name}": odoo({ paymentJournals }) names no journal for the gateway "${draft.gateway}". Pass the id of the bank or cash journal that its money comes to, then replay.`,
      refs: [draft.invoice],
    });
  }
  const due = await demandDue(connection, draft, bill, options);
  const [open] = await openLines(connection, bill.id, options);
  if (!open) throw excess(connection, draft, bill, due);
  const fields = await client.fieldsGet('account.payment', options);
  const partner = open.partner_id ?? bill.partner_id;
  const cells: readonly (readonly [string, string])[] = [
    ['id', externalId],
    ['payment_type', bill.move_type === 'out_refund' ? 'outbound' : 'inbound'],
    ['partner_type', 'customer'],
    ['partner_id/.id', String(partner?.id ?? '')],
    ['amount', draft.amount.amount],
    ['currency_id/.id', String(bill.currency_id.id)],
    ['date', draft.paidOn],
    ['journal_id/.id', String(journal)],
    [Object.hasOwn(fields, 'memo') ? 'memo' : 'ref', `${draft.reference} ${markText(mark)}`],
    ['destination_account_id/.id', String(open.account_id.id)],
    // From 18 on Odoo keeps which invoices are meant, and needs it where a journal makes no entry of its own.
    ...(Object.hasOwn(fields, 'invoice_ids') ? [['invoice_ids/.id', String(bill.id)] as const] : []),
  ];
  const table: LoadTable = { fields: cells.map(([field]) => field), rows: [cells.map(([, cell]) => cell)] };
  return externalIds.make(externalId, 'account.payment', table, options);
}

async function demandBill(connection: Connection, draft: PaymentDraft, options: WriteOptions): Promise<MoveWire> {
  const { settings } = connection;
  const bill = await readBill(connection, idOf(connection, draft.invoice), options);
  if (bill?.state === 'posted') return bill;
  const seen = bill ? `the invoice is in the state "${bill.state}"` : `there is no invoice "${draft.invoice.id}"`;
  throw refused(settings, bill ? 'record.rejected' : 'record.missing', operation, {
    message: `Payment "${draft.reference}" was not booked in "${settings.name}": ${seen}. Confirm the invoice, then replay.`,
    refs: [draft.invoice],
  });
}

/** Refuses more than is left to pay, which it gives: what waits for the bank's statement is paid. */
async function demandDue(
  connection: Connection,
  draft: PaymentDraft,
  bill: MoveWire,
  options: WriteOptions,
): Promise<Money> {
  const { settings } = connection;
  const waiting = (await waitingOn(connection, [bill], options)).get(bill.id);
  const due = dueOf(bill, waiting);
  if (due.currency !== draft.amount.currency || compareMoney(draft.amount, zeroMoney(due.currency)) <= 0) {
    throw refused(settings, 'money.invalid', operation, {
      message: `Payment "${draft.reference}" was not booked in "${settings.name}": it is of "${draft.amount.amount}" ${draft.amount.currency}, and the invoice is in ${due.currency}. Pass an amount above zero in the currency of the invoice.`,
      refs: [draft.invoice],
    });
  }
  if (waiting?.foreign) {
    const { name, id, currency_id } = waiting.foreign;
    throw refused(settings, 'record.rejected', operation, {
      message: `Payment "${draft.reference}" was not booked in "${settings.name}": payment "${name ?? id}" of the same invoice is in ${currency_id.name} and waits for the bank, so nobody can tell what is left to pay in ${due.currency}. Match it with the bank's statement there, then replay.`,
      refs: [draft.invoice, refTo(connection, 'payment', id)],
    });
  }
  if (compareMoney(draft.amount, due) > 0) throw excess(connection, draft, bill, due);
  return due;
}

function excess({ settings }: Connection, draft: PaymentDraft, bill: MoveWire, due: Money): CommerceError {
  return refused(settings, 'record.rejected', operation, {
    message: `Payment "${draft.reference}" was not booked in "${settings.name}": it is of "${draft.amount.amount}" ${draft.amount.currency}, and of invoice "${bill.name ?? bill.id}" only "${due.amount}" is due. See which payments are on it there, those that wait for the bank too, then replay with what is due or book the rest by hand.`,
    refs: [draft.invoice],
    details: { due: due.amount, amount: draft.amount.amount, currency: due.currency },
  });
}

/** The unsettled lines of an invoice against the customer's account. */
function openLines({ client }: Connection, billId: number, options: WriteOptions) {
  const domain: Domain = [
    ['move_id', '=', billId],
    ['display_type', '=', 'payment_term'],
    ['reconciled', '=', false],
  ];
  return client.searchRead('account.move.line', openLineRow, { domain, order: 'id' }, options);
}

/** Reconciling again changes nothing. Recorded on Odoo 19.0, 2026-11-26. */
async function settle(
  connection: Connection,
  draft: PaymentDraft,
  payment: PaymentWire,
  options: WriteOptions,
): Promise<void> {
  const { client } = connection;
  const billId = idOf(connection, draft.invoice);
  if (payment.move_id === null) {
    const bill = await readBill(connection, billId, options);
    const waiting = bill && (await waitingOn(connection, [bill], options)).get(bill.id);
    // Where it is the only one, the bank gave another sum than it, which is no double booking.
    if (waiting?.isOver && waiting.payments.length > 1) throw notWhole(connection, draft, payment);
    return;
  }
  const due = await openLines(connection, billId, options);
  const domain: Domain = [
    ['move_id', '=', payment.move_id.id],
    ['account_id.reconcile', '=', true],
    ['account_id.account_type', '=', 'asset_receivable'],
    ['reconciled', '=', false],
  ];
  const mine = () => client.searchRead('account.move.line', openLineRow, { domain, order: 'id' }, options);
  const open = await mine();
  if (open.length === 0) return;
  const pair = due.filter(({ account_id }) => open.some((line) => line.account_id.id === account_id.id));
  let refusal: CommerceError | undefined;
  if (pair.length > 0) {
    const ids = [...open, ...pair].map(({ id }) => id);
    refusal = await attempt(connection, { model: 'account.move.line', method: 'reconcile', ids }, options);
    if ((await mine()).length === 0) return;
  }
  throw refusal ?? notWhole(connection, draft, payment);
}

function notWhole(connection: Connection, draft: PaymentDraft, payment: PaymentWire): CommerceError {
  return refused(connection.settings, 'write.uncertain', operation, {
    message: `Payment "${draft.reference}" was booked in "${connection.settings.name}" and did not settle invoice "${draft.invoice.id}" with its whole sum: another payment was booked on it at the same moment. Decide there what the rest is for, then resolve.`,
    refs: [draft.invoice, refTo(connection, 'payment', payment.id)],
  });
}

async function readPayment(
  connection: Connection,
  draft: PaymentDraft,
  id: number,
  options: WriteOptions,
): Promise<PaymentWire> {
  const { client, settings } = connection;
  const row = paymentRow(await client.fieldsGet('account.payment', options));
  const [payment] = await client.read('account.payment', [id], row, options);
  if (payment) return payment;
  throw refused(settings, 'record.missing', operation, {
    message: `Payment "${draft.reference}" was not booked in "${settings.name}": its record "${id}" is there no more. See who deleted it, then replay.`,
    refs: [draft.invoice],
  });
}

function notPosted(connection: Connection, about: Parameters<typeof refusalOf>[2], refusal: CommerceError | undefined) {
  if (refusal) return refusalOf(connection, refusal, about);
  return refused(connection.settings, 'record.rejected', operation, {
    message: `${about.what} in "${connection.settings.name}": it is still a draft after it was posted. Post it in Odoo and see what it asks, then replay.`,
    refs: about.refs,
  });
}

function reused(connection: Connection, draft: PaymentDraft, payment: PaymentWire): CommerceError {
  return refused(connection.settings, 'key.reused', operation, {
    message: `Payment "${draft.reference}" was not booked in "${connection.settings.name}": its key made payment "${payment.name ?? payment.id}" there, of another content. Use a key of its own for each payment.`,
    refs: [draft.invoice, refTo(connection, 'payment', payment.id)],
  });
}

function double(connection: Connection, draft: PaymentDraft, payment: PaymentWire): CommerceError {
  return refused(connection.settings, 'record.duplicate', operation, {
    message: `Payment "${draft.reference}" was not booked in "${connection.settings.name}": the same transaction of "${draft.gateway}" made payment "${payment.name ?? payment.id}" on the invoice there, under another key and of another content. If it was captured in parts, give each part its own reference; else decide which one counts.`,
    refs: [draft.invoice, refTo(connection, 'payment', payment.id)],
  });
}
