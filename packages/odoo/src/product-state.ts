import type { WriteOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import { kitsOf, type Kits } from './kits.ts';
import { inLanguage } from './language.ts';
import {
  attributeValueRow,
  pushedTemplateRow,
  pushedTemplateRow17,
  variantRow,
  variantRow17,
  type AttributeValueWire,
  type PushedTemplateWire,
  type VariantWire,
} from './wire/product.ts';

/** A product as it stands, with all of its variants. */
export interface ProductState {
  readonly template: PushedTemplateWire;
  readonly variants: readonly VariantWire[];
  readonly values: ReadonlyMap<number, AttributeValueWire>;
  readonly kits: Kits;
}

/** Every variant with one of these SKUs, archived ones too, by SKU. */
export async function variantsBySku(
  connection: Connection,
  skus: readonly string[],
  options: WriteOptions,
): Promise<ReadonlyMap<string, readonly VariantWire[]>> {
  const { client } = connection;
  const found = new Map<string, VariantWire[]>();
  if (skus.length === 0) return found;
  const query = { domain: [['default_code', 'in', [...new Set(skus)]] as const], order: 'id' };
  const archived = inLanguage(connection, options, { active_test: false });
  const row = (await client.version(options)) >= 18 ? variantRow : variantRow17;
  for (const variant of await client.searchRead('product.product', row, query, archived)) {
    const sku = variant.default_code ?? '';
    found.set(sku, [...(found.get(sku) ?? []), variant]);
  }
  return found;
}

/** The variant that a SKU means: the only active one, else the only archived one. More than one is nobody's to choose. */
export function meant<T extends { readonly active: boolean }>(variants: readonly T[]): T | 'several' | undefined {
  const active = variants.filter((variant) => variant.active);
  const [first, second] = active.length > 0 ? active : variants;
  return second === undefined ? first : 'several';
}

/** The products of these templates as they stand, in a number of calls that does not grow with them. */
export async function statesOf(
  connection: Connection,
  templateIds: readonly number[],
  withKits: boolean,
  options: WriteOptions,
): Promise<ReadonlyMap<number, ProductState>> {
  const { client } = connection;
  const states = new Map<number, ProductState>();
  if (templateIds.length === 0) return states;
  const modern = (await client.version(options)) >= 18;
  const archived = inLanguage(connection, options, { active_test: false });
  const query = { domain: [['product_tmpl_id', 'in', templateIds] as const], order: 'id' };
  const [templates, variants, kits] = await Promise.all([
    client.read('product.template', templateIds, modern ? pushedTemplateRow : pushedTemplateRow17, archived),
    client.searchRead('product.product', modern ? variantRow : variantRow17, query, archived),
    kitsOf(connection, withKits ? templateIds : [], options),
  ]);
  const valueIds = [...new Set(variants.flatMap((variant) => variant.product_template_attribute_value_ids))];
  const found = await client.read('product.template.attribute.value', valueIds, attributeValueRow, archived);
  const values = new Map(found.map((value) => [value.id, value]));
  for (const template of templates) {
    const own = variants.filter((variant) => variant.product_tmpl_id.id === template.id);
    states.set(template.id, { template, variants: own, values, kits });
  }
  return states;
}

/** The options of a variant in words. */
export function optionsOf(
  variant: VariantWire,
  values: ReadonlyMap<number, AttributeValueWire>,
): readonly { readonly name: string; readonly value: string }[] {
  return variant.product_template_attribute_value_ids.flatMap((id) => {
    const value = values.get(id);
    return value ? [{ name: value.attribute_id.name, value: value.name }] : [];
  });
}
