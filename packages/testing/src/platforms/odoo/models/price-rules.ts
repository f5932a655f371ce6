import type { Row } from '../orm/database.ts';
import { link, num, rowOf, rowsWhere, str, type Env } from '../orm/env.ts';
import { modelOf } from '../orm/get.ts';
import { sortRows } from '../orm/sort.ts';
import { roundTo } from './decimal.ts';
import { templateOf } from './product.ts';
import { variantPrice } from './product-variants.ts';
import { inUnit, priceInUnit } from './uom.ts';

/** What a price list is asked for. */
export interface Asked {
  readonly product: number;
  /** In the unit that is sold. */
  readonly quantity: number;
  /** The unit that is sold; default the product's own. */
  readonly unit?: number | undefined;
  /** The moment whose rules hold: the date of the order, not today. Default now. */
  readonly at?: number | undefined;
}

export interface Price {
  readonly price: number;
  /** Percent that a rule takes off: it goes into the line's own discount, not into its price. */
  readonly discount: number;
}

/**
 * What a price list asks for one of the sold unit, in the list's currency. A rule with a percentage shows the price before
 * it and the percent, all percentages of the lists below it included; a rise is in the price. Recorded on Odoo 19.0, 2026-11-26.
 */
export function priceOf(env: Env, pricelist: number | undefined, asked: Asked): Price {
  const { list, rule } = ruleOf(env, pricelist, asked);
  const currency = list && link(list, 'currency_id');
  const net = priceByRule(env, rule, asked, currency);
  if (!rule || str(rule, 'compute_price') !== 'percentage') return { price: net, discount: 0 };
  const full = basePrice(env, lowestPercentage(env, rule, asked), asked, currency);
  const discount = full === 0 ? 0 : roundTo(((full - net) / full) * 100, 2);
  return { price: Math.max(full, net), discount: discount > 0 === full > 0 ? discount : 0 };
}

/**
 * Discount, rounding, fee and margins in that order, on the price that the rule starts from: that is turned into the list's
 * currency and the sold unit first. Fee and margins are in the list's currency, and of the product's unit.
 * Recorded on Odoo 19.0, 2026-11-26.
 */
function priceByRule(env: Env, rule: Row | undefined, asked: Asked, currency: number | undefined): number {
  const base = basePrice(env, rule, asked, currency);
  if (!rule) return base;
  const inSoldUnit = (field: string) => forUnit(env, num(rule, field), asked);
  switch (str(rule, 'compute_price')) {
    case 'fixed':
      return inSoldUnit('fixed_price');
    case 'percentage':
      return base - base * (num(rule, 'percent_price') / 100);
    default: {
      const reduced = base - base * (num(rule, 'price_discount') / 100);
      const priced = toStep(reduced, num(rule, 'price_round')) + inSoldUnit('price_surcharge');
      const [least, most] = [inSoldUnit('price_min_margin'), inSoldUnit('price_max_margin')];
      const floored = least === 0 ? priced : Math.max(priced, base + least);
      return most === 0 ? floored : Math.min(floored, base + most);
    }
  }
}

function basePrice(env: Env, rule: Row | undefined, asked: Asked, currency: number | undefined): number {
  const other = rule && str(rule, 'base') === 'pricelist' ? link(rule, 'base_pricelist_id') : undefined;
  if (other !== undefined) {
    const below = ruleOf(env, other, asked);
    const from = below.list && link(below.list, 'currency_id');
    return priceByRule(env, below.rule, asked, from) * (rateOf(env, currency) / rateOf(env, from));
  }
  const cost = rule !== undefined && str(rule, 'base') === 'standard_price';
  const own = cost
    ? num(rowOf(env, 'product.product', asked.product), 'standard_price')
    : variantPrice(env, asked.product);
  return forUnit(env, own, asked) * rateOf(env, currency);
}

/** The rule whose starting price is shown: the lowest of those that take a percentage off one another. */
function lowestPercentage(env: Env, rule: Row, asked: Asked): Row {
  if (str(rule, 'base') !== 'pricelist') return rule;
  const below = ruleOf(env, link(rule, 'base_pricelist_id'), asked).rule;
  return below && str(below, 'compute_price') === 'percentage' ? lowestPercentage(env, below, asked) : rule;
}

const toStep = (value: number, step: number) => (step > 0 ? roundTo(value / step, 0) * step : value);

const rateOf = (env: Env, currency: number | undefined) =>
  currency === undefined ? 1 : num(rowOf(env, 'res.currency', currency), 'rate') || 1;

const unitOf = (env: Env, { product }: Asked) => num(templateOf(env, product), 'uom_id');

const forUnit = (env: Env, price: number, asked: Asked) =>
  priceInUnit(env, price, unitOf(env, asked), asked.unit ?? unitOf(env, asked));

function ruleOf(env: Env, pricelist: number | undefined, asked: Asked): { readonly list?: Row; readonly rule?: Row } {
  const list = pricelist === undefined ? undefined : env.db.row('product.pricelist', pricelist);
  if (!list) return {};
  const rule = ruleFor(env, list, asked);
  return { list, ...(rule ? { rule } : {}) };
}

function ruleFor(env: Env, list: Row, asked: Asked): Row | undefined {
  const { product, at = env.startedAt } = asked;
  const template = templateOf(env, product);
  const own = unitOf(env, asked);
  const quantity = inUnit(env, asked.quantity, asked.unit ?? own, own);
  // Of two categories the one whose whole name comes last, which is the nearest. Recorded on Odoo 19.0, 2026-11-26.
  const item = modelOf(env, 'product.pricelist.item');
  return sortRows(env, item, rowsWhere(env, item.name, 'pricelist_id', list.id), item.order).find((rule) => {
    if (num(rule, 'min_quantity') > quantity) return false;
    if (num(rule, 'date_start') > at) return false;
    if (rule['date_end'] !== undefined && num(rule, 'date_end') < at) return false;
    switch (str(rule, 'applied_on')) {
      case '0_product_variant':
        return link(rule, 'product_id') === product;
      case '1_product':
        return link(rule, 'product_tmpl_id') === template.id;
      case '2_product_category':
        return within(env, link(template, 'categ_id'), link(rule, 'categ_id'));
      default:
        return true;
    }
  });
}

/** Whether a category is another one or below it. */
function within(env: Env, category: number | undefined, root: number | undefined): boolean {
  for (let at = category; at !== undefined; at = link(rowOf(env, 'product.category', at), 'parent_id')) {
    if (at === root) return true;
  }
  return false;
}
