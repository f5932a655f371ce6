import type { WriteOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import { kitsOf } from './kits.ts';
import { attributeValueRow, kitVariantRow } from './wire/product.ts';

/**
 * What one of a kit consists of by Odoo's bill of material, by SKU; `undefined` where it is no kit. A kit inside it is taken
 * apart too, unless its SKU is among those that are `whole`.
 */
export async function billOf(
  connection: Connection,
  productId: number,
  whole: ReadonlySet<string>,
  options: WriteOptions,
  depth = 0,
): Promise<ReadonlyMap<string, number> | undefined> {
  const { client } = connection;
  const archived = { ...options, context: { active_test: false } };
  const [variant] = await client.read('product.product', [productId], kitVariantRow, archived);
  if (!variant || depth > deepest) return undefined;
  const ids = variant.product_template_attribute_value_ids;
  const values = await client.read('product.template.attribute.value', ids, attributeValueRow, archived);
  const kits = await kitsOf(connection, [variant.product_tmpl_id.id], options);
  const components = kits.componentsOf(variant, new Map(values.map((value) => [value.id, value])));
  if (components === undefined) return undefined;
  const bill = new Map<string, number>();
  const add = (sku: string, quantity: number) =>
    bill.set(sku, Number(((bill.get(sku) ?? 0) + quantity).toPrecision(12)));
  for (const { sku, quantity } of components) {
    if (quantity === 0) continue;
    const inner = whole.has(sku) ? undefined : await innerBill(connection, sku, whole, options, depth);
    if (inner === undefined) add(sku, quantity);
    else for (const [part, each] of inner) add(part, each * quantity);
  }
  return bill;
}

/** Deeper than any bill that people write: Odoo refuses a bill that needs itself. */
const deepest = 8;

async function innerBill(
  connection: Connection,
  sku: string,
  whole: ReadonlySet<string>,
  options: WriteOptions,
  depth: number,
) {
  const archived = { ...options, context: { active_test: false } };
  const query = { domain: [['default_code', '=', sku] as const], limit: 2 };
  const found = await connection.client.searchRead('product.product', kitVariantRow, query, archived);
  const [only] = found;
  return only && found.length === 1 ? billOf(connection, only.id, whole, options, depth + 1) : undefined;
}
