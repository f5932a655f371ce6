import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flag, flush, link, nowOf, num, rowOf, rowsWhere, store, str, type Env, type Vals } from '../../orm/env.ts';
import {
  boolean,
  char,
  date,
  datetime,
  float,
  html,
  integer,
  many2many,
  many2one,
  monetary,
  one2many,
  selection,
} from '../../orm/field.ts';
import { done, defineModel, none, onRecords, type Model, type Result } from '../../orm/model.ts';
import { accessError, missingError, userError, validationError } from '../../orm/python-error.ts';
import type { OdooVersion } from '../../versions.ts';
import { todayIsClosed } from '../account/locks.ts';
import { access } from '../groups.ts';
import { noteConfirmation, postMessage } from '../mail.ts';
import { addressOf } from '../partner.ts';
import { refreshOrderLater } from './status.ts';
import { cancelMove } from '../stock/move-work.ts';
import { windowFor } from '../stock/validate.ts';
import { refreshAmountsLater } from './amounts.ts';
import { invoicedAmount, invoicesOf } from './invoiced.ts';
import { launchOrder } from './procure.ts';

export function orderModel(version: OdooVersion): Model {
  return defineModel({
    name: 'sale.order',
    label: 'Sales Order',
    order: 'date_order desc, id desc',
    fields: {
      name: char('Order Reference', {
        index: true,
        required: true,
        defaultsTo: (env) => `S${String(env.db.next('sale.order.name')).padStart(5, '0')}`,
      }),
      partner_id: many2one('Customer', 'res.partner', { required: true, index: true }),
      partner_invoice_id: many2one('Invoice Address', 'res.partner', { required: true }),
      partner_shipping_id: many2one('Delivery Address', 'res.partner', { required: true }),
      company_id: many2one('Company', 'res.company', { required: true, defaultsTo: (env) => env.company }),
      state: selection(
        'Status',
        { draft: 'Quotation', sent: 'Quotation Sent', sale: 'Sales Order', cancel: 'Cancelled' },
        { defaultsTo: () => 'draft' },
      ),
      locked: boolean('Locked'),
      client_order_ref: char('Customer Reference', { index: true }),
      origin: char('Source Document', { index: true }),
      reference: char('Payment Ref.'),
      date_order: datetime('Order Date', { required: true, defaultsTo: nowOf }),
      commitment_date: datetime('Delivery Date'),
      expected_date: datetime('Expected Date', {
        compute: (env, id) => rowOf(env, 'sale.order', id)['date_order'] ?? false,
      }),
      effective_date: datetime('Effective Date'),
      validity_date: date('Expiration'),
      note: html('Terms and conditions'),
      user_id: many2one('Salesperson', 'res.users', { defaultsTo: (env) => env.user.id }),
      team_id: many2one('Sales Team', 'crm.team', { defaultsTo: () => 1 }),
      tag_ids: many2many('Tags', 'crm.tag'),
      fiscal_position_id: many2one('Fiscal Position', 'account.fiscal.position'),
      payment_term_id: many2one('Payment Terms', 'account.payment.term'),
      pricelist_id: many2one('Pricelist', 'product.pricelist'),
      currency_id: many2one('Currency', 'res.currency'),
      currency_rate: float('Currency Rate', {
        compute: (env, id) =>
          num(env.db.row('res.currency', num(rowOf(env, 'sale.order', id), 'currency_id')) ?? { id: 0 }, 'rate'),
      }),
      warehouse_id: many2one('Warehouse', 'stock.warehouse', { required: true }),
      picking_policy: selection(
        'Shipping Policy',
        { direct: 'As soon as possible', one: 'When all products are ready' },
        { required: true, defaultsTo: () => 'direct' },
      ),
      carrier_id: many2one('Delivery Method', 'delivery.carrier'),
      order_line: one2many('Order Lines', 'sale.order.line', 'order_id'),
      amount_untaxed: monetary('Untaxed Amount', { readonly: true }),
      amount_tax: monetary('Taxes', { readonly: true }),
      amount_total: monetary('Total', { readonly: true }),
      amount_invoiced: monetary('Invoiced Amount', { compute: invoicedAmount }),
      amount_to_invoice: monetary('Un-invoiced Balance', {
        compute: (env, id) => num(rowOf(env, 'sale.order', id), 'amount_total') - invoicedAmount(env, id),
      }),
      amount_paid: float('Payment Transactions Amount', { compute: () => 0 }),
      invoice_ids: many2many('Invoices', 'account.move', { compute: (env, id) => invoicesOf(env, id) }),
      invoice_count: integer('Invoice Count', { compute: (env, id) => invoicesOf(env, id).length }),
      invoice_status: selection(
        'Invoice Status',
        {
          upselling: 'Upselling Opportunity',
          invoiced: 'Fully Invoiced',
          'to invoice': 'To Invoice',
          no: 'Nothing to Invoice',
        },
        { defaultsTo: () => 'no' },
      ),
      picking_ids: one2many('Transfers', 'stock.picking', 'sale_id'),
      delivery_count: integer('Delivery Orders', {
        compute: (env, id) => rowsWhere(env, 'stock.picking', 'sale_id', id).length,
      }),
      delivery_status: selection('Delivery Status', {
        pending: 'Not Delivered',
        ...(version === '17.0' ? {} : { started: 'Started' }),
        partial: 'Partially Delivered',
        full: 'Fully Delivered',
      }),
      shipping_weight: float('Shipping Weight'),
    },
    prepareCreate: prepare,
    created(env, row) {
      refreshAmountsLater(env, row.id);
      refreshOrderLater(env, row.id);
    },
    prepareWrite(env, rows, vals) {
      if ('pricelist_id' in vals && rows.some((row) => str(row, 'state') === 'sale')) {
        throw userError('You cannot change the pricelist of a confirmed order !');
      }
      const list =
        typeof vals['pricelist_id'] === 'number' ? env.db.row('product.pricelist', vals['pricelist_id']) : undefined;
      return list && !('currency_id' in vals) ? { currency_id: num(list, 'currency_id'), ...vals } : vals;
    },
    written(env, rows) {
      for (const row of rows) {
        refreshAmountsLater(env, row.id);
        refreshOrderLater(env, row.id);
      }
    },
    beforeUnlink(_env, rows) {
      if (rows.every((row) => ['draft', 'cancel'].includes(str(row, 'state')))) return;
      throw userError('You can not delete a sent quotation or a confirmed sales order. You must first cancel it.');
    },
    methods: {
      action_confirm: onRecords(confirm),
      action_cancel: onRecords(cancel),
      action_draft: onRecords((env, ids) => {
        for (const row of rowsOf(env, ids)) {
          if (['cancel', 'sent'].includes(str(row, 'state'))) setState(env, row, 'draft');
        }
        return done;
      }),
      action_quotation_sent: onRecords((env, ids) => {
        for (const row of rowsOf(env, ids)) {
          if (str(row, 'state') !== 'draft') throw userError('Only draft orders can be marked as sent directly.');
          setState(env, row, 'sent');
        }
        return none;
      }),
      action_lock: onRecords((env, ids) => lock(env, ids, true)),
      action_unlock: onRecords((env, ids) => lock(env, ids, false)),
      message_post: postMessage('sale.order'),
    },
  });
}

