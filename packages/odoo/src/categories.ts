import {
  isCommerceError,
  type Category,
  type Page,
  type PageProblem,
  type ReadOptions,
  type Since,
} from '@crossdock/core';
import { changesSince } from './changes.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { inLanguage } from './language.ts';
import { ownProblem } from './unreadable.ts';
import { categoryNameRow, categoryRow, type CategoryWire } from './wire/category.ts';
import { toMoment } from './wire/value.ts';

/** Categories changed per page. */
export const categoriesPerPage = 200;

const operation = 'categories.pull';
const model = 'product.category';

/** The tree of product categories. */
export function categoriesPort(connection: Connection) {
  return {
    /** A category that got another name or another place writes everything below it. Recorded on Odoo 19.0, 2026-11-26. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Category>> {
      const { client, settings } = connection;
      let marks = positionOf(since, [model], connection)?.marks ?? {};
      const start = startOf(marks, model, settings.overlapSeconds);
      const passed = reading(marks, model, connection);
      const source = { model, domain: [], row: categoryRow };
      for await (const page of changesSince(client, source, start, categoriesPerPage, options)) {
        marks = passed(page.newest, page.finished);
        const names = await namesOf(connection, page.rows, options);
        const items: Category[] = [];
        const problems: PageProblem[] = page.unreadable.map((bad) =>
          ownProblem(connection, 'category', { model, operation, bad }),
        );
        for (const row of page.rows) {
          try {
            items.push(toCategory(connection, row, names));
          } catch (error) {
            if (!isCommerceError(error)) throw error;
            problems.push({ ref: refTo(connection, 'category', row.id), error, version: row.write_date });
          }
        }
        yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
      }
    },
  };
}

/** The names of these categories and of everything above them, in one question. */
async function namesOf(
  connection: Connection,
  rows: readonly CategoryWire[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set(rows.flatMap(idsIn))];
  const found = await connection.client.read(model, ids, categoryNameRow, inLanguage(connection, options));
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** From the root down to its own. */
function idsIn({ parent_path }: CategoryWire): readonly number[] {
  return parent_path.split('/').flatMap((id) => (id === '' ? [] : [Number(id)]));
}

function toCategory(connection: Connection, row: CategoryWire, names: ReadonlyMap<number, string>): Category {
  const path = idsIn(row).map((id) => names.get(id));
  if (path.includes(undefined)) {
    throw refused(connection.settings, 'record.missing', operation, {
      message: `Category "${row.id}" was not taken over from "${connection.settings.name}": one above it cannot be read. Look at its parents in Odoo, then replay.`,
      refs: [refTo(connection, 'category', row.id)],
    });
  }
  return {
    ref: refTo(connection, 'category', row.id),
    name: names.get(row.id) ?? row.name,
    path: path.flatMap((name) => name ?? []),
    ...(row.parent_id === null ? {} : { parent: refTo(connection, 'category', row.parent_id.id) }),
    updatedAt: toMoment(row.write_date),
  };
}
