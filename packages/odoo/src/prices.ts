import {
  isCommerceError,
  type ListedPrice,
  type Page,
  type PageProblem,
  type Price,
  type ReadOptions,
  type Since,
} from '@crossdock/core';
import * as z from 'zod';
import { changesSince, type Source } from './changes.ts';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { cursorOf, markOf, positionOf, reading, startOf, type Mark, type Marks } from './cursor.ts';
import { getPrices } from './price-get.ts';
import { listed, nameOf, priceByRule } from './price-rules.ts';
import { listsOf, priceDigits, readPriced, ruleDomain } from './price-read.ts';
import { inLanguage } from './language.ts';
import { ownProblem } from './unreadable.ts';
import { ruleRow, type PricedWire, type RuleWire } from './wire/price.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { recordId, rowOf, toMoment, utcDatetime } from './wire/value.ts';

/** Rules, lists or products changed per page. */
export const pricesPerPage = 200;

const operation = 'prices.pull';

/** Prices: what the rules of price lists ask for products and variants. The product's own price comes with the product. */
export function pricesPort(connection: Connection) {
  return {
    /**
     * Watched are the rules, the lists, whose name and currency stand on every price, and the products, whose price a
     * percentage is taken of.
     */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<ListedPrice>> {
      const { client, settings } = connection;
      const position = positionOf(since, Object.keys(sources), connection);
      // A first reading finds every price by its rule, so lists and products are watched from now on.
      let marks = position?.marks ?? (await presentMarks(connection, options));
      for (const [name, { source, rulesOf }] of Object.entries(sources)) {
        const start = startOf(marks, name, settings.overlapSeconds);
        const passed = reading(marks, name, connection);
        for await (const page of changesSince(client, source, start, pricesPerPage, options)) {
          marks = passed(page.newest, page.finished);
          const ids = page.rows.map(({ id }) => id);
          const { items, problems } = await readListed(connection, ids.length === 0 ? [] : rulesOf(ids), options);
          if (name === 'rule') {
            for (const bad of page.unreadable) {
              problems.push(ownProblem(connection, 'price', { model: source.model, operation, bad }));
            }
          }
          yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
        }
      }
    },
    get: (skus: readonly string[], options?: ReadOptions): Promise<readonly Price[]> =>
      getPrices(connection, skus, options),
  };
}

type Touched = { readonly id: number; readonly write_date: string };
const touchedRow = rowOf(z.object({ id: recordId, write_date: utcDatetime }));
interface Watched {
  readonly source: Source<Touched>;
  /** Which rules a change of these records concerns. */
  readonly rulesOf: (ids: readonly number[]) => Domain;
}

const sources: Readonly<Record<'rule' | 'list' | 'product', Watched>> = {
  rule: {
    source: { model: 'product.pricelist.item', domain: [], row: touchedRow },
    rulesOf: (ids) => [['id', 'in', ids]],
  },
  list: {
    source: { model: 'product.pricelist', domain: [], row: touchedRow },
    rulesOf: (ids) => [['pricelist_id', 'in', ids]],
  },
  product: {
    source: { model: 'product.template', domain: [], row: touchedRow },
    rulesOf: (ids) => [
      ['product_tmpl_id', 'in', ids],
      ['compute_price', '!=', 'fixed'],
    ],
  },
};

async function presentMarks(connection: Connection, options?: ReadOptions): Promise<Marks> {
  const marks: Record<string, Mark> = {};
  for (const name of ['list', 'product'] as const) {
    const { model, row } = sources[name].source;
    const query = { domain: [], order: 'write_date desc, id desc', limit: 1 };
    const archived = { ...options, context: { active_test: false } };
    const [newest] = await connection.client.searchRead(model, rowByRow(row), query, archived);
    const writtenAt = newest?.stamp.writtenAt;
    if (writtenAt !== undefined) marks[name] = markOf(writtenAt, connection);
  }
  return marks;
}

async function readListed(connection: Connection, rules: Domain, options?: ReadOptions) {
  const items: ListedPrice[] = [];
  const problems: PageProblem[] = [];
  if (rules.length === 0) return { items, problems };
  const model = 'product.pricelist.item';
  const query = { domain: ruleDomain(connection, rules), order: 'id' };
  const found = await connection.client.searchRead(model, rowByRow(ruleRow), query, inLanguage(connection, options));
  for (const bad of unreadable(found)) problems.push(ownProblem(connection, 'price', { model, operation, bad }));
  const known = readable(found);
  const templates = [...new Set(known.flatMap(({ product_tmpl_id }) => product_tmpl_id?.id ?? []))];
  const [products, digits, lists] = await Promise.all([
    templates.length === 0 ? [] : readPriced(connection, [['product_tmpl_id', 'in', templates]], options),
    templates.length === 0 ? undefined : priceDigits(connection, options),
    listsOf(connection, known, options),
  ]);
  for (const rule of known) {
    try {
      const { variants, single } = pricedBy(connection, rule, products);
      for (const product of variants) {
        const price = priceByRule(rule, product, digits);
        if ('inexact' in price) throw unclear(connection, rule, price.inexact);
        // One rule of a product with several variants is a price of each.
        const id = single ? String(rule.id) : `${rule.id}-${product.id}`;
        items.push({
          ...listed(rule, product.default_code, price.amount, nameOf(rule, lists)),
          ref: { system: connection.settings.name, kind: 'price', id },
          updatedAt: toMoment(
            latest([rule.write_date, lists.get(rule.pricelist_id.id)?.write_date, basisOf(rule, product)]),
          ),
        });
      }
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      problems.push({ ref: refTo(connection, 'price', rule.id), error, version: rule.write_date });
    }
  }
  return { items, problems };
}

/** When what a price is reckoned from was written. */
function basisOf({ compute_price }: RuleWire, { write_date }: PricedWire): string | undefined {
  return compute_price === 'fixed' ? undefined : write_date;
}

function latest(moments: readonly (string | undefined)[]): string {
  return (
    moments
      .flatMap((moment) => moment ?? [])
      .toSorted()
      .at(-1) ?? ''
  );
}

/** What a rule prices. One for a category or for everything is no price of a product: `prices.get` reckons with it. */
function pricedBy<T extends PricedWire>(connection: Connection, rule: RuleWire, products: readonly T[]) {
  if (rule.applied_on === '0_product_variant')
    return { variants: products.filter(({ id }) => id === rule.product_id?.id), single: true };
  if (rule.applied_on === '1_product')
    return {
      variants: products.filter(({ product_tmpl_id }) => product_tmpl_id.id === rule.product_tmpl_id?.id),
      single: false,
    };
  throw unclear(connection, rule, 'because it is for a category or for all products');
}

function unclear(connection: Connection, rule: RuleWire, why: string) {
  const { settings } = connection;
  return refused(settings, 'price.missing', operation, {
    message: `The rule "${rule.id}" of price list "${rule.pricelist_id.name}" was not taken over from "${settings.name}": it gives no price that can be listed, ${why}. Ask prices.get for the SKUs that are wanted, or give them fixed prices in Odoo.`,
    refs: [refTo(connection, 'price', rule.id)],
  });
}
