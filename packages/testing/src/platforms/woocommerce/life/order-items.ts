import type { Json } from '@crossdock/core';
import { micro } from '../decimal.ts';
import type { FeeLine, OrderItem, OrderLine, ShippingLine, WooOrder, WooProduct } from '../records.ts';
import { bodies, integerOf, textOf, type Body } from '../rest/body.ts';
import { fatal, Refused } from '../rest/refused.ts';
import type { Site } from '../site.ts';
import { writeMeta } from '../store.ts';
import { netPrice, taxClassOf } from './price.ts';
import { adjustLine, releaseLine } from './stock.ts';
import { choiceMeta } from './terms.ts';

/**
 * Writes lines as they were sent: an entry with an id changes that line, one without is a new line every time, quantity 0 or
 * a null takes the line out. Recorded on WooCommerce 10.0.2, 2026-11-23 (order-put-lineitem-…).
 */
export function writeItems(site: Site, order: WooOrder, body: Body): void {
  for (const sent of bodies(body['line_items'])) writeLine(site, order, sent);
  for (const sent of bodies(body['shipping_lines'])) writeShipping(site, order, sent);
  for (const sent of bodies(body['fee_lines'])) writeFee(site, order, sent);
}

function writeLine(site: Site, order: WooOrder, sent: Body): void {
  const line = itemOf(order.lines, sent);
  if (sent['quantity'] === 0 || isTakenOut(sent)) {
    if (!line) throw removed();
    if (order.stockReduced) releaseLine(site, line);
    order.lines.splice(order.lines.indexOf(line), 1);
    return;
  }
  const isNew = line === undefined;
  const product = referenceOf(site, sent, isNew);
  const written = line ?? newLine(site);
  if (product || isNew) fill(site, written, product, isNew ? (integerOf(sent['quantity']) ?? 1) : undefined);
  writeProps(site, written, sent);
  if (isNew) order.lines.push(written);
  if (order.stockReduced) adjustLine(site, order, written);
}

/** Products by SKU, variation or product. One that is unknown makes an empty line. Recorded (order-unknown-product). */
function referenceOf(site: Site, sent: Body, isNew: boolean): WooProduct | undefined {
  const sku = textOf(sent['sku']) ?? '';
  const productId = integerOf(sent['product_id']) ?? 0;
  const variationId = integerOf(sent['variation_id']) ?? 0;
  if (isNew && sku === '' && productId === 0 && variationId === 0) {
    throw new Refused(400, 'woocommerce_rest_required_product_reference', 'Product ID or SKU is required.');
  }
  const byReference = variationId === 0 ? productId : variationId;
  const id = sku === '' ? byReference : site.store.bySku.get(sku.toLowerCase());
  const product = id === undefined ? undefined : site.store.products.get(id);
  return product?.status === 'trash' ? undefined : product;
}

function newLine(site: Site): OrderLine {
  return {
    id: site.store.nextId('item'),
    name: '',
    productId: 0,
    variationId: 0,
    looseSku: undefined,
    quantity: 1,
    taxClass: '',
    subtotal: 0n,
    total: 0n,
    subtotalTax: 0n,
    totalTax: 0n,
    taxes: [],
    meta: [],
  };
}

/** Another product in a line that is there does not change what the line costs. Compared with WooCommerce 10.5.0, 2026-11-26. */
function fill(site: Site, line: OrderLine, product: WooProduct | undefined, quantity: number | undefined): void {
  line.quantity = quantity ?? line.quantity;
  if (!product) return;
  const isVariation = product.type === 'variation';
  line.name = product.name;
  line.productId = isVariation ? product.parentId : product.id;
  line.variationId = isVariation ? product.id : 0;
  line.taxClass = taxClassOf(site, product);
  if (quantity !== undefined) {
    line.subtotal = netPrice(site, product, Math.max(0, quantity));
    line.total = line.subtotal;
  }
  const choices = product.chosen.map((one) => choiceMeta(site, one));
  line.meta = line.meta.filter((entry) => !choices.some(({ key }) => key === entry.key));
  for (const { key, value } of choices) line.meta.push({ id: site.store.nextId('itemMeta'), key, value });
}

