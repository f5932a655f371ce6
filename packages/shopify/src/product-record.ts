import { CommerceError, money, type Product, type Ref, type Variant } from '@crossdock/core';
import { gramsOf } from './product-weight.ts';
import { productStatus } from './product-statuses.ts';
import type { WireCollectionName, WireProductHead, WireProductVariant } from './wire/product.ts';

/** A product with all of its lists. */
export interface WholeProduct {
  readonly head: WireProductHead;
  readonly variants: readonly WireProductVariant[];
  readonly collections: readonly WireCollectionName[];
}

/** What a product's record alone does not say. */
export interface ProductReading {
  readonly system: string;
  readonly operation: string;
  readonly currency: string;
}

/**
 * A product in canonical words. A category is one of its collections, by its title. One that no SKU names raises
 * `sku.missing`; single variants without one are left out: nothing of ours could speak of them.
 */
export function toProduct({ head, variants, collections }: WholeProduct, reading: ProductReading): Product {
  const ref: Ref<'product'> = { system: reading.system, kind: 'product', id: head.id };
  const named = variants.filter(({ sku }) => skuIn(sku) !== undefined);
  if (named.length === 0) throw nameless(ref, variants.length, reading);
  return {
    ref,
    title: head.title,
    ...(head.descriptionHtml !== '' && { description: head.descriptionHtml }),
    status: productStatus.decode(head.status, ref),
    ...(head.vendor !== '' && { vendor: head.vendor }),
    categories: collections.map(({ title }) => title),
    variants: named.map((variant) => toVariant(variant, reading)),
    updatedAt: head.updatedAt,
  };
}

/** A SKU that names something: Shopify keeps blank ones too. */
export function skuIn(sku: string | null): string | undefined {
  return sku === null || sku.trim() === '' ? undefined : sku;
}

/** The options that tell a variant from its siblings: Shopify keeps a placeholder where there are none. */
export function optionsOf({ selectedOptions }: Pick<WireProductVariant, 'selectedOptions'>): Variant['options'] {
  const [only, other] = selectedOptions;
  const isPlaceholder = other === undefined && only?.name === 'Title' && only.value === 'Default Title';
  return isPlaceholder ? [] : selectedOptions;
}

function toVariant(wire: WireProductVariant, { system, currency }: ProductReading): Variant {
  const sku = skuIn(wire.sku) ?? '';
  const { weight } = wire.inventoryItem.measurement;
  const grams = weight === null ? 0 : gramsOf(weight, wire.id);
  const options = optionsOf(wire);
  return {
    ref: { system, kind: 'variant', id: wire.id },
    sku,
    ...(wire.barcode !== null && wire.barcode !== '' && { barcode: wire.barcode }),
    ...(options.length > 0 && { title: wire.title }),
    options,
    price: {
      sku,
      amount: money(wire.price, currency),
      ...(wire.compareAtPrice !== null && { compareAt: money(wire.compareAtPrice, currency) }),
    },
    stocked: wire.inventoryItem.tracked,
    tracking: 'none',
    // Shopify keeps no weight as zero.
    ...(grams > 0 && { weightGrams: grams }),
  };
}

function nameless(ref: Ref<'product'>, variants: number, { system, operation }: ProductReading): CommerceError {
  return new CommerceError({
    code: 'sku.missing',
    system,
    operation,
    refs: [ref],
    message: `Product "${ref.id}" was not taken over from "${system}": none of its ${variants} variants has a SKU. Give it one in Shopify; it comes again when it was changed.`,
  });
}
