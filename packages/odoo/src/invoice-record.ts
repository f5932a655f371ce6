import {
  isCommerceError,
  isZeroMoney,
  subtractMoney,
  type Invoice,
  type InvoiceStatus,
  type PageProblem,
  type ReadOptions,
  type TaxLine,
} from '@crossdock/core';
import { invoiceStatusOf } from './account-statuses.ts';
import { moneyOf, priceOf } from './amounts.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { dueOf, waitingOn, type Waiting } from './payments-waiting.ts';
import { misfit } from './unreadable.ts';
import { invoiceLineRow, soldLineRow, type InvoiceLineWire, type MoveWire } from './wire/account.ts';
import { productKeyRow } from './wire/product.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { taxRow, type TaxWire } from './wire/order.ts';
import { toMoment } from './wire/value.ts';

/** What bills refer to, read for a whole page in four questions. */
export interface BillSurroundings {
  readonly lines: readonly InvoiceLineWire[];
  readonly skus: ReadonlyMap<number, string>;
  readonly taxes: ReadonlyMap<number, TaxWire>;
  /** The order of each order line. */
  readonly orders: ReadonlyMap<number, number>;
  /** The error of a bill that a line of cannot be read. */
  readonly misfitOf: (move: MoveWire) => Error | undefined;
}

/** Turns bills into invoices, each for itself. */
export async function readInvoices(
  connection: Connection,
  moves: readonly MoveWire[],
  operation: string,
  options?: ReadOptions,
): Promise<{ readonly items: Invoice[]; readonly problems: PageProblem[] }> {
  const [around, waiting] = await Promise.all([
    surroundingsOf(connection, moves, operation, options),
    waitingOn(connection, moves.filter(mayWait), options),
  ]);
  const items: Invoice[] = [];
  const problems: PageProblem[] = [];
  for (const move of moves) {
    try {
      items.push(toInvoice(connection, move, around, waiting.get(move.id)));
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref: refTo(connection, 'invoice', move.id), error, version: move.write_date });
    }
  }
  return { items, problems };
}

/** The lines of these bills and what they refer to. */
export async function surroundingsOf(
  connection: Connection,
  moves: readonly MoveWire[],
  operation: string,
  options?: ReadOptions,
): Promise<BillSurroundings> {
  const { client } = connection;
  const domain: Domain = [
    ['move_id', 'in', moves.map(({ id }) => id)],
    ['display_type', '=', 'product'],
  ];
  const found =
    moves.length === 0
      ? []
      : await client.searchRead('account.move.line', rowByRow(invoiceLineRow), { domain, order: 'id' }, options);
  const lines = readable(found);
  const archived = { ...options, context: { active_test: false } };
  const [products, taxes, sold] = await Promise.all([
    client.read('product.product', distinct(lines.map(({ product_id }) => product_id?.id)), productKeyRow, archived),
    client.read('account.tax', distinct(lines.flatMap(({ tax_ids }) => tax_ids)), taxRow, archived),
    client.read('sale.order.line', distinct(lines.flatMap(({ sale_line_ids }) => sale_line_ids)), soldLineRow, options),
  ]);
  return {
    lines,
    skus: new Map(products.flatMap(({ id, default_code }) => (default_code === null ? [] : [[id, default_code]]))),
    taxes: new Map(taxes.map((tax) => [tax.id, tax])),
    orders: new Map(sold.map(({ id, order_id }) => [id, order_id.id])),
    misfitOf(move) {
      const bad = unreadable(found).find((one) => (one.linkOf('move_id') ?? move.id) === move.id);
      const ref = refTo(connection, 'invoice', move.id);
      return bad && misfit(connection, { model: 'account.move.line', operation, bad, ref });
    },
  };
}

