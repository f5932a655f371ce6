import { isCommerceError, type ItemRefusals, type ProductDraft, type WriteOptions } from '@crossdock/core';
import { loadAll } from './bulk-load.ts';
import { refTo, type Connection } from './connection.ts';
import { inLanguage } from './language.ts';
import { attributeValues, keyOf } from './product-attributes.ts';
import { combinationOf, skuOf } from './product-draft.ts';
import { optionsOf, type ProductState } from './product-state.ts';
import { attributeLineRow, combinationRow, templateValueRow } from './wire/product.ts';
import { command } from './wire/value.ts';

type VariantDraft = ProductDraft['variants'][number];

/**
 * Adds variants to a product that is there: their values to its attributes, and the variants that Odoo did not make of
 * itself. Refuses where Odoo would remake the others, which happens when a product gets another attribute.
 */
export async function addVariants(
  connection: Connection,
  draft: ProductDraft,
  missing: readonly VariantDraft[],
  state: ProductState,
  refusals: ItemRefusals,
  options: WriteOptions,
): Promise<void> {
  const { client, externalIds } = connection;
  const template = state.template.id;
  demandFree(connection, draft, missing, state, refusals);
  const own = { domain: [['product_tmpl_id', '=', template] as const], order: 'id' };
  const inWords = inLanguage(connection, options);
  const lines = await client.searchRead('product.template.attribute.line', attributeLineRow, own, inWords);
  const names = lines.map(({ attribute_id }) => attribute_id.name).toSorted();
  for (const { sku, options: choices } of missing) {
    const wanted = choices.map(({ name }) => name).toSorted();
    if (wanted.length > 0 && JSON.stringify(wanted) === JSON.stringify(names)) continue;
    throw refusals.of(
      'record.rejected',
      skuOf(draft),
      `"${sku}" has the options ${listed(wanted)}, and the product there the attributes ${listed(names)}`,
      'Odoo would make the other variants anew. Give the product its attributes in Odoo, or make another product of it; then replay.',
    );
  }
  const choiceOf = ({ options: choices }: VariantDraft, name: string) =>
    choices.find((option) => option.name === name)?.value ?? '';
  const pairs = lines.flatMap(({ attribute_id: { id, name } }) =>
    missing.map((variant) => [id, choiceOf(variant, name)] as const),
  );
  const values = await attributeValues(connection, pairs, options);
  const offered = new Set<number>();
  for (const line of lines) {
    const { id, name } = line.attribute_id;
    const wanted = missing.flatMap((variant) => values.get(keyOf(id, choiceOf(variant, name))) ?? []);
    const added = [...new Set(wanted)].filter((value) => !line.value_ids.includes(value));
    for (const value of [...line.value_ids, ...added]) offered.add(value);
    if (added.length === 0) continue;
    const commands = { value_ids: added.map((value) => command.link(value)) };
    await client.write('product.template.attribute.line', [line.id], commands, { ...options, repeatable: true });
  }
  const found = await client.searchRead('product.template.attribute.value', templateValueRow, own, inWords);
  const there = await madeByOdoo(connection, template, options);
  const wishes = missing.flatMap((variant) => {
    const ids = variant.options.flatMap(
      ({ name, value }) =>
        found.find(
          (one) =>
            offered.has(one.product_attribute_value_id.id) && one.attribute_id.name === name && one.name === value,
        )?.id ?? [],
    );
    // Attributes that make their variants at once have made it just now: it only lacks its SKU.
    if (there.has(textOf(ids))) return [];
    const externalId = externalIds.of('variant', variant.sku);
    const columns = [
      ['id', externalId],
      ['product_tmpl_id/.id', String(template)],
      ['product_template_attribute_value_ids/.id', ids.join(',')],
      ['default_code', variant.sku],
      ...(variant.barcode === undefined ? [] : [['barcode', variant.barcode]]),
    ] as const;
    return [
      {
        externalId,
        table: { fields: columns.map(([field = '']) => field), rows: [columns.map(([, text = '']) => text)] },
      },
    ];
  });
  for (const outcome of (await loadAll(connection, 'product.product', wishes, options)).values()) {
    if (isCommerceError(outcome)) throw outcome;
  }
}

/** Odoo lets a product have one variant of the same options: where that has another SKU, nobody knows which is right. */
function demandFree(
  connection: Connection,
  draft: ProductDraft,
  missing: readonly VariantDraft[],
  { template, variants, values }: ProductState,
  refusals: ItemRefusals,
): void {
  for (const { sku, options: choices } of missing) {
    const taken = variants.find(
      (variant) => variant.active && combinationOf(optionsOf(variant, values)) === combinationOf(choices),
    );
    if (!taken) continue;
    const { system, id } = refTo(connection, 'product', template.id);
    throw refusals.of(
      'link.conflict',
      skuOf(draft),
      `the variant that "${sku}" would be has the SKU "${taken.default_code}" on product "${id}" of "${system}"`,
      'Correct the SKU on one side, then replay.',
    );
  }
}

async function madeByOdoo(
  { client }: Connection,
  template: number,
  options: WriteOptions,
): Promise<ReadonlySet<string>> {
  const query = { domain: [['product_tmpl_id', '=', template] as const], order: 'id' };
  const archived = { ...options, context: { active_test: false } };
  const variants = await client.searchRead('product.product', combinationRow, query, archived);
  return new Set(variants.map(({ product_template_attribute_value_ids: ids }) => textOf(ids)));
}

function textOf(ids: readonly number[]): string {
  return ids.toSorted((one, other) => one - other).join();
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}
