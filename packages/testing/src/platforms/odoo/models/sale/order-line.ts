import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flag, isVals, link, num, rowOf, schedule, store, str, type Env, type Vals } from '../../orm/env.ts';
import {
  boolean,
  char,
  float,
  integer,
  json,
  many2many,
  many2one,
  monetary,
  one2many,
  selection,
  text,
} from '../../orm/field.ts';
import { displayName, modelOf } from '../../orm/get.ts';
import { defineModel, onModel, type Model } from '../../orm/model.ts';
import { parseDatetime } from '../../orm/moments.ts';
import { missingError, userError, validationError } from '../../orm/python-error.ts';
import type { OdooVersion, VersionNames } from '../../versions.ts';
import { priceOf, type Price } from '../price-rules.ts';
import { productTaxes, templateOf } from '../product.ts';
import { compareQuantity, roundTo } from '../decimal.ts';
import { isService } from '../product-kind.ts';
import { quantityDigits } from '../uom.ts';
import { refreshOrderLater } from './status.ts';
import { amountsOf } from '../tax-math.ts';
import { refreshAmountsLater, taxedLine } from './amounts.ts';
import { launchLine } from './procure.ts';

export function orderLineModel(version: OdooVersion, names: VersionNames): Model {
  return defineModel({
    name: 'sale.order.line',
    label: 'Sales Order Line',
    order: 'order_id, sequence, id',
    fields: {
      order_id: many2one('Order Reference', 'sale.order', { required: true, onDelete: 'cascade' }),
      sequence: integer('Sequence', { defaultsTo: () => 10 }),
      company_id: many2one('Company', 'res.company', { related: ['order_id', 'company_id'] }),
      currency_id: many2one('Currency', 'res.currency', { related: ['order_id', 'currency_id'] }),
      order_partner_id: many2one('Customer', 'res.partner', { related: ['order_id', 'partner_id'] }),
      state: selection('Order Status', {}, { related: ['order_id', 'state'] }),
      display_type: selection('Display Type', {
        line_section: 'Section',
        ...(version === '19.0' ? { line_subsection: 'Subsection' } : {}),
        line_note: 'Note',
      }),
      product_id: many2one('Product', 'product.product', { onDelete: 'restrict', index: true }),
      product_template_id: many2one('Product Template', 'product.template', {
        related: ['product_id', 'product_tmpl_id'],
      }),
      name: text('Description', { required: true }),
      product_uom_qty: float('Quantity', { digits: quantityDigits }),
      [names.lineUom]: many2one('Unit', 'uom.uom'),
      price_unit: float('Unit Price'),
      discount: float('Discount (%)'),
      [names.lineTaxes]: many2many('Taxes', 'account.tax'),
      price_subtotal: monetary('Subtotal', { readonly: true }),
      price_tax: float('Total Tax', { readonly: true }),
      price_total: monetary('Total', { readonly: true }),
      ...(version === '19.0' ? { extra_tax_data: json('Extra Tax Data') } : {}),
      is_delivery: boolean('Is a Delivery'),
      is_downpayment: boolean('Is a down payment'),
      customer_lead: float('Lead Time'),
      qty_delivered: float('Delivery Quantity'),
      qty_invoiced: float('Invoiced Quantity', { readonly: true }),
      qty_to_invoice: float('Quantity To Invoice', { readonly: true }),
      invoice_status: selection('Invoice Status', {
        upselling: 'Upselling Opportunity',
        invoiced: 'Fully Invoiced',
        'to invoice': 'To Invoice',
        no: 'Nothing to Invoice',
      }),
      product_type: char('Product Type', {
        compute: (env, id) => {
          const product = link(rowOf(env, 'sale.order.line', id), 'product_id');
          return product === undefined ? false : (templateOf(env, product)['type'] ?? false);
        },
      }),
      move_ids: one2many('Stock Moves', 'stock.move', 'sale_line_id'),
      warehouse_id: many2one('Warehouse', 'stock.warehouse', { related: ['order_id', 'warehouse_id'] }),
    },
    displayName: lineName,
    prepareCreate: (env, vals) => prepare(env, vals),
    created(env, row) {
      env.db.set('sale.order.line', row, '_technicalPrice', num(row, 'price_unit'));
      refreshLine(env, row);
      changed(env, row);
    },
    prepareWrite(env, rows, vals) {
      for (const row of rows) {
        refuseOtherKind(row, vals);
        refuseLocked(env, row, vals);
      }
      return vals;
    },
    written(env, rows, vals) {
      for (const row of rows) {
        reprice(env, row, vals);
        refreshLine(env, row);
        changed(env, row);
      }
    },
    beforeUnlink(env, rows) {
      for (const row of rows) {
        const order = env.db.row('sale.order', num(row, 'order_id'));
        if (order && str(order, 'state') === 'sale' && row['display_type'] === undefined) {
          throw userError(
            "Once a sales order is confirmed, you can't remove one of its lines (we need to track if something gets invoiced or delivered).\n                Set the quantity to 0 instead.",
          );
        }
      }
    },
    unlinked: (env, rows) => rows.forEach((row) => refreshAmountsLater(env, num(row, 'order_id'))),
    methods: {
      // The way to ask for a price without writing an order. Recorded on Odoo 19.0, 2026-11-23.
      onchange: onModel(
        (env, args) => ({ value: { value: quote(env, args) } }),
        [
          { name: 'values', required: true },
          { name: 'field_names', required: true },
          { name: 'fields_spec', required: true },
        ],
      ),
    },
  });
}

