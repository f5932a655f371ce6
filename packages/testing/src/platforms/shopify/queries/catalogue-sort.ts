import { levelsOf } from '../life/stock.ts';
import { variantsOf } from '../life/variants.ts';
import type { Sort } from '../paging.ts';
import type { CollectionRecord, ProductRecord, VariantRecord } from '../records.ts';
import type { Store } from '../store.ts';

/** What products are sorted by; undefined is by id. */
export function productSort(store: Store, key: string | undefined): Sort<ProductRecord> | undefined {
  switch (key) {
    case 'UPDATED_AT':
      return { kind: 'time', value: ({ updatedAt }) => updatedAt };
    case 'CREATED_AT':
      return { kind: 'time', value: ({ createdAt }) => createdAt };
    case 'PUBLISHED_AT':
      return { kind: 'time', value: ({ publishedAt }) => publishedAt ?? 0 };
    case 'TITLE':
      return { kind: 'text', value: ({ title }) => title };
    case 'VENDOR':
      return { kind: 'text', value: ({ vendor }) => vendor };
    case 'PRODUCT_TYPE':
      return { kind: 'text', value: ({ productType }) => productType };
    case 'INVENTORY_TOTAL':
      return {
        kind: 'number',
        value: ({ id }) =>
          variantsOf(store, id).reduce((total, variant) => total + BigInt(availableOf(store, variant)), 0n),
      };
    case undefined:
    default:
      return undefined;
  }
}

/** What variants are sorted by; undefined is by id. */
export function variantSort(store: Store, key: string | undefined): Sort<VariantRecord> | undefined {
  const productTitle = ({ productId }: VariantRecord) => store.products.get(productId)?.title ?? '';
  switch (key) {
    case 'POSITION':
      return { kind: 'number', value: ({ position }) => BigInt(position) };
    case 'SKU':
      return { kind: 'text', value: ({ sku }) => sku ?? '' };
    case 'TITLE':
    case 'NAME':
      return { kind: 'text', value: ({ title }) => title };
    case 'FULL_TITLE':
      return { kind: 'text', value: (variant) => `${productTitle(variant)} - ${variant.title}` };
    case 'INVENTORY_QUANTITY':
    case 'INVENTORY_LEVELS_AVAILABLE':
      return { kind: 'number', value: (variant) => BigInt(availableOf(store, variant)) };
    case 'INVENTORY_POLICY':
      return { kind: 'text', value: ({ inventoryPolicy }) => inventoryPolicy };
    case 'INVENTORY_MANAGEMENT':
      return { kind: 'text', value: ({ tracked }) => String(tracked) };
    case undefined:
    default:
      return undefined;
  }
}

/** What collections are sorted by; undefined is by id. */
export function collectionSort(key: string | undefined): Sort<CollectionRecord> | undefined {
  if (key === 'UPDATED_AT') return { kind: 'time', value: ({ updatedAt }) => updatedAt };
  return key === 'TITLE' ? { kind: 'text', value: ({ title }) => title } : undefined;
}

function availableOf(store: Store, { itemId }: VariantRecord): number {
  return levelsOf(store, itemId).reduce((total, { quantities }) => total + quantities.available, 0);
}