/** A bill or a credit note. Its lines are stated without tax, as Odoo adds them up. */
function toInvoice(
  connection: Connection,
  move: MoveWire,
  around: BillSurroundings,
  waiting: Waiting | undefined,
): Invoice {
  const bad = around.misfitOf(move);
  if (bad) throw bad;
  const currency = move.currency_id.name;
  const own = around.lines.filter(({ move_id }) => move_id.id === move.id);
  const order = orderOf(own, around);
  const wireStatus = move.state === 'posted' && move.payment_state ? `posted/${move.payment_state}` : move.state;
  return {
    ref: refTo(connection, 'invoice', move.id),
    // A draft of 17 already looks as if it had a number. Recorded on Odoo 17.0, 2026-11-23.
    ...(move.name === null || move.name === '/' || move.state === 'draft' ? {} : { number: move.name }),
    kind: move.move_type === 'out_refund' ? 'credit-note' : 'invoice',
    status: statusOf(move, waiting),
    wireStatus,
    ...(order === undefined ? {} : { order: refTo(connection, 'order', order) }),
    ...(move.reversed_entry_id === null ? {} : { reverses: refTo(connection, 'invoice', move.reversed_entry_id.id) }),
    ...(move.partner_id === null
      ? {}
      : { buyer: { ref: refTo(connection, 'customer', move.partner_id.id), name: move.partner_id.name } }),
    lines: own.map((line) => toLine(line, around, currency)),
    net: moneyOf(move.amount_untaxed, currency),
    tax: moneyOf(move.amount_tax, currency),
    total: moneyOf(move.amount_total, currency),
    due: dueOf(move, waiting),
    ...(move.invoice_date === null ? {} : { issuedOn: move.invoice_date }),
    ...(move.invoice_date_due === null ? {} : { dueOn: move.invoice_date_due }),
    // A further payment that waits for the bank writes its bill no more. Recorded on Odoo 19.0, 2026-11-26.
    updatedAt: toMoment(waiting && waiting.writtenAt > move.write_date ? waiting.writtenAt : move.write_date),
  };
}

/** Whether payments may wait for the bank of which Odoo takes nothing off what it calls due. */
function mayWait({ payment_state, amount_residual }: MoveWire): boolean {
  return amount_residual > 0 && (payment_state === 'in_payment' || payment_state === 'partial');
}

/** Any payment that waits for the bank makes Odoo call a bill "in payment": paid it is once nothing is left to pay. */
function statusOf(move: MoveWire, waiting: Waiting | undefined): InvoiceStatus {
  const said = invoiceStatusOf(move, `Invoice "${move.name ?? move.id}"`);
  if (!mayWait(move) || said === 'draft' || said === 'canceled') return said;
  return waiting && !waiting.foreign && isZeroMoney(dueOf(move, waiting)) ? 'paid' : 'partially-paid';
}

/** The order that every line with one came from; `undefined` when there is none or several. */
export function orderOf(lines: readonly InvoiceLineWire[], around: BillSurroundings): number | undefined {
  const ids = distinct(lines.flatMap(({ sale_line_ids }) => sale_line_ids.map((id) => around.orders.get(id))));
  return ids.length === 1 ? ids[0] : undefined;
}

function toLine(line: InvoiceLineWire, around: BillSurroundings, currency: string): Invoice['lines'][number] {
  const total = moneyOf(line.price_subtotal, currency);
  const tax = subtractMoney(moneyOf(line.price_total, currency), total);
  const sku = line.product_id === null ? undefined : around.skus.get(line.product_id.id);
  // What was billed before is taken off again with a negative count; a count is none, so the price is.
  const quantity = Math.abs(line.quantity);
  const unitPrice = quantity === 0 ? total : priceOf(line.price_subtotal / quantity, currency);
  return {
    id: String(line.id),
    ...(sku === undefined ? {} : { sku }),
    title: line.name ?? sku ?? '',
    quantity,
    unitPrice,
    taxes: taxesOf(line, around, tax),
    total,
  };
}

/** Odoo states one sum of tax a line. With several taxes on it, their names stand together. */
function taxesOf(line: InvoiceLineWire, around: BillSurroundings, amount: TaxLine['amount']): readonly TaxLine[] {
  const taxes = line.tax_ids.flatMap((id) => around.taxes.get(id) ?? []);
  if (taxes.length === 0) return isZeroMoney(amount) ? [] : [{ title: 'Tax', amount, owedBy: 'seller' }];
  const [first] = taxes;
  const percent = taxes.length === 1 && first?.amount_type === 'percent' ? first.amount : undefined;
  const rate = percent === undefined ? undefined : (percent / 100).toFixed(8).replace(/\.?0+$/, '');
  const title = taxes.map(({ name }) => name).join(' + ');
  return [{ title, ...(rate === undefined ? {} : { rate }), amount, owedBy: 'seller' }];
}

function distinct(ids: readonly (number | undefined)[]): number[] {
  return [...new Set(ids)].filter((id) => id !== undefined);
}
