import type { Customer, Page, PageProblem, ReadOptions, Since } from '@crossdock/core';
import * as z from 'zod';
import { changesSince } from './changes.ts';
import type { Domain } from './client.ts';
import type { Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { withAddresses } from './customer-record.ts';
import { ownProblem } from './unreadable.ts';
import { partnerRow } from './wire/partner.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { optionalMany2one, recordId, rowOf, utcDatetime } from './wire/value.ts';

/** Partners changed per page. */
export const customersPerPage = 100;

const operation = 'customers.pull';
const model = 'res.partner';
const touchedRow = rowOf(z.object({ id: recordId, parent_id: optionalMany2one, write_date: utcDatetime }));

/**
 * Every customer that changed since, or of whom an address or contact did. Vendors who never bought, and what was
 * archived, are no customers; the latter come again when they are taken out of the archive.
 */
export async function* pullCustomers(
  connection: Connection,
  since: Since,
  options?: ReadOptions,
): AsyncGenerator<Page<Customer>> {
  const { client, settings } = connection;
  let marks = positionOf(since, [model], connection)?.marks ?? {};
  const start = startOf(marks, model, settings.overlapSeconds);
  const passed = reading(marks, model, connection);
  const source = { model, domain: [], row: touchedRow };
  for await (const page of changesSince(client, source, start, customersPerPage, options)) {
    marks = passed(page.newest, page.finished);
    const ids = [...new Set(page.rows.map(({ id, parent_id }) => parent_id?.id ?? id))];
    const { items, problems } = await readCustomers(connection, ids, options);
    const bad = page.unreadable.map((one) => ownProblem(connection, 'customer', { model, operation, bad: one }));
    const all = [...problems, ...bad];
    yield { items, ...(all.length === 0 ? {} : { problems: all }), cursor: cursorOf({ marks }) };
  }
}

async function readCustomers(connection: Connection, ids: readonly number[], options?: ReadOptions) {
  const problems: PageProblem[] = [];
  const items: Customer[] = [];
  // A contact's own contacts hang two levels down in few books; each round climbs one of them.
  let wanted: readonly number[] = ids;
  const asked = new Set<number>();
  while (wanted.length > 0) {
    for (const id of wanted) asked.add(id);
    const domain: Domain = [['id', 'in', wanted], '|', ['customer_rank', '>', 0], ['supplier_rank', '=', 0]];
    const found = await connection.client.searchRead(model, rowByRow(partnerRow), { domain, order: 'id' }, options);
    for (const bad of unreadable(found)) problems.push(ownProblem(connection, 'customer', { model, operation, bad }));
    const partners = readable(found);
    const roots = partners.filter(({ parent_id }) => parent_id === null);
    items.push(...(await withAddresses(connection, roots, options)));
    wanted = [...new Set(partners.flatMap(({ parent_id }) => parent_id?.id ?? []))].filter((id) => !asked.has(id));
  }
  return { items, problems };
}
