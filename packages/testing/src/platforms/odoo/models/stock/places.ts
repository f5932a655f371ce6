import type { Row } from '../../orm/database.ts';
import { link, num, rowOf, store, str, type Env } from '../../orm/env.ts';
import { boolean, char, date, float, integer, many2one, one2many, selection, text } from '../../orm/field.ts';
import { displayName } from '../../orm/get.ts';
import { activeField, defineModel, type Model } from '../../orm/model.ts';
import { userError, validationError } from '../../orm/python-error.ts';
import { create } from '../../orm/records.ts';
import type { VersionNames } from '../../versions.ts';
import { access } from '../groups.ts';
import { dateLot, lotDateFields } from './expiry.ts';
import { orderpointModel } from './orderpoint.ts';
import { rowsWhere } from '../../orm/env.ts';

/** Where goods are, what they are packed in, how they are numbered and from which stock on they are ordered. */
export function placeModels(names: VersionNames): Model[] {
  return [
    defineModel({
      name: 'stock.location',
      label: 'Inventory Locations',
      order: 'complete_name, id',
      fields: {
        name: char('Location Name', { required: true }),
        complete_name: char('Full Location Name', { index: true }),
        usage: selection(
          'Location Type',
          {
            supplier: 'Vendor',
            view: 'Virtual',
            internal: 'Internal',
            customer: 'Customer',
            inventory: 'Inventory Loss',
            production: 'Production',
            transit: 'Transit',
          },
          { required: true, index: true, defaultsTo: () => 'internal' },
        ),
        location_id: many2one('Parent Location', 'stock.location'),
        child_ids: one2many('Contains', 'stock.location', 'location_id'),
        warehouse_id: many2one('Warehouse', 'stock.warehouse', { compute: warehouseOf }),
        barcode: char('Barcode', { index: true }),
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        active: activeField,
      },
      displayName: (_env, row) => str(row, 'complete_name'),
      created: (env, row) => nameLocation(env, row),
      written: (env, rows) => rows.forEach((row) => nameLocation(env, row)),
    }),
    defineModel({
      name: 'stock.warehouse',
      label: 'Warehouse',
      order: 'sequence, id',
      fields: {
        name: char('Warehouse', { required: true, index: true }),
        code: char('Short Name', { required: true, index: true }),
        sequence: integer('Sequence', { defaultsTo: () => 10 }),
        partner_id: many2one('Address', 'res.partner'),
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        view_location_id: many2one('View Location', 'stock.location', { index: true }),
        lot_stock_id: many2one('Location Stock', 'stock.location'),
        in_type_id: many2one('In Type', 'stock.picking.type'),
        out_type_id: many2one('Out Type', 'stock.picking.type'),
        pick_type_id: many2one('Pick Type', 'stock.picking.type'),
        int_type_id: many2one('Internal Type', 'stock.picking.type'),
        delivery_steps: selection(
          'Outgoing Shipments',
          { ship_only: 'Deliver', pick_ship: 'Pick then deliver', pick_pack_ship: 'Pick, pack, then deliver' },
          { defaultsTo: () => 'ship_only' },
        ),
        reception_steps: selection(
          'Incoming Shipments',
          {
            one_step: 'Receive and Store',
            two_steps: 'Receive then Store',
            three_steps: 'Receive, Quality Control, then Store',
          },
          { defaultsTo: () => 'one_step' },
        ),
        active: activeField,
      },
      created: furnish,
    }),
    defineModel({
      name: 'stock.picking.type',
      label: 'Picking Type',
      order: 'sequence, id',
      fields: {
        name: char('Operation Type', { required: true }),
        sequence: integer('Sequence'),
        code: selection(
          'Type of Operation',
          { incoming: 'Receipt', outgoing: 'Delivery', internal: 'Internal Transfer' },
          { required: true },
        ),
        sequence_code: char('Sequence Prefix', { required: true }),
        warehouse_id: many2one('Warehouse', 'stock.warehouse'),
        reservation_method: selection(
          'Reservation Method',
          { at_confirm: 'At Confirmation', manual: 'Manually', by_date: 'Before scheduled date' },
          { required: true, defaultsTo: () => 'at_confirm' },
        ),
        reservation_days_before: integer('Days'),
        default_location_src_id: many2one('Source Location', 'stock.location'),
        default_location_dest_id: many2one('Destination Location', 'stock.location'),
        use_create_lots: boolean('Create New Lots/Serial Numbers'),
        use_existing_lots: boolean('Use Existing Lots/Serial Numbers'),
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        active: activeField,
      },
      displayName: (env, row) => {
        const warehouse = link(row, 'warehouse_id');
        const name = str(row, 'name');
        return warehouse === undefined ? name : `${displayName(env, 'stock.warehouse', warehouse)}: ${name}`;
      },
    }),
    defineModel({
      name: 'stock.lot',
      label: 'Lot/Serial',
      order: 'name, id',
      fields: {
        name: char('Lot/Serial Number', {
          required: true,
          index: true,
          // Numbered where nobody names it. Recorded on Odoo 19.0, 2026-11-26.
          defaultsTo: (env) => String(env.db.next('stock.lot.name')).padStart(7, '0'),
        }),
        ref: char('Internal Reference'),
        product_id: many2one('Product', 'product.product', { required: true }),
        product_qty: float('On Hand Quantity', {
          compute: (env, id) =>
            rowsWhere(env, 'stock.quant', 'lot_id', id)
              .filter((quant) => rowOf(env, 'stock.location', num(quant, 'location_id'))['usage'] === 'internal')
              .reduce((sum, quant) => sum + num(quant, 'quantity'), 0),
        }),
        ...lotDateFields,
        note: text('Description'),
        company_id: many2one('Company', 'res.company'),
      },
      created: (env, row) => dateLot(env, row),
      prepareWrite(env, rows, vals) {
        const product = vals['product_id'];
        // Recorded on Odoo 19.0, 2026-11-26.
        if (rows.some((row) => product !== undefined && product !== row['product_id'] && isUsed(env, row))) {
          throw userError(
            'You are not allowed to change the product linked to a serial or lot number if some stock moves have already been created with that number. This would lead to inconsistencies in your stock.',
          );
        }
        return vals;
      },
      check: (env, rows) => rows.forEach((row) => refuseDoubleLot(env, row)),
      written: (env, rows) => rows.forEach((row) => dateLot(env, row)),
    }),
    defineModel({
      name: names.packageModel,
      label: 'Package',
      order: 'name',
      fields: {
        name: char('Package Reference', {
          defaultsTo: (env) => `PACK${String(env.db.next('stock.package.name')).padStart(7, '0')}`,
        }),
        package_type_id: many2one('Package Type', 'stock.package.type'),
        shipping_weight: float('Shipping Weight'),
        pack_date: date('Pack Date', {
          defaultsTo: (env) => new Date(env.startedAt / 1000).toISOString().slice(0, 10),
        }),
        location_id: many2one('Location', 'stock.location'),
      },
      access: access.stock,
    }),
    defineModel({ name: 'stock.package.type', label: 'Package Type', fields: { name: char('Package Type') } }),
    orderpointModel(),
  ];
}

