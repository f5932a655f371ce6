import { isCommerceError, type KitComponent, type ReadOptions } from '@crossdock/core';
import { refTo, refused, type Connection } from './connection.ts';
import { unitsOf } from './units.ts';
import { bomLineRow, bomRow, componentRow, type BomLineWire, type BomWire, type ComponentWire } from './wire/kit.ts';
import type { AttributeValueWire, VariantWire } from './wire/product.ts';

/** What kits consist of. */
export interface Kits {
  /** The components of a variant, for one of it; `undefined` where it is no kit. */
  componentsOf(
    variant: Pick<VariantWire, 'id' | 'product_tmpl_id' | 'product_template_attribute_value_ids' | 'uom_id'>,
    values: ReadonlyMap<number, AttributeValueWire>,
  ): readonly KitComponent[] | undefined;
}

const noKits: Kits = { componentsOf: () => undefined };

/**
 * The kits among these templates. Without Odoo's module `mrp` there are none; where the user may not read bills of
 * material nobody can say, and no product is one.
 */
export async function kitsOf(
  connection: Connection,
  templateIds: readonly number[],
  options?: ReadOptions,
): Promise<Kits> {
  const { client } = connection;
  // This field comes with `mrp`. Source of Odoo 19.0, read 2026-11-26.
  if (!Object.hasOwn(await client.fieldsGet('product.template', options), 'bom_ids')) return noKits;
  const boms = await phantomBoms(connection, templateIds, options);
  if (boms.length === 0) return noKits;
  const query = { domain: [['bom_id', 'in', boms.map(({ id }) => id)] as const], order: 'id' };
  const lines = await client.searchRead('mrp.bom.line', bomLineRow, query, options);
  const productIds = [...new Set(lines.map(({ product_id }) => product_id.id))];
  const archived = { ...options, context: { active_test: false } };
  const products = await client.read('product.product', productIds, componentRow, archived);
  const components = new Map<number, ComponentWire>(products.map((product) => [product.id, product]));
  const unitOf = ({ product_id }: BomLineWire) => components.get(product_id.id)?.uom_id.id ?? 0;
  const owners = new Map<number, number>();
  const own = { domain: [['product_tmpl_id', 'in', templateIds] as const], order: 'id' };
  for (const { id, uom_id } of await client.searchRead('product.product', componentRow, own, archived)) {
    owners.set(id, uom_id.id);
  }
  const bases = [...new Set(owners.values())];
  const units = await unitsOf(
    connection,
    [
      ...lines.flatMap((line) => (unitOf(line) === 0 ? [] : [[line.product_uom_id.id, unitOf(line)] as const])),
      ...boms.flatMap(({ product_uom_id }) => bases.map((base) => [product_uom_id.id, base] as const)),
    ],
    options,
  );

  return {
    componentsOf(variant, values) {
      const bom = boms.find((one) => isOf(one, variant));
      if (!bom) return undefined;
      const many = units.sizeOf(bom.product_uom_id.id, variant.uom_id.id);
      const wanted = lines.filter((line) => line.bom_id.id === bom.id && isMeant(line, variant, values));
      const counts = new Map<string, number>();
      for (const line of wanted) {
        const product = components.get(line.product_id.id);
        const each = product && units.sizeOf(line.product_uom_id.id, product.uom_id.id);
        if (!product?.default_code || each === undefined || many === undefined) {
          throw unclear(connection, variant.id, line, product, many === undefined || each === undefined);
        }
        const count = (line.product_qty * each) / (bom.product_qty * many);
        counts.set(product.default_code, (counts.get(product.default_code) ?? 0) + count);
      }
      const kit = [...counts].map(([sku, count]) => ({ sku, quantity: Number(count.toPrecision(12)) }));
      return kit.length === 0 ? undefined : kit;
    },
  };
}

/** In the order in which Odoo chooses: the first that fits a variant is its own. Source of Odoo 17.0 to 19.0, read 2026-11-26. */
async function phantomBoms(
  { client }: Connection,
  templateIds: readonly number[],
  options?: ReadOptions,
): Promise<readonly BomWire[]> {
  const domain = [['type', '=', 'phantom'] as const, ['product_tmpl_id', 'in', templateIds] as const];
  try {
    return await client.searchRead('mrp.bom', bomRow, { domain, order: 'sequence, product_id, id' }, options);
  } catch (error) {
    if (isCommerceError(error, 'access.denied')) return [];
    throw error;
  }
}

function isOf(bom: BomWire, variant: Pick<VariantWire, 'id' | 'product_tmpl_id'>): boolean {
  if (bom.product_id !== null) return bom.product_id.id === variant.id;
  return bom.product_tmpl_id.id === variant.product_tmpl_id.id;
}

/** A line may be for some variants only: for each attribute that it names, the variant has one of the named values. */
function isMeant(
  { bom_product_template_attribute_value_ids: named }: BomLineWire,
  { product_template_attribute_value_ids: own }: Pick<VariantWire, 'product_template_attribute_value_ids'>,
  values: ReadonlyMap<number, AttributeValueWire>,
): boolean {
  const attributeOf = (id: number) => values.get(id)?.attribute_id.id;
  const attributes = new Set(named.map(attributeOf));
  return [...attributes].every((attribute) => named.some((id) => attributeOf(id) === attribute && own.includes(id)));
}

function unclear(
  connection: Connection,
  variantId: number,
  line: BomLineWire,
  product: ComponentWire | undefined,
  isUnit: boolean,
) {
  const { settings } = connection;
  const what = isUnit && product ? 'a unit of it cannot be converted' : 'a component of it has no internal reference';
  return refused(settings, isUnit && product ? 'record.invalid' : 'sku.missing', 'mrp.bom/read', {
    message: `The kit "${variantId}" was not taken over from "${settings.name}": ${what}, "product.product" "${line.product_id.id}". Correct it in Odoo, then replay.`,
    refs: [refTo(connection, 'variant', variantId)],
  });
}
