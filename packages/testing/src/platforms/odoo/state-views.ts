import type { Json } from '@crossdock/core';
import type { Row } from './orm/database.ts';
import { flag, list, num, rowOf, rowsWhere, str, type Env } from './orm/env.ts';
import { displayName, get, modelOf } from './orm/get.ts';
import { isStored } from './orm/field.ts';
import { showDatetime } from './orm/moments.ts';
import type { FakeOrderLine, FakePicking, FakeSaleOrder } from './state.ts';

const textOf = (row: Row, field: string) => str(row, field) || undefined;

export function externalIdOf(env: Env, model: string, id: number): string | undefined {
  const [first] = rowsWhere(env, 'ir.model.data', 'target', `${model},${id}`);
  return first && str(first, 'complete_name');
}

function skuOf(env: Env, product: number): string {
  const row = env.db.row('product.product', product);
  return row ? str(row, 'default_code') : '';
}

export function orderView(env: Env, row: Row): FakeSaleOrder {
  return {
    id: row.id,
    name: str(row, 'name'),
    state: str(row, 'state'),
    clientOrderRef: textOf(row, 'client_order_ref'),
    origin: textOf(row, 'origin'),
    externalId: externalIdOf(env, 'sale.order', row.id),
    partnerId: num(row, 'partner_id'),
    currency: displayName(env, 'res.currency', num(row, 'currency_id')),
    dateOrder: showDatetime(num(row, 'date_order')),
    amountUntaxed: num(row, 'amount_untaxed'),
    amountTax: num(row, 'amount_tax'),
    amountTotal: num(row, 'amount_total'),
    deliveryStatus: textOf(row, 'delivery_status'),
    invoiceStatus: str(row, 'invoice_status'),
    lines: rowsWhere(env, 'sale.order.line', 'order_id', row.id).map((line) => lineView(env, line)),
  };
}

function lineView(env: Env, row: Row): FakeOrderLine {
  return {
    id: row.id,
    sku: skuOf(env, num(row, 'product_id')) || undefined,
    name: str(row, 'name'),
    quantity: num(row, 'product_uom_qty'),
    delivered: num(row, 'qty_delivered'),
    priceUnit: num(row, 'price_unit'),
    discount: num(row, 'discount'),
    taxes: list(row, env.names.lineTaxes),
    subtotal: num(row, 'price_subtotal'),
    total: num(row, 'price_total'),
    isDelivery: flag(row, 'is_delivery'),
    externalId: externalIdOf(env, 'sale.order.line', row.id),
  };
}

export function pickingView(env: Env, row: Row): FakePicking {
  const named = (model: string, field: string) => displayName(env, model, num(row, field)) || undefined;
  return {
    id: row.id,
    name: str(row, 'name'),
    state: str(row, 'state'),
    origin: textOf(row, 'origin'),
    saleOrder: named('sale.order', 'sale_id'),
    backorderOf: named('stock.picking', 'backorder_id'),
    carrier: named('delivery.carrier', 'carrier_id'),
    trackingRef: textOf(row, 'carrier_tracking_ref'),
    moves: rowsWhere(env, 'stock.move', 'picking_id', row.id).map((move) => ({
      sku: skuOf(env, num(move, 'product_id')),
      demand: num(move, 'product_uom_qty'),
      quantity: num(move, 'quantity'),
      state: str(move, 'state'),
    })),
  };
}

/** The plain fields of a record: those that the table itself holds. */
export function recordView(env: Env, model: string, row: Row): { readonly [field: string]: Json } {
  const definition = modelOf(env, model);
  const record: { [field: string]: Json } = {};
  for (const [name, field] of Object.entries(definition.fields)) {
    if (!isStored(field)) continue;
    const value = get(env, definition, row, name);
    record[name] = field.type === 'datetime' && typeof value === 'number' ? showDatetime(value) : value;
  }
  return record;
}

export function allRows(env: Env, model: string): Row[] {
  return [...env.db.rows(model).values()].toSorted((a, b) => a.id - b.id);
}

export function productBySku(env: Env, sku: string): number {
  const [found] = rowsWhere(env, 'product.product', 'default_code', sku).filter((row) => row['active'] !== false);
  if (!found) throw new RangeError(`There is no product "${sku}" in this fake.`);
  return found.id;
}

export function warehouseRow(env: Env, code: string | undefined): Row {
  if (code === undefined) return rowOf(env, 'stock.warehouse', 1);
  const [found] = rowsWhere(env, 'stock.warehouse', 'code', code);
  if (!found) throw new RangeError(`There is no warehouse "${code}" in this fake.`);
  return found;
}
