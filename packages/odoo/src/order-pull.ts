import type { Order, Page, ReadOptions, Since } from '@crossdock/core';
import { changesSince } from './changes.ts';
import type { Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { isMarked } from './mark.ts';
import { readOrders } from './order-get.ts';
import { ownProblem } from './unreadable.ts';
import { orderRow } from './wire/order.ts';

/** Orders changed per page. */
export const ordersPerPage = 100;

const operation = 'orders.pull';
const model = 'sale.order';

/** Every order that changed since, quotations and canceled ones too, with as many questions a page as for one order. */
export async function* pullOrders(
  connection: Connection,
  since: Since,
  options?: ReadOptions,
): AsyncGenerator<Page<Order>> {
  const { client, settings } = connection;
  const { company, overlapSeconds } = settings;
  let marks = positionOf(since, [model], connection)?.marks ?? {};
  const start = startOf(marks, model, overlapSeconds);
  const passed = reading(marks, model, connection);
  const domain = company === undefined ? [] : [['company_id', '=', company] as const];
  for await (const page of changesSince(client, { model, domain, row: orderRow }, start, ordersPerPage, options)) {
    marks = passed(page.newest, page.finished);
    const { items, problems } = await readOrders(connection, page.rows, operation, options);
    const bad = page.unreadable.map((one) => ownProblem(connection, 'order', { model, operation, bad: one }));
    const all = [...problems, ...bad];
    yield { items, ...(all.length === 0 ? {} : { problems: all }), cursor: cursorOf({ marks }) };
  }
}

/**
 * Whether `orders.create` or an import of this connector made an order that was read from Odoo, so that a flow need not
 * carry it back to where it came from. A person's copy of such an order has its source too: ask for its link.
 */
export function isOwnOrder(order: Order): boolean {
  return isMarked(order.attributes?.['origin']);
}
