import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flush, link, num, rowOf, rowsWhere, str, type Env, type Vals } from '../../orm/env.ts';
import { checkAccess } from '../../orm/access.ts';
import { isVisible } from '../../orm/companies.ts';
import { resolveExternalId } from '../../orm/external-id.ts';
import { modelOf } from '../../orm/get.ts';
import { showDatetime } from '../../orm/moments.ts';
import { PythonError, refuseNul } from '../../orm/python-error.ts';
import { create, write } from '../../orm/records.ts';
import { roundTo } from '../decimal.ts';
import { confirm } from '../sale/order.ts';
import { addressOf, customerOf, filled } from './customer.ts';
import { Left, type LeftBecause } from './left.ts';
import { bindNewId, isNamedOurs, modulesIn } from './names.ts';
import { ordersCall, type ImportedLine, type ImportedOrder } from './orders-call.ts';

/** Which release of the connector's server action a text is, or `undefined` for a text that is none. */
export function releaseOf(code: string): string | undefined {
  return /^# crossdock-import-orders\/(\w+)$/m.exec(code)?.[1];
}

/**
 * What the connector's server action does with the orders in the context of its call. An action of another release than
 * its caller looks for them under another name, and finds none.
 */
export function importOrders(env: Env, code: string, release: string): Json {
  const { orders } = ordersCall.parse(env.context[`crossdock_orders_${release}`] ?? { orders: [] });
  // Everything is looked up at once, before any order is made.
  for (const order of orders) refuseNul([...namesIn(order), ...order.lines.map(({ sku }) => sku)]);
  const modules = modulesIn(code);
  // Later orders by the customer of one that is left are left as well: nobody knows yet who that will be.
  const held = new Set<string>();
  const outcome = (order: ImportedOrder): Json => {
    if (!isNamedOurs(order, modules)) return { left: 'name' };
    const names = namesIn(order);
    const isHeld = names.some((name) => held.has(name)) && resolveExternalId(env, order.id) === undefined;
    const result = isHeld ? { left: 'customer' } : importOrder(env, order);
    if (typeof result === 'object' && result !== null && 'left' in result) for (const name of names) held.add(name);
    return result;
  };
  return { release, orders: Object.fromEntries(orders.map((order) => [order.id, outcome(order)])) };
}

/** By what a customer who may be new is known: external id and mailbox. */
function namesIn({ customer }: ImportedOrder): readonly string[] {
  return 'find' in customer ? [customer.id, customer.find.email].filter((name) => name !== '') : [];
}

/** All of an order or nothing of it: what goes wrong with one undoes that one alone. */
function importOrder(env: Env, order: ImportedOrder): Json {
  flush(env);
  const before = env.db.savepoint();
  try {
    const result = knownOrder(env, order) ?? newOrder(env, order);
    flush(env);
    return result;
  } catch (error) {
    const because = reasonOf(error);
    if (because === undefined) throw error;
    env.work.clear();
    env.db.rollbackTo(before);
    return { left: because };
  }
}

function reasonOf(error: unknown): LeftBecause | undefined {
  if (error instanceof Left) return error.because;
  // What the server itself throws, above all a conflict with another transaction, ends the call.
  const isRefusal = error instanceof PythonError && /^(?:odoo\.exceptions|builtins)\./.test(error.name);
  return isRefusal ? 'refused' : undefined;
}

function knownOrder(env: Env, order: ImportedOrder): Json {
  const found = resolveExternalId(env, order.id);
  const row = found?.model === 'sale.order' ? env.db.row('sale.order', found.id) : undefined;
  if (row && !isVisible(env, modelOf(env, 'sale.order'), row)) throw new Left('refused');
  if (row) return answer(env, row, order, false);
  const sameKey = [...env.db.rows('sale.order').values()].some(
    (other) => str(other, 'state') !== 'cancel' && str(other, 'origin').includes(order.key),
  );
  if (sameKey) throw new Left('key');
  return undefined;
}

function newOrder(env: Env, order: ImportedOrder): Json {
  checkAccess(env, modelOf(env, 'sale.order'), 'create');
  const [module = ''] = order.id.split('.');
  const customer = customerOf(env, order.customer);
  const [invoice, shipping] = addressesOf(env, order, customer, module);
  const products = order.lines.map(({ sku }) => productOf(env, sku));
  const rounding = order.rounding === null ? undefined : soleProduct(env, order.rounding);
  const [id = 0] = create(env, 'sale.order', [
    {
      ...filled(order.values),
      origin: `${order.origin}${customer.id}]`,
      partner_id: customer.id,
      partner_invoice_id: invoice,
      partner_shipping_id: shipping,
    },
  ]);
  bindNewId(env, order.id, 'sale.order', id);
  order.lines.forEach((line, index) => {
    addLine(env, line.id, { ...lineValues(env, line), order_id: id, product_id: products[index] });
  });
  const row = rowOf(env, 'sale.order', id);
  flush(env);
  if (rounding !== undefined) explainRounding(env, row, order, rounding);
  if (order.confirm && isSettled(env, row, order)) confirmUnlessRefused(env, row, order);
  return answer(env, row, order, true);
}

