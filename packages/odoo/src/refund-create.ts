import {
  addMoney,
  compareMoney,
  equalMoney,
  fromMinorUnits,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type RefundDraft,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import { moneyOf } from './amounts.ts';
import { toldOf } from './attempt.ts';
import type { Domain } from './client.ts';
import { claim, type Standing } from './claim.ts';
import { idOf, refTo, refused, type Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import { firstLook } from './first-look.ts';
import { postBill, readBill } from './invoice-confirm.ts';
import { keyText, kinshipOf, markOf, markText, type Mark } from './mark.ts';
import { demandKnown, productsBySku } from './product-keys.ts';
import { billedInvoice, type BilledInvoice } from './refund-invoice.ts';
import { creditLines, type CreditLine } from './refund-lines.ts';
import { accountMoveRow, moveHeadRow, type MoveWire } from './wire/account.ts';

const operation = 'refunds.create';

/**
 * Books a refund as a credit note of the order's posted invoice: makes the draft, compares its total to the cent, posts
 * it, which settles it with the invoice. Odoo's own dialogue makes a credit note for everyone who asks; the external id
 * of the order and the refund's number lets one be, whoever asks at the same moment under whichever key.
 */
export async function createRefund(
  connection: Connection,
  draft: RefundDraft,
  options: WriteOptions,
): Promise<Ref<'refund'>> {
  const { externalIds } = connection;
  const orderId = idOf(connection, draft.order);
  const what = `Refund "${draft.number}" was not booked`;
  const mark = await markOf(options.idempotencyKey, draft);
  const advice = 'Let the user see it, then replay.';
  const seen = { what, operation, seen: 'its credit note', advice, refs: [draft.order] };
  const first = { externalId: externalIds.of('refund', `${orderId}:${draft.number}`), model: 'account.move' };
  const steps = {
    make: (externalId: string) => makeDraft(connection, draft, { mark, externalId, what }, options),
    read: (id: number) => firstLook(connection, seen, () => readNote(connection, draft, id, options)),
    standingOf: (note: MoveWire) => standingOf(connection, draft, note, mark),
  };
  const { record: note, externalId } = await claim(connection, first, steps, options);
  const ref = refTo(connection, 'refund', note.id);
  // Canceled after it was posted: the key did its work, and what a person decided afterwards stands.
  if (note.state !== 'draft') return ref;
  const settled = await evenTotal(connection, draft, note, externalId, options);
  demandTotal(connection, draft, settled);
  await postBill(connection, settled, { what, operation, refs: [draft.order, ref] }, options);
  return ref;
}

async function makeDraft(
  connection: Connection,
  draft: RefundDraft,
  parts: { readonly mark: Mark; readonly externalId: string; readonly what: string },
  options: WriteOptions,
): Promise<number> {
  const { mark, externalId, what } = parts;
  await demandFreshKey(connection, draft, mark, options);
  const billed = await billedInvoice(connection, draft, options);
  const lines = creditLines(draft, billed, billed.holdsTax);
  if (lines === undefined || lines.length === 0) throw unsound(connection, draft);
  const table = await creditTable(connection, draft, { mark, externalId, billed, lines }, options);
  const advice = 'See which field it names, then replay.';
  return toldOf(connection, { what, operation, advice, refs: [draft.order] }, () =>
    connection.externalIds.make(externalId, 'account.move', table, options),
  );
}

/** The credit note as `load` takes it: what it does not say, Odoo fills in as it does for a person. */
async function creditTable(
  { client }: Connection,
  draft: RefundDraft,
  parts: {
    readonly mark: Mark;
    readonly externalId: string;
    readonly billed: BilledInvoice;
    readonly lines: readonly CreditLine[];
  },
  options: WriteOptions,
): Promise<LoadTable> {
  const { mark, externalId, billed, lines } = parts;
  const { bill } = billed;
  const [head] = await client.read('account.move', [bill.id], moveHeadRow, options);
  const cells: readonly (readonly [string, string])[] = [
    ['id', externalId],
    ['move_type', 'out_refund'],
    ...link('partner_id', head?.partner_id),
    ...link('partner_shipping_id', head?.partner_shipping_id),
    ...link('fiscal_position_id', head?.fiscal_position_id),
    ...link('team_id', head?.team_id),
    ...link('journal_id', bill.journal_id),
    ...link('currency_id', bill.currency_id),
    ...link('reversed_entry_id', bill),
    ['invoice_date', draft.refundedAt.slice(0, 10)],
    ['ref', `${draft.number}, ${bill.name ?? bill.id}`],
    ['invoice_source_email', markText(mark)],
    ...(head?.invoice_origin ? [['invoice_origin', head.invoice_origin] as const] : []),
  ];
  const columns = ['id', 'product_id/.id', 'name', 'quantity', 'price_unit', 'discount', 'account_id/.id'];
  const more = ['product_uom_id/.id', 'tax_ids/.id', 'sale_line_ids/.id'];
  const rows = lines.map(({ of, title, quantity, unitPrice, goods }, index) => [
    ...cells.map(([, cell]) => (index === 0 ? cell : '')),
    `${externalId}_l${index + 1}`,
    of.product_id === null ? '' : String(of.product_id.id),
    title,
    quantity,
    unitPrice,
    '0',
    of.account_id === null ? '' : String(of.account_id.id),
    of.product_uom_id === null ? '' : String(of.product_uom_id.id),
    of.tax_ids.join(','),
    goods ? of.sale_line_ids.join(',') : '',
  ]);
  const lineFields = [...columns, ...more].map((column) => `invoice_line_ids/${column}`);
  return { fields: [...cells.map(([field]) => field), ...lineFields], rows };
}

/** A reference by its id, where there is one. */
function link(field: string, to: { readonly id: number } | null | undefined) {
  return to ? [[`${field}/.id`, String(to.id)] as const] : [];
}

async function readNote(connection: Connection, draft: RefundDraft, id: number, options: WriteOptions) {
  const note = await readBill(connection, id, options);
  if (note) return note;
  throw refused(connection.settings, 'record.missing', operation, {
    message: `Refund "${draft.number}" was not booked in "${connection.settings.name}": its credit note "${id}" is there no more. See who deleted it, then replay.`,
    refs: [draft.order],
  });
}

/** A draft that a person canceled gave nothing back: the next one is made, of the same content or of a corrected one. */
function standingOf(connection: Connection, draft: RefundDraft, note: MoveWire, mark: Mark): Standing {
  if (note.state === 'cancel' && !note.posted_before) return 'nothing';
  demandOwn(connection, draft, note, mark);
  return note.state === 'draft' ? 'draft' : 'counts';
}

function demandOwn({ settings }: Connection, draft: RefundDraft, note: MoveWire, mark: Mark): void {
  const kinship = kinshipOf(note.invoice_source_email, mark);
  if (kinship === 'own' || kinship === 'twin') return;
  const edited = kinship === 'edited';
  const advice =
    note.state === 'draft'
      ? 'It was never confirmed: if this draft is the right one, cancel that credit note in Odoo, then replay.'
      : 'Compare the two, and use a number and a key of its own for each refund.';
  throw refused(settings, edited ? 'key.reused' : 'record.duplicate', operation, {
    message: `Refund "${draft.number}" was not booked in "${settings.name}": ${edited ? 'its key' : 'another key'} made credit note "${note.name ?? note.id}" of it there, of another content. ${advice}`,
    refs: [draft.order, { system: settings.name, kind: 'refund', id: String(note.id) }],
  });
}

/** The same key with another number has another external id: only the mark tells. */
async function demandFreshKey(connection: Connection, draft: RefundDraft, mark: Mark, options: WriteOptions) {
  const domain: Domain = [
    ['invoice_source_email', 'like', keyText(mark.key)],
    ['move_type', '=', 'out_refund'],
    ['state', '!=', 'cancel'],
  ];
  const [other] = await connection.client.searchRead(
    'account.move',
    accountMoveRow,
    { domain, order: 'id', limit: 1 },
    options,
  );
  if (other && kinshipOf(other.invoice_source_email, mark) === 'edited') demandOwn(connection, draft, other, mark);
}

/** Odoo rounds a tax over the whole credit note, many channels on each line: a line of the rounding product evens it out. */
async function evenTotal(
  connection: Connection,
  draft: RefundDraft,
  note: MoveWire,
  externalId: string,
  options: WriteOptions,
): Promise<MoveWire> {
  const { settings, externalIds } = connection;
  const { currency } = draft.total;
  const made = moneyOf(note.amount_total, note.currency_id.name);
  const sku = settings.roundingProduct;
  if (sku === undefined || made.currency !== currency || equalMoney(made, draft.total)) return note;
  const difference = subtractMoney(draft.total, made);
  const size = compareMoney(difference, zeroMoney(currency)) < 0 ? negateMoney(difference) : difference;
  if (compareMoney(size, fromMinorUnits(BigInt(draft.lines.length + 1), currency)) > 0) return note;
  const products = await productsBySku(connection, [sku], operation, options);
  demandKnown(connection, [sku], products, `Refund "${draft.number}" was not booked`, operation);
  const id = `${externalId}_r1`;
  const fields = ['id', 'move_id/.id', 'product_id/.id', 'name', 'quantity', 'price_unit', 'discount', 'tax_ids/.id'];
  const cells = [id, String(note.id), String(products.get(sku)?.id ?? ''), 'Rounding', '1', difference.amount, '0', ''];
  await externalIds.ensure(id, 'account.move.line', () => ({ fields, rows: [cells] }), options);
  return readNote(connection, draft, note.id, options);
}

function demandTotal({ settings }: Connection, draft: RefundDraft, note: MoveWire): void {
  const made = moneyOf(note.amount_total, note.currency_id.name);
  if (made.currency === draft.total.currency && equalMoney(made, draft.total)) return;
  throw refused(settings, 'totals.mismatch', operation, {
    message: `Refund "${draft.number}" was not booked in "${settings.name}": its credit note makes "${made.amount}" ${made.currency} there, the channel gave back "${draft.total.amount}" ${draft.total.currency}. It stays a draft. Correct its lines or taxes in Odoo, then replay; or cancel it there and replay a corrected refund.`,
    refs: [draft.order, { system: settings.name, kind: 'refund', id: String(note.id) }],
    details: { made: made.amount, currency: made.currency, expected: draft.total.amount },
  });
}

function unsound({ settings }: Connection, draft: RefundDraft) {
  const { currency } = draft.total;
  const sum = (amounts: readonly Money[]) => sumMoney(amounts, currency).amount;
  const parts = [
    ...draft.lines.map(({ amount, tax }) => addMoney(amount, tax)),
    ...(draft.shipping ? [draft.shipping] : []),
  ];
  return refused(settings, 'totals.mismatch', operation, {
    message: `Refund "${draft.number}" was not booked in "${settings.name}": its lines and carriage make "${sum(parts)}" ${currency}, its total is "${draft.total.amount}". Nothing was written. Pass what was given back for each line, then replay.`,
    refs: [draft.order],
  });
}
