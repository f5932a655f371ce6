import type { ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import type { Domain } from './client.ts';
import { inLanguage } from './language.ts';
import { pricedRow, priceListRow, ruleRow, type PricedWire, type PriceListWire, type RuleWire } from './wire/price.ts';

/** Rules of lists in use, in the company of the options where there is one; `extra` narrows them. */
export function ruleDomain({ settings }: Connection, extra: Domain = []): Domain {
  const { company, priceLists } = settings;
  return [
    ['pricelist_id.active', '=', true],
    ...(company === undefined ? [] : [['pricelist_id.company_id', 'in', [false, company]] as const]),
    ...(priceLists === undefined ? [] : [['pricelist_id', 'in', priceLists] as const]),
    ...extra,
  ];
}

export async function readRules(
  connection: Connection,
  extra: Domain,
  options?: ReadOptions,
): Promise<readonly RuleWire[]> {
  const query = { domain: ruleDomain(connection, extra), order: 'id' };
  return connection.client.searchRead('product.pricelist.item', ruleRow, query, inLanguage(connection, options));
}

/** The lists of these rules, by id. */
export async function listsOf(
  connection: Connection,
  rules: readonly RuleWire[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, PriceListWire>> {
  const ids = [...new Set(rules.map(({ pricelist_id }) => pricelist_id.id))];
  const archived = inLanguage(connection, options, { active_test: false });
  const found = await connection.client.read('product.pricelist', ids, priceListRow, archived);
  return new Map(found.map((list) => [list.id, list]));
}

/** What is sold: active, for sale and with a SKU. */
export async function readPriced(
  connection: Connection,
  extra: Domain,
  options?: ReadOptions,
): Promise<readonly (PricedWire & { readonly default_code: string })[]> {
  const domain: Domain = [['default_code', '!=', false], ['sale_ok', '=', true], ...extra];
  const found = await connection.client.searchRead(
    'product.product',
    pricedRow,
    { domain, order: 'id' },
    inLanguage(connection, options),
  );
  return found.flatMap((product) =>
    product.default_code === null ? [] : [{ ...product, default_code: product.default_code }],
  );
}

/** How many digits Odoo keeps of a price; `undefined` for all, as on 19. Recorded on Odoo 19.0, 2026-11-26. */
export async function priceDigits({ client }: Connection, options?: ReadOptions): Promise<number | undefined> {
  const answer = z.object({
    list_price: z.object({ digits: z.tuple([z.number(), z.number()]).nullable().catch(null).optional() }),
  });
  const params = { allfields: ['list_price'], attributes: ['type', 'digits'] };
  const { list_price } = await client.call(
    'product.template',
    'fields_get',
    { params, answer, safety: 'read' },
    options,
  );
  return list_price.digits?.[1];
}
