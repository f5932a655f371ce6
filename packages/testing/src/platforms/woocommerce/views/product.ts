import { isOnSale, priceText, taxClassOf } from '../life/price.ts';
import { optionsOf } from '../life/products.ts';
import { stockKeeper } from '../life/stock.ts';
import { choiceMeta } from '../life/terms.ts';
import { pair } from '../moments.ts';
import type { WooImage, WooProduct } from '../records.ts';
import type { Site } from '../site.ts';
import { links, metaView, url, type View } from './format.ts';
import { priceHtml } from './price-html.ts';

/** A product, or a variation by its own id, as `GET /products/{id}` shows it. Answers to writes have fields of `edit`. */
export function productView(site: Site, product: WooProduct, context: 'view' | 'edit' = 'view'): View {
  const isVariation = product.type === 'variation';
  const parent = site.store.products.get(product.parentId);
  return {
    id: product.id,
    name: product.name,
    slug: product.slug,
    permalink: permalink(site, product),
    ...dates(site, product),
    type: product.type,
    status: product.status,
    featured: product.featured,
    catalog_visibility: product.catalogVisibility,
    description: product.description,
    short_description: product.shortDescription,
    sku: product.sku,
    ...prices(site, product),
    on_sale: isOnSale(site, product),
    purchasable: priceText(site, product) !== '',
    // A number of products and text of variations. Recorded on WooCommerce 10.0.2, 2026-11-23.
    total_sales: isVariation ? String(product.totalSales) : product.totalSales,
    virtual: product.virtual,
    downloadable: product.downloadable,
    downloads: [],
    download_limit: -1,
    download_expiry: -1,
    external_url: '',
    button_text: '',
    tax_status: product.taxStatus,
    tax_class: taxClassOf(site, product),
    ...stockView(site, product),
    sold_individually: false,
    weight: product.weight,
    dimensions: { ...product.dimensions },
    shipping_required: !product.virtual,
    shipping_taxable: !product.virtual,
    shipping_class: '',
    shipping_class_id: 0,
    reviews_allowed: !isVariation,
    average_rating: context === 'edit' ? '0' : '0.00',
    rating_count: 0,
    upsell_ids: [],
    cross_sell_ids: [],
    parent_id: product.parentId,
    purchase_note: '',
    categories: termsView(site, product.categoryIds),
    brands: [],
    tags: termsView(site, product.tagIds),
    images: product.images.map((image) => imageView(site, image)),
    attributes: isVariation ? chosenView(site, product) : attributesView(site, product),
    default_attributes: [],
    variations: [...(site.store.variationsOf.get(product.id) ?? [])],
    grouped_products: [],
    menu_order: product.menuOrder,
    price_html: priceHtml(site, product),
    related_ids: [],
    meta_data: metaView(product.meta),
    stock_status: stockStatus(site, product),
    has_options: product.type === 'variable',
    post_password: '',
    global_unique_id: product.gtin,
    ...(context === 'edit' && !isVariation
      ? { permalink_template: `${site.home}/product/%pagename%/`, generated_slug: product.slug }
      : {}),
    _links: links(
      site,
      `products/${product.id}`,
      'products',
      parent ? { up: [{ href: url(site, `products/${parent.id}`) }] } : {},
    ),
  };
}

