import { equalMoney, type Money, type OrderDraft, type Ref, type WriteOptions } from '@crossdock/core';
import { orderPartners } from './addresses.ts';
import { moneyOf } from './amounts.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { lineShape } from './line-shape.ts';
import { claimOrder, readOrder } from './order-claim.ts';
import { confirm, hasDate, keepOrderDate } from './order-confirm.ts';
import { demandOrder } from './order-demands.ts';
import { fromDraft } from './order-draft.ts';
import { evenOut, isRounding } from './order-rounding.ts';
import { rateRefused, taxDifferences, taxFit, taxRefused } from './order-tax.ts';
import { undatedOf } from './order-trace.ts';
import { routesOf } from './order-route.ts';
import { orderTable } from './order-table.ts';
import { demandSold, productsBySku } from './product-keys.ts';
import { currencyIds, demandPlaceForTaxes } from './tax-amounts.ts';
import { rateDifferences } from './tax-rates.ts';
import type { OrderStateWire } from './wire/order.ts';
import { fromMoment } from './wire/value.ts';

/**
 * Makes the order, compares its amounts, confirms it. A draft of which none can be made is refused at once. The external id of its
 * source says whether it was made before; what is left of the steps is done then, so a run that broke off anywhere goes
 * on with the same key.
 */
export async function createOrder(
  connection: Connection,
  draft: OrderDraft,
  options: WriteOptions,
): Promise<Ref<'order'>> {
  demandOrder(connection, draft);
  await demandPlaceForTaxes(connection, options);
  const make = (externalId: string, origin: string) => makeOrder(connection, draft, { externalId, origin }, options);
  const { order, externalId } = await claimOrder(connection, draft, make, options);
  // Canceled since it was confirmed: the key did its work, and what a person decided afterwards stands.
  if (order.state === 'cancel') return refTo(connection, 'order', order.id);
  if (order.state !== 'sale') {
    await settleTotal(connection, draft, order, externalId, options);
    // An order that is to stay a quotation has the channel's day already: only confirming changes it.
    if (!connection.settings.confirmOrders) return refTo(connection, 'order', order.id);
    const what = `Order "${draft.number}" was not confirmed`;
    await confirm(connection, { id: order.id, what, operation: 'orders.create', refs: [draft.source] }, options);
  }
  const placed = fromMoment(draft.placedAt);
  if (hasDate(order, placed)) return refTo(connection, 'order', order.id);
  // Confirmed by an earlier run, which may have broken off before the day; a day that a person gave it stays.
  const isOwed = order.state !== 'sale' || (await undatedOf(connection, [order], options)).has(order.id);
  if (isOwed) await keepOrderDate(connection, order.id, placed, options);
  return refTo(connection, 'order', order.id);
}

async function makeOrder(
  connection: Connection,
  draft: OrderDraft,
  identity: { readonly externalId: string; readonly origin: string },
  options: WriteOptions,
): Promise<number> {
  const { settings, externalIds } = connection;
  const lines = fromDraft(draft, settings);
  const skus = lines.map(({ sku }) => sku);
  const [products, routeOf, shape, currencies] = await Promise.all([
    productsBySku(connection, skus, 'orders.create', options),
    routesOf(connection, [draft], options),
    lineShape(connection, options),
    currencyIds(connection, [draft.currency], options),
  ]);
  await demandSold(connection, skus, products, `Order "${draft.number}" was not created`, options);
  const route = routeOf(draft);
  const partners = await orderPartners(connection, draft, options);
  const productIds = new Map([...products].map(([sku, product]) => [sku, product.id]));
  const parts = { ...identity, partners, route, lines, productIds, shape, currencyId: currencies.get(draft.currency) };
  return externalIds.make(identity.externalId, 'sale.order', orderTable(draft, parts), options);
}

/** The draft stays in Odoo for a person to see; corrected there, the same key goes on with it. */
async function settleTotal(
  connection: Connection,
  draft: OrderDraft,
  order: OrderStateWire,
  externalId: string,
  options: WriteOptions,
): Promise<void> {
  const { total } = draft.totals;
  const made = totalOf(order);
  if (isSame(made, total)) return demandTax(connection, draft, order, externalId, options);
  const { settings } = connection;
  if (made && settings.roundingProduct !== undefined && isRounding(draft, settings, made)) {
    // Before: the line, which has no tax, would be in the way of who corrects the others.
    await demandTax(connection, draft, order, externalId, options);
    const shape = await lineShape(connection, options);
    await evenOut(connection, draft, { id: order.id, externalId, made, shape }, options);
    const evened = await readOrder(connection, draft, order.id, options);
    if (isSame(totalOf(evened), total)) return;
  }
  throw totalsRefused(connection, draft, order);
}

/** The same sum may hold another tax, and the rounding of all lines another tax of one. */
async function demandTax(
  connection: Connection,
  draft: OrderDraft,
  order: OrderStateWire,
  externalId: string,
  options: WriteOptions,
): Promise<void> {
  const fit = taxFit(draft, connection.settings, order);
  if (fit !== 'same') {
    const found = await taxDifferences(connection, [{ id: order.id, externalId, draft }], options);
    const differences = found.get(order.id) ?? [];
    if (fit === 'far' || differences.some(({ isFar }) => isFar)) {
      throw taxRefused(connection, draft, order, differences);
    }
  }
  const other = (await rateDifferences(connection, [{ draft, made: { id: order.id, externalId } }], options)).get(
    draft,
  );
  if (other) throw rateRefused(connection, draft, order, other);
}

/** That an order makes another sum in Odoo than the channel says, with what to look at. */
export function totalsRefused(connection: Connection, draft: OrderDraft, order: OrderStateWire) {
  const { total } = draft.totals;
  const made = totalOf(order);
  const currency = order.currency_id.name;
  const seen = made?.amount ?? String(order.amount_total);
  return refused(connection.settings, 'totals.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not confirmed in "${connection.settings.name}": "${order.name}" makes "${seen}" ${currency} there, the channel says "${total.amount}" ${total.currency}. It stays a quotation. ${adviceOn(connection, draft, made)}`,
    refs: [draft.source, refTo(connection, 'order', order.id)],
    details: { made: seen, currency, expected: total.amount, expectedCurrency: total.currency },
  });
}

/** What to look at. Cents on an order with taxes are the rounding, unless a product is there to take them. */
function adviceOn({ settings }: Connection, draft: OrderDraft, made: Money | undefined): string {
  const byHand = 'Correct its lines, taxes or price list in Odoo, then replay.';
  if (settings.roundingProduct !== undefined || !made || !isRounding(draft, settings, made)) return byHand;
  return `The two differ by no more than rounding: Odoo rounds a tax over the whole order, the channel on each line. Pass odoo({ roundingProduct }) the SKU of a service product without taxes, and replay: a line of it takes such cents. On Odoo 19 taxAmounts: "channel" keeps the channel's taxes in new orders. Else: ${byHand}`;
}

/** The order's sum, or `undefined` when its currency has no ISO code. */
export function totalOf(order: OrderStateWire): Money | undefined {
  const { name } = order.currency_id;
  return /^[A-Z]{3}$/.test(name) ? moneyOf(order.amount_total, name) : undefined;
}

export function isSame(one: Money | undefined, other: Money): boolean {
  return one?.currency === other.currency && equalMoney(one, other);
}
