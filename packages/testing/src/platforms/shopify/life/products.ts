import { gid, idIn } from '../gid.ts';
import { toMinor } from '../money.ts';
import type { OptionRecord, ProductRecord, VariantRecord } from '../records.ts';
import type { MadeProduct, ProductInput } from '../state-catalogue.ts';
import { setMetafield, textOf } from './metafields.ts';
import { makeProduct } from './make-product.ts';
import { refused, type Shop } from './shop.ts';
import { locationFor, shift, stocked } from './stock.ts';
import { addVariant } from './variants.ts';

type VariantInput = ProductInput['variants'][number];

/** Puts a product on sale. A SKU stands for the first variant that has it: the fake finds variants by it. */
export function addProduct(shop: Shop, input: ProductInput): MadeProduct {
  const { store, tell } = shop;
  const product = makeProduct(shop, {
    title: input.title,
    handle: input.handle,
    vendor: input.vendor,
    productType: input.productType,
    descriptionHtml: input.descriptionHtml,
    status: input.status,
    tags: input.tags,
    category: input.category,
    giftCard: input.giftCard,
    collections: (input.collections ?? []).map((id) => collectionOf(shop, id)),
    media: (input.images ?? []).map((url) => ({
      id: store.nextId(),
      url,
      alt: undefined,
      createdAt: store.second(),
    })),
  });
  const choices = input.variants.map((each, index) => choiceOf(input, each, index));
  product.options = optionsOf(shop, input, choices);
  const variants = input.variants.map((each, index): VariantRecord => {
    const choice = choices[index] ?? [];
    const { currency } = store;
    const variant = addVariant(shop, product, {
      choice: product.options.flatMap(({ values }, at) => values.find(({ name }) => name === choice[at])?.id ?? []),
      sku: each.sku,
      barcode: each.barcode,
      price: toMinor(each.price, currency),
      compareAtPrice: each.compareAtPrice === undefined ? undefined : toMinor(each.compareAtPrice, currency),
      cost: each.cost === undefined ? undefined : toMinor(each.cost, currency),
      taxable: each.taxable ?? true,
      tracked: each.tracked ?? true,
      inventoryPolicy: each.inventoryPolicy ?? 'DENY',
      requiresShipping: each.requiresShipping ?? true,
      weight: { unit: 'GRAMS', value: each.grams ?? 0 },
    });
    for (const field of each.metafields ?? []) setMetafield(shop, gid('ProductVariant', variant.id), textOf(field));
    return variant;
  });
  for (const field of input.metafields ?? []) setMetafield(shop, gid('Product', product.id), textOf(field));
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

/** The product of a global id. Throws when there is none. */
export function productOf({ store }: Shop, id: string): ProductRecord {
  const number = idIn(id, 'Product');
  const product = number === undefined ? undefined : store.products.get(number);
  if (!product) {
    throw refused(
      `Nothing was done to product "${id}": the shop has no such product. Take an id that addProduct answered.`,
    );
  }
  return product;
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

/** What a variant is chosen by: what was said, or its one title. */
function choiceOf(input: ProductInput, variant: VariantInput, index: number): readonly string[] {
  if (variant.options) return variant.options;
  return [variant.title ?? (input.variants.length === 1 ? 'Default Title' : (variant.sku ?? String(index + 1)))];
}

function optionsOf(
  { store }: Shop,
  { options = ['Title'] }: ProductInput,
  choices: readonly (readonly string[])[],
): readonly OptionRecord[] {
  return options.map((name, at) => ({
    id: store.nextId(),
    name,
    values: [...new Set(choices.flatMap((choice) => choice[at] ?? []))].map((value) => ({
      id: store.nextId(),
      name: value,
    })),
  }));
}

function collectionOf({ store }: Shop, id: string): bigint {
  const number = idIn(id, 'Collection');
  if (number === undefined || !store.collections.has(number)) {
    throw refused(`There is no collection "${id}". Take an id that addCollection answered.`);
  }
  return number;
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
