import type { CommerceError, ReadOptions } from '@crossdock/core';
import { refused, type Connection } from './connection.ts';
import { productKeyRow } from './wire/product.ts';
import type * as z from 'zod';

export type ProductKey = z.output<(typeof productKeyRow)['schema']>;

/** How many SKUs one question holds. */
const perCall = 500;

/** Products by SKU in one question. Unknown SKUs are absent; one that two products share raises `link.conflict`. */
export async function productsBySku(
  connection: Connection,
  skus: readonly string[],
  operation: string,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, ProductKey>> {
  const found = new Map<string, ProductKey>();
  for (const [sku, [product, other]] of await allBySku(connection, skus, options)) {
    if (other) throw sharedError(connection, sku, product.id, other.id, operation);
    found.set(sku, product);
  }
  return found;
}

/** The same for a list in which one order's SKU is nobody else's trouble: those that products share come with the error. */
export async function soleAndShared(
  connection: Connection,
  skus: readonly string[],
  operation: string,
  options?: ReadOptions,
): Promise<{ readonly sole: ReadonlyMap<string, ProductKey>; readonly shared: ReadonlyMap<string, CommerceError> }> {
  const sole = new Map<string, ProductKey>();
  const shared = new Map<string, CommerceError>();
  for (const [sku, [product, other]] of await allBySku(connection, skus, options)) {
    if (other) shared.set(sku, sharedError(connection, sku, product.id, other.id, operation));
    else sole.set(sku, product);
  }
  return { sole, shared };
}

/** Which of these SKUs several products have, with the first of those and the error that says it. */
export async function sharedSkus(
  connection: Connection,
  skus: readonly string[],
  operation: string,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, { readonly first: number; readonly error: CommerceError }>> {
  const found = [...(await allBySku(connection, skus, options))];
  return new Map(
    found.flatMap(([sku, [one, other]]) =>
      other
        ? [[sku, { first: one.id, error: sharedError(connection, sku, one.id, other.id, operation) }] as const]
        : [],
    ),
  );
}

type Owners = readonly [ProductKey, ...ProductKey[]];

async function allBySku(
  connection: Connection,
  skus: readonly string[],
  options?: ReadOptions,
): Promise<ReadonlyMap<string, Owners>> {
  const found = new Map<string, Owners>();
  const wanted = [...new Set(skus)];
  for (let from = 0; from < wanted.length; from += perCall) {
    const domain = [['default_code', 'in', wanted.slice(from, from + perCall)] as const];
    const products = await connection.client.searchRead(
      'product.product',
      productKeyRow,
      { domain, order: 'id' },
      options,
    );
    for (const product of products) {
      const sku = product.default_code;
      if (sku === null) continue;
      const before = found.get(sku);
      found.set(sku, before ? [...before, product] : [product]);
    }
  }
  return found;
}

/** Raises `sku.unknown` naming every SKU without a product. */
export function demandKnown(
  connection: Connection,
  skus: readonly string[],
  known: ReadonlyMap<string, ProductKey>,
  what: string,
  operation: string,
): void {
  const unknown = [...new Set(skus)].filter((sku) => !known.has(sku));
  if (unknown.length === 0) return;
  const names = unknown.map((sku) => `"${sku}"`).join(', ');
  throw refused(connection.settings, 'sku.unknown', operation, {
    message: `${what} in "${connection.settings.name}": no active product there has the SKU ${names}. Create the product or correct its internal reference, then replay.`,
    details: { skus: unknown },
  });
}

/** The same for what is to be sold or bought: which of the unknown SKUs are in the archive is asked for and said. */
export async function demandSold(
  connection: Connection,
  skus: readonly string[],
  known: ReadonlyMap<string, ProductKey>,
  what: string,
  options?: ReadOptions,
  operation = 'orders.create',
): Promise<void> {
  const unknown = [...new Set(skus)].filter((sku) => !known.has(sku));
  if (unknown.length === 0) return;
  const domain = [['default_code', 'in', unknown] as const, ['active', '=', false] as const];
  const found = await connection.client.searchRead('product.product', productKeyRow, { domain, order: 'id' }, options);
  const archived = [...new Set(found.flatMap(({ default_code }) => default_code ?? []))];
  if (archived.length === 0) demandKnown(connection, skus, known, what, operation);
  const others = unknown.filter((sku) => !archived.includes(sku));
  const rest = others.length === 0 ? '' : ` No product at all has the SKU ${quoted(others)}.`;
  throw refused(connection.settings, 'sku.unknown', operation, {
    message: `${what} in "${connection.settings.name}": the product of SKU ${quoted(archived)} is archived there.${rest} Take it out of the archive or correct the line, then replay.`,
    details: { skus: unknown, archived },
  });
}

function sharedError({ settings }: Connection, sku: string, one: number, other: number, operation: string) {
  return refused(settings, 'link.conflict', operation, {
    message: `The product of SKU "${sku}" was not chosen in "${settings.name}": the products ${one} and ${other} both have it. Give one of them another internal reference, then replay.`,
    details: { sku, one, other },
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