function warehouseOf(env: Env, id: number): number | false {
  for (let at = env.db.row('stock.location', id); at; at = env.db.row('stock.location', num(at, 'location_id'))) {
    const [found] = env.db.lookup('stock.warehouse', 'view_location_id', at.id) ?? [];
    if (found !== undefined) return found;
  }
  return false;
}

/** `WH/Stock`: inside a warehouse the whole path, elsewhere the name alone. */
function nameLocation(env: Env, row: Row): void {
  const parent = link(row, 'location_id');
  const name = str(row, 'name');
  const path = parent === undefined ? name : `${str(rowOf(env, 'stock.location', parent), 'complete_name')}/${name}`;
  store(env, 'stock.location', row, { complete_name: path });
}

/** A new warehouse comes with its locations and its kinds of operation. */
function furnish(env: Env, row: Row): void {
  const code = str(row, 'code');
  const company = num(row, 'company_id');
  const [view = 0] = create(env, 'stock.location', [{ name: code, usage: 'view', company_id: company }]);
  const [stock = 0] = create(env, 'stock.location', [
    { name: 'Stock', usage: 'internal', location_id: view, barcode: `${code}STOCK`, company_id: company },
  ]);
  create(
    env,
    'stock.location',
    ['Input', 'Quality Control', 'Output', 'Packing Zone'].map((name) => ({
      name,
      usage: 'internal',
      location_id: view,
      company_id: company,
      active: false,
    })),
  );
  const type = (vals: { readonly [field: string]: string | number | boolean }) =>
    create(env, 'stock.picking.type', [{ warehouse_id: row.id, company_id: company, ...vals }])[0] ?? 0;
  store(env, 'stock.warehouse', row, {
    view_location_id: view,
    lot_stock_id: stock,
    in_type_id: type({
      name: 'Receipts',
      code: 'incoming',
      sequence_code: 'IN',
      default_location_src_id: 1,
      default_location_dest_id: stock,
      use_create_lots: true,
      use_existing_lots: false,
    }),
    out_type_id: type({
      name: 'Delivery Orders',
      code: 'outgoing',
      sequence_code: 'OUT',
      default_location_src_id: stock,
      default_location_dest_id: 2,
      use_existing_lots: true,
    }),
    pick_type_id: type({
      name: 'Pick',
      code: 'internal',
      sequence_code: 'PICK',
      default_location_src_id: stock,
      default_location_dest_id: stock,
      active: false,
    }),
    int_type_id: type({
      name: 'Internal Transfers',
      code: 'internal',
      sequence_code: 'INT',
      default_location_src_id: stock,
      default_location_dest_id: stock,
    }),
  });
}

function isUsed(env: Env, lot: Row): boolean {
  return [...env.db.rows('stock.move.line').values()].some((line) => line['lot_id'] === lot.id);
}

/** Recorded on Odoo 19.0, 2026-11-26. */
function refuseDoubleLot(env: Env, lot: Row): void {
  const same = rowsWhere(env, 'stock.lot', 'name', lot['name']).filter(
    (other) => other['product_id'] === lot['product_id'] && other['company_id'] === lot['company_id'],
  );
  if (same.length < 2) return;
  const product = displayName(env, 'product.product', num(lot, 'product_id'));
  throw validationError(
    `The combination of lot/serial number and product must be unique within a company including when no company is defined.\nThe following combinations contain duplicates:\n - Product: ${product}, Lot/Serial Number: ${str(lot, 'name')}`,
  );
}