/** A quantity alone does not change what the line costs. Recorded (order-put-lineitem-id). */
function writeProps(site: Site, line: OrderLine, sent: Body): void {
  line.name = textOf(sent['name']) ?? line.name;
  line.quantity = integerOf(sent['quantity']) ?? line.quantity;
  const subtotal = textOf(sent['subtotal']);
  const total = textOf(sent['total']);
  if (total !== undefined) {
    line.total = micro(total);
    // Only the total pulls the subtotal up: one that is sent too may be below it.
    if (line.subtotal < line.total) line.subtotal = line.total;
  }
  if (subtotal !== undefined) line.subtotal = micro(subtotal);
  line.taxClass = taxClassIn(site, 'product', sent) ?? line.taxClass;
  writeMeta(line.meta, metaOf(sent['meta_data']), () => site.store.nextId('itemMeta'));
}

/** A class of tax that the shop has; another one refuses the order. Compared with WooCommerce 10.5.0, 2026-11-26. */
function taxClassIn(site: Site, item: 'product' | 'fee', sent: Body): string | undefined {
  const taxClass = textOf(sent['tax_class']);
  if (taxClass === undefined || taxClass === '') return taxClass;
  // The standard class is the empty text; its name is none of the others.
  if (taxClass !== 'standard' && site.store.taxClasses.has(taxClass)) return taxClass;
  throw new Refused(400, `order_item_${item}_invalid_tax_class`, 'Invalid tax class');
}

function writeShipping(site: Site, order: WooOrder, sent: Body): void {
  const line = itemOf(order.shippingLines, sent);
  if (isTakenOut(sent)) return takeOut(order.shippingLines, line);
  const methodId = textOf(sent['method_id']) ?? '';
  if (!line && methodId === '') {
    throw new Refused(400, 'woocommerce_rest_invalid_shipping_item', 'Shipping method ID is required.');
  }
  const written: ShippingLine = line ?? {
    id: site.store.nextId('item'),
    methodId,
    title: 'Shipping',
    total: 0n,
    taxes: [],
    totalTax: 0n,
    meta: [],
  };
  written.methodId = methodId === '' ? written.methodId : methodId;
  written.title = textOf(sent['method_title']) ?? written.title;
  if (sent['total'] !== undefined) written.total = micro(textOf(sent['total']) ?? '');
  writeMeta(written.meta, metaOf(sent['meta_data']), () => site.store.nextId('itemMeta'));
  if (!line) order.shippingLines.push(written);
}

function writeFee(site: Site, order: WooOrder, sent: Body): void {
  const line = itemOf(order.feeLines, sent);
  if (isTakenOut(sent)) return takeOut(order.feeLines, line);
  const name = textOf(sent['name']) ?? '';
  if (!line && name === '') throw new Refused(400, 'woocommerce_rest_invalid_fee_item', 'Fee name is required.');
  const written: FeeLine = line ?? {
    id: site.store.nextId('item'),
    name,
    taxClass: '',
    taxStatus: 'taxable',
    total: 0n,
    taxes: [],
    totalTax: 0n,
    meta: [],
  };
  written.name = name === '' ? written.name : name;
  written.taxClass = taxClassIn(site, 'fee', sent) ?? written.taxClass;
  written.taxStatus = textOf(sent['tax_status']) ?? written.taxStatus;
  if (sent['total'] !== undefined) written.total = micro(textOf(sent['total']) ?? '');
  writeMeta(written.meta, metaOf(sent['meta_data']), () => site.store.nextId('itemMeta'));
  if (!line) order.feeLines.push(written);
}

function takeOut<I extends OrderItem>(items: I[], item: I | undefined): void {
  if (!item) throw removed();
  items.splice(items.indexOf(item), 1);
}

/** The item an entry speaks of; none when it names none. */
function itemOf<I extends OrderItem>(items: readonly I[], sent: Body): I | undefined {
  const id = integerOf(sent['id']);
  if (id === undefined || id === 0) return undefined;
  const found = items.find((item) => item.id === id);
  if (found) return found;
  throw new Refused(400, 'woocommerce_rest_invalid_item_id', 'Order item ID provided is not associated with order.');
}

function isTakenOut(sent: Body): boolean {
  return ['product_id', 'method_id', 'method_title', 'name', 'code'].some((field) => sent[field] === null);
}

export function metaOf(sent: Json): readonly { readonly id?: number; readonly key?: string; readonly value?: Json }[] {
  return bodies(sent).map((entry) => {
    const id = integerOf(entry['id']);
    const key = textOf(entry['key']);
    return { ...(id === undefined ? {} : { id }), ...(key === undefined ? {} : { key }), value: entry['value'] };
  });
}

/** Quantity 0 on a new line ends PHP. Recorded (order-qty0). */
function removed(): Refused {
  const message =
    'Uncaught TypeError: WC_REST_Orders_Controller::remove_item(): Argument #3 ($item_id) must be of type int, null given';
  return fatal(message, 'orders.php', 219);
}
