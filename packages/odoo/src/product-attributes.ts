import { isCommerceError, type ErrorCode, type WriteOptions } from '@crossdock/core';
import { loadAll } from './bulk-load.ts';
import { refused, type Connection } from './connection.ts';
import { inLanguage } from './language.ts';
import { attributeChoiceRow, attributeRow } from './wire/product.ts';

/** An option of a variant, as Odoo's attributes have it. */
export type Option = { readonly name: string; readonly value: string };

/** Ids of attributes and of their values. */
export interface Attributes {
  /** `undefined` where Odoo has none and would not make one. */
  idOf(name: string): number | undefined;
  valueOf(attribute: number, value: string): number | undefined;
}

const operation = 'products.push';

/**
 * The attributes with these names, made where there are none. New ones are "dynamic": Odoo then makes the variants that
 * are asked for and no other combinations. Their external ids let one of each be, whoever asks at the same moment.
 */
export async function attributesOf(
  connection: Connection,
  options: readonly Option[],
  write: WriteOptions,
): Promise<Attributes> {
  const names = [...new Set(options.map(({ name }) => name))];
  let known = await attributesNamed(connection, names, write);
  const lacking = names.filter((name) => !known.has(name));
  if (lacking.length > 0) {
    const wishes = lacking.map((name) => {
      const externalId = connection.externalIds.of('attribute', name);
      return {
        externalId,
        table: { fields: ['id', 'name', 'create_variant'], rows: [[externalId, name, 'dynamic']] },
      };
    });
    demandMade(await loadAll(connection, 'product.attribute', wishes, write));
    known = await attributesNamed(connection, names, write);
  }
  const wanted = options.flatMap(({ name, value }) => {
    const attribute = known.get(name);
    return attribute === undefined ? [] : [[attribute, value] as const];
  });
  const values = await attributeValues(connection, wanted, write);
  return {
    idOf: (name) => known.get(name),
    valueOf: (attribute, value) => values.get(keyOf(attribute, value)),
  };
}

/** The values of attributes by their words, made where there are none: Odoo lets an attribute have each once. */
export async function attributeValues(
  connection: Connection,
  wanted: readonly (readonly [attribute: number, value: string])[],
  write: WriteOptions,
): Promise<ReadonlyMap<string, number>> {
  const known = await valuesNamed(connection, wanted, write);
  const lacking = new Map(
    wanted.flatMap(([attribute, value]) => {
      const key = keyOf(attribute, value);
      return known.has(key) ? [] : [[key, [attribute, value] as const]];
    }),
  );
  if (lacking.size === 0) return known;
  const wishes = [...lacking.values()].map(([attribute, value]) => {
    const externalId = connection.externalIds.of('attribute-value', `${attribute}:${value}`);
    const fields = ['id', 'attribute_id/.id', 'name'];
    return { externalId, table: { fields, rows: [[externalId, String(attribute), value]] } };
  });
  const made = await loadAll(connection, 'product.attribute.value', wishes, write);
  const all = await valuesNamed(connection, wanted, write);
  // Somebody may have made a value at the same moment: only what is still not there was refused.
  if ([...lacking.keys()].some((key) => !all.has(key))) demandMade(made);
  return all;
}

/** How a value is called in what `attributeValues` gives. */
export function keyOf(attribute: number, value: string): string {
  return `${attribute}:${value}`;
}

async function attributesNamed(
  connection: Connection,
  names: readonly string[],
  write: WriteOptions,
): Promise<Map<string, number>> {
  const query = { domain: [['name', 'in', names] as const], order: 'id' };
  const found = await connection.client.searchRead(
    'product.attribute',
    attributeRow,
    query,
    inLanguage(connection, write),
  );
  const known = new Map<string, number>();
  for (const { id, name, create_variant } of found) {
    // Values of such an attribute are chosen on the order and make no variants.
    if (create_variant === 'no_variant' || !names.includes(name)) continue;
    const other = known.get(name);
    if (other !== undefined) throw ambiguous(connection, name, 'link.conflict');
    known.set(name, id);
  }
  const never = found.find(({ name, create_variant }) => create_variant === 'no_variant' && !known.has(name));
  if (never) throw ambiguous(connection, never.name, 'record.invalid');
  return known;
}

async function valuesNamed(
  connection: Connection,
  wanted: readonly (readonly [number, string])[],
  write: WriteOptions,
): Promise<Map<string, number>> {
  if (wanted.length === 0) return new Map();
  const attributes = [...new Set(wanted.map(([attribute]) => attribute))];
  const names = [...new Set(wanted.map(([, value]) => value))];
  const domain = [['attribute_id', 'in', attributes] as const, ['name', 'in', names] as const];
  const found = await connection.client.searchRead(
    'product.attribute.value',
    attributeChoiceRow,
    { domain, order: 'id' },
    inLanguage(connection, write),
  );
  return new Map(found.map(({ id, name, attribute_id }) => [keyOf(attribute_id.id, name), id]));
}

function demandMade(made: ReadonlyMap<string, unknown>): void {
  for (const outcome of made.values()) if (isCommerceError(outcome)) throw outcome;
}

function ambiguous({ settings }: Connection, name: string, code: ErrorCode) {
  const seen =
    code === 'link.conflict'
      ? `two attributes there are named "${name}"`
      : `the attribute "${name}" makes no variants there`;
  return refused(settings, code, operation, {
    message: `The product was not made in "${settings.name}": ${seen}. Rename one of them in Odoo, then replay.`,
  });
}
