import type { Row } from '../orm/database.ts';
import { link, num, rowOf, rowsWhere, str, type Env } from '../orm/env.ts';
import { char, boolean, datetime, float, integer, many2one, one2many, selection } from '../orm/field.ts';
import { displayName } from '../orm/get.ts';
import { activeField, defineModel, type Model } from '../orm/model.ts';
import { validationError } from '../orm/python-error.ts';
import { access } from './groups.ts';
import { templateOf } from './product.ts';

/** Taxes and price lists: what a line of an order is reckoned with. */
export function pricingModels(): Model[] {
  return [
    defineModel({
      name: 'account.tax',
      label: 'Tax',
      order: 'sequence, id',
      fields: {
        name: char('Tax Name', { required: true, index: true }),
        sequence: integer('Sequence', { defaultsTo: () => 1 }),
        amount: float('Amount'),
        amount_type: selection(
          'Tax Computation',
          {
            group: 'Group of Taxes',
            fixed: 'Fixed',
            percent: 'Percentage of Price',
            division: 'Percentage Tax Included',
          },
          { defaultsTo: () => 'percent' },
        ),
        type_tax_use: selection(
          'Tax Type',
          { sale: 'Sales', purchase: 'Purchases', none: 'None' },
          { defaultsTo: () => 'sale' },
        ),
        price_include: boolean('Included in Price'),
        country_id: many2one('Country', 'res.country', { defaultsTo: () => 233 }),
        company_id: many2one('Company', 'res.company', { defaultsTo: () => 1 }),
        active: activeField,
      },
      access: access.taxes,
    }),
    defineModel({
      name: 'account.fiscal.position',
      label: 'Fiscal Position',
      fields: { name: char('Fiscal Position') },
    }),
    defineModel({
      name: 'product.pricelist',
      label: 'Pricelist',
      order: 'sequence, id, name',
      fields: {
        name: char('Pricelist Name', { required: true, index: true }),
        sequence: integer('Sequence', { defaultsTo: () => 16 }),
        currency_id: many2one('Currency', 'res.currency', { required: true, defaultsTo: () => 1 }),
        company_id: many2one('Company', 'res.company'),
        item_ids: one2many('Pricelist Rules', 'product.pricelist.item', 'pricelist_id'),
        active: activeField,
      },
      access: access.salesAdmin,
      displayName: (env, row) => `${str(row, 'name')} (${displayName(env, 'res.currency', num(row, 'currency_id'))})`,
    }),
    defineModel({
      name: 'product.pricelist.item',
      label: 'Pricelist Rule',
      order: 'applied_on, min_quantity desc, categ_id desc, id desc',
      fields: {
        pricelist_id: many2one('Pricelist', 'product.pricelist', { required: true, onDelete: 'cascade' }),
        applied_on: selection(
          'Apply On',
          {
            '3_global': 'All Products',
            '2_product_category': 'Product Category',
            '1_product': 'Product',
            '0_product_variant': 'Product Variant',
          },
          { required: true, defaultsTo: () => '3_global' },
        ),
        product_tmpl_id: many2one('Product', 'product.template', { onDelete: 'cascade' }),
        product_id: many2one('Variant', 'product.product', { onDelete: 'cascade' }),
        categ_id: many2one('Category', 'product.category', { onDelete: 'cascade' }),
        compute_price: selection(
          'Compute Price',
          { percentage: 'Discount', formula: 'Formula', fixed: 'Fixed Price' },
          { required: true, defaultsTo: () => 'fixed' },
        ),
        base: selection(
          'Based on',
          { list_price: 'Sales Price', standard_price: 'Cost', pricelist: 'Other Pricelist' },
          { defaultsTo: () => 'list_price' },
        ),
        fixed_price: float('Fixed Price'),
        percent_price: float('Percentage Price'),
        base_pricelist_id: many2one('Other Pricelist', 'product.pricelist'),
        price_discount: float('Price Discount'),
        price_surcharge: float('Extra Fee'),
        price_round: float('Price Rounding'),
        price_min_margin: float('Min. Price Margin'),
        price_max_margin: float('Max. Price Margin'),
        min_quantity: float('Min. Quantity'),
        // Moments, not days. Recorded on Odoo 19.0, 2026-11-26.
        date_start: datetime('Start Date'),
        date_end: datetime('End Date'),
        currency_id: many2one('Currency', 'res.currency', { related: ['pricelist_id', 'currency_id'] }),
        company_id: many2one('Company', 'res.company', { defaultsTo: () => 1 }),
        active: boolean('Active', { compute: () => true }),
      },
      access: access.salesAdmin,
      check: (env, rows) => rows.forEach((row) => checkRule(env, row)),
      prepareCreate(env, vals) {
        const product = vals['product_id'];
        if (typeof product !== 'number' || !env.db.row('product.product', product)) return vals;
        return { product_tmpl_id: templateOf(env, product).id, ...vals };
      },
    }),
  ];
}

