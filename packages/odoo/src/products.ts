import type {
  ItemOutcome,
  Page,
  Product,
  ProductDraft,
  ProductKey,
  ReadOptions,
  Since,
  WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import { changesSince, type Source } from './changes.ts';
import type { Connection } from './connection.ts';
import { cursorOf, markOf, positionOf, reading, startOf, type Marks } from './cursor.ts';
import { getProducts } from './product-get.ts';
import { pushProducts } from './product-push.ts';
import { readProducts } from './product-read.ts';
import { ownProblem } from './unreadable.ts';
import { rowByRow } from './wire/row-by-row.ts';
import { many2one, recordId, rowOf, utcDatetime } from './wire/value.ts';

/** Products changed per page. */
export const productsPerPage = 100;

type Touched = { readonly id: number; readonly write_date: string; readonly templateId: number };

/** Products: templates with their variants. Archived ones come too, with that status. */
export function productsPort(connection: Connection) {
  return {
    /** A change of a variant alone does not touch its template, so both are watched. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Product>> {
      const { client, settings } = connection;
      const position = positionOf(since, Object.keys(sources), connection);
      // A first reading finds every product by its template, so variants are watched from now on.
      let marks = position?.marks ?? (await newestMark(connection, 'variant', options));
      for (const name of ['template', 'variant'] as const) {
        const source = sources[name];
        const start = startOf(marks, name, settings.overlapSeconds);
        const passed = reading(marks, name, connection);
        for await (const page of changesSince(client, source, start, productsPerPage, options)) {
          const { rows, unreadable: bad } = page;
          marks = passed(page.newest, page.finished);
          const ids = [...new Set(rows.map(({ templateId }) => templateId))];
          const { items, problems } = await readProducts(connection, ids, operation, options);
          const about = { model: source.model, operation };
          for (const one of bad) problems.push(ownProblem(connection, kindOf[name], { ...about, bad: one }));
          yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
        }
      }
    },
    /** Archived products are found too. */
    get: (keys: readonly ProductKey[], options?: ReadOptions): Promise<readonly Product[]> =>
      getProducts(connection, keys, options),
    push: (products: readonly ProductDraft[], options: WriteOptions): Promise<readonly ItemOutcome<ProductDraft>[]> =>
      pushProducts(connection, products, options),
  };
}

const operation = 'products.pull';
const kindOf = { template: 'product', variant: 'variant' } as const;

const touchedTemplate = z.object({ id: recordId, write_date: utcDatetime });
const touchedVariant = z.object({ id: recordId, write_date: utcDatetime, product_tmpl_id: many2one });
const sources: Readonly<Record<'template' | 'variant', Source<Touched>>> = {
  template: {
    model: 'product.template',
    domain: [],
    row: { fields: ['write_date'], schema: touchedTemplate.transform((row) => ({ ...row, templateId: row.id })) },
  },
  variant: {
    model: 'product.product',
    domain: [],
    row: {
      fields: rowOf(touchedVariant).fields,
      schema: touchedVariant.transform((row) => ({ ...row, templateId: row.product_tmpl_id.id })),
    },
  },
};

async function newestMark(connection: Connection, name: 'variant', options?: ReadOptions): Promise<Marks> {
  const { client } = connection;
  const { model, row } = sources[name];
  const query = { domain: [], order: 'write_date desc, id desc', limit: 1 };
  const [newest] = await client.searchRead(model, rowByRow(row), query, {
    ...options,
    context: { active_test: false },
  });
  const writtenAt = newest?.stamp.writtenAt;
  return writtenAt === undefined ? {} : { [name]: markOf(writtenAt, connection) };
}
