import { CommerceError, type Json } from '@crossdock/core';

/** What a document is sent with. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * Variables in one order, whatever order they were written in: Shopify's idempotency compares the bytes. `null` stays,
 * because it means something else than nothing; what is `undefined` goes. What JSON would change without a word (`NaN`,
 * whole numbers above 2^53, a `bigint`, a function, an object of a class) is refused as `options.invalid`.
 */
export function stableVariables(
  variables: Variables,
  system: string,
  operation: string,
): Readonly<Record<string, Json>> {
  const refuse = (path: string, what: string, next: string) =>
    new CommerceError({
      code: 'options.invalid',
      system,
      operation,
      message: `"${system}" was not asked for "${operation}": its variable "${path}" is ${what}. ${next}`,
    });

  function stable(value: unknown, path: string): Json {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw refuse(path, 'no number that JSON has', 'Pass a number or null.');
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        throw refuse(path, 'a whole number above 2^53, which is not exact', 'Pass it as text, as ids are.');
      }
      return value;
    }
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) => (item === undefined ? null : stable(item, `${path}.${index}`)));
    }
    if (typeof value === 'object') {
      if (value instanceof Date) return stable(Number.isNaN(value.getTime()) ? Number.NaN : value.toISOString(), path);
      if (!isPlain(value)) {
        throw refuse(path, 'an object of a class', 'Pass what it holds as a text, a number, a list or a plain object.');
      }
      return stableObject(value, `${path}.`);
    }
    throw refuse(path, `a ${typeof value}`, 'Pass a text, a number, true, false, null, a list or an object.');
  }

  function stableObject(value: object, start: string): Record<string, Json> {
    const sorted: [string, Json][] = [];
    for (const [key, member] of Object.entries(value).toSorted(byName)) {
      if (member !== undefined) sorted.push([key, stable(member, start + key)]);
    }
    return Object.fromEntries(sorted);
  }

  return stableObject(variables, '');
}

/** Of no class: a `Map`, a `URL` or a class for decimals would go out as what is left of it. */
function isPlain(value: object): boolean {
  const parent: unknown = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