/** A variation as the routes below its parent show it. */
export function variationView(site: Site, product: WooProduct, context: 'view' | 'edit' = 'view'): View {
  const path = `products/${product.parentId}/variations`;
  return {
    id: product.id,
    type: 'variation',
    ...dates(site, product),
    description: product.description,
    permalink: permalink(site, product),
    sku: product.sku,
    global_unique_id: product.gtin,
    ...prices(site, product),
    on_sale: isOnSale(site, product),
    status: product.status,
    purchasable: priceText(site, product) !== '',
    virtual: product.virtual,
    downloadable: product.downloadable,
    downloads: [],
    download_limit: -1,
    download_expiry: -1,
    tax_status: product.taxStatus,
    tax_class: context === 'edit' ? product.taxClass : taxClassOf(site, product),
    ...stockView(site, product),
    stock_status: stockStatus(site, product),
    weight: product.weight,
    dimensions: { ...product.dimensions },
    shipping_class: '',
    shipping_class_id: 0,
    image: product.images[0] ? imageView(site, product.images[0]) : null,
    attributes: chosenView(site, product),
    menu_order: product.menuOrder,
    meta_data: metaView(product.meta),
    name: optionsOf(product),
    parent_id: product.parentId,
    _links: links(site, `${path}/${product.id}`, path, { up: [{ href: url(site, `products/${product.parentId}`) }] }),
  };
}

/** What the shop shows of a product's stock; a variable product shows what its variations have. */
export function stockStatus(site: Site, product: WooProduct): string {
  if (product.type !== 'variable' || product.manageStock) return (stockKeeper(site, product) ?? product).stockStatus;
  const statuses = (site.store.variationsOf.get(product.id) ?? []).flatMap(
    (id) => site.store.products.get(id)?.stockStatus ?? [],
  );
  if (statuses.includes('instock')) return 'instock';
  return statuses.includes('onbackorder') ? 'onbackorder' : 'outofstock';
}

function stockView(site: Site, product: WooProduct): View {
  const keeper = stockKeeper(site, product);
  const allowed = (keeper ?? product).backorders !== 'no';
  return {
    manage_stock: keeper === undefined || keeper === product ? product.manageStock : 'parent',
    stock_quantity: keeper?.stock ?? null,
    backorders: (keeper ?? product).backorders,
    backorders_allowed: allowed,
    backordered: (keeper ?? product).stockStatus === 'onbackorder',
    low_stock_amount: product.lowStockAmount,
  };
}

function prices(site: Site, product: WooProduct): View {
  return {
    price: priceText(site, product),
    regular_price: product.regularPrice,
    sale_price: product.salePrice,
    ...pair('date_on_sale_from', product.saleFrom, site.zone),
    ...pair('date_on_sale_to', product.saleUntil, site.zone),
  };
}

function dates(site: Site, product: WooProduct): View {
  return {
    ...pair('date_created', product.createdAt, site.zone),
    ...pair('date_modified', product.modifiedAt, site.zone),
  };
}

function attributesView(site: Site, product: WooProduct): readonly View[] {
  return product.attributes.map(({ id, name, visible, variation, options }) => ({
    id,
    name,
    slug: site.store.attributes.get(id)?.slug ?? name,
    position: 0,
    visible,
    variation,
    options,
  }));
}

function chosenView(site: Site, product: WooProduct): readonly View[] {
  return product.chosen.map(({ id, name, option }) => ({
    id,
    name,
    slug: site.store.attributes.get(id)?.slug ?? name.toLowerCase(),
    option,
  }));
}

function termsView(site: Site, ids: readonly number[]): readonly View[] {
  return ids.flatMap((id) => {
    const term = site.store.terms.get(id);
    return term ? [{ id, name: term.name, slug: term.slug }] : [];
  });
}

function imageView(site: Site, { id, src, name, alt, createdAt }: WooImage): View {
  return {
    id,
    ...pair('date_created', createdAt, site.zone),
    ...pair('date_modified', createdAt, site.zone),
    src,
    name,
    alt,
  };
}

function permalink(site: Site, product: WooProduct): string {
  const parent = product.type === 'variation' ? site.store.products.get(product.parentId) : undefined;
  if (!parent) return `${site.home}/product/${product.slug}/`;
  const choices = product.chosen.map((one) => choiceMeta(site, one));
  const query = choices.map(({ key, value }) => `attribute_${key}=${value}`).join('&');
  return `${site.home}/product/${parent.slug}/?${query}`;
}
