import type { OrderLine, WooOrder, WooProduct } from '../records.ts';
import type { Site } from '../site.ts';
import { addNote } from './notes.ts';

/** The post that keeps the stock of a product: a variation without its own shares its parent's. Nothing where none is counted. */
export function stockKeeper(site: Site, product: WooProduct): WooProduct | undefined {
  if (product.manageStock) return product;
  const parent = product.type === 'variation' ? site.store.products.get(product.parentId) : undefined;
  return parent?.manageStock ? parent : undefined;
}

export function productOf(site: Site, line: Pick<OrderLine, 'productId' | 'variationId'>): WooProduct | undefined {
  const product = site.store.products.get(line.variationId === 0 ? line.productId : line.variationId);
  return product?.status === 'trash' ? undefined : product;
}

/**
 * Derives the stock status of what is counted: a status that was sent does not stay. Recorded on WooCommerce 10.0.2,
 * 2026-11-23 (stock-zero-force-instock).
 */
export function deriveStockStatus(product: WooProduct): void {
  if (!product.manageStock) return;
  product.stock ??= 0;
  if (product.stock > 0) product.stockStatus = 'instock';
  else product.stockStatus = product.backorders === 'no' ? 'outofstock' : 'onbackorder';
}

/** Moves stock by a sale or its return: the product is changed by it, and its webhooks fire. */
function moveStock(site: Site, keeper: WooProduct, by: number): void {
  keeper.stock = (keeper.stock ?? 0) + by;
  deriveStockStatus(keeper);
  keeper.modifiedAt = site.now();
  const parent = site.store.products.get(keeper.parentId);
  if (parent) parent.modifiedAt = site.now();
  site.tell({ resource: 'product', event: 'updated', id: keeper.id });
}

/**
 * Takes the goods of an order, once: what a line has taken stands on it as `_reduced_stock`. It may go below zero.
 * Recorded on WooCommerce 10.0.2, 2026-11-23 (order-oversell).
 */
export function reduceStock(site: Site, order: WooOrder): void {
  const changes: string[] = [];
  for (const line of order.lines) {
    const product = productOf(site, line);
    const keeper = product && stockKeeper(site, product);
    if (!keeper || reducedOf(line) !== undefined) continue;
    changes.push(takeForLine(site, line, product, keeper));
  }
  order.stockReduced = true;
  if (changes.length > 0) addNote(site, order, `Stock levels reduced: ${changes.join(', ')}`);
}

/** Counts what was sold, once: a cancellation takes it back, a return to pending does not. Recorded on WooCommerce 10.0.2. */
export function countSales(site: Site, order: WooOrder, isSold: boolean): void {
  if (order.salesCounted === isSold) return;
  order.salesCounted = isSold;
  for (const line of order.lines) {
    const product = productOf(site, line);
    if (product) product.totalSales += isSold ? line.quantity : -line.quantity;
  }
}

/** Takes stock for lines again although they have it, as two writers do that overlap. */
export function reduceAgain(site: Site, order: WooOrder): void {
  for (const line of order.lines) line.meta = line.meta.filter(({ key }) => key !== '_reduced_stock');
  reduceStock(site, order);
}

/** Gives the goods of an order back, as far as its lines took any. */
export function restoreStock(site: Site, order: WooOrder): void {
  const changes: string[] = [];
  for (const line of order.lines) {
    const product = productOf(site, line);
    const keeper = product && stockKeeper(site, product);
    const reduced = reducedOf(line);
    if (!keeper || reduced === undefined) continue;
    const before = keeper.stock ?? 0;
    moveStock(site, keeper, reduced);
    line.meta = line.meta.filter(({ key }) => key !== '_reduced_stock');
    changes.push(`${nameOf(product)} ${before}&rarr;${before + reduced}`);
  }
  order.stockReduced = false;
  if (changes.length > 0) addNote(site, order, `Stock levels increased: ${changes.join(', ')}`);
}

/** After somebody changed the lines of an order that has taken its stock. */
export function adjustLine(site: Site, order: WooOrder, line: OrderLine): void {
  const product = productOf(site, line);
  const keeper = product && stockKeeper(site, product);
  if (!keeper) return;
  const reduced = reducedOf(line) ?? 0;
  if (reduced === line.quantity) return;
  const before = keeper.stock ?? 0;
  moveStock(site, keeper, reduced - line.quantity);
  setLineMeta(site, line, '_reduced_stock', line.quantity);
  const change = `(${before}&rarr;${before + reduced - line.quantity})`;
  addNote(site, order, `Adjusted stock: ${product.name} ${change}`, { author: 'admin' });
}

/** A line is taken out of an order: what it took goes back. */
export function releaseLine(site: Site, line: OrderLine): void {
  const product = productOf(site, line);
  const keeper = product && stockKeeper(site, product);
  const reduced = reducedOf(line);
  if (keeper && reduced !== undefined) moveStock(site, keeper, reduced);
}

/** Puts refunded goods back: as many as were said, even if that is more than was ordered. Recorded (refund-too-many-qty). */
export function restockLine(site: Site, order: WooOrder, line: OrderLine, quantity: number): void {
  const product = productOf(site, line);
  const keeper = product && stockKeeper(site, product);
  if (!keeper) return;
  const before = keeper.stock ?? 0;
  moveStock(site, keeper, quantity);
  addNote(site, order, `Item #${product.id} stock increased from ${before} to ${before + quantity}.`);
  setLineMeta(site, line, '_reduced_stock', (reducedOf(line) ?? 0) - quantity);
  setLineMeta(site, line, '_restock_refunded_items', (metaNumber(line, '_restock_refunded_items') ?? 0) + quantity);
}

function takeForLine(site: Site, line: OrderLine, product: WooProduct, keeper: WooProduct): string {
  const before = keeper.stock ?? 0;
  moveStock(site, keeper, -line.quantity);
  setLineMeta(site, line, '_reduced_stock', line.quantity);
  return `${nameOf(product)} ${before}&rarr;${before - line.quantity}`;
}

function reducedOf(line: OrderLine): number | undefined {
  return metaNumber(line, '_reduced_stock');
}

function metaNumber(line: OrderLine, key: string): number | undefined {
  const found = line.meta.find((entry) => entry.key === key);
  return typeof found?.value === 'string' ? Number(found.value) : undefined;
}

function setLineMeta(site: Site, line: OrderLine, key: string, value: number): void {
  const found = line.meta.find((entry) => entry.key === key);
  if (found) found.value = String(value);
  else line.meta.push({ id: site.store.nextId('itemMeta'), key, value: String(value) });
}

function nameOf(product: WooProduct): string {
  const name =
    product.type === 'variation'
      ? `${product.name} (${product.sku})<span class="description"></span>`
      : `${product.name} (${product.sku})`;
  return product.sku === '' ? product.name : name;
}