export interface Price {
  readonly price: number;
  /** Percent that a rule takes off: it goes into the line's own discount, not into its price. */
  readonly discount: number;
}

/** What a price list asks for a product. Discount in a line of its own as recorded on Odoo 19.0, 2026-11-23. */
export function priceOf(env: Env, pricelist: number | undefined, product: number, quantity: number): Price {
  const template = templateOf(env, product);
  const listPrice = num(template, 'list_price');
  const list = pricelist === undefined ? undefined : env.db.row('product.pricelist', pricelist);
  if (!list) return { price: listPrice, discount: 0 };
  const rate = num(rowOf(env, 'res.currency', num(list, 'currency_id')), 'rate') || 1;
  const rule = ruleFor(env, list, product, template.id, quantity);
  if (!rule) return { price: listPrice * rate, discount: 0 };
  switch (str(rule, 'compute_price')) {
    case 'fixed':
      return { price: num(rule, 'fixed_price'), discount: 0 };
    case 'percentage':
      return { price: listPrice * rate, discount: num(rule, 'percent_price') };
    default:
      return { price: formulaPrice(env, rule, product, listPrice * rate, quantity), discount: 0 };
  }
}

/** Discount, rounding, fee and margins in that order, on the price that the rule starts from. Source of Odoo 19.0, read 2026-11-26. */
function formulaPrice(env: Env, rule: Row, product: number, listPrice: number, quantity: number): number {
  const base =
    str(rule, 'base') === 'standard_price'
      ? num(rowOf(env, 'product.product', product), 'standard_price')
      : str(rule, 'base') === 'pricelist'
        ? netOf(priceOf(env, link(rule, 'base_pricelist_id'), product, quantity))
        : listPrice;
  const reduced = base - base * (num(rule, 'price_discount') / 100);
  const step = num(rule, 'price_round');
  const rounded = step > 0 ? Math.round(reduced / step) * step : reduced;
  const priced = rounded + num(rule, 'price_surcharge');
  const least = num(rule, 'price_min_margin');
  const most = num(rule, 'price_max_margin');
  const floored = least === 0 ? priced : Math.max(priced, base + least);
  return most === 0 ? floored : Math.min(floored, base + most);
}

const netOf = ({ price, discount }: Price) => price * (1 - discount / 100);

/** What makes a rule impossible. Recorded on Odoo 19.0, 2026-11-26. */
function checkRule(env: Env, rule: Row): void {
  const applied = str(rule, 'applied_on');
  const lacks = (kind: string, field: string) => applied === kind && link(rule, field) === undefined;
  if (lacks('1_product', 'product_tmpl_id')) {
    throw validationError('Please specify the product for which this rule should be applied');
  }
  if (lacks('0_product_variant', 'product_id')) {
    throw validationError('Please specify the product variant for which this rule should be applied');
  }
  if (lacks('2_product_category', 'categ_id')) {
    throw validationError('Please specify the category for which this rule should be applied');
  }
  const base = link(rule, 'base_pricelist_id');
  if (str(rule, 'base') === 'pricelist' && base !== undefined && base === num(rule, 'pricelist_id')) {
    const name = str(rowOf(env, 'product.pricelist', base), 'name');
    throw validationError(`Recursive pricelist rules detected: ${name} ⇒ ${name}`);
  }
}

/** Whether a category is another one or below it. */
function within(env: Env, category: number | undefined, root: number | undefined): boolean {
  for (let at = category; at !== undefined; at = link(rowOf(env, 'product.category', at), 'parent_id')) {
    if (at === root) return true;
  }
  return false;
}

function ruleFor(env: Env, list: Row, product: number, template: number, quantity: number): Row | undefined {
  return rowsWhere(env, 'product.pricelist.item', 'pricelist_id', list.id)
    .toSorted(
      (a, b) =>
        str(a, 'applied_on').localeCompare(str(b, 'applied_on')) ||
        num(b, 'min_quantity') - num(a, 'min_quantity') ||
        b.id - a.id,
    )
    .find((rule) => {
      if (num(rule, 'min_quantity') > quantity) return false;
      if (num(rule, 'date_start') > env.startedAt) return false;
      if (rule['date_end'] !== undefined && num(rule, 'date_end') < env.startedAt) return false;
      switch (str(rule, 'applied_on')) {
        case '0_product_variant':
          return link(rule, 'product_id') === product;
        case '1_product':
          return link(rule, 'product_tmpl_id') === template;
        case '2_product_category':
          return within(env, link(rowOf(env, 'product.template', template), 'categ_id'), link(rule, 'categ_id'));
        default:
          return true;
      }
    });
}
