import { gid } from './gid.ts';
import { metafieldsOf } from './life/metafields.ts';
import { variantsOf } from './life/variants.ts';
import { moneyOf } from './money.ts';
import type { ProductRecord, VariantRecord } from './records.ts';
import type { ShopProduct, ShopVariant } from './state-catalogue.ts';
import { isoOf, type Store } from './store.ts';

/** A product as `state` shows it: a copy, so that nobody changes the shop by it. */
export function shownProduct(store: Store, record: ProductRecord): ShopProduct {
  const { title, handle, descriptionHtml, vendor, productType, status, category, giftCard } = record;
  const id = gid('Product', record.id);
  return {
    id,
    title,
    handle,
    descriptionHtml,
    vendor,
    productType,
    status,
    tags: [...record.tags],
    category,
    giftCard,
    options: record.options.map(({ name, values }) => ({ name, values: values.map((value) => value.name) })),
    collections: record.collections.map((each) => gid('Collection', each)),
    images: record.media.map(({ url }) => url),
    metafields: metafieldsOf(store, id).map(({ namespace, key, type, value }) => ({ namespace, key, type, value })),
    variants: variantsOf(store, record.id).map((variant) => shownVariant(store, variant)),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
  };
}

/** A variant as `state` shows it. */
export function shownVariant(store: Store, record: VariantRecord): ShopVariant {
  const { currency } = store;
  const options = store.products.get(record.productId)?.options ?? [];
  return {
    id: gid('ProductVariant', record.id),
    productId: gid('Product', record.productId),
    inventoryItemId: gid('InventoryItem', record.itemId),
    title: record.title,
    sku: record.sku,
    barcode: record.barcode,
    price: moneyOf(record.price, currency),
    compareAtPrice: record.compareAtPrice === undefined ? undefined : moneyOf(record.compareAtPrice, currency),
    cost: record.cost === undefined ? undefined : moneyOf(record.cost, currency),
    tracked: record.tracked,
    inventoryPolicy: record.inventoryPolicy,
    options: Object.fromEntries(
      options.flatMap(({ name, values }) =>
        values.flatMap((value) => (record.choice.includes(value.id) ? [[name, value.name]] : [])),
      ),
    ),
    grams: record.grams,
    updatedAt: isoOf(record.updatedAt),
  };
}
