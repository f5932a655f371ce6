import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import {
  flag,
  flush,
  link,
  list,
  nowOf,
  num,
  rowOf,
  rowsWhere,
  schedule,
  store,
  str,
  type Env,
  type Vals,
} from '../../orm/env.ts';
import {
  boolean,
  char,
  datetime,
  float,
  html,
  integer,
  many2many,
  many2one,
  monetary,
  one2many,
  selection,
  text,
} from '../../orm/field.ts';
import { displayName } from '../../orm/get.ts';
import { done, defineModel, none, onRecords, type Model } from '../../orm/model.ts';
import { create, write } from '../../orm/records.ts';
import { showDatetime } from '../../orm/moments.ts';
import { missingError, userError } from '../../orm/python-error.ts';
import type { OdooVersion, VersionNames } from '../../versions.ts';
import { compareQuantity, roundTo } from '../decimal.ts';
import { postMessage } from '../mail.ts';
import { isService, templateOf } from '../product.ts';
import { inUnit, quantityDigits, unitOf } from '../uom.ts';
import { isOpen } from '../stock/move-state.ts';
import { cancelMove, confirmMoves } from '../stock/move-work.ts';
import { amountsOf, totalTax, totalUntaxed } from '../tax-math.ts';
import { billLines, refreshPurchaseLater } from './status.ts';
import { keepVendors, vendorVals } from './vendor.ts';