function addressesOf(env: Env, order: ImportedOrder, customer: Row, module: string): [number, number] {
  const { invoice, shipping } = order;
  try {
    const bill = addressOf(env, customer, invoice, module);
    const one = invoice && shipping && JSON.stringify(invoice.values) === JSON.stringify(shipping.values);
    return [bill, one === true ? bill : addressOf(env, customer, shipping, module)];
  } catch (error) {
    throw reasonOf(error) === 'refused' ? new Left('address') : error;
  }
}

function productOf(env: Env, sku: string): number {
  const product = soleProduct(env, sku);
  if (product === undefined) throw new Left('sku');
  return product;
}

function soleProduct(env: Env, sku: string): number | undefined {
  const [found, second] = rowsWhere(env, 'product.product', 'default_code', sku).filter(
    (row) => row['active'] !== false,
  );
  return second ? undefined : found?.id;
}

function lineValues(env: Env, { values, taxes, delivery }: ImportedLine): Vals {
  return { ...filled(values), [env.names.lineTaxes]: [[6, 0, taxes]], is_delivery: delivery };
}

function addLine(env: Env, externalId: string, vals: Vals): void {
  const [id = 0] = create(env, 'sale.order.line', [vals]);
  bindNewId(env, externalId, 'sale.order.line', id);
}

/** A line for the cents that rounding may explain. More than those stay a difference, and the order a quotation. */
function explainRounding(env: Env, row: Row, order: ImportedOrder, product: number): void {
  const difference = roundTo(Number(order.total) - num(row, 'amount_total'), 6);
  const cents = num(rowOf(env, 'res.currency', num(row, 'currency_id')), 'rounding');
  const totals = [order.total, order.reckoned?.total ?? order.total];
  const isFew = isNear(num(row, 'amount_total'), totals, order.taxed * cents);
  if (difference === 0 || !isFew || currencyOf(env, row) !== order.currency) return;
  if (!isTaxed(env, row, order)) return;
  addLine(env, `${order.id}_r1`, {
    order_id: row.id,
    product_id: product,
    name: 'Rounding',
    product_uom_qty: 1,
    price_unit: difference,
    [env.names.lineTaxes]: [[6, 0, []]],
  });
  flush(env);
}

/** A confirmation that is refused leaves the quotation. */
function confirmUnlessRefused(env: Env, row: Row, order: ImportedOrder): void {
  flush(env);
  const before = env.db.savepoint();
  try {
    confirm(env, [row.id]);
    write(env, 'sale.order', [row.id], { date_order: order.values.date_order });
    flush(env);
  } catch (error) {
    if (reasonOf(error) !== 'refused') throw error;
    env.work.clear();
    env.db.rollbackTo(before);
  }
}

function isSettled(env: Env, row: Row, order: ImportedOrder): boolean {
  const isSum =
    currencyOf(env, row) === order.currency && roundTo(num(row, 'amount_total') - Number(order.total), 6) === 0;
  return isSum && isTaxed(env, row, order);
}

/** The tax as far as rounding goes, that of all lines and of each. */
function isTaxed(env: Env, row: Row, order: ImportedOrder): boolean {
  const cents = num(rowOf(env, 'res.currency', num(row, 'currency_id')), 'rounding');
  const off = Math.abs(num(row, 'amount_tax') - Number(order.tax));
  if (off < cents / 2) return true;
  const taxes = [order.tax, order.reckoned?.tax ?? order.tax];
  return isNear(num(row, 'amount_tax'), taxes, order.taxed * cents) && isTaxedByLines(env, row, order, cents);
}

/** Whether an amount is one of those wanted as far as rounding goes. */
function isNear(made: number, wanted: readonly string[], most: number): boolean {
  return wanted.some((one) => Math.abs(made - Number(one)) <= most + 1e-9);
}

function isTaxedByLines(env: Env, row: Row, { parts }: ImportedOrder, cents: number): boolean {
  const taxes = new Map(
    rowsWhere(env, 'sale.order.line', 'order_id', row.id).map((line) => [line.id, num(line, 'price_tax')]),
  );
  const compared = parts.map((part) => {
    const ids = part.names.flatMap((name) => resolveExternalId(env, name)?.id ?? []).filter((id) => taxes.has(id));
    const halves = part.halves + part.again * Math.max(0, ids.length - part.lines);
    const made = ids.reduce((sum, id) => sum + (taxes.get(id) ?? 0), 0);
    const isFar = ids.length > 0 && !isNear(made, [part.tax, part.reckoned], Math.ceil(halves / 2) * cents);
    return { ids, isFar };
  });
  const named = new Set(compared.flatMap(({ ids }) => ids));
  // A person's own line may have the tax of another one.
  const isTouched = [...taxes].some(([id, tax]) => Math.abs(tax) >= cents / 2 && !named.has(id));
  return isTouched || !compared.some(({ isFar }) => isFar);
}

const currencyOf = (env: Env, row: Row) => str(rowOf(env, 'res.currency', num(row, 'currency_id')), 'name');

function answer(env: Env, row: Row, order: ImportedOrder, made: boolean): Json {
  return {
    made,
    id: row.id,
    state: str(row, 'state'),
    origin: str(row, 'origin'),
    date_order: showDatetime(num(row, 'date_order')),
    customer: link(row, 'partner_id') ?? false,
    settled: isSettled(env, row, order),
  };
}
