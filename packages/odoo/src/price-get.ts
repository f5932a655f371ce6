import type { Price, ReadOptions } from '@crossdock/core';
import { priceOf } from './amounts.ts';
import { refused, type Connection } from './connection.ts';
import { inOdoosOrder, listed, nameOf, priceByRule, rulesByQuantity } from './price-rules.ts';
import { listsOf, priceDigits, readPriced, readRules } from './price-read.ts';
import { categoryPlaceRow, type PricedWire, type RuleWire } from './wire/price.ts';
import { fromMoment } from './wire/value.ts';

const operation = 'prices.get';
/** How many SKUs one question holds. */
const perCall = 500;

/**
 * Every price at which these SKUs are sold now: the product's own, and of each list what its rules make of it, quantity by
 * quantity. A list without a rule for a product asks the product's own price and is not named. Throws `price.missing`
 * for a rule whose price nobody can say to the last digit.
 */
export async function getPrices(
  connection: Connection,
  skus: readonly string[],
  options?: ReadOptions,
): Promise<readonly Price[]> {
  const wanted = [...new Set(skus)].filter((sku) => sku.trim() !== '');
  const prices: Price[] = [];
  for (let from = 0; from < wanted.length; from += perCall) {
    prices.push(...(await pricesOf(connection, wanted.slice(from, from + perCall), options)));
  }
  return prices;
}

async function pricesOf(connection: Connection, skus: readonly string[], options?: ReadOptions): Promise<Price[]> {
  const products = await readPriced(connection, [['default_code', 'in', skus]], options);
  if (products.length === 0) return [];
  const shared = products.find(({ id, default_code }) =>
    products.some((other) => other.id !== id && other.default_code === default_code),
  );
  if (shared) throw ambiguous(connection, shared.default_code);
  const now = fromMoment(connection.now());
  const [rules, digits] = await Promise.all([
    readRules(
      connection,
      [
        '|',
        ['product_tmpl_id', '=', false],
        ['product_tmpl_id', 'in', [...new Set(products.map(({ product_tmpl_id }) => product_tmpl_id.id))]],
        '|',
        ['date_start', '=', false],
        ['date_start', '<=', now],
        '|',
        ['date_end', '=', false],
        ['date_end', '>=', now],
      ],
      options,
    ),
    priceDigits(connection, options),
  ]);
  const [above, lists] = await Promise.all([
    ancestorsOf(connection, products, rules, options),
    listsOf(connection, rules, options),
  ]);
  const byId = Map.groupBy(rules, ({ pricelist_id }) => pricelist_id.id);
  return products.flatMap((product) => {
    const sku = product.default_code;
    const order = inOdoosOrder(above.get(product.categ_id?.id ?? 0) ?? []);
    const own: Price = { sku, amount: priceOf(product.lst_price, product.currency_id.name) };
    const byList = [...byId.values()].flatMap((list) =>
      rulesByQuantity(list.filter((rule) => isFor(rule, product, above)).toSorted(order)).map((rule) => {
        const price = priceByRule(rule, product, digits);
        if ('amount' in price) return listed(rule, sku, price.amount, nameOf(rule, lists));
        throw unclear(connection, sku, rule, price.inexact);
      }),
    );
    return [own, ...byList];
  });
}

/** The ids of a product's category and of everything above it, by the category's id. */
async function ancestorsOf(
  { client }: Connection,
  products: readonly PricedWire[],
  rules: readonly RuleWire[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, readonly number[]>> {
  if (rules.every(({ categ_id }) => categ_id === null)) return new Map();
  const ids = [...new Set(products.flatMap(({ categ_id }) => categ_id?.id ?? []))];
  const found = await client.read('product.category', ids, categoryPlaceRow, options);
  return new Map(
    found.map(({ id, parent_path }) => [
      id,
      parent_path.split('/').flatMap((one) => (one === '' ? [] : [Number(one)])),
    ]),
  );
}

function isFor(rule: RuleWire, product: PricedWire, above: ReadonlyMap<number, readonly number[]>): boolean {
  switch (rule.applied_on) {
    case '0_product_variant':
      return rule.product_id?.id === product.id;
    case '1_product':
      return rule.product_tmpl_id?.id === product.product_tmpl_id.id;
    case '2_product_category':
      return rule.categ_id !== null && (above.get(product.categ_id?.id ?? 0) ?? []).includes(rule.categ_id.id);
    default:
      return true;
  }
}

function ambiguous({ settings }: Connection, sku: string) {
  return refused(settings, 'link.conflict', operation, {
    message: `The prices of "${sku}" were not read from "${settings.name}": two products there have this SKU. Give each its own in Odoo.`,
  });
}

function unclear({ settings }: Connection, sku: string, rule: RuleWire, why: string) {
  return refused(settings, 'price.missing', operation, {
    message: `The prices of "${sku}" were not read from "${settings.name}": the rule "${rule.id}" of price list "${rule.pricelist_id.name}" gives none that is exact, ${why}. Give the list a fixed price, or leave it out of odoo({ priceLists }).`,
  });
}
