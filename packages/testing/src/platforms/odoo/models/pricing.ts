import type { Row } from '../orm/database.ts';
import { link, num, rowOf, rowsWhere, str, type Env } from '../orm/env.ts';
import { char, boolean, date, float, integer, many2one, one2many, selection } from '../orm/field.ts';
import { displayName } from '../orm/get.ts';
import { activeField, defineModel, type Model } from '../orm/model.ts';
import { showDate } from '../orm/moments.ts';
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
        min_quantity: float('Min. Quantity'),
        date_start: date('Start Date'),
        date_end: date('End Date'),
      },
      access: access.salesAdmin,
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
      return { price: listPrice * rate, discount: 0 };
  }
}

function ruleFor(env: Env, list: Row, product: number, template: number, quantity: number): Row | undefined {
  const today = showDate(env.startedAt);
  return rowsWhere(env, 'product.pricelist.item', 'pricelist_id', list.id)
    .toSorted(
      (a, b) =>
        str(a, 'applied_on').localeCompare(str(b, 'applied_on')) ||
        num(b, 'min_quantity') - num(a, 'min_quantity') ||
        b.id - a.id,
    )
    .find((rule) => {
      if (num(rule, 'min_quantity') > quantity) return false;
      if (str(rule, 'date_start') > today || (str(rule, 'date_end') !== '' && str(rule, 'date_end') < today))
        return false;
      switch (str(rule, 'applied_on')) {
        case '0_product_variant':
          return link(rule, 'product_id') === product;
        case '1_product':
          return link(rule, 'product_tmpl_id') === template;
        case '2_product_category':
          return link(rule, 'categ_id') === link(rowOf(env, 'product.template', template), 'categ_id');
        default:
          return true;
      }
    });
}
