import type { ProductDraft, WriteOptions } from '@crossdock/core';
import { attributesOf, type Attributes } from './product-attributes.ts';
import { loadAll, type LoadWish, type Loaded } from './bulk-load.ts';
import type { Connection } from './connection.ts';
import type { Market } from './product-market.ts';
import { weightOf } from './product-plan.ts';

/** How the external id of a draft's product is made: by the SKU that comes first in the alphabet, however they are ordered. */
export function externalIdOf({ externalIds }: Connection, { variants }: ProductDraft): string {
  return externalIds.of('product', variants.map(({ sku }) => sku).toSorted()[0] ?? '');
}

/**
 * Makes the products of these drafts with as few calls as they have kinds of columns. One that was made meanwhile, by
 * whomever under the same external id, is left alone and given; the plan of its draft then says what differs.
 */
export async function makeProducts(
  connection: Connection,
  drafts: readonly ProductDraft[],
  market: Market,
  options: WriteOptions,
): Promise<Loaded> {
  const choices = drafts.flatMap(({ variants }) => variants.flatMap((variant) => variant.options));
  const attributes = choices.length === 0 ? undefined : await attributesOf(connection, choices, options);
  const wishes = drafts.map((draft) => wishOf(connection, draft, market, attributes));
  return loadAll(connection, 'product.template', wishes, options);
}

function wishOf(
  connection: Connection,
  draft: ProductDraft,
  market: Market,
  attributes: Attributes | undefined,
): LoadWish {
  const externalId = externalIdOf(connection, draft);
  const [first, ...others] = draft.variants;
  const columns: (readonly [string, string])[] = [
    ['id', externalId],
    ['name', draft.title],
    ['sale_ok', draft.status === 'active' ? '1' : '0'],
  ];
  const [path] = draft.categories;
  const category = path === undefined ? undefined : market.categories.get(path)?.[0];
  const unit = first?.unit === undefined ? undefined : market.units.get(first.unit)?.[0];
  if (draft.description) columns.push(['description_sale', draft.description]);
  if (category !== undefined) columns.push(['categ_id/.id', String(category)]);
  if (unit !== undefined) columns.push(['uom_id/.id', String(unit)]);
  if (unit !== undefined && market.purchaseUnit) columns.push(['uom_po_id/.id', String(unit)]);
  if (first?.price !== undefined) columns.push(['list_price', first.price.amount.amount]);
  columns.push(...kindOf(first?.stocked === true, market.release));
  if (first?.stocked && first.tracking !== 'none') columns.push(['tracking', first.tracking]);
  if (first && others.length === 0 && first.options.length === 0) {
    // What belongs to the variant goes through the template as long as it is the only one.
    columns.push(['default_code', first.sku]);
    if (first.barcode !== undefined) columns.push(['barcode', first.barcode]);
    const weight = weightOf(first, market);
    if (weight !== undefined) columns.push(['weight', String(weight)]);
  }
  const lines = attributeLines(connection, draft, attributes);
  const fields = [...columns.map(([field]) => field), ...(lines.length === 0 ? [] : lineFields)];
  const head = columns.map(([, text]) => text);
  const blank = columns.map(() => '');
  const rows = lines.length === 0 ? [head] : lines.map((line, index) => [...(index === 0 ? head : blank), ...line]);
  return { externalId, table: { fields, rows } };
}

const lineFields = ['attribute_line_ids/id', 'attribute_line_ids/attribute_id/.id', 'attribute_line_ids/value_ids/.id'];

function attributeLines(
  { externalIds }: Connection,
  { variants }: ProductDraft,
  attributes: Attributes | undefined,
): readonly (readonly string[])[] {
  const sku = variants.map((variant) => variant.sku).toSorted()[0] ?? '';
  return (variants[0]?.options ?? []).map(({ name }) => {
    const attribute = attributes?.idOf(name) ?? 0;
    const values = new Set(
      variants.flatMap(({ options }) =>
        options.flatMap((option) => (option.name === name ? (attributes?.valueOf(attribute, option.value) ?? []) : [])),
      ),
    );
    const externalId = externalIds.of('product-attribute', `${attribute}:${sku}`);
    return [externalId, String(attribute), [...values].join(',')];
  });
}

function kindOf(stocked: boolean, release: number): readonly (readonly [string, string])[] {
  if (release < 18) return [['detailed_type', stocked ? 'product' : 'service']];
  return stocked
    ? [
        ['type', 'consu'],
        ['is_storable', '1'],
      ]
    : [['type', 'service']];
}
