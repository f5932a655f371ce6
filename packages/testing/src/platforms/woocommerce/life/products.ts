import type { Json } from '@crossdock/core';
import { cleanText } from '../clean-text.ts';
import { readDecimal } from '../decimal.ts';
import { readMoment } from '../moments.ts';
import type { Attribute, WooProduct } from '../records.ts';
import { bodies, booleanOf, integerOf, isBody, textOf, type Body } from '../rest/body.ts';
import { Refused } from '../rest/refused.ts';
import type { Site } from '../site.ts';
import { uncategorized, writeMeta } from '../store.ts';
import { imagesOf } from './images.ts';
import { deriveStockStatus } from './stock.ts';
import { nameOfAttribute, optionOf, termsOf } from './terms.ts';

const statuses = new Set(['publish', 'draft', 'pending', 'private', 'future', 'auto-draft', 'trash']);
const types = new Set(['simple', 'grouped', 'external', 'variable']);
const taxStatuses = new Set(['taxable', 'shipping', 'none']);
const visibilities = new Set(['visible', 'catalog', 'search', 'hidden']);

/** A type that the shop has; of another one, which only a batch lets through, it makes a simple product. */
function typeOf(body: Body): string | undefined {
  const type = textOf(body['type']);
  return type === undefined || types.has(type) ? type : 'simple';
}

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

/** Refuses what has the SKU or the trade number of another product. Who comes at the same time passes too. */
export function checkNewProduct(site: Site, body: Body): void {
  checkSku(site, cleanText(textOf(body['sku']) ?? ''));
  checkGtin(site, textOf(body['global_unique_id']) ?? '');
}

/** Makes a product, or with a parent a variation, of what a client sent. */
export function createProduct(site: Site, body: Body, parent?: WooProduct): WooProduct {
  const sku = cleanText(textOf(body['sku']) ?? '');
  if (sku !== '' && site.store.bySku.has(sku.toLowerCase())) throw skuInLookup(sku);
  const now = site.now();
  const product: WooProduct = {
    id: site.store.nextId('post'),
    parentId: parent?.id ?? 0,
    type: parent ? 'variation' : (typeOf(body) ?? 'simple'),
    status: 'publish',
    name: 'Product',
    slug: '',
    sku: '',
    gtin: '',
    description: '',
    shortDescription: '',
    regularPrice: '',
    salePrice: '',
    saleFrom: undefined,
    saleUntil: undefined,
    taxStatus: 'taxable',
    taxClass: parent ? 'parent' : '',
    manageStock: false,
    stock: null,
    stockStatus: 'instock',
    backorders: 'no',
    lowStockAmount: null,
    totalSales: 0,
    virtual: false,
    downloadable: false,
    weight: '',
    dimensions: { length: '', width: '', height: '' },
    menuOrder: 0,
    attributes: [],
    chosen: [],
    categoryIds: parent ? [] : [uncategorized.id],
    tagIds: [],
    images: [],
    featured: false,
    catalogVisibility: 'visible',
    meta: [],
    createdAt: now,
    modifiedAt: now,
  };
  write(site, product, body);
  product.name = parent ? [parent.name, optionsOf(product)].filter(Boolean).join(' - ') : product.name;
  product.slug = takeSlug(site, product.name);
  site.store.products.set(product.id, product);
  if (parent) {
    site.store.variationsOf.set(parent.id, [...(site.store.variationsOf.get(parent.id) ?? []), product.id]);
    parent.modifiedAt = now;
  }
  site.tell({ resource: 'product', event: 'created', id: product.id });
  return product;
}

/**
 * Writes what was sent and leaves the rest. Every write moves the date, also one that changes nothing. `stockSeen` is what
 * the writer read, which a relative change is reckoned from.
 */
export function updateProduct(site: Site, product: WooProduct, body: Body, stockSeen = product.stock): void {
  const sku = textOf(body['sku']);
  if (sku !== undefined && sku !== product.sku) checkSku(site, sku, product.id);
  const gtin = textOf(body['global_unique_id']);
  if (gtin !== undefined && gtin !== product.gtin) checkGtin(site, gtin);
  write(site, product, body, stockSeen);
  touchProduct(site, product);
}

/** A product was changed: its date moves, a variation's parent's too, and webhooks are told. */
export function touchProduct(site: Site, product: WooProduct): void {
  product.modifiedAt = site.now();
  const parent = site.store.products.get(product.parentId);
  if (parent) parent.modifiedAt = site.now();
  site.tell({ resource: 'product', event: 'updated', id: product.id });
}

