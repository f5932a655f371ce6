import { isCommerceError, type ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Source } from './changes.ts';
import type { Connection } from './connection.ts';
import { idRow } from './wire/stock.ts';
import { many2one, optionalMany2one, recordId, rowOf, utcDatetime, type Row } from './wire/value.ts';

/** What changed: a product, or whatever is a variant of a template. */
export interface StockTouch {
  readonly id: number;
  readonly write_date: string;
  readonly product: number | undefined;
  readonly template: number | undefined;
}
export type StockSources = Readonly<Record<string, Source<StockTouch>>>;

const stamp = { id: recordId, write_date: utcDatetime };
const ofProduct = z.object({ ...stamp, product_id: many2one });
const productTouch: Row<StockTouch> = {
  fields: rowOf(ofProduct).fields,
  schema: ofProduct.transform(({ product_id, ...row }) => ({ ...row, product: product_id.id, template: undefined })),
};
const itself = z.object(stamp);
const selfTouch: Row<StockTouch> = {
  fields: rowOf(itself).fields,
  schema: itself.transform((row) => ({ ...row, product: row.id, template: undefined })),
};
const ofTemplate = z.object({ ...stamp, product_tmpl_id: many2one, product_id: optionalMany2one });
const templateTouch: Row<StockTouch> = {
  fields: rowOf(ofTemplate).fields,
  schema: ofTemplate.transform(({ product_tmpl_id, product_id, ...row }) => ({
    ...row,
    product: product_id?.id,
    template: product_id === null ? product_tmpl_id.id : undefined,
  })),
};

/**
 * What tells that a stock figure may have changed: goods that moved, reservations, quantities corrected without a move,
 * and products that got a SKU, left the archive or became counted. A quant alone is not enough, because Odoo deletes it
 * some time after it reached zero; a product alone is not, because stock does not touch it. Recorded, 2026-11-23.
 */
const always: StockSources = {
  moved: { model: 'stock.move.line', domain: [['state', '=', 'done']], row: productTouch },
  reserved: { model: 'stock.move', domain: [], row: productTouch },
  corrected: { model: 'stock.quant', domain: [], row: productTouch },
  product: { model: 'product.product', domain: [], row: selfTouch },
};
/** What a kit consists of is what it has. */
const withKits: StockSources = {
  ...always,
  kit: { model: 'mrp.bom', domain: [['type', '=', 'phantom']], row: templateTouch },
  component: { model: 'mrp.bom.line', domain: [['bom_id.type', '=', 'phantom']], row: productTouch },
};

/** The sources of this Odoo: kits come with its module `mrp`, and are watched where the user may read them. */
export async function stockSources({ client }: Connection, options?: ReadOptions): Promise<StockSources> {
  if (!Object.hasOwn(await client.fieldsGet('product.template', options), 'bom_ids')) return always;
  try {
    await client.searchRead('mrp.bom', idRow, { domain: [], order: 'id', limit: 1 }, options);
    return withKits;
  } catch (error) {
    if (isCommerceError(error, 'access.denied')) return always;
    throw error;
  }
}

/** How a kit changed that is made of what did: by its components, however deep they are. */
const deepest = 20;
const componentRow = rowOf(z.object({ id: recordId, bom_id: many2one }));
const ownerRow = rowOf(z.object({ id: recordId, product_tmpl_id: many2one, product_id: optionalMany2one }));

/** The products of these touches, and the kits that they are part of. */
export async function touchedProducts(
  connection: Connection,
  rows: readonly StockTouch[],
  sources: StockSources,
  options?: ReadOptions,
): Promise<readonly number[]> {
  const templates = [...new Set(rows.flatMap(({ template }) => template ?? []))];
  const found = new Set(rows.flatMap(({ product }) => product ?? []));
  for (const id of await variantsOf(connection, templates, options)) found.add(id);
  if (!Object.hasOwn(sources, 'kit')) return [...found];
  let wave: readonly number[] = [...found];
  for (let depth = 0; wave.length > 0 && depth < deepest; depth++) {
    const kits = await kitsWith(connection, wave, options);
    wave = kits.filter((id) => !found.has(id));
    for (const id of wave) found.add(id);
  }
  return [...found];
}

async function kitsWith(
  connection: Connection,
  productIds: readonly number[],
  options?: ReadOptions,
): Promise<readonly number[]> {
  const { client } = connection;
  const domain = [['product_id', 'in', productIds] as const, ['bom_id.type', '=', 'phantom'] as const];
  const lines = await client.searchRead('mrp.bom.line', componentRow, { domain, order: 'id' }, options);
  const boms = await client.read('mrp.bom', [...new Set(lines.map(({ bom_id }) => bom_id.id))], ownerRow, options);
  const own = boms.flatMap(({ product_id }) => product_id?.id ?? []);
  const shared = boms.flatMap((bom) => (bom.product_id === null ? [bom.product_tmpl_id.id] : []));
  return [...own, ...(await variantsOf(connection, shared, options))];
}

async function variantsOf(
  { client }: Connection,
  templates: readonly number[],
  options?: ReadOptions,
): Promise<readonly number[]> {
  if (templates.length === 0) return [];
  const query = { domain: [['product_tmpl_id', 'in', [...new Set(templates)]] as const], order: 'id' };
  return (await client.searchRead('product.product', idRow, query, options)).map(({ id }) => id);
}
