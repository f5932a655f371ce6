import type { GraphQLEnumType } from 'graphql';

/** How scalars travel in JSON: amounts, moments and large numbers as text. Admin API 2026-07, recorded 2026-11-23. */
const scalars: Readonly<Record<string, string>> = {
  Boolean: 'boolean',
  DateTime: 'string',
  Decimal: 'string',
  Float: 'number',
  HTML: 'string',
  ID: 'string',
  Int: 'number',
  Money: 'string',
  String: 'string',
  UnsignedInt64: 'string',
  URL: 'string',
};
/** Their words are a standard's, and hundreds. */
const standards = new Set(['CurrencyCode', 'CountryCode']);

export function scalarWord(name: string): string {
  const word = scalars[name];
  if (word === undefined) throw new Error(`How a ${name} travels is not known yet.`);
  return word;
}

/** The words that any of the versions has, or only those that every one of them has. */
export function wordsIn(types: readonly GraphQLEnumType[], which: 'any' | 'every'): string {
  if (types.some(({ name }) => standards.has(name))) return 'string';
  const lists = types.map((type) => new Set(type.getValues().map(({ name }) => name)));
  const all = [...new Set(lists.flatMap((list) => [...list]))].toSorted();
  const words = which === 'any' ? all : all.filter((word) => lists.every((list) => list.has(word)));
  return words.map((word) => `'${word}'`).join(' | ');
}