function prepare(env: Env, vals: Vals): Vals {
  if (vals['display_type'] !== undefined && vals['display_type'] !== false) {
    // Recorded on Odoo 19.0, 2026-11-26.
    if (['product_id', 'price_unit', 'product_uom_qty'].some((field) => Boolean(vals[field]))) {
      throw validationError('The operation cannot be completed: Forbidden values on non-accountable sale order line');
    }
    return { ...vals, product_id: false, product_uom_qty: 0, price_unit: 0 };
  }
  const product = vals['product_id'];
  if (typeof product !== 'number') return vals;
  // Naming the line reads the product, so a wrong id is a missing record here and not a broken reference.
  if (!env.db.row('product.product', product)) throw missingError('product.product', [product], env.user.id);
  const order = env.db.row('sale.order', Number(vals['order_id']));
  const template = templateOf(env, product);
  const given = typeof vals['product_uom_qty'] === 'number' ? vals['product_uom_qty'] : 1;
  const sold = vals[env.names.lineUom];
  // Its price is looked up in the unit, so a wrong id is a missing record, too. Recorded on Odoo 19.0, 2026-11-26.
  if (typeof sold === 'number' && !env.db.row('uom.uom', sold)) throw missingError('uom.uom', [sold], env.user.id);
  const unit = num(template, 'uom_id');
  const price = priceOf(env, order && link(order, 'pricelist_id'), {
    product,
    quantity: given || 1,
    unit: typeof sold === 'number' ? sold : unit,
    ...(order ? { at: num(order, 'date_order') } : {}),
  });
  const description = str(template, 'description_sale');
  return {
    name: `${displayName(env, 'product.product', product)}${description === '' ? '' : `\n${description}`}`,
    product_uom_qty: 1,
    [env.names.lineUom]: unit,
    price_unit: price.price,
    // A percentage of the price list lands on every line that does not say its own discount, whatever its price.
    discount: price.discount,
    [env.names.lineTaxes]: [[6, 0, productTaxes(env, product)]],
    ...vals,
  };
}

/**
 * Another quantity or unit brings the price and the discount of the price list back, also those that the line was made with
 * and also on a confirmed order. A price that was written later stays, and so does that of an invoiced line.
 * Recorded on Odoo 19.0, 2026-11-26.
 */
function reprice(env: Env, row: Row, vals: Vals): void {
  const product = link(row, 'product_id');
  if (product === undefined || !['product_id', 'product_uom_qty', env.names.lineUom].some((field) => field in vals))
    return;
  const order = rowOf(env, 'sale.order', num(row, 'order_id'));
  const list = link(order, 'pricelist_id');
  const { price, discount }: Price = priceOf(env, list, {
    product,
    quantity: num(row, 'product_uom_qty') || 1,
    unit: link(row, env.names.lineUom),
    at: num(order, 'date_order'),
  });
  const own = roundTo(num(row, '_technicalPrice') - num(row, 'price_unit'), 2) !== 0;
  if (!('price_unit' in vals) && !own && num(row, 'qty_invoiced') <= 0) {
    store(env, 'sale.order.line', row, { price_unit: price });
    env.db.set('sale.order.line', row, '_technicalPrice', price);
  }
  if (!('discount' in vals) && list !== undefined) store(env, 'sale.order.line', row, { discount });
}

function refreshLine(env: Env, row: Row): void {
  const order = rowOf(env, 'sale.order', num(row, 'order_id'));
  const { subtotal, total } = amountsOf(env, taxedLine(env, row, num(order, 'currency_id')));
  // A difference of two floats: the noise that clients see. Recorded on Odoo 19.0, 2026-11-23.
  store(env, 'sale.order.line', row, { price_subtotal: subtotal, price_total: total, price_tax: total - subtotal });
}

