import type { Json } from '@crossdock/core';
import { readDecimal } from '../decimal.ts';
import { readMoment } from '../moments.ts';
import type { Attribute, WooProduct } from '../records.ts';
import { bodies, booleanOf, integerOf, isBody, textOf, type Body } from '../rest/body.ts';
import { Refused } from '../rest/refused.ts';
import type { Site } from '../site.ts';
import { uncategorized, writeMeta } from '../store.ts';
import { imagesOf } from './images.ts';
import { writeNumbers } from './product-numbers.ts';
import { deriveStockStatus } from './stock.ts';
import { nameOfAttribute, optionOf, termsOf } from './terms.ts';

/** Writes what was sent and leaves the rest. `stockSeen` is what a relative change is reckoned from. */
export function writeProduct(site: Site, product: WooProduct, body: Body, stockSeen = product.stock): void {
  product.name = textOf(body['name']) ?? product.name;
  const status = textOf(body['status']);
  if (status !== undefined) product.status = statuses.has(status) ? status : 'draft';
  product.description = textOf(body['description']) ?? product.description;
  product.shortDescription = textOf(body['short_description']) ?? product.shortDescription;
  if (product.type !== 'variation') product.type = typeOf(body) ?? product.type;
  product.taxStatus = wordOf(body, 'tax_status', taxStatuses, 'product tax status') ?? product.taxStatus;
  product.taxClass = classOf(site, product, textOf(body['tax_class'])) ?? product.taxClass;
  product.virtual = booleanOf(body['virtual']) ?? product.virtual;
  product.downloadable = booleanOf(body['downloadable']) ?? product.downloadable;
  product.weight = textOf(body['weight']) ?? product.weight;
  product.menuOrder = integerOf(body['menu_order']) ?? product.menuOrder;
  writeNumbers(site, product, body);
  writePrices(product, body);
  product.saleFrom = momentOf(site, body, 'date_on_sale_from', product.saleFrom);
  product.saleUntil = momentOf(site, body, 'date_on_sale_to', product.saleUntil);
  writeParts(site, product, body);
  writeStock(product, body, stockSeen);
}

/** A type that the shop has; of another one, which only a batch lets through, it makes a simple product. */
export function typeOf(body: Body): string | undefined {
  const type = textOf(body['type']);
  return type === undefined || types.has(type) ? type : 'simple';
}

const statuses = new Set(['publish', 'draft', 'pending', 'private', 'future', 'auto-draft', 'trash']);
const types = new Set(['simple', 'grouped', 'external', 'variable']);
const taxStatuses = new Set(['taxable', 'shipping', 'none']);
const visibilities = new Set(['visible', 'catalog', 'search', 'hidden']);

function stockWordOf(body: Body): string | undefined {
  const word = textOf(body['stock_status']);
  return word === undefined || ['outofstock', 'onbackorder'].includes(word) ? word : 'instock';
}

/** A word of those that the shop knows, or a refusal, which stands at its item in a batch. Compared with 10.5.0, 2026-11-26. */
function wordOf(body: Body, name: string, words: ReadonlySet<string>, called: string): string | undefined {
  const word = textOf(body[name]);
  if (word === undefined || words.has(word)) return word;
  throw new Refused(400, `product_invalid_${name}`, `Invalid ${called}.`);
}

/** A price that is no number is no price, and a comma is no comma. Recorded (product-bad-price2, product-comma-price). */
function writePrices(product: WooProduct, body: Body): void {
  const regular = textOf(body['regular_price']);
  const sale = textOf(body['sale_price']);
  if (regular !== undefined) product.regularPrice = readDecimal(regular);
  if (sale !== undefined) product.salePrice = readDecimal(sale);
  // What has variations has no price of its own.
  if (product.type === 'variable') [product.regularPrice, product.salePrice] = ['', ''];
  if (product.salePrice !== '' && !(Number(product.salePrice) < Number(product.regularPrice))) product.salePrice = '';
}

