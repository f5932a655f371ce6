import type { Json } from '@crossdock/core';
import type { Row } from '../orm/database.ts';
import { link, num, rowOf, str, type Env, type Vals } from '../orm/env.ts';
import { char, boolean, datetime, float, integer, many2one, one2many, selection } from '../orm/field.ts';
import { displayName } from '../orm/get.ts';
import { activeField, defineModel, type Model } from '../orm/model.ts';
import { showDatetime } from '../orm/moments.ts';
import { validationError } from '../orm/python-error.ts';
import { roundTo } from './decimal.ts';
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
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        active: activeField,
      },
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
        price_markup: float('Markup', {
          compute: (env, id) => -num(rowOf(env, 'product.pricelist.item', id), 'price_discount'),
        }),
        price_surcharge: float('Extra Fee'),
        price_round: float('Price Rounding'),
        price_min_margin: float('Min. Price Margin'),
        price_max_margin: float('Max. Price Margin'),
        min_quantity: float('Min. Quantity'),
        // Moments, not days. Recorded on Odoo 19.0, 2026-11-26.
        date_start: datetime('Start Date'),
        date_end: datetime('End Date'),
        currency_id: many2one('Currency', 'res.currency', { related: ['pricelist_id', 'currency_id'] }),
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        active: boolean('Active', { compute: () => true }),
      },
      check: (env, rows) => rows.forEach((row) => checkRule(env, row)),
      prepareCreate(env, given) {
        const vals = ruleVals(given);
        const product = vals['product_id'];
        if (typeof product !== 'number' || !env.db.row('product.product', product)) return vals;
        return { product_tmpl_id: templateOf(env, product).id, ...vals };
      },
      prepareWrite: (_env, _rows, vals) => ruleVals(vals),
    }),
  ];
}

/** Two decimals of a discount and of a quantity are kept; a markup is a discount that is negative. Recorded on Odoo 19.0, 2026-11-26. */
function ruleVals({ price_markup: markup, ...vals }: Vals): Vals {
  return {
    ...vals,
    ...rounded('price_discount', typeof markup === 'number' ? -markup : vals['price_discount']),
    ...rounded('min_quantity', vals['min_quantity']),
  };
}

const rounded = (field: string, value: Json) => (typeof value === 'number' ? { [field]: roundTo(value, 2) } : {});

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
  if (str(rule, 'base') === 'pricelist' && base === undefined) {
    throw validationError('A pricelist item with "Other Pricelist" as base must have a base_pricelist_id.');
  }
  if (num(rule, 'price_min_margin') > num(rule, 'price_max_margin')) {
    throw validationError('The minimum margin should be lower than the maximum margin.');
  }
  const [from, to] = [num(rule, 'date_start'), num(rule, 'date_end')];
  if (rule['date_start'] !== undefined && rule['date_end'] !== undefined && from >= to) {
    const range = `end date (${american(to)}) should be after start date (${american(from)})`;
    throw validationError(`${ruleName(env, rule)}: ${range}`);
  }
  if (str(rule, 'base') === 'pricelist' && base === num(rule, 'pricelist_id')) {
    const name = str(rowOf(env, 'product.pricelist', base), 'name');
    throw validationError(`Recursive pricelist rules detected: ${name} ⇒ ${name}`);
  }
}

function ruleName(env: Env, rule: Row): string {
  switch (str(rule, 'applied_on')) {
    case '0_product_variant':
      return `Variant: ${displayName(env, 'product.product', num(rule, 'product_id'))}`;
    case '1_product':
      return displayName(env, 'product.template', num(rule, 'product_tmpl_id'));
    case '2_product_category':
      return `Category: ${displayName(env, 'product.category', num(rule, 'categ_id'))}`;
    default:
      return 'All Products';
  }
}

/** A moment as it stands in texts for people: `01/31/2030 03:00:05 PM`. */
function american(micros: number): string {
  const [day = '', time = ''] = showDatetime(micros).split(' ');
  const [year, month, date] = day.split('-');
  const [hour = '', ...rest] = time.split(':');
  const twelve = String(Number(hour) % 12 || 12).padStart(2, '0');
  return `${month}/${date}/${year} ${[twelve, ...rest].join(':')} ${Number(hour) < 12 ? 'AM' : 'PM'}`;
}
