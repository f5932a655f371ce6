import { cleanText } from '../clean-text.ts';
import type { WooProduct } from '../records.ts';
import { textOf, type Body } from '../rest/body.ts';
import type { Site } from '../site.ts';
import { uncategorized } from '../store.ts';
import { typeOf, writeProduct } from './product-fields.ts';
import { checkNumbers, freeNumbers, skuInLookup } from './product-numbers.ts';

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
  writeProduct(site, product, body);
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
  checkNumbers(site, product, body);
  writeProduct(site, product, body, stockSeen);
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
  freeNumbers(site, product);
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

function takeSlug(site: Site, name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const times = (site.store.slugs.get(slug) ?? 0) + 1;
  site.store.slugs.set(slug, times);
  return times === 1 ? slug : `${slug}-${times}`;
}
