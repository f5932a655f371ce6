import type { VariantRecord } from '../records.ts';
import { touch, type Shop } from './shop.ts';
import { freeSku, gramsOf } from './variants.ts';

/** What of a variant is changed. What is left out stays. */
export type VariantChange = Partial<
  Omit<VariantRecord, 'id' | 'productId' | 'itemId' | 'grams' | 'createdAt' | 'updatedAt'>
>;

/** Changes a variant, and answers whether anything is other than before. */
export function changeVariant(shop: Shop, variant: VariantRecord, change: VariantChange): boolean {
  const { store } = shop;
  const before = valuesOf(variant);
  const { sku } = variant;
  Object.assign(variant, change);
  if (change.weight) variant.grams = gramsOf(change.weight);
  if (valuesOf(variant) === before) return false;
  if (variant.sku !== sku) {
    freeSku(store, variant, sku);
    if (variant.sku !== undefined && !store.bySku.has(variant.sku)) store.bySku.set(variant.sku, variant);
  }
  touch(shop, variant);
  return true;
}

function valuesOf(variant: VariantRecord): string {
  return JSON.stringify(variant, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : (value ?? null),
  );
}
