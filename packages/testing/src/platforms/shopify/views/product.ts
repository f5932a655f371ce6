import type { GraphQLResolveInfo } from 'graphql';
import { gid } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { isSold, levelsOf } from '../life/stock.ts';
import { variantsOf } from '../life/variants.ts';
import { moneyOf } from '../money.ts';
import { page, type PageArgs } from '../paging.ts';
import { collectionFields } from '../queries/catalogue-search.ts';
import { collectionSort, variantSort } from '../queries/catalogue-sort.ts';
import { filtered, type Query } from '../queries/filtered.ts';
import type { MediaRecord, OptionRecord, ProductRecord, VariantRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { categoryView } from './collection.ts';
import { metafieldsView } from './metafields.ts';
import { required, type View, type Views } from './views.ts';

/** Something the shop sells. */
export function productView(views: Views, record: ProductRecord): View {
  const { store } = views;
  const id = gid('Product', record.id);
  const variants = () => variantsOf(store, record.id);
  return {
    __typename: 'Product',
    id,
    legacyResourceId: String(record.id),
    title: record.title,
    handle: record.handle,
    vendor: record.vendor,
    productType: record.productType,
    descriptionHtml: record.descriptionHtml,
    description: ({ truncateAt }: { truncateAt?: number | null }) => cut(plainOf(record.descriptionHtml), truncateAt),
    status: record.status,
    tags: record.tags,
    templateSuffix: record.templateSuffix ?? null,
    seo: { title: record.seo.title ?? null, description: record.seo.description ?? null },
    category: record.category === undefined ? null : categoryView(record.category),
    isGiftCard: record.giftCard,
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    publishedAt: record.publishedAt === undefined ? null : isoOf(record.publishedAt),
    hasOnlyDefaultVariant: () => variants().length === 1 && variants()[0]?.title === 'Default Title',
    hasOutOfStockVariants: () => variants().some((each) => each.tracked && availableOf(views, each) <= 0),
    hasVariantsThatRequiresComponents: false,
    tracksInventory: () => variants().some(({ tracked }) => tracked),
    totalInventory: () => variants().reduce((total, variant) => total + availableOf(views, variant), 0),
    variantsCount: () => ({ count: variants().length, precision: 'EXACT' }),
    variants: (args: PageArgs & { sortKey?: string }) =>
      page(variants(), args, {
        id: (each) => each.id,
        sort: variantSort(views.store, args.sortKey),
        view: views.variant,
      }),
    options: ({ first }: { first?: number | null }) =>
      record.options
        .slice(0, first ?? record.options.length)
        .map((option, at) => optionView(views, record, option, at)),
    media: (args: PageArgs) => page(record.media, args, { id: (each) => each.id, view: mediaView }),
    mediaCount: () => ({ count: record.media.length, precision: 'EXACT' }),
    collections: (args: PageArgs & Query & { sortKey?: string }, context: Context, info: GraphQLResolveInfo) =>
      page(
        filtered(
          record.collections.flatMap((each) => store.collections.get(each) ?? []),
          args,
          collectionFields,
          ({ title }) => [title],
          context,
          info,
        ),
        args,
        { id: (each) => each.id, sort: collectionSort(args.sortKey), view: views.collection },
      ),
    ...metafieldsView(views, id),
  };
}

/** One size or colour of a product. */
export function variantView(views: Views, record: VariantRecord): View {
  const product = required(views.store.products.get(record.productId), `product ${record.productId}`);
  const { currency } = views.store;
  const available = () => availableOf(views, record);
  const id = gid('ProductVariant', record.id);
  return {
    __typename: 'ProductVariant',
    id,
    legacyResourceId: String(record.id),
    title: record.title,
    displayName: `${product.title} - ${record.title}`,
    sku: record.sku ?? null,
    barcode: record.barcode ?? null,
    price: moneyOf(record.price, currency),
    compareAtPrice: record.compareAtPrice === undefined ? null : moneyOf(record.compareAtPrice, currency),
    taxable: record.taxable,
    position: record.position,
    requiresComponents: false,
    inventoryPolicy: record.inventoryPolicy,
    inventoryQuantity: available,
    sellableOnlineQuantity: available,
    availableForSale: () => isSold(record, 1, available()),
    selectedOptions: () =>
      product.options.flatMap((option) => {
        const value = option.values.find((each) => record.choice.includes(each.id));
        return value ? [{ name: option.name, value: value.name, optionValue: valueView(views, product, value) }] : [];
      }),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    product: () => views.product(product),
    inventoryItem: () => views.item(record),
    ...metafieldsView(views, id),
  };
}

function optionView(views: Views, product: ProductRecord, option: OptionRecord, at: number): View {
  const inUse = new Set(variantsOf(views.store, product.id).flatMap(({ choice }) => choice));
  return {
    __typename: 'ProductOption',
    id: gid('ProductOption', option.id),
    name: option.name,
    position: at + 1,
    optionValues: option.values.map((value) => valueView(views, product, value)),
    // The older list names only what a variant has. Schema of API 2026-10, read 2026-11-26.
    values: option.values.filter(({ id }) => inUse.has(id)).map(({ name }) => name),
  };
}

function valueView({ store }: Views, product: ProductRecord, { id, name }: OptionRecord['values'][number]): View {
  return {
    __typename: 'ProductOptionValue',
    id: gid('ProductOptionValue', id),
    name,
    hasVariants: () => variantsOf(store, product.id).some(({ choice }) => choice.includes(id)),
  };
}

function mediaView({ id, url, alt, createdAt }: MediaRecord): View {
  return {
    __typename: 'MediaImage',
    id: gid('MediaImage', id),
    alt: alt ?? null,
    mediaContentType: 'IMAGE',
    mimeType: 'image/jpeg',
    status: 'READY',
    fileStatus: 'READY',
    image: { __typename: 'Image', id: gid('ImageSource', id), url, altText: alt ?? null, width: 1024, height: 1024 },
    createdAt: isoOf(createdAt),
    updatedAt: isoOf(createdAt),
  };
}

function availableOf({ store }: Views, { itemId }: VariantRecord): number {
  return levelsOf(store, itemId).reduce((total, { quantities }) => total + quantities.available, 0);
}

function plainOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function cut(text: string, length: number | null | undefined): string {
  return length == null || text.length <= length ? text : `${text.slice(0, Math.max(0, length - 3))}...`;
}