/** Orders to suppliers, and the receipts that they announce. */
export function purchaseModels(version: OdooVersion, names: VersionNames): Model[] {
  return [
    defineModel({
      name: 'purchase.order',
      label: 'Purchase Order',
      order: 'priority desc, id desc',
      fields: {
        name: char('Order Reference', {
          required: true,
          index: true,
          defaultsTo: (env) => `P${String(env.db.next('purchase.order.name')).padStart(5, '0')}`,
        }),
        priority: selection('Priority', { 0: 'Normal', 1: 'Urgent' }, { defaultsTo: () => '0' }),
        partner_id: many2one('Vendor', 'res.partner', { required: true }),
        partner_ref: char('Vendor Reference', { index: true }),
        origin: char('Source', { index: true }),
        state: selection(
          'Status',
          {
            draft: 'RFQ',
            sent: 'RFQ Sent',
            'to approve': 'To Approve',
            purchase: 'Purchase Order',
            ...(version === '19.0' ? {} : { done: 'Locked' }),
            cancel: 'Cancelled',
          },
          { defaultsTo: () => 'draft' },
        ),
        date_order: datetime('Order Deadline', { required: true, defaultsTo: nowOf }),
        date_approve: datetime('Confirmation Date'),
        date_planned: datetime('Expected Arrival'),
        currency_id: many2one('Currency', 'res.currency', { defaultsTo: () => 1 }),
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        user_id: many2one('Buyer', 'res.users', { defaultsTo: (env) => env.user.id }),
        picking_type_id: many2one('Deliver To', 'stock.picking.type', { required: true, defaultsTo: receiptType }),
        order_line: one2many('Order Lines', 'purchase.order.line', 'order_id'),
        picking_ids: one2many('Receptions', 'stock.picking', 'purchase_id'),
        invoice_ids: many2many('Bills', 'account.move', { readonly: true, compute: billIds }),
        [version === '19.0' ? 'note' : 'notes']: html('Terms and Conditions'),
        ...(version === '19.0' ? { locked: boolean('Locked') } : {}),
        effective_date: datetime('Arrival'),
        amount_untaxed: monetary('Untaxed Amount', { readonly: true }),
        amount_tax: monetary('Taxes', { readonly: true }),
        amount_total: monetary('Total', { readonly: true }),
        receipt_status: selection('Receipt Status', {
          pending: 'Not Received',
          partial: 'Partially Received',
          full: 'Fully Received',
        }),
        invoice_status: selection(
          'Billing Status',
          { no: 'Nothing to Bill', 'to invoice': 'Waiting Bills', invoiced: 'Fully Billed' },
          { defaultsTo: () => 'no' },
        ),
      },
      displayName: (_env, row) => purchaseName(row),
      created: refreshAmountsLater,
      written: (env, rows) => rows.forEach((row) => refreshAmountsLater(env, row)),
      beforeUnlink(_env, rows) {
        if (rows.every((row) => str(row, 'state') === 'cancel')) return;
        throw userError('In order to delete a purchase order, you must cancel it first.');
      },
      methods: {
        button_confirm: onRecords((env, ids) => {
          flush(env);
          for (const id of ids) confirm(env, rowOf(env, 'purchase.order', id));
          return done;
        }),
        button_cancel: onRecords((env, ids) => {
          for (const id of ids) cancel(env, rowOf(env, 'purchase.order', id));
          return none;
        }),
        button_draft: onRecords((env, ids) => {
          for (const id of ids) store(env, 'purchase.order', rowOf(env, 'purchase.order', id), { state: 'draft' });
          return { value: {} };
        }),
        // Before 19 a locked purchase was in a state of its own. Recorded on Odoo 19.0, 2026-11-26.
        [version === '19.0' ? 'button_lock' : 'button_done']: onRecords((env, ids) => {
          for (const id of ids) setLocked(env, id, true);
          return none;
        }),
        button_unlock: onRecords((env, ids) => {
          for (const id of ids) setLocked(env, id, false);
          return none;
        }),
        message_post: postMessage('purchase.order'),
      },
    }),
    defineModel({
      name: 'purchase.order.line',
      label: 'Purchase Order Line',
      order: 'order_id, sequence, id',
      fields: {
        order_id: many2one('Order Reference', 'purchase.order', { required: true, onDelete: 'cascade' }),
        sequence: integer('Sequence', { defaultsTo: () => 10 }),
        product_id: many2one('Product', 'product.product', { onDelete: 'restrict' }),
        name: text('Description', { required: true }),
        product_qty: float('Quantity', { required: true, defaultsTo: () => 1, digits: quantityDigits }),
        [names.purchaseLineUom]: many2one('Unit', 'uom.uom', { defaultsTo: () => 1 }),
        // From 19 on with every digit. Recorded on Odoo 19.0, 2026-11-26.
        price_unit: float('Unit Price', version === '19.0' ? {} : { digits: 2 }),
        [names.purchaseLineTaxes]: many2many('Taxes', 'account.tax'),
        date_planned: datetime('Expected Arrival'),
        state: selection('Status', {}, { related: ['order_id', 'state'] }),
        price_subtotal: monetary('Subtotal', { readonly: true }),
        price_total: monetary('Total', { readonly: true }),
        qty_received: float('Received Qty'),
        qty_invoiced: float('Billed Qty', { readonly: true }),
        move_ids: one2many('Reservation', 'stock.move', 'purchase_line_id'),
        invoice_lines: one2many('Bill Lines', 'account.move.line', 'purchase_line_id'),
      },
      prepareCreate(env, vals) {
        const product = vals['product_id'];
        if (typeof product !== 'number') return vals;
        // Recorded on Odoo 19.0, 2026-11-26.
        if (!env.db.row('product.product', product)) throw missingError('product.product', [product], env.user.id);
        const template = templateOf(env, product);
        return {
          name: displayName(env, 'product.product', product),
          ...vendorVals(env, product, env.db.row('purchase.order', Number(vals['order_id']))),
          [names.purchaseLineTaxes]: [[6, 0, list(template, 'supplier_taxes_id')]],
          date_planned: plannedFor(env, vals),
          ...vals,
        };
      },
      beforeUnlink(env, rows) {
        if (rows.every((row) => str(env.db.row('purchase.order', num(row, 'order_id')) ?? row, 'state') !== 'purchase'))
          return;
        throw userError('Cannot delete a purchase order line which is in state “Purchase Order”.');
      },
      created: (env, row) => refreshLine(env, row),
      written(env, rows, vals) {
        for (const row of rows) {
          refreshLine(env, row);
          if (env.major === 19 && 'product_qty' in vals) adjustReceipt(env, row);
        }
      },
    }),
  ];
}

function plannedFor(env: Env, vals: Vals): Json {
  const order = env.db.row('purchase.order', Number(vals['order_id']));
  const planned = order?.['date_planned'];
  return showDatetime(typeof planned === 'number' ? planned : nowOf(env));
}

