import type { CommerceError, ListedPrice, PageProblem, ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { toPrice } from './price-record.ts';
import { unreadable } from './product-rows.ts';
import { productRefOf } from './product-record.ts';
import type { shopCurrency } from './shop-currency.ts';
import { sweepPull, type SweepSettings } from './sweep.ts';
import { variationRows } from './variation-rows.ts';
import { pricedFields, pricedSchema } from './wire/priced.ts';
import { rowHeadSchema } from './wire/rows.ts';

const operation = 'prices.pull';

/**
 * Pulls the prices of products that changed, one a SKU, as `prices.push` takes it. A reduced price that begins, ends or is
 * taken away changes the product: the shop's own job saves it.
 */
export function pricePull(client: WooClient, currencyOf: ReturnType<typeof shopCurrency>, settings: SweepSettings) {
  const { system, clock } = settings;
  return sweepPull<ListedPrice>(
    client,
    { what: 'Prices', operation, path: 'wc/v3/products', search: { _fields: pricedFields }, read },
    settings,
  );

  async function read(rows: readonly unknown[], options: ReadOptions) {
    const currency = await currencyOf(operation, options);
    const all = await Promise.all(rows.map((row) => pricesOf(row, currency, options)));
    const found = all.flat();
    return {
      items: found.flatMap((one) => ('error' in one ? [] : [one])),
      problems: found.flatMap((one) => ('error' in one ? [one] : [])),
    };
  }

  async function pricesOf(
    row: unknown,
    currency: string,
    options: ReadOptions,
  ): Promise<readonly (ListedPrice | PageProblem)[]> {
    const head = pricedSchema.safeParse(row).data;
    if (!head) return [problem(row, unreadable(row, system, operation))];
    if (head.type === 'grouped') return [];
    if (head.type !== 'variable') return listed(row, currency);
    const variations = await variationRows(client, head.id, { operation, fields: pricedFields, options });
    return variations.flatMap((variation) => listed(variation, currency));
  }

  /** Nothing of what has no SKU or no price. */
  function listed(row: unknown, currency: string): readonly (ListedPrice | PageProblem)[] {
    const wire = pricedSchema.safeParse(row).data;
    if (!wire) return [problem(row, unreadable(row, system, operation))];
    const price = wire.sku.trim() === '' ? undefined : toPrice(wire, currency, clock.now());
    if (!price) return [];
    return [
      { ...price, ref: { system, kind: 'price', id: String(wire.id) }, updatedAt: wire.date_modified_gmt ?? epoch },
    ];
  }

  function problem(row: unknown, error: CommerceError): PageProblem {
    const ref = productRefOf(system, row);
    return { ref, error, version: rowHeadSchema.safeParse(row).data?.date_modified_gmt ?? undefined };
  }
}

const epoch = '1970-01-01T00:00:00Z';
