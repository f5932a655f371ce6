import {
  CommerceError,
  isCommerceError,
  type PageProblem,
  type Product,
  type ReadOptions,
  type Variant,
} from '@crossdock/core';
import { priceOf } from './amounts.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { kitsOf, type Kits } from './kits.ts';
import { inLanguage } from './language.ts';
import { misfit, ownProblem } from './unreadable.ts';
import {
  attributeValueRow,
  templateRow,
  variantRow,
  variantRow17,
  type AttributeValueWire,
  type TemplateWire,
  type VariantWire,
} from './wire/product.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { toMoment } from './wire/value.ts';

/** What a product's record alone does not say. */
interface Surroundings {
  readonly values: ReadonlyMap<number, AttributeValueWire>;
  readonly kits: Kits;
}

/** The products of these templates, and what of them cannot be read. Those that are gone are left out. */
export async function readProducts(
  connection: Connection,
  ids: readonly number[],
  operation: string,
  options?: ReadOptions,
): Promise<{ readonly items: readonly Product[]; readonly problems: PageProblem[] }> {
  const { client } = connection;
  const items: Product[] = [];
  const problems: PageProblem[] = [];
  if (ids.length === 0) return { items, problems };
  const archived = inLanguage(connection, options, { active_test: false });
  const row = (await client.version(options)) >= 18 ? variantRow : variantRow17;
  const query = { domain: [['product_tmpl_id', 'in', ids] as const], order: 'id' };
  const [templates, variants] = await Promise.all([
    client.read('product.template', ids, rowByRow(templateRow), archived),
    client.searchRead('product.product', rowByRow(row), query, archived),
  ]);
  const known = readable(variants);
  const valueIds = [...new Set(known.flatMap((variant) => variant.product_template_attribute_value_ids))];
  const valueModel = 'product.template.attribute.value';
  const [found, kits] = await Promise.all([
    client.read(valueModel, valueIds, rowByRow(attributeValueRow), archived),
    kitsOf(connection, ids, options),
  ]);
  const values = new Map(readable(found).map((value) => [value.id, value]));
  for (const bad of unreadable(templates)) {
    problems.push(ownProblem(connection, 'product', { model: 'product.template', operation, bad }));
  }
  for (const template of readable(templates)) {
    const own = known.filter((variant) => variant.product_tmpl_id.id === template.id);
    const ref = refTo(connection, 'product', template.id);
    // A product of which a part is missing would look as if the part had been taken off.
    const badVariant = unreadable(variants).find((bad) => bad.linkOf('product_tmpl_id') === template.id);
    const valuesUsed = new Set<unknown>(own.flatMap((variant) => variant.product_template_attribute_value_ids));
    const badValue = unreadable(found).find(({ stamp }) => valuesUsed.has(stamp.id));
    const version = template.write_date;
    try {
      if (badVariant) throw misfit(connection, { model: 'product.product', operation, bad: badVariant, ref });
      if (badValue) throw misfit(connection, { model: valueModel, operation, bad: badValue, ref });
      items.push(toProduct(connection, template, own, { values, kits }));
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      problems.push({ ref, error, version });
    }
  }
  const templateIds = new Set<unknown>(ids);
  for (const bad of unreadable(variants)) {
    if (templateIds.has(bad.linkOf('product_tmpl_id'))) continue;
    problems.push(ownProblem(connection, 'variant', { model: 'product.product', operation, bad }));
  }
  return { items, problems };
}

/** A product in canonical words. One that no SKU names raises `sku.missing`; single variants without one are left out. */
function toProduct(
  connection: Connection,
  template: TemplateWire,
  variants: readonly VariantWire[],
  around: Surroundings,
): Product {
  const named = variants.filter(({ default_code }) => default_code !== null);
  const current = named.some(({ active }) => active) ? named.filter(({ active }) => active) : named;
  if (current.length === 0) {
    throw new CommerceError({
      code: 'sku.missing',
      message: `Product "${template.id}" was not taken over from "${connection.settings.name}": none of its ${variants.length} variants has an internal reference. Give it one in Odoo; it comes again when it was changed.`,
      system: connection.settings.name,
      refs: [refTo(connection, 'product', template.id)],
    });
  }
  const dates = [template.write_date, ...variants.map(({ write_date }) => write_date)].toSorted();
  return {
    ref: refTo(connection, 'product', template.id),
    title: template.name,
    ...(template.description_sale ? { description: template.description_sale } : {}),
    status: template.active ? (template.sale_ok ? 'active' : 'draft') : 'archived',
    // The name that Odoo shows for a category is its whole path. Recorded on Odoo 19.0, 2026-11-26.
    categories: template.categ_id === null ? [] : [template.categ_id.name],
    variants: current.map((variant) => toVariant(connection, variant, template, around)),
    updatedAt: toMoment(dates.at(-1) ?? template.write_date),
  };
}

function toVariant(
  connection: Connection,
  variant: VariantWire,
  template: TemplateWire,
  { values, kits }: Surroundings,
): Variant {
  const sku = variant.default_code ?? '';
  const options = variant.product_template_attribute_value_ids.flatMap((id) => {
    const value = values.get(id);
    return value ? [{ name: value.attribute_id.name, value: value.name }] : [];
  });
  const grams = gramsOf(variant);
  const components = kits.componentsOf(variant, values);
  return {
    ref: refTo(connection, 'variant', variant.id),
    sku,
    ...(variant.barcode ? { barcode: variant.barcode } : {}),
    options,
    price: { sku, amount: priceOf(variant.lst_price, template.currency_id.name) },
    stocked: variant.is_storable,
    tracking: trackingOf(connection, variant),
    unit: variant.uom_id.name,
    ...(components === undefined ? {} : { components }),
    ...(grams === undefined ? {} : { weightGrams: grams }),
  };
}

function trackingOf({ settings }: Connection, { id, tracking: word }: VariantWire): Variant['tracking'] {
  if (word === 'none' || word === 'lot' || word === 'serial') return word;
  throw refused(settings, 'status.unmapped', 'product.product/read', {
    message: `Product variant "${id}" was not taken over from "${settings.name}": "${word}" as odoo product.product.tracking has no counterpart. Decide what it means.`,
  });
}

/** Odoo keeps no weight as zero, and weighs in kilograms or, by a setting, in pounds. */
function gramsOf({ weight, weight_uom_name }: VariantWire): number | undefined {
  if (weight <= 0) return undefined;
  const gramsEach = gramsIn(weight_uom_name);
  return gramsEach === undefined ? undefined : Math.round(weight * gramsEach * 1000) / 1000;
}

/** How many grams one of Odoo's two units of weight is. */
export function gramsIn(unit: string | null): number | undefined {
  return unit === 'kg' ? 1000 : unit === 'lb' ? 453.592_37 : undefined;
}
