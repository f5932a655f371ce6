import type { ReadOptions, StockUpdate } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { goesOn } from './list-pages.ts';
import { productsBySku } from './product-lookup.ts';
import { secondOf } from './sweep-cursor.ts';
import { gmtSchema } from './wire/moment.ts';
import type { WireProduct } from './wire/product.ts';

interface Written {
  readonly update: StockUpdate;
  readonly product: WireProduct;
}

/** Finds units that were sold between the reading and the writing of a number, and that the number wrote over. */
export interface SalesWatch {
  lost(written: readonly Written[]): Promise<readonly (Written & { readonly units: number })[]>;
}

/** By an order's id and moment: one of the second in which it began is none that came since. */
const rowSchema = z.object({
  id: z.int().positive(),
  date_modified_gmt: gmtSchema,
  date_created_gmt: gmtSchema,
  date_paid_gmt: gmtSchema.nullish(),
  line_items: z.array(
    z.object({
      product_id: z.int().nonnegative().nullish(),
      variation_id: z.int().nonnegative().nullish(),
      meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })),
    }),
  ),
});

const fields = 'id,date_modified_gmt,date_created_gmt,date_paid_gmt,line_items';

/**
 * Begins to watch, before numbers are read: by the shop's own clock, the moment of its newest order. Where nobody says what
 * the shop shows, nothing is compared and nothing watched.
 */
export async function salesWatch(
  client: WooClient,
  isWanted: boolean,
  call: { readonly operation: string; readonly options: ReadOptions },
): Promise<SalesWatch> {
  if (!isWanted) return { lost: async () => [] };
  const newest = await page(client, { orderby: 'modified', order: 'desc', per_page: 20, _fields: fields }, call);
  const known = new Set(newest.rows.map(stateOf));
  const since = newest.rows[0]?.date_modified_gmt;
  return {
    async lost(written) {
      if (written.length === 0) return [];
      const sold = await soldSince(client, since, known, call);
      const touched = written.filter(({ product }) => (sold.get(product.id) ?? 0) > 0);
      if (touched.length === 0) return [];
      const shown = await productsBySku(
        client,
        touched.map(({ update }) => update.sku),
        call,
      );
      return touched.flatMap((one) => {
        const stock = shown.get(one.update.sku)?.find(({ id }) => id === one.product.id)?.stock_quantity ?? undefined;
        const right = one.update.available - (sold.get(one.product.id) ?? 0);
        return stock === undefined || stock <= right ? [] : [{ ...one, units: stock - right }];
      });
    },
  };
}

/** Units by product or variation, of orders that took them since. */
async function soldSince(
  client: WooClient,
  since: string | undefined,
  known: ReadonlySet<string>,
  call: { readonly operation: string; readonly options: ReadOptions },
): Promise<ReadonlyMap<number, number>> {
  const sold = new Map<number, number>();
  const seen = new Set<string>();
  const after = since === undefined ? {} : { modified_after: secondOf(Date.parse(since) - 1000) };
  for (let number = 1; ; number += 1) {
    const search = { ...after, orderby: 'id', order: 'asc', per_page: 100, page: number, _fields: fields };
    const { rows, goes } = await page(client, search, call);
    const before = seen.size;
    for (const row of rows) {
      if (seen.has(stateOf(row))) continue;
      seen.add(stateOf(row));
      const isNew = since === undefined || [row.date_created_gmt, row.date_paid_gmt ?? ''].some((at) => at >= since);
      if (!isNew || known.has(stateOf(row))) continue;
      for (const line of row.line_items) {
        const id = line.variation_id || line.product_id;
        const units = Number(line.meta_data.find(({ key }) => key === '_reduced_stock')?.value);
        if (id && Number.isFinite(units)) sold.set(id, (sold.get(id) ?? 0) + units);
      }
    }
    if (seen.size === before || !goes(number)) return sold;
  }
}

async function page(
  client: WooClient,
  search: Readonly<Record<string, string | number>>,
  { operation, options }: { readonly operation: string; readonly options: ReadOptions },
) {
  const answer = z.array(rowSchema.nullable().catch(null));
  const { data, headers } = await client.get('wc/v3/orders', { operation, search, answer, options });
  // What cannot be read here is read, and told, by the pull of orders.
  const rows = data.filter((row) => row !== null);
  return { rows, goes: (number: number) => goesOn(headers, number, data) };
}

function stateOf({ id, date_modified_gmt }: z.infer<typeof rowSchema>): string {
  return `${id}@${date_modified_gmt}`;
}
