import {
  CommerceError,
  isCommerceError,
  type Page,
  type PageProblem,
  type Product,
  type ReadOptions,
  type Since,
  type Variant,
} from '@crossdock/core';
import * as z from 'zod';
import { priceOf } from './amounts.ts';
import { changesSince, type Source } from './changes.ts';
import { refTo, type Connection } from './connection.ts';
import { cursorOf, markOf, positionOf, reading, startOf, type Marks } from './cursor.ts';
import {
  attributeValueRow,
  templateRow,
  variantRow,
  variantRow17,
  type TemplateWire,
  type VariantWire,
} from './wire/product.ts';
import { misfit, ownProblem } from './unreadable.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { many2one, recordId, rowOf, toMoment, utcDatetime } from './wire/value.ts';

/** Products changed per page. */
export const productsPerPage = 100;

type Touched = { readonly id: number; readonly write_date: string; readonly templateId: number };
type AttributeValue = z.output<(typeof attributeValueRow)['schema']>;

/** Products: templates with their variants. Archived ones come too, with that status. */
export function productsPort(connection: Connection) {
  return {
    /** A change of a variant alone does not touch its template, so both are watched. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Product>> {
      const { client, settings } = connection;
      const position = positionOf(since, Object.keys(sources), connection);
      // A first reading finds every product by its template, so variants are watched from now on.
      let marks = position?.marks ?? (await newestMark(connection, 'variant', options));
      for (const name of ['template', 'variant'] as const) {
        const source = sources[name];
        const start = startOf(marks, name, settings.overlapSeconds);
        const passed = reading(marks, name, connection);
        for await (const page of changesSince(client, source, start, productsPerPage, options)) {
          const { rows, unreadable: bad } = page;
          marks = passed(page.newest, page.finished);
          const ids = [...new Set(rows.map(({ templateId }) => templateId))];
          const { items, problems } = await readProducts(connection, ids, options);
          const about = { model: source.model, operation };
          for (const one of bad) problems.push(ownProblem(connection, kindOf[name], { ...about, bad: one }));
          yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
        }
      }
    },
  };
}

const operation = 'products.pull';
const kindOf = { template: 'product', variant: 'variant' } as const;

const touchedTemplate = z.object({ id: recordId, write_date: utcDatetime });
const touchedVariant = z.object({ id: recordId, write_date: utcDatetime, product_tmpl_id: many2one });
const sources: Readonly<Record<'template' | 'variant', Source<Touched>>> = {
  template: {
    model: 'product.template',
    domain: [],
    row: { fields: ['write_date'], schema: touchedTemplate.transform((row) => ({ ...row, templateId: row.id })) },
  },
  variant: {
    model: 'product.product',
    domain: [],
    row: {
      fields: rowOf(touchedVariant).fields,
      schema: touchedVariant.transform((row) => ({ ...row, templateId: row.product_tmpl_id.id })),
    },
  },
};

async function newestMark(connection: Connection, name: 'variant', options?: ReadOptions): Promise<Marks> {
  const { client } = connection;
  const { model, row } = sources[name];
  const query = { domain: [], order: 'write_date desc, id desc', limit: 1 };
  const [newest] = await client.searchRead(model, rowByRow(row), query, {
    ...options,
    context: { active_test: false },
  });
  const writtenAt = newest?.stamp.writtenAt;
  return writtenAt === undefined ? {} : { [name]: markOf(writtenAt, connection) };
}

async function readProducts(connection: Connection, ids: readonly number[], options?: ReadOptions) {
  const { client } = connection;
  const archived = { ...options, context: { active_test: false } };
  const storable = (await client.version(options)) >= 18;
  const domain = [['product_tmpl_id', 'in', ids] as const];
  const query = { domain, order: 'id' };
  const [templates, variants] = await Promise.all([
    client.read('product.template', ids, rowByRow(templateRow), archived),
    ids.length === 0
      ? []
      : client.searchRead('product.product', rowByRow(storable ? variantRow : variantRow17), query, archived),
  ]);
  const known = readable(variants);
  const valueIds = [...new Set(known.flatMap((variant) => variant.product_template_attribute_value_ids))];
  const valueModel = 'product.template.attribute.value';
  const found = await client.read(valueModel, valueIds, rowByRow(attributeValueRow), archived);
  const values = new Map(readable(found).map((value) => [value.id, value]));
  const items: Product[] = [];
  const problems: PageProblem[] = [];
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
      items.push(toProduct(connection, template, own, values));
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
  values: ReadonlyMap<number, AttributeValue>,
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
    categories: template.categ_id === null ? [] : [template.categ_id.name],
    variants: current.map((variant) => toVariant(connection, variant, template, values)),
    updatedAt: toMoment(dates.at(-1) ?? template.write_date),
  };
}

function toVariant(
  connection: Connection,
  variant: VariantWire,
  template: TemplateWire,
  values: ReadonlyMap<number, AttributeValue>,
): Variant {
  const sku = variant.default_code ?? '';
  const options = variant.product_template_attribute_value_ids.flatMap((id) => {
    const value = values.get(id);
    return value ? [{ name: value.attribute_id.name, value: value.name }] : [];
  });
  const grams = gramsOf(variant);
  return {
    ref: refTo(connection, 'variant', variant.id),
    sku,
    ...(variant.barcode ? { barcode: variant.barcode } : {}),
    options,
    price: { sku, amount: priceOf(variant.lst_price, template.currency_id.name) },
    stocked: variant.is_storable,
    tracking: trackingOf(variant.tracking),
    ...(grams === undefined ? {} : { weightGrams: grams }),
  };
}

function trackingOf(word: string): Variant['tracking'] {
  if (word === 'none' || word === 'lot' || word === 'serial') return word;
  throw new CommerceError({
    code: 'status.unmapped',
    message: `The product was not taken over: "${word}" as odoo product.product.tracking has no counterpart. Decide what it means.`,
  });
}

/** Odoo keeps no weight as zero, and weighs in kilograms or, by a setting, in pounds. */
function gramsOf({ weight, weight_uom_name }: VariantWire): number | undefined {
  if (weight <= 0) return undefined;
  const gramsEach = weight_uom_name === 'kg' ? 1000 : weight_uom_name === 'lb' ? 453.592_37 : undefined;
  return gramsEach === undefined ? undefined : Math.round(weight * gramsEach * 1000) / 1000;
}
