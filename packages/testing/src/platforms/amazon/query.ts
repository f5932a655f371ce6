import * as z from 'zod';

/** The parameters of a query by name. A list comes once, with commas, or several times. */
export function parametersOf(query: URLSearchParams): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of query) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return parameters;
}

/** A list, split at its commas: a value with a comma of its own falls apart. */
export const list = z.string().transform((text) => text.split(','));

/** A list of up to so many values. */
export function listUpTo(most: number) {
  return list.pipe(z.array(z.string()).min(1).max(most));
}

/** A list of known words. */
export function listOf<const T extends readonly [string, ...string[]]>(words: T) {
  return list.pipe(z.array(z.enum(words)));
}

/** A moment, in milliseconds since 1970. A plus that was not encoded arrives as a blank, and is none. */
export const momentParameter = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

/** All of a question but what may change from page to page, so that a token can be bound to it. */
export function filterOf(query: URLSearchParams, changing: readonly string[]): string {
  return [...query]
    .filter(([name]) => !changing.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('&');
}
