import type { StockLevel } from '@crossdock/core';
import type { WireStock } from './wire/stock.ts';

/** The one place that a shop has: WooCommerce counts a product once, wherever it lies. */
export const shopStock = 'shop';

/**
 * What the shop counts of a SKU. A product that counts no stock has no level: WooCommerce shows it as there or not, without
 * a number. A variation that is counted with its siblings shows the number of all of them.
 */
export function toLevel(
  { sku, manage_stock, stock_quantity }: WireStock,
  { system, asOf }: { readonly system: string; readonly asOf: string },
): StockLevel | undefined {
  if (sku === '' || manage_stock === false || stock_quantity === null) return undefined;
  return { sku, location: { system, kind: 'location', id: shopStock }, available: stock_quantity, asOf };
}
