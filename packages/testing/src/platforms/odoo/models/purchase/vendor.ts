import { link, num, rowOf, rowsWhere, type Env, type Vals } from '../../orm/env.ts';
import type { Row } from '../../orm/database.ts';
import { date, float, integer, many2one } from '../../orm/field.ts';
import { defineModel, type Model } from '../../orm/model.ts';
import { create } from '../../orm/records.ts';
import { templateOf } from '../product.ts';
import { priceInUnit, unitOf } from '../uom.ts';
import type { OdooVersion } from '../../versions.ts';

/**
 * What a vendor asks for a product, and in which unit. From 19 on each price has a unit of its own; before, it is the
 * product's purchase unit. Recorded on Odoo 19.0, 2026-11-26; of 17 and 18 their fields, recorded 2026-11-23.
 */
export function vendorModel(version: OdooVersion): Model {
  const modern = version === '19.0';
  return defineModel({
    name: 'product.supplierinfo',
    label: 'Supplier Pricelist',
    order: 'sequence, min_qty desc, price, id',
    fields: {
      partner_id: many2one('Vendor', 'res.partner', { required: true, onDelete: 'cascade' }),
      sequence: integer('Sequence', { defaultsTo: () => 1 }),
      product_tmpl_id: many2one('Product Template', 'product.template', {
        required: true,
        index: true,
        onDelete: 'cascade',
      }),
      product_id: many2one('Product Variant', 'product.product'),
      ...(modern
        ? { product_uom_id: many2one('Unit', 'uom.uom') }
        : { product_uom: many2one('Unit of Measure', 'uom.uom', { related: ['product_tmpl_id', 'uom_po_id'] }) }),
      min_qty: float('Quantity', { required: true }),
      price: float('Unit Price'),
      currency_id: many2one('Currency', 'res.currency', { required: true, defaultsTo: () => 1 }),
      company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
      date_start: date('Start Date'),
      date_end: date('End Date'),
      delay: integer('Lead Time', { required: true, defaultsTo: () => 1 }),
      discount: float('Discount (%)'),
    },
    prepareCreate(env, given) {
      const { product_id: variant } = given;
      const row = typeof variant === 'number' ? env.db.row('product.product', variant) : undefined;
      const vals = { min_qty: 0, ...(row ? { product_tmpl_id: num(row, 'product_tmpl_id') } : {}), ...given };
      const template = env.db.row('product.template', Number(vals['product_tmpl_id']));
      return modern && template ? { product_uom_id: num(template, 'uom_id'), ...vals } : vals;
    },
  });
}

/**
 * What the vendor's prices say of a line that leaves it open: its unit above all, so that 24 of a vendor who sells in dozens
 * are 24 dozens. A price is taken as it is, though the line may be given another unit. Recorded on Odoo 19.0, 2026-11-26.
 */
export function vendorVals(env: Env, product: number, order: Row | undefined): Vals {
  const unit = unitOf(env, product) ?? 1;
  const [offer] = order ? offersOf(env, product, num(order, 'partner_id')) : [];
  const bought = env.major < 19 ? (link(templateOf(env, product), 'uom_po_id') ?? unit) : unit;
  if (!offer) return { [env.names.purchaseLineUom]: bought };
  return {
    [env.names.purchaseLineUom]: env.major < 19 ? bought : num(offer, 'product_uom_id'),
    product_qty: num(offer, 'min_qty') || 1,
    price_unit: num(offer, 'price'),
  };
}

/** Who is bought from becomes a vendor of the product, at that price for its own unit. Recorded on Odoo 19.0, 2026-11-26. */
export function keepVendors(env: Env, order: Row): void {
  const buyer = rowOf(env, 'res.partner', num(order, 'partner_id'));
  const vendor = link(buyer, 'parent_id') ?? buyer.id;
  for (const line of rowsWhere(env, 'purchase.order.line', 'order_id', order.id)) {
    const product = link(line, 'product_id');
    if (product === undefined) continue;
    const template = templateOf(env, product);
    const prices = rowsWhere(env, 'product.supplierinfo', 'product_tmpl_id', template.id);
    if (prices.length > 10 || prices.some((one) => [vendor, buyer.id].includes(num(one, 'partner_id')))) continue;
    const own = env.major < 19 ? link(template, 'uom_po_id') : link(template, 'uom_id');
    create(env, 'product.supplierinfo', [
      {
        partner_id: vendor,
        product_tmpl_id: template.id,
        sequence: prices.reduce((last, one) => Math.max(last, num(one, 'sequence')), 0) + 1,
        min_qty: 1,
        price: priceInUnit(env, num(line, 'price_unit'), link(line, env.names.purchaseLineUom), own),
        currency_id: num(order, 'currency_id'),
        delay: 0,
      },
    ]);
  }
}

/** The vendor's prices for a product, the smallest quantity first. */
function offersOf(env: Env, product: number, vendor: number): Row[] {
  const template = templateOf(env, product);
  return rowsWhere(env, 'product.supplierinfo', 'product_tmpl_id', template.id)
    .filter((row) => num(row, 'partner_id') === vendor)
    .filter((row) => [undefined, product].includes(link(row, 'product_id')))
    .toSorted((a, b) => num(a, 'min_qty') - num(b, 'min_qty'));
}
