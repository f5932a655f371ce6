import { CommerceError, type PageProblem, type ReadOptions, type StockLevel } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { toLevel } from './stock-level.ts';
import { sweepPull, type SweepSettings } from './sweep.ts';
import { variationRows } from './variation-rows.ts';
import { rowHeadSchema } from './wire/rows.ts';
import { stockFields, stockSchema } from './wire/stock.ts';

const operation = 'inventory.pull';

/**
 * Pulls the levels of products that changed, a sale included. The list has products only: a change of a variation moves the
 * date of its product, so all variations of a product that changed come with it. recorded on WooCommerce 10.0.2, 2026-11-23
 */
export function inventoryPull(client: WooClient, settings: SweepSettings) {
  const { system, clock } = settings;
  return sweepPull<StockLevel>(
    client,
    {
      what: 'Stock',
      operation,
      path: 'wc/v3/products',
      search: { _fields: stockFields },
      async read(rows, options) {
        const asOf = new Date(clock.now()).toISOString();
        const all = await Promise.all(rows.map((row) => withVariations(row, options)));
        const read = all.flat().map((row) => understood(row, asOf));
        return {
          items: read.flatMap((one) => (one === undefined || 'error' in one ? [] : [one])),
          problems: read.flatMap((one) => (one !== undefined && 'error' in one ? [one] : [])),
        };
      },
    },
    settings,
  );

  async function withVariations(row: unknown, options: ReadOptions): Promise<readonly unknown[]> {
    const { data } = stockSchema.safeParse(row);
    if ((data?.variations ?? []).length === 0 || data === undefined) return [row];
    return [row, ...(await variationRows(client, data.id, { operation, fields: stockFields, options }))];
  }

  /** What is wrong with one product must not hold up the others. */
  function understood(row: unknown, asOf: string): StockLevel | PageProblem | undefined {
    const parsed = stockSchema.safeParse(row);
    if (parsed.success) return toLevel(parsed.data, { system, asOf });
    const head = rowHeadSchema.safeParse(row).data;
    const ref = head && ({ system, kind: 'variant', id: String(head.id) } as const);
    const places = parsed.error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
    const error = new CommerceError({
      code: 'record.invalid',
      system,
      operation,
      refs: ref ? [ref] : [],
      message: `The stock of product "${head?.id ?? 'without a number'}" of "${system}" was not read: it does not fit at ${places.join(', ')}. Look for a plugin that changes it.`,
    });
    return { ref, error, version: head?.date_modified_gmt ?? undefined };
  }
}
