import { CommerceError, equalMoney, multiplyMoney, type Money, type ReadOptions } from '@crossdock/core';
import { priceOf, quantityText } from './amounts.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import type { ProductKey } from './product-keys.ts';
import { tidy } from './shipment-demand.ts';
import { exactlyIn, unitsOf, type UnitPair } from './units.ts';
import { purchaseMoveRow, type PurchaseLineWire, type PurchaseWire } from './wire/purchase.ts';

/** What a line says, in the unit that its product is counted in. */
interface PurchaseCount {
  readonly quantity: number;
  readonly received: number;
  readonly unitPrice: Money;
}

/** Says what a line of a purchase counts. Throws for what cannot be said to the last digit. */
export type PurchaseCounter = (purchase: PurchaseWire, line: PurchaseLineWire, sku: string) => PurchaseCount;

/**
 * Counts the lines of purchases in the units of their products: two dozens are 24 pieces. What came of a line in another
 * unit is summed up from its moves, because the line rounds it: of 13 pieces it says 1.08 dozens. Recorded on Odoo 19.0, 2026-11-26.
 */
export async function purchaseCounter(
  connection: Connection,
  lines: readonly PurchaseLineWire[],
  products: ReadonlyMap<number, ProductKey>,
  options?: ReadOptions,
): Promise<PurchaseCounter> {
  const own = ({ product_id }: PurchaseLineWire) => products.get(product_id?.id ?? 0)?.uom_id.id;
  const foreign = lines.filter((line) => own(line) !== undefined && line.unit !== null && line.unit.id !== own(line));
  const ids = foreign.map(({ id }) => id);
  const [came, wentBack] = await Promise.all([
    movesOf(connection, ids, [['location_dest_id.usage', '!=', 'supplier']], options),
    movesOf(
      connection,
      ids,
      [
        ['location_dest_id.usage', '=', 'supplier'],
        ['to_refund', '=', true],
      ],
      options,
    ),
  ]);
  const pairs = [...foreign, ...[...came, ...wentBack].map((move) => ({ ...move, unit: move.product_uom }))].flatMap(
    ({ product_id, unit }): UnitPair[] => {
      const base = products.get(product_id?.id ?? 0)?.uom_id.id;
      return base === undefined || unit === null ? [] : [[unit.id, base]];
    },
  );
  const units = await unitsOf(connection, pairs, options);

  return (purchase, line, sku) => {
    const currency = purchase.currency_id.name;
    const price = priceOf(line.price_unit, currency);
    const base = own(line);
    const { unit } = line;
    if (unit === null || base === undefined || unit.id === base)
      return { quantity: line.product_qty, received: line.qty_received, unitPrice: price };
    const size = units.sizeOf(unit.id, base);
    if (size === undefined)
      throw inexact(
        connection,
        purchase,
        `SKU "${sku}" is in "${unit.name}" there, and Odoo does not say how many of the product's unit that is`,
      );
    const inOwn = (quantity: number, what: string) => {
      const exact = exactlyIn(quantity, 1 / size, units.stepOf(base));
      if (exact !== undefined) return tidy(exact);
      throw inexact(
        connection,
        purchase,
        `"${quantity}" "${unit.name}" of SKU "${sku}" ${what}, which is no exact number of the product's unit`,
      );
    };
    const sumOf = (moves: typeof came) =>
      moves.reduce(
        (sum, { product_uom, quantity }) => sum + quantity * (units.sizeOf(product_uom.id, base) ?? Number.NaN),
        0,
      );
    const moved = came.filter((move) => move.purchase_line_id?.id === line.id);
    // A service has no moves, and those of a kit are of its components.
    const isCounted = moved.length > 0 && moved.every(({ product_id }) => product_id.id === line.product_id?.id);
    const received = isCounted
      ? tidy(sumOf(moved) - sumOf(wentBack.filter((move) => move.purchase_line_id?.id === line.id)))
      : inOwn(line.qty_received, 'arrived');
    if (!(Math.abs(received / size - line.qty_received) <= lineStep))
      throw inexact(
        connection,
        purchase,
        `"${line.qty_received}" "${unit.name}" of SKU "${sku}" arrived by its line and "${received}" of the product's unit by its transfers`,
      );
    const unitPrice = priceOf(line.price_unit / size, currency);
    if (!equalMoney(multiplyMoney(unitPrice, quantityText(size)), price))
      throw inexact(
        connection,
        purchase,
        `SKU "${sku}" costs "${price.amount}" for one "${unit.name}", and for one of the product's unit no exact number`,
      );
    return { quantity: inOwn(line.product_qty, 'are ordered'), received, unitPrice };
  };
}

/** A line keeps two digits of what arrived unless an administrator says otherwise; a half of the last is rounded. */
const lineStep = 0.0051;

async function movesOf({ client }: Connection, lines: readonly number[], narrower: Domain, options?: ReadOptions) {
  if (lines.length === 0) return [];
  const domain: Domain = [['purchase_line_id', 'in', lines], ['state', '=', 'done'], ...narrower];
  return client.searchRead('stock.move', purchaseMoveRow, { domain, order: 'id' }, options);
}

function inexact(connection: Connection, purchase: PurchaseWire, why: string): CommerceError {
  const { settings } = connection;
  return new CommerceError({
    code: 'record.rejected',
    message: `Purchase "${purchase.name}" was not taken over from "${settings.name}": ${why}. Change its line to the product's unit in Odoo.`,
    system: settings.name,
    refs: [refTo(connection, 'purchase', purchase.id)],
  });
}