/** The supplier's bills that have a line of the purchase. Recorded on Odoo 19.0, 2026-11-26. */
function billIds(env: Env, id: number): number[] {
  const lines = rowsWhere(env, 'purchase.order.line', 'order_id', id);
  const bills = lines.flatMap((line) => billLines(env, line)).map((line) => num(line, 'move_id'));
  return [...new Set(bills)];
}

/** `P00001 (PO-1)`. */
function purchaseName(order: Row): string {
  const reference = str(order, 'partner_ref');
  return reference === '' ? str(order, 'name') : `${str(order, 'name')} (${reference})`;
}

function setLocked(env: Env, id: number, locked: boolean): void {
  const row = rowOf(env, 'purchase.order', id);
  store(env, 'purchase.order', row, env.major === 19 ? { locked } : { state: locked ? 'done' : 'purchase' });
}

function receiptType(env: Env): Json {
  return link(rowOf(env, 'stock.warehouse', 1), 'in_type_id') ?? false;
}

function taxed(env: Env, line: Row) {
  return {
    price: num(line, 'price_unit'),
    discount: 0,
    quantity: num(line, 'product_qty'),
    currency: num(rowOf(env, 'purchase.order', num(line, 'order_id')), 'currency_id'),
    taxes: list(line, env.names.purchaseLineTaxes),
  };
}

function refreshLine(env: Env, line: Row): void {
  const { subtotal, total } = amountsOf(env, taxed(env, line));
  store(env, 'purchase.order.line', line, { price_subtotal: subtotal, price_total: total });
  refreshAmountsLater(env, rowOf(env, 'purchase.order', num(line, 'order_id')));
}

function refreshAmountsLater(env: Env, order: Row): void {
  refreshPurchaseLater(env, order.id);
  schedule(env, `purchase.order:${order.id}:amounts`, () => {
    if (!env.db.row('purchase.order', order.id)) return;
    const amounts = rowsWhere(env, 'purchase.order.line', 'order_id', order.id).map((line) =>
      amountsOf(env, taxed(env, line)),
    );
    const tax = totalTax(amounts, 'round_globally');
    const untaxed = totalUntaxed(amounts, tax);
    store(env, 'purchase.order', order, {
      amount_untaxed: untaxed,
      amount_tax: tax,
      amount_total: roundTo(untaxed + tax, 2),
    });
  });
}

/** A second time is no error: what is confirmed stays so. Recorded on Odoo 19.0, 2026-11-23. */
function confirm(env: Env, order: Row): void {
  if (!['draft', 'sent'].includes(str(order, 'state'))) return;
  keepVendors(env, order);
  store(env, 'purchase.order', order, { state: 'purchase', date_approve: nowOf(env) });
  const lines = rowsWhere(env, 'purchase.order.line', 'order_id', order.id).filter((line) => {
    const product = link(line, 'product_id');
    return product !== undefined && !isService(env, product);
  });
  refreshPurchaseLater(env, order.id);
  // Set back to draft and confirmed again it asks for what was not asked for yet. Recorded on Odoo 19.0, 2026-11-26.
  const lacking = lines
    .map((line) => ({ line, quantity: orderedOf(env, line) - askedOf(env, line) }))
    .filter(({ quantity }) => compareQuantity(quantity, 0) > 0);
  if (lacking.length > 0) ask(env, order, lacking);
}

/** Asks the warehouse for a transfer: a receipt, unless `more` says something else. */
function ask(
  env: Env,
  order: Row,
  parts: readonly { readonly line: Row; readonly quantity: number }[],
  more: Vals = {},
): void {
  const [picking = 0] = create(env, 'stock.picking', [
    {
      picking_type_id: num(order, 'picking_type_id'),
      partner_id: num(order, 'partner_id'),
      origin: str(order, 'name'),
      purchase_id: order.id,
      ...(order['date_planned'] === undefined ? {} : { scheduled_date: showDatetime(num(order, 'date_planned')) }),
      ...more,
    },
  ]);
  const moves = create(
    env,
    'stock.move',
    parts.map(({ line, quantity }): Vals => ({
      picking_id: picking,
      product_id: num(line, 'product_id'),
      product_uom_qty: quantity,
      purchase_line_id: line.id,
    })),
  );
  confirmMoves(
    env,
    moves.map((id) => rowOf(env, 'stock.move', id)),
  );
}

