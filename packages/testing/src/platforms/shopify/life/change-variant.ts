import type { VariantRecord } from '../records.ts';
import { touch, type Shop } from './shop.ts';

/** What of a variant is changed. What is left out stays. */
export type VariantChange = Partial<
  Pick<
    VariantRecord,
    | 'price'
    | 'compareAtPrice'
    | 'barcode'
    | 'taxable'
    | 'inventoryPolicy'
    | 'cost'
    | 'sku'
    | 'tracked'
    | 'requiresShipping'
  >
>;

/** Changes a variant, and answers whether anything is other than before. */
export function changeVariant(shop: Shop, variant: VariantRecord, change: VariantChange): boolean {
  const before = JSON.stringify(valuesOf(variant));
  const { sku } = variant;
  Object.assign(variant, change);
  if (JSON.stringify(valuesOf(variant)) === before) return false;
  if (variant.sku !== sku) rename(shop, variant, sku);
  touch(shop, variant);
  return true;
}

function valuesOf(variant: VariantRecord): readonly string[] {
  return Object.values(variant).map(String);
}

/** A SKU stands for the first variant that has it. */
function rename({ store }: Shop, variant: VariantRecord, before: string | undefined): void {
  if (before !== undefined && store.bySku.get(before) === variant) {
    const other = [...store.variants.values()].find(({ sku }) => sku === before);
    if (other) store.bySku.set(before, other);
    else store.bySku.delete(before);
  }
  if (variant.sku !== undefined && !store.bySku.has(variant.sku)) store.bySku.set(variant.sku, variant);
}