function changed(env: Env, row: Row): void {
  const order = num(row, 'order_id');
  refreshAmountsLater(env, order);
  refreshOrderLater(env, order);
  if (str(rowOf(env, 'sale.order', order), 'state') === 'sale') {
    schedule(env, `sale.order.line:${row.id}:launch`, () => launchLine(env, row));
  }
}

// With the product and the unit as recorded on Odoo 19.0, 2026-11-26; of 17 and 18 by the same list in their source.
const locked = [
  'product_id',
  'name',
  'price_unit',
  'product_uom',
  'product_uom_id',
  'product_uom_qty',
  'tax_id',
  'tax_ids',
  'discount',
];

/** Recorded on Odoo 19.0, 2026-11-26. Less than nothing is below nothing delivered, too. */
function refuseBelowDelivered(env: Env, row: Row, vals: Vals): void {
  const product = link(row, 'product_id');
  if (!('product_uom_qty' in vals) || product === undefined || isService(env, product)) return;
  const wanted = Number(vals['product_uom_qty'] ?? 0);
  if (compareQuantity(wanted, num(row, 'product_uom_qty')) === 0) return;
  if (compareQuantity(wanted, num(row, 'qty_delivered')) >= 0) return;
  throw userError(
    'The ordered quantity of a sale order line cannot be decreased below the amount already delivered. Instead, create a return in your inventory.',
  );
}

/** Recorded on Odoo 19.0, 2026-11-26. */
function refuseOtherKind(row: Row, vals: Vals): void {
  if (!('display_type' in vals) || (vals['display_type'] || undefined) === row['display_type']) return;
  throw userError(
    'You cannot change the type of a sale order line. Instead you should delete the current line and create a new line of the proper type.',
  );
}

function refuseLocked(env: Env, row: Row, vals: Vals): void {
  const order = env.db.row('sale.order', num(row, 'order_id'));
  if (order && str(order, 'state') === 'sale' && 'product_id' in vals && vals['product_id'] !== row['product_id']) {
    throw userError('You cannot modify the product of this order line.');
  }
  if (order && str(order, 'state') === 'sale') refuseBelowDelivered(env, row, vals);
  if (!order || !flag(order, 'locked') || !locked.some((field) => field in vals)) return;
  const { fields } = modelOf(env, 'sale.order.line');
  const labels = locked.filter((field) => field in vals).map((field) => fields[field]?.label ?? field);
  throw userError(`It is forbidden to modify the following fields in a locked order:\n${labels.join('\n')}`);
}

function lineName(env: Env, row: Row): string {
  const order = rowOf(env, 'sale.order', num(row, 'order_id'));
  const partner = env.db.row('res.partner', num(order, 'partner_id'));
  const reference = partner ? str(partner, 'ref') || str(partner, 'name') : '';
  const product = link(row, 'product_id');
  const what =
    product === undefined ? (str(row, 'name').split('\n')[0] ?? '') : displayName(env, 'product.product', product);
  return `${str(order, 'name')} - ${what} (${reference})`;
}

function quote(env: Env, args: Vals): Json {
  const values = isVals(args['values']) ? args['values'] : {};
  const order = isVals(values['order_id']) ? values['order_id'] : {};
  const product = Number(values['product_id']);
  if (!env.db.row('product.product', product)) throw missingError('product.product', [product], env.user.id);
  const pricelist = order['pricelist_id'];
  const { price, discount } = priceOf(env, typeof pricelist === 'number' ? pricelist : undefined, {
    product,
    quantity: Number(values['product_uom_qty'] ?? 1) || 1,
    ...soldUnit(env, values),
    ...dateOf(order),
  });
  const uom = num(templateOf(env, product), 'uom_id');
  const all: { [field: string]: Json } = {
    price_unit: price,
    // Only what changes is told: no discount is no news.
    ...(discount === 0 ? {} : { discount }),
    name: displayName(env, 'product.product', product),
    [env.names.lineUom]: { id: uom, display_name: displayName(env, 'uom.uom', uom) },
    [env.names.lineTaxes]: productTaxes(env, product).map((tax) => [4, tax, { id: tax }]),
  };
  const wanted = isVals(args['fields_spec']) ? args['fields_spec'] : {};
  return Object.fromEntries(Object.entries(all).filter(([field]) => field in wanted));
}

/** A unit as a form sends it: its id, or an object with it. */
function soldUnit(env: Env, values: Vals): { readonly unit?: number } {
  const unit = values[env.names.lineUom];
  const id = isVals(unit) ? unit['id'] : unit;
  return typeof id === 'number' ? { unit: id } : {};
}

function dateOf(order: Vals): { readonly at?: number } {
  const date = order['date_order'];
  return typeof date === 'string' ? { at: parseDatetime(date) } : {};
}