function prepare(env: Env, vals: Vals): Vals {
  const company = vals['company_id'];
  const acting = typeof company === 'number' ? company : env.company;
  if (!env.companies.includes(acting)) throw accessError('Access to unauthorized or invalid companies.');
  const partner = vals['partner_id'];
  // The list that a fresh database has is that of its first company. Recorded on Odoo 19.0, 2026-11-26.
  const usual = acting === 1 ? 1 : false;
  const pricelist = typeof vals['pricelist_id'] === 'number' ? vals['pricelist_id'] : usual;
  const list = typeof pricelist === 'number' ? env.db.row('product.pricelist', pricelist) : undefined;
  const defaults: { [field: string]: Json } = {
    pricelist_id: pricelist,
    currency_id: num(list ?? rowOf(env, 'res.company', acting), 'currency_id'),
    warehouse_id: warehouseOf(env, acting),
  };
  const contact = typeof partner === 'number' ? env.db.row('res.partner', partner) : undefined;
  // Its addresses are read first, so a wrong id is a missing record and not a broken reference. Recorded on Odoo 19.0, 2026-11-26.
  if (typeof partner === 'number' && partner !== 0 && !contact) {
    throw missingError('res.partner', [partner], env.user.id);
  }
  if (contact) {
    defaults['partner_invoice_id'] = addressOf(env, contact.id, 'invoice');
    defaults['partner_shipping_id'] = addressOf(env, contact.id, 'delivery');
    if (num(contact, 'country_id') === 233) defaults['fiscal_position_id'] = 1;
  }
  return { ...defaults, ...vals };
}

