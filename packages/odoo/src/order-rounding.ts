import { equalMoney, subtractMoney, type Money, type OrderDraft, type WriteOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import type { OdooSettings } from './options.ts';
import type { LineShape } from './order-table.ts';
import { demandKnown, productsBySku } from './product-keys.ts';
import { roundingCents } from './rounding-cents.ts';
import { isNear, reckonedSums } from './tax-parts.ts';

/**
 * Adds a line for the cents by which Odoo's rounding of taxes differs from the channel's: Odoo rounds a tax over the
 * whole order, many channels round each one on every line. Says whether it did: a difference of more than
 * `roundingCents` is no rounding, and nobody's to even out.
 */
export async function evenOut(
  connection: Connection,
  draft: OrderDraft,
  order: { readonly id: number; readonly externalId: string; readonly made: Money; readonly shape: LineShape },
  options: WriteOptions,
): Promise<boolean> {
  const { settings, externalIds } = connection;
  const sku = settings.roundingProduct;
  const { made } = order;
  if (sku === undefined || !isRounding(draft, settings, made)) return false;
  const difference = subtractMoney(draft.totals.total, made);
  const products = await productsBySku(connection, [sku], 'orders.create', options);
  demandKnown(connection, [sku], products, `Order "${draft.number}" was not confirmed`, 'orders.create');
  const product = products.get(sku)?.id ?? 0;
  const { externalId, table } = roundingTable(order, product, difference);
  await externalIds.ensure(externalId, 'sale.order.line', () => table, options);
  return true;
}

/** The line that takes the cents, under an external id of its order. */
export function roundingTable(
  order: { readonly id: number; readonly externalId: string; readonly shape: LineShape },
  product: number,
  difference: Money,
): { readonly externalId: string; readonly table: LoadTable } {
  const columns = [
    'product_id/.id',
    'name',
    'product_uom_qty',
    'price_unit',
    'discount',
    `${order.shape.taxField}/.id`,
  ];
  const cells = [String(product), 'Rounding', '1', difference.amount, '0', ''];
  const lineId = `${order.externalId}_r1`;
  const table = { fields: ['id', 'order_id/.id', ...columns], rows: [[lineId, String(order.id), ...cells]] };
  return { externalId: lineId, table };
}

/** Whether rounding alone can explain what Odoo makes of a draft. */
export function isRounding(draft: OrderDraft, settings: OdooSettings, made: Money): boolean {
  const { total, tax } = draft.totals;
  if (made.currency !== draft.currency || equalMoney(made, total)) return false;
  const cents = roundingCents(draft, settings);
  return isNear(made, total, cents) || isNear(made, reckonedSums(draft, tax, settings).total, cents);
}