/** The form in UTC counts before the one of the shop's own clock; null is "not sent", and an empty text takes it away. */
function momentOf(site: Site, body: Body, name: string, kept: number | undefined): number | undefined {
  const exact = textOf(body[`${name}_gmt`]);
  const local = textOf(body[name]);
  if (exact === undefined && local === undefined) return kept;
  return readMoment(exact ?? local ?? '', site.zone, exact !== undefined);
}

function writeParts(site: Site, product: WooProduct, body: Body): void {
  const size = body['dimensions'];
  if (isBody(size)) {
    const { length, width, height } = product.dimensions;
    product.dimensions = {
      length: textOf(size['length']) ?? length,
      width: textOf(size['width']) ?? width,
      height: textOf(size['height']) ?? height,
    };
  }
  if (body['attributes'] !== undefined) {
    const sent = bodies(body['attributes']);
    if (product.type === 'variation') product.chosen = sent.map((one) => choiceOf(site, one));
    else product.attributes = sent.map((one) => attributeOf(site, one));
  }
  if (product.type !== 'variation') {
    const categories = termsOf(site, 'category', body['categories']);
    if (categories) product.categoryIds = categories.length === 0 ? [uncategorized.id] : categories;
    product.tagIds = termsOf(site, 'tag', body['tags']) ?? product.tagIds;
  }
  product.images = imagesOf(site, body) ?? product.images;
  product.featured = booleanOf(body['featured']) ?? product.featured;
  product.catalogVisibility =
    wordOf(body, 'catalog_visibility', visibilities, 'catalog visibility option') ?? product.catalogVisibility;
  writeMeta(product.meta, bodies(body['meta_data']), () => site.store.nextId('meta'));
}

function choiceOf(site: Site, sent: Body): WooProduct['chosen'][number] {
  const id = integerOf(sent['id']) ?? 0;
  return { id, name: nameOfAttribute(site, id, sent), option: optionOf(site, id, textOf(sent['option']) ?? '') };
}

function attributeOf(site: Site, sent: Body): Attribute {
  const { options } = sent;
  const id = integerOf(sent['id']) ?? 0;
  return {
    id,
    name: nameOfAttribute(site, id, sent),
    visible: booleanOf(sent['visible']) ?? false,
    variation: booleanOf(sent['variation']) ?? false,
    options: Array.isArray(options)
      ? options.flatMap((option: Json) => textOf(option) ?? []).map((option) => optionOf(site, id, option))
      : [],
  };
}

/**
 * Where stock is counted the figure decides about the status; where it is not, figures are ignored and the status can be
 * set. `inventory_delta` is relative, and nothing when a figure is sent too. Recorded on WooCommerce 10.0.2 (stock-…,
 * inventory-delta-…).
 */
function writeStock(product: WooProduct, body: Body, stockSeen: number | null): void {
  const manage = body['manage_stock'];
  if (manage !== undefined && manage !== null) product.manageStock = booleanOf(manage) ?? false;
  if (!product.manageStock) {
    product.stock = null;
    product.backorders = 'no';
    product.stockStatus = stockWordOf(body) ?? product.stockStatus;
    return;
  }
  const backorders = textOf(body['backorders']);
  if (backorders !== undefined) product.backorders = ['notify', 'yes'].includes(backorders) ? backorders : 'no';
  product.lowStockAmount = integerOf(body['low_stock_amount']) ?? product.lowStockAmount;
  const delta = integerOf(body['inventory_delta']);
  // A null is as if nothing was sent. Compared with WooCommerce 10.5.0, 2026-11-26.
  if (body['stock_quantity'] !== undefined && body['stock_quantity'] !== null)
    product.stock = integerOf(body['stock_quantity']) ?? 0;
  else if (delta !== undefined) product.stock = (stockSeen ?? 0) + delta;
  deriveStockStatus(product);
}

/** A class that the shop does not have is the standard one, in silence. Compared with WooCommerce 10.5.0, 2026-11-26. */
function classOf({ store }: Site, { type }: WooProduct, taxClass: string | undefined): string | undefined {
  if (taxClass === undefined || (type === 'variation' && taxClass === 'parent')) return taxClass;
  return taxClass !== 'standard' && store.taxClasses.has(taxClass) ? taxClass : '';
}
