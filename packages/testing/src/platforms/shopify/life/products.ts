import { gid, idIn } from '../gid.ts';
import { toMinor } from '../money.ts';
import type { ProductRecord, VariantRecord } from '../records.ts';
import type { MadeProduct, ProductInput } from '../state.ts';
import { refused, type Shop } from './shop.ts';
import { locationFor, shift, stocked } from './stock.ts';

/** Puts a product on sale. A SKU stands once: the fake finds variants by it. */
export function addProduct(shop: Shop, input: ProductInput): MadeProduct {
  const { store, tell } = shop;
  const now = store.second();
  const product: ProductRecord = {
    id: store.nextId(),
    title: input.title,
    handle:
      input.handle ??
      input.title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
    vendor: input.vendor ?? store.shop,
    status: input.status ?? 'ACTIVE',
    tags: input.tags ?? [],
    createdAt: now,
    updatedAt: now,
  };
  store.products.set(product.id, product);
  const variants = input.variants.map((each, index): VariantRecord => {
    const variant: VariantRecord = {
      id: store.nextId(),
      productId: product.id,
      itemId: store.nextId(),
      title: each.title ?? (input.variants.length === 1 ? 'Default Title' : (each.sku ?? String(index + 1))),
      sku: each.sku,
      barcode: each.barcode,
      price: toMinor(each.price, store.currency),
      compareAtPrice: each.compareAtPrice === undefined ? undefined : toMinor(each.compareAtPrice, store.currency),
      cost: undefined,
      taxable: true,
      position: index + 1,
      tracked: each.tracked ?? true,
      inventoryPolicy: each.inventoryPolicy ?? 'DENY',
      requiresShipping: each.requiresShipping ?? true,
      grams: each.grams ?? 0,
      createdAt: now,
      updatedAt: now,
    };
    store.variants.set(variant.id, variant);
    store.byItem.set(variant.itemId, variant);
    if (variant.sku !== undefined && !store.bySku.has(variant.sku)) store.bySku.set(variant.sku, variant);
    return variant;
  });
  tell([{ topic: 'products/create', product }]);
  for (const [index, variant] of variants.entries()) stockUp(shop, variant, input.variants[index]?.stock ?? 0);
  return {
    id: gid('Product', product.id),
    variants: variants.map(({ id, sku, itemId }) => ({
      id: gid('ProductVariant', id),
      sku,
      inventoryItemId: gid('InventoryItem', itemId),
    })),
  };
}

/** The variant of a SKU. Throws when there is none. */
export function variantOf({ store }: Shop, sku: string): VariantRecord {
  const variant = store.bySku.get(sku);
  if (!variant) throw refused(`SKU "${sku}" was not found: no variant has it. Add a product with it first.`);
  return variant;
}

/** Counts an item anew. */
export function setAvailable(shop: Shop, variant: VariantRecord, locationId: bigint, available: number): void {
  if (!Number.isInteger(available)) {
    throw refused(
      `SKU "${variant.sku ?? ''}" was not counted: "${available}" is no whole number. Give how many may be sold.`,
    );
  }
  const level = stocked(shop, variant.itemId, locationId);
  shift(shop, [{ level, by: { available: available - level.quantities.available } }]);
}

function stockUp(shop: Shop, variant: VariantRecord, stock: number | Readonly<Record<string, number>>): void {
  const { store } = shop;
  if (typeof stock === 'number') {
    const first = store.locations.values().next().value ?? locationFor(store, undefined, 0);
    setAvailable(shop, variant, first.id, stock);
    return;
  }
  for (const [locationId, available] of Object.entries(stock)) {
    const id = idIn(locationId, 'Location');
    if (id === undefined || !store.locations.has(id)) {
      throw refused(
        `SKU "${variant.sku ?? ''}" was not stocked at "${locationId}": there is no such location. Take an id that addLocation answered.`,
      );
    }
    setAvailable(shop, variant, id, available);
  }
}
