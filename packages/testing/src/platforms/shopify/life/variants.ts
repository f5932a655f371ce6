import type { ProductRecord, VariantRecord, Weight } from '../records.ts';
import { gid } from '../gid.ts';
import { levelKey, type Store } from '../store.ts';
import { isSearchable } from './searchable.ts';
import type { Shop } from './shop.ts';

/** What a variant is made of. What is left out has the platform's own value. */
export type VariantDraft = Pick<VariantRecord, 'choice' | 'price'> &
  Partial<Omit<VariantRecord, 'id' | 'productId' | 'itemId' | 'title' | 'grams' | 'createdAt' | 'updatedAt'>>;

/** The variants of a product, in their order. */
export function variantsOf(store: Store, productId: bigint): readonly VariantRecord[] {
  return store.ofProduct.get(productId) ?? [];
}

/** Those of them that the search finds. */
export function foundVariants(store: Store): readonly VariantRecord[] {
  return [...store.variants.values()].filter(isSearchable(store));
}

/** Adds a variant behind the others of its product. */
export function addVariant({ store }: Shop, product: ProductRecord, draft: VariantDraft): VariantRecord {
  const now = store.second();
  const siblings = store.ofProduct.get(product.id) ?? [];
  const weight = draft.weight ?? { unit: 'KILOGRAMS', value: 0 };
  const variant: VariantRecord = {
    sku: undefined,
    barcode: undefined,
    compareAtPrice: undefined,
    cost: undefined,
    taxable: true,
    tracked: false,
    inventoryPolicy: 'DENY',
    requiresShipping: true,
    countryCodeOfOrigin: undefined,
    provinceCodeOfOrigin: undefined,
    harmonizedSystemCode: undefined,
    ...draft,
    weight,
    grams: gramsOf(weight),
    id: store.nextId(),
    productId: product.id,
    itemId: store.nextId(),
    title: titleOf(product, draft.choice),
    position: siblings.length + 1,
    createdAt: now,
    updatedAt: now,
  };
  siblings.push(variant);
  store.ofProduct.set(product.id, siblings);
  store.variants.set(variant.id, variant);
  store.byItem.set(variant.itemId, variant);
  if (variant.sku !== undefined && !store.bySku.has(variant.sku)) store.bySku.set(variant.sku, variant);
  return variant;
}

/** Takes a variant away with its item and its stock. Orders keep what they said of it. */
export function dropVariant({ store }: Shop, variant: VariantRecord): void {
  store.variants.delete(variant.id);
  store.byItem.delete(variant.itemId);
  store.metafields.delete(gid('ProductVariant', variant.id));
  for (const locationId of store.locations.keys()) store.levels.delete(levelKey(variant.itemId, locationId));
  const left = variantsOf(store, variant.productId).filter((each) => each !== variant);
  order(store, variant.productId, left);
  freeSku(store, variant, variant.sku);
}

/** Puts the variants of a product in this order. */
export function order(store: Store, productId: bigint, variants: readonly VariantRecord[]): void {
  for (const [index, variant] of variants.entries()) variant.position = index + 1;
  store.ofProduct.set(productId, [...variants]);
}

/** A SKU stands for the first variant that has it. */
export function freeSku(store: Store, variant: VariantRecord, sku: string | undefined): void {
  if (sku === undefined || store.bySku.get(sku) !== variant) return;
  const other = [...store.variants.values()].find((each) => each !== variant && each.sku === sku);
  if (other) store.bySku.set(sku, other);
  else store.bySku.delete(sku);
}

/** The names of a variant's choices, with slashes between. */
export function titleOf({ options }: ProductRecord, choice: readonly bigint[]): string {
  return options.flatMap(({ values }) => values.find(({ id }) => choice.includes(id))?.name ?? []).join(' / ');
}

const gramsIn = { GRAMS: 1, KILOGRAMS: 1000, OUNCES: 28.349_523_125, POUNDS: 453.592_37 };

/** A weight in whole grams. */
export function gramsOf({ unit, value }: Weight): number {
  return Math.round(value * gramsIn[unit]);
}
