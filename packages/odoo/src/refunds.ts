import {
  addMoney,
  CommerceError,
  isCommerceError,
  subtractMoney,
  sumMoney,
  type Page,
  type PageProblem,
  type ReadOptions,
  type Ref,
  type Refund,
  type RefundDraft,
  type Since,
  type WriteOptions,
} from '@crossdock/core';
import { moneyOf } from './amounts.ts';
import { changesSince } from './changes.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { seenThrough } from './half-done.ts';
import { orderOf, surroundingsOf, type BillSurroundings } from './invoice-record.ts';
import { createRefund } from './refund-create.ts';
import { ownProblem } from './unreadable.ts';
import { accountMoveRow, billedLineRow, type InvoiceLineWire, type MoveWire } from './wire/account.ts';
import { toMoment } from './wire/value.ts';

/** Credit notes changed per page. */
export const refundsPerPage = 100;
const source = 'refund';
const operation = 'refunds.pull';

/** Money that was given back on orders. */
export function refundsPort(connection: Connection) {
  return {
    create: (draft: RefundDraft, options: WriteOptions): Promise<Ref<'refund'>> =>
      seenThrough(connection, { operation: 'refunds.create', refs: [draft.order] }, (watched) =>
        createRefund(watched, draft, options),
      ),

    /** Confirmed credit notes of orders, or of their invoices. One of no order is in `invoices.pull` alone. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Refund>> {
      const { client, settings } = connection;
      let marks = positionOf(since, [source], connection)?.marks ?? {};
      const domain: Domain = [
        ['move_type', '=', 'out_refund'],
        ['state', '=', 'posted'],
        '|',
        ['invoice_line_ids.sale_line_ids', '!=', false],
        // Money alone takes no goods back, and is of no order line.
        ['reversed_entry_id.invoice_line_ids.sale_line_ids', '!=', false],
      ];
      const watched = { model: 'account.move', domain, row: accountMoveRow };
      const from = startOf(marks, source, settings.overlapSeconds);
      const passed = reading(marks, source, connection);
      for await (const page of changesSince(client, watched, from, refundsPerPage, options)) {
        marks = passed(page.newest, page.finished);
        const { items, problems } = await readRefunds(connection, page.rows, options);
        const about = { model: watched.model, operation };
        for (const bad of page.unreadable) problems.push(ownProblem(connection, 'refund', { ...about, bad }));
        yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
      }
    },
  };
}

async function readRefunds(connection: Connection, notes: readonly MoveWire[], options?: ReadOptions) {
  const billIds = new Set(notes.flatMap(({ reversed_entry_id }) => reversed_entry_id?.id ?? []));
  const bills = await connection.client.read('account.move', [...billIds], accountMoveRow, options);
  const [around, billed] = await Promise.all([
    surroundingsOf(connection, notes, operation, options),
    surroundingsOf(connection, bills, operation, options),
  ]);
  const orders = [...around.orders.values(), ...billed.orders.values()];
  const carriage = await carriageOf(connection, orders, options);
  const items: Refund[] = [];
  const problems: PageProblem[] = [];
  for (const note of notes) {
    try {
      items.push(toRefund(connection, note, { around, billed, carriage }));
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref: refTo(connection, 'refund', note.id), error, version: note.write_date });
    }
  }
  return { items, problems };
}

/** Odoo keeps the day of a credit note and no time, and does not say on it whether the goods went back on sale. */
function toRefund(connection: Connection, note: MoveWire, { around, billed, carriage }: RefundSurroundings): Refund {
  const bad = around.misfitOf(note);
  if (bad) throw bad;
  const ref = refTo(connection, 'refund', note.id);
  const currency = note.currency_id.name;
  const own = around.lines.filter(({ move_id }) => move_id.id === note.id);
  const theirs = billed.lines.filter(({ move_id }) => move_id.id === note.reversed_entry_id?.id);
  const order = orderOf(own, around) ?? (isOfNoLine(own) ? orderOf(theirs, billed) : undefined);
  if (order === undefined) {
    throw new CommerceError({
      code: 'record.invalid',
      message: `Credit note "${note.name ?? note.id}" was not taken over from "${connection.settings.name}": it is of several orders. Split it in Odoo, then replay.`,
      system: connection.settings.name,
      operation,
      refs: [ref],
    });
  }
  // Money for carriage takes no goods back, so its line is of no order line: the product tells it.
  const isCarriage = ({ product_id }: (typeof own)[number]) =>
    product_id !== null &&
    (carriage.has(product_id.id) || around.skus.get(product_id.id) === (connection.settings.shippingProduct ?? ''));
  const ship = own.filter(isCarriage);
  const shares = own.filter((line) => !isCarriage(line)).flatMap((line) => shareOf(line, theirs, currency));
  return {
    ref,
    order: refTo(connection, 'order', order),
    lines: perLine(shares),
    ...(ship.length === 0
      ? {}
      : {
          shipping: sumMoney(
            ship.map(({ price_total }) => moneyOf(price_total, currency)),
            currency,
          ),
        }),
    total: moneyOf(note.amount_total, currency),
    ...(note.ref === null ? {} : { note: note.ref }),
    refundedAt: note.invoice_date === null ? toMoment(note.write_date) : `${note.invoice_date}T00:00:00Z`,
  };
}

interface RefundSurroundings {
  readonly around: BillSurroundings;
  /** Of the invoices that the credit notes reverse. */
  readonly billed: BillSurroundings;
  readonly carriage: ReadonlySet<number>;
}
type RefundLine = Refund['lines'][number];

function isOfNoLine(lines: readonly InvoiceLineWire[]): boolean {
  return lines.every(({ sale_line_ids }) => sale_line_ids.length === 0);
}

/** Money alone is of the order line that was billed under the same words; where several were, nobody can tell. */
function shareOf(line: InvoiceLineWire, billed: readonly InvoiceLineWire[], currency: string): readonly RefundLine[] {
  const [sold] = line.sale_line_ids;
  const same = (other: InvoiceLineWire) => other.product_id?.id === line.product_id?.id && other.name === line.name;
  const alike = new Set(
    sold === undefined ? billed.filter(same).flatMap(({ sale_line_ids }) => sale_line_ids) : [sold],
  );
  const [orderLine] = alike;
  if (alike.size !== 1 || orderLine === undefined) return [];
  const amount = moneyOf(line.price_subtotal, currency);
  const tax = subtractMoney(moneyOf(line.price_total, currency), amount);
  const quantity = sold === undefined ? 0 : Math.abs(line.quantity);
  return [{ orderLineId: String(orderLine), quantity, amount, tax, restocked: false }];
}

/** Cents that no unit price makes stand on a line of their own there. */
function perLine(shares: readonly RefundLine[]): readonly RefundLine[] {
  const lines = new Map<string, RefundLine>();
  for (const share of shares) {
    const there = lines.get(share.orderLineId);
    const sum = there && {
      ...there,
      quantity: there.quantity + share.quantity,
      amount: addMoney(there.amount, share.amount),
      tax: addMoney(there.tax, share.tax),
    };
    lines.set(share.orderLineId, sum ?? share);
  }
  return [...lines.values()];
}

/** The products that stand for carriage on these orders, where Odoo's module `delivery` marks their lines. */
async function carriageOf(
  { client }: Connection,
  orderIds: readonly number[],
  options?: ReadOptions,
): Promise<ReadonlySet<number>> {
  const marked = Object.hasOwn(await client.fieldsGet('sale.order.line', options), 'is_delivery');
  if (orderIds.length === 0 || !marked) return new Set();
  const domain: Domain = [
    ['order_id', 'in', [...new Set(orderIds)]],
    ['is_delivery', '=', true],
  ];
  const lines = await client.searchRead('sale.order.line', billedLineRow, { domain, order: 'id' }, options);
  return new Set(lines.flatMap(({ product_id }) => product_id?.id ?? []));
}
