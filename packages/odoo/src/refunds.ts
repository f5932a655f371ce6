import {
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
import { orderOf, surroundingsOf, type BillSurroundings } from './invoice-record.ts';
import { createRefund } from './refund-create.ts';
import { ownProblem } from './unreadable.ts';
import { accountMoveRow, billedLineRow, type MoveWire } from './wire/account.ts';
import { toMoment } from './wire/value.ts';

/** Credit notes changed per page. */
export const refundsPerPage = 100;
const source = 'refund';
const operation = 'refunds.pull';

/** Money that was given back on orders. */
export function refundsPort(connection: Connection) {
  return {
    create: (draft: RefundDraft, options: WriteOptions): Promise<Ref<'refund'>> =>
      createRefund(connection, draft, options),

    /** Confirmed credit notes of orders. One of no order is in `invoices.pull` alone. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Refund>> {
      const { client, settings } = connection;
      let marks = positionOf(since, [source], connection)?.marks ?? {};
      const domain: Domain = [
        ['move_type', '=', 'out_refund'],
        ['state', '=', 'posted'],
        ['invoice_line_ids.sale_line_ids', '!=', false],
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
  const around = await surroundingsOf(connection, notes, operation, options);
  const carriage = await carriageOf(connection, [...around.orders.values()], options);
  const items: Refund[] = [];
  const problems: PageProblem[] = [];
  for (const note of notes) {
    try {
      items.push(toRefund(connection, note, around, carriage));
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref: refTo(connection, 'refund', note.id), error, version: note.write_date });
    }
  }
  return { items, problems };
}

/** Odoo keeps the day of a credit note and no time, and does not say on it whether the goods went back on sale. */
function toRefund(
  connection: Connection,
  note: MoveWire,
  around: BillSurroundings,
  carriage: ReadonlySet<number>,
): Refund {
  const bad = around.misfitOf(note);
  if (bad) throw bad;
  const ref = refTo(connection, 'refund', note.id);
  const currency = note.currency_id.name;
  const own = around.lines.filter(({ move_id }) => move_id.id === note.id);
  const order = orderOf(own, around);
  if (order === undefined) {
    throw new CommerceError({
      code: 'record.invalid',
      message: `Credit note "${note.name ?? note.id}" was not taken over from "${connection.settings.name}": it is of several orders. Split it in Odoo, then replay.`,
      system: connection.settings.name,
      operation,
      refs: [ref],
    });
  }
  const sold = own.filter(({ sale_line_ids }) => sale_line_ids.length > 0);
  // Money for carriage takes no goods back, so its line is of no order line: the product tells it.
  const isCarriage = ({ product_id }: (typeof own)[number]) =>
    product_id !== null &&
    (carriage.has(product_id.id) || around.skus.get(product_id.id) === (connection.settings.shippingProduct ?? ''));
  const ship = own.filter(isCarriage);
  return {
    ref,
    order: refTo(connection, 'order', order),
    lines: sold
      .filter((line) => !isCarriage(line))
      .map((line) => {
        const amount = moneyOf(line.price_subtotal, currency);
        return {
          orderLineId: String(line.sale_line_ids[0]),
          quantity: Math.abs(line.quantity),
          amount,
          tax: subtractMoney(moneyOf(line.price_total, currency), amount),
          restocked: false,
        };
      }),
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
