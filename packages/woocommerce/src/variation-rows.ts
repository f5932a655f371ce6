import type { ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { goesOn } from './list-pages.ts';
import { rowHeadSchema, rowsSchema } from './wire/rows.ts';

interface VariationCall {
  readonly operation: string;
  /** With `id` among them. */
  readonly fields: string;
  readonly options?: ReadOptions | undefined;
  /** `edit` shows what is stored. Default what a page shows. */
  readonly context?: 'edit' | undefined;
}

const perPage = 100;

/** Every variation of a product, as rows, each of which is read for itself. Of a product that is gone there is none. */
export async function variationRows(
  client: WooClient,
  parentId: number,
  { operation, fields, options, context }: VariationCall,
): Promise<readonly unknown[]> {
  const found = new Map<number | string, unknown>();
  for (let page = 1; ; page += 1) {
    const known = found.size;
    const { data, headers } = await client
      .get(`wc/v3/products/${parentId}/variations`, {
        operation,
        search: { orderby: 'id', order: 'asc', per_page: perPage, page, _fields: fields, context },
        answer: rowsSchema,
        options,
      })
      .catch((error: unknown) => {
        // Deleted since its row was read.
        if (isMissing(error)) return { data: [], headers: new Headers() };
        throw error;
      });
    for (const [index, row] of data.entries())
      found.set(rowHeadSchema.safeParse(row).data?.id ?? `${page}/${index}`, row);
    const isRepeated = data.length > 0 && found.size === known;
    if (isRepeated || !goesOn(headers, page, data)) return [...found.values()];
  }
}
