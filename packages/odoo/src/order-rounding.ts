import {
  compareMoney,
  fromMinorUnits,
  isZeroMoney,
  negateMoney,
  subtractMoney,
  zeroMoney,
  type Money,
  type OrderDraft,
  type TaxLine,
  type WriteOptions,
} from '@crossdock/core';
import type { Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import type { OdooSettings } from './options.ts';
import type { LineShape } from './order-table.ts';
import { demandKnown, productsBySku } from './product-keys.ts';
import { isApart } from './taxes.ts';

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
  if (made.currency !== draft.currency) return false;
  const difference = subtractMoney(draft.totals.total, made);
  const most = fromMinorUnits(BigInt(roundingCents(draft, settings)), draft.currency);
  const size = compareMoney(difference, zeroMoney(draft.currency)) < 0 ? negateMoney(difference) : difference;
  return !isZeroMoney(size) && compareMoney(size, most) <= 0;
}

/** The most cents that rounding of taxes may explain over all lines of a draft. */
export function roundingCents(
  { lines, shippingLines, feeLines }: Omit<OrderDraft, 'customer'>,
  settings: OdooSettings,
): number {
  const halves = [...lines, ...shippingLines, ...feeLines].map(({ taxes }) =>
    roundingHalves(taxes.filter((tax) => !isApart(tax, settings))),
  );
  return Math.floor(halves.reduce((sum, one) => sum + one, 0) / 2);
}

/**
 * The most half cents that rounding may explain on one line: two for a line that is taxed, because some cut off in place of
 * rounding, and one for each tax where it has more than two. A tax of nothing cannot be rounded.
 */
export function roundingHalves(taxes: readonly TaxLine[]): number {
  const rounded = taxes.filter(isRounded).length;
  return rounded === 0 ? 0 : Math.max(2, rounded);
}

export function isRounded({ rate, amount }: TaxLine): boolean {
  return !isZeroMoney(amount) || (rate !== undefined && Number(rate) !== 0);
}