/**
 * Another quantity of a confirmed line changes what is to be received; what came already and is not wanted any more goes
 * back in a transfer of its own. Recorded on Odoo 19.0, 2026-11-26; of 17 and 18 not known.
 */
function adjustReceipt(env: Env, line: Row): void {
  const order = rowOf(env, 'purchase.order', num(line, 'order_id'));
  const product = link(line, 'product_id');
  if (str(order, 'state') !== 'purchase' || product === undefined || isService(env, product)) return;
  const change = orderedOf(env, line) - askedOf(env, line);
  const open = rowsWhere(env, 'stock.move', 'purchase_line_id', line.id).filter((move) => isOpen(move));
  const [first] = open;
  if (compareQuantity(change, 0) > 0) {
    if (first) write(env, 'stock.move', [first.id], { product_uom_qty: num(first, 'product_uom_qty') + change });
    else ask(env, order, [{ line, quantity: change }]);
    return;
  }
  let surplus = -change;
  for (const move of open) {
    if (compareQuantity(surplus, 0) <= 0) return;
    const kept = Math.max(0, num(move, 'product_uom_qty') - surplus);
    surplus -= num(move, 'product_uom_qty') - kept;
    write(env, 'stock.move', [move.id], { product_uom_qty: kept });
    if (kept === 0) cancelMove(env, move);
  }
  if (compareQuantity(surplus, 0) > 0) sendBack(env, order, line, surplus);
}

function sendBack(env: Env, order: Row, line: Row, quantity: number): void {
  const type = rowOf(env, 'stock.picking.type', num(order, 'picking_type_id'));
  const [supplier] = rowsWhere(env, 'stock.location', 'usage', 'supplier');
  const vals = {
    picking_type_id: num(rowOf(env, 'stock.warehouse', num(type, 'warehouse_id')), 'out_type_id'),
    location_dest_id: supplier?.id ?? 0,
  };
  ask(env, order, [{ line, quantity }], vals);
}

/** What a line orders, in the unit of its product. */
function orderedOf(env: Env, line: Row): number {
  const unit = unitOf(env, num(line, 'product_id'));
  return inUnit(env, num(line, 'product_qty'), link(line, env.names.purchaseLineUom), unit);
}

/** What the warehouse was asked to receive for a line, less what goes back. */
function askedOf(env: Env, line: Row): number {
  return rowsWhere(env, 'stock.move', 'purchase_line_id', line.id)
    .filter((move) => str(move, 'state') !== 'cancel')
    .reduce((sum, move) => {
      const back = str(rowOf(env, 'stock.location', num(move, 'location_dest_id')), 'usage') === 'supplier';
      const quantity = str(move, 'state') === 'done' ? num(move, 'quantity') : num(move, 'product_uom_qty');
      return sum + (back ? -quantity : quantity);
    }, 0);
}

function cancel(env: Env, order: Row): void {
  const moves = rowsWhere(env, 'stock.picking', 'purchase_id', order.id).flatMap((picking) =>
    rowsWhere(env, 'stock.move', 'picking_id', picking.id),
  );
  if (flag(order, 'locked') || str(order, 'state') === 'done') {
    throw userError(`Unable to cancel purchase order(s): ${purchaseName(order)}. You must first unlock them.`);
  }
  // From 19 on what was received stays received and the rest is cancelled. Recorded on Odoo 19.0, 2026-11-26.
  if (env.major < 19 && moves.some((move) => str(move, 'state') === 'done')) {
    throw userError(`Unable to cancel purchase order ${str(order, 'name')} as some receptions have already been done.`);
  }
  for (const move of moves) if (str(move, 'state') !== 'done') cancelMove(env, move);
  store(env, 'purchase.order', order, { state: 'cancel' });
  refreshPurchaseLater(env, order.id);
}