/** The first warehouse of a company. */
function warehouseOf(env: Env, company: number): Json {
  const [first] = [...env.db.rows('stock.warehouse').values()]
    .filter((row) => num(row, 'company_id') === company && row['active'] !== false)
    .toSorted((a, b) => num(a, 'sequence') - num(b, 'sequence') || a.id - b.id);
  return first?.id ?? false;
}

function rowsOf(env: Env, ids: readonly number[]): Row[] {
  return ids.map((id) => rowOf(env, 'sale.order', id));
}

function setState(env: Env, row: Row, state: string): void {
  store(env, 'sale.order', row, { state });
  for (const line of rowsWhere(env, 'sale.order.line', 'order_id', row.id))
    env.changed('sale.order.line', line.id, line);
  refreshOrderLater(env, row.id);
}

/** All of them or none; a second time is an error, not a repetition. The order date becomes now, whatever it was. */
export function confirm(env: Env, ids: readonly number[]): Result {
  flush(env);
  const rows = rowsOf(env, ids);
  const wrong = rows.filter((row) => !['draft', 'sent'].includes(str(row, 'state')));
  if (wrong.length > 0) {
    throw userError(
      env.major === 17
        ? `The following orders are not in a state requiring confirmation: ${wrong.map((row) => str(row, 'name')).join(', ')}`
        : 'Some orders are not in a state requiring confirmation.',
    );
  }
  const nameless = rows
    .flatMap((row) => rowsWhere(env, 'sale.order.line', 'order_id', row.id))
    .some(
      (line) => line['display_type'] === undefined && !flag(line, 'is_downpayment') && line['product_id'] === undefined,
    );
  if (nameless) {
    throw userError(
      env.major === 19
        ? 'Some order lines are missing a product, you need to correct them before going further.'
        : 'A line on these orders missing a product, you cannot confirm it.',
    );
  }
  if (env.major === 19 && todayIsClosed(env)) {
    throw validationError(
      'You cannot modify the scheduled date of this operation because it falls within a locked fiscal period.',
    );
  }
  for (const row of rows) {
    store(env, 'sale.order', row, { date_order: nowOf(env) });
    setState(env, row, 'sale');
    noteConfirmation(env, row);
    launchOrder(env, row);
  }
  flush(env);
  return done;
}

function cancel(env: Env, ids: readonly number[]): Result {
  flush(env);
  const rows = rowsOf(env, ids);
  if (rows.some((row) => flag(row, 'locked'))) {
    throw userError('You cannot cancel a locked order. Please unlock it first.');
  }
  // Before 19 a window opens for everything but drafts, and nothing is cancelled. Recorded on Odoo 17.0 and 18.0, 2026-11-23.
  const asks = env.major < 19 && env.context['disable_cancel_warning'] !== true;
  if (asks && rows.some((row) => str(row, 'state') !== 'draft')) {
    return windowFor('Cancel Sales Order', 'sale.order.cancel', 1169, {
      default_template_id: 17,
      default_order_id: ids[0],
      mark_so_as_canceled: true,
      model_description: 'Sales Order',
    });
  }
  for (const row of rows) cancelOrder(env, row);
  flush(env);
  return done;
}

/** What is shipped or invoiced stays shipped or invoiced. */
function cancelOrder(env: Env, row: Row): void {
  for (const picking of rowsWhere(env, 'stock.picking', 'sale_id', row.id)) {
    for (const move of rowsWhere(env, 'stock.move', 'picking_id', picking.id)) {
      if (str(move, 'state') !== 'done') cancelMove(env, move);
    }
  }
  for (const invoice of invoicesOf(env, row.id)) {
    const move = rowOf(env, 'account.move', invoice);
    if (str(move, 'state') === 'draft') store(env, 'account.move', move, { state: 'cancel' });
  }
  setState(env, row, 'cancel');
}

/** The window that 17 and 18 cancel a confirmed order with. */
export function cancelWizard(): Model {
  return defineModel({
    name: 'sale.order.cancel',
    label: 'Sales Order Cancel',
    fields: { order_id: many2one('Sale Order', 'sale.order', { required: true, onDelete: 'cascade' }) },
    access: access.orders,
    methods: {
      action_cancel: onRecords((env, ids) => {
        for (const id of ids)
          cancelOrder(env, rowOf(env, 'sale.order', link(rowOf(env, 'sale.order.cancel', id), 'order_id') ?? 0));
        return done;
      }),
    },
  });
}

function lock(env: Env, ids: readonly number[], locked: boolean): Result {
  for (const row of rowsOf(env, ids)) store(env, 'sale.order', row, { locked });
  return none;
}