/** Into the trash, where it keeps its SKU, or away for good. */
export function removeProduct(site: Site, product: WooProduct, force: boolean): void {
  if (!force) {
    product.meta.push(
      { id: site.store.nextId('meta'), key: '_wp_trash_meta_status', value: product.status },
      { id: site.store.nextId('meta'), key: '_wp_trash_meta_time', value: String(Math.floor(site.now() / 1000)) },
      { id: site.store.nextId('meta'), key: '_wp_desired_post_slug', value: product.slug },
    );
    product.status = 'trash';
    site.tell({ resource: 'product', event: 'deleted', id: product.id });
    return;
  }
  for (const id of site.store.variationsOf.get(product.id) ?? []) {
    const variation = site.store.products.get(id);
    if (variation) removeProduct(site, variation, true);
  }
  site.store.products.delete(product.id);
  site.store.change();
  if (product.sku !== '') site.store.bySku.delete(product.sku.toLowerCase());
  if (product.gtin !== '') site.store.byGtin.delete(product.gtin);
  const siblings = site.store.variationsOf.get(product.parentId);
  if (siblings)
    site.store.variationsOf.set(
      product.parentId,
      siblings.filter((id) => id !== product.id),
    );
}

/** `S, Red` of a variation. */
export function optionsOf(product: WooProduct): string {
  return product.chosen.map(({ option }) => option).join(', ');
}

/** SKUs are unique over products, variations and the trash. Recorded on WooCommerce 10.0.2 (product-dup-sku, sku-reuse-after-trash). */
function checkSku(site: Site, sku: string, own?: number): void {
  const holder = sku === '' ? undefined : site.store.bySku.get(sku.toLowerCase());
  if (holder === undefined || holder === own) return;
  if (site.store.products.get(holder)?.status === 'trash') throw skuInLookup(sku);
  let suffix = 1;
  while (site.store.bySku.has(`${sku}-${suffix}`.toLowerCase())) suffix += 1;
  throw new Refused(400, 'product_invalid_sku', 'Invalid or duplicated SKU.', {
    status: 400,
    resource_id: holder,
    unique_sku: `${sku}-${suffix}`,
  });
}

/** Of two at the same time the second one ends here, and hears no id. Recorded on WooCommerce 10.0.2, 2026-11-23. */
function skuInLookup(sku: string): Refused {
  const message = `The product with SKU (${sku}) you are trying to insert is already present in the lookup table`;
  return new Refused(400, 'woocommerce_rest_product_not_created', message);
}

function checkGtin(site: Site, gtin: string): void {
  if (gtin === '') return;
  const holder = site.store.products.get(site.store.byGtin.get(gtin) ?? 0);
  if (!holder) return;
  throw new Refused(400, 'product_invalid_global_unique_id', 'Invalid or duplicated GTIN, UPC, EAN or ISBN.', {
    status: 400,
    resource_id: holder.id,
  });
}

function write(site: Site, product: WooProduct, body: Body, stockSeen = product.stock): void {
  product.name = textOf(body['name']) ?? product.name;
  const status = textOf(body['status']);
  if (status !== undefined) product.status = statuses.has(status) ? status : 'draft';
  product.description = textOf(body['description']) ?? product.description;
  product.shortDescription = textOf(body['short_description']) ?? product.shortDescription;
  writeGtin(site, product, textOf(body['global_unique_id']));
  if (product.type !== 'variation') product.type = typeOf(body) ?? product.type;
  product.taxStatus = wordOf(body, 'tax_status', taxStatuses, 'product tax status') ?? product.taxStatus;
  product.taxClass = classOf(site, product, textOf(body['tax_class'])) ?? product.taxClass;
  product.virtual = booleanOf(body['virtual']) ?? product.virtual;
  product.downloadable = booleanOf(body['downloadable']) ?? product.downloadable;
  product.weight = textOf(body['weight']) ?? product.weight;
  product.menuOrder = integerOf(body['menu_order']) ?? product.menuOrder;
  const sku = textOf(body['sku']);
  writeSku(site, product, sku === undefined ? undefined : cleanText(sku));
  writePrices(product, body);
  product.saleFrom = momentOf(site, body, 'date_on_sale_from', product.saleFrom);
  product.saleUntil = momentOf(site, body, 'date_on_sale_to', product.saleUntil);
  writeParts(site, product, body);
  writeStock(product, body, stockSeen);
}

function writeSku(site: Site, product: WooProduct, sku: string | undefined): void {
  if (sku === undefined || sku === product.sku) return;
  if (product.sku !== '') site.store.bySku.delete(product.sku.toLowerCase());
  product.sku = sku;
  if (sku !== '') site.store.bySku.set(sku.toLowerCase(), product.id);
}

/** What is neither digit nor dash is left out. Compared with WooCommerce 10.5.0, 2026-11-26. */
function writeGtin(site: Site, product: WooProduct, sent: string | undefined): void {
  if (sent === undefined) return;
  if (product.gtin !== '') site.store.byGtin.delete(product.gtin);
  product.gtin = sent.replaceAll(/[^0-9-]/g, '');
  if (product.gtin !== '') site.store.byGtin.set(product.gtin, product.id);
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

function takeSlug(site: Site, name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const times = (site.store.slugs.get(slug) ?? 0) + 1;
  site.store.slugs.set(slug, times);
  return times === 1 ? slug : `${slug}-${times}`;
}
