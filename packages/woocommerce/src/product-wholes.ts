import type { ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { allOf } from './product-get.ts';
import { groupsOf } from './product-lookup.ts';
import type { WholeProduct } from './product-record.ts';
import { unreadable } from './product-rows.ts';
import { variationRows } from './variation-rows.ts';
import { catalogueFields, catalogueSchema, toEdit, type WireCatalogue } from './wire/catalogue.ts';

interface WholeCall {
  readonly system: string;
  readonly operation: string;
  readonly options: ReadOptions;
}

/** What the shop has of some SKUs: the records that have them, and the products that those belong to. */
export interface FoundProducts {
  readonly bySku: ReadonlyMap<string, readonly WireCatalogue[]>;
  readonly wholes: ReadonlyMap<number, WholeProduct>;
}

/** Looks up products by SKUs, each with all of its variations. Throws `record.invalid` for one that cannot be read. */
export async function productsOf(
  client: WooClient,
  skus: readonly string[],
  { system, ...call }: WholeCall,
): Promise<FoundProducts> {
  const parse = (row: unknown): WireCatalogue => {
    const { data } = catalogueSchema.safeParse(row);
    if (data) return data;
    throw unreadable(row, system, call.operation);
  };
  const wanted = new Set(skus);
  const lists = await Promise.all(groupsOf([...wanted]).map((sku) => allOf(client, { ...toEdit, sku }, call)));
  // A page may show a row of the one before.
  const rows = new Map(
    lists
      .flat()
      .map((row) => parse(row))
      .map((row) => [row.id, row]),
  );
  const found = [...rows.values()].filter(({ sku }) => wanted.has(sku));
  const heads = new Map(found.filter(({ type }) => type !== 'variation').map((row) => [row.id, row]));
  const absent = [...new Set(found.flatMap(({ type, parent_id: id }) => (type === 'variation' ? [id] : [])))].filter(
    (id) => !heads.has(id),
  );
  for (let at = 0; at < absent.length; at += 100) {
    const include = absent.slice(at, at + 100).join(',');
    for (const row of await allOf(client, { ...toEdit, include }, call)) {
      const head = parse(row);
      heads.set(head.id, head);
    }
  }
  const wholes = await Promise.all(
    [...heads.values()].map(async (head): Promise<WholeProduct> => {
      if (head.type !== 'variable') return { head, variations: [] };
      const variations = await variationRows(client, head.id, {
        ...call,
        fields: catalogueFields,
        context: toEdit.context,
      });
      return { head, variations: variations.map((row) => parse(row)) };
    }),
  );
  return {
    bySku: Map.groupBy(found, ({ sku }) => sku),
    wholes: new Map(wholes.map((whole) => [whole.head.id, whole])),
  };
}
