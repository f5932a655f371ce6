import { CommerceError, type Product, type Ref, type Variant } from '@crossdock/core';
import { pathOf, pathText, type CategoryTree } from './category-tree.ts';
import { plainText } from './plain-text.ts';
import { toPrice } from './price-record.ts';
import { productStatus } from './product-statuses.ts';
import { gramsOf } from './weights.ts';
import type { WeightUnit, WireCatalogue } from './wire/catalogue.ts';
import { rowHeadSchema } from './wire/rows.ts';

/** A product with its variations, each of them a record. */
export interface WholeProduct {
  readonly head: WireCatalogue;
  readonly variations: readonly WireCatalogue[];
}

/** What a product's record alone does not say. */
export interface ProductReading {
  readonly system: string;
  readonly operation: string;
  readonly currency: string;
  readonly weightUnit: WeightUnit;
  readonly tree: CategoryTree;
  readonly now: number;
}

/**
 * A product in canonical words. One that no SKU names raises `sku.missing`; single variations without one are left out:
 * nothing of ours could speak of them.
 */
export function toProduct({ head, variations }: WholeProduct, reading: ProductReading): Product {
  const ref = productRef(reading.system, head.id);
  const sold = head.type === 'variable' ? variations : [head];
  const named = sold.filter(({ sku }) => sku.trim() !== '');
  if (named.length === 0) throw nameless(ref, sold.length, reading);
  const vendor = plainText(head.brands[0]?.name ?? '').trim();
  return {
    ref,
    title: plainText(head.name),
    ...(head.description !== '' && { description: head.description }),
    status: productStatus.decode(head.status, ref),
    ...(vendor !== '' && { vendor }),
    categories: categoriesOf(head, reading.tree),
    variants: named.map((wire) => toVariant(wire, head, reading)),
    updatedAt: head.date_modified_gmt ?? epoch,
  };
}

const epoch = '1970-01-01T00:00:00Z';

function productRef(system: string, id: number): Ref<'product'> {
  return { system, kind: 'product', id: String(id) };
}

/** The number of a row that may not be readable otherwise. */
export function productRefOf(system: string, row: unknown): Ref<'product'> | undefined {
  const head = rowHeadSchema.safeParse(row).data;
  return head && productRef(system, head.id);
}

/** The choices that tell a variation from its siblings. What it leaves open ("any size") is none. */
export function optionsOf({ attributes }: Pick<WireCatalogue, 'attributes'>): Variant['options'] {
  return attributes.flatMap(({ name, option }) =>
    option === '' ? [] : [{ name: plainText(name), value: plainText(option) }],
  );
}

/** Every product is in one: what nobody sorted is in the category that WooCommerce calls "uncategorized". */
function categoriesOf({ categories }: WireCatalogue, tree: CategoryTree): readonly string[] {
  return categories.flatMap(({ id, name, slug }) => {
    if (slug === 'uncategorized') return [];
    const path = pathOf(tree, id);
    return [path.length === 0 ? plainText(name) : pathText(path)];
  });
}

function toVariant(
  wire: WireCatalogue,
  head: WireCatalogue,
  { system, currency, weightUnit, now }: ProductReading,
): Variant {
  const isVariation = wire.id !== head.id;
  const price = toPrice(wire, currency, now);
  // A variation without a weight weighs what its product does.
  const weightGrams = gramsOf(wire.weight, weightUnit) ?? gramsOf(head.weight, weightUnit);
  const options = isVariation ? optionsOf(wire) : [];
  return {
    ref: { system, kind: 'variant', id: String(wire.id) },
    sku: wire.sku,
    ...(wire.global_unique_id !== '' && { barcode: wire.global_unique_id }),
    ...(options.length > 0 && { title: options.map(({ value }) => value).join(', ') }),
    options,
    ...(price && { price }),
    stocked: wire.virtual !== true,
    tracking: 'none',
    ...(weightGrams !== undefined && { weightGrams }),
  };
}

function nameless(ref: Ref<'product'>, variants: number, { system, operation }: ProductReading): CommerceError {
  const seen = variants === 1 ? 'it has no SKU' : `none of its ${variants} variations has a SKU`;
  return new CommerceError({
    code: 'sku.missing',
    system,
    operation,
    refs: [ref],
    message: `Product "${ref.id}" was not taken over from "${system}": ${seen}. Give it one in WooCommerce; it comes again when it was changed.`,
  });
}
