import type { Json } from '@crossdock/core';

/** A JSON object as a client sent it. */
export type Body = Readonly<Record<string, Json>>;

export function isBody(value: Json): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; what is none is left out. */
export function bodies(value: Json): readonly Body[] {
  const items: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : []; // a list of JSON is JSON
  return items.filter(isBody);
}

/** As PHP reads text from what was sent: a number is text too. */
export function textOf(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return undefined;
}

export function integerOf(value: Json): number | undefined {
  if (typeof value === 'number') return Math.trunc(value);
  return typeof value === 'string' && /^\s*-?\d+/.test(value) ? Number.parseInt(value, 10) : undefined;
}

export function booleanOf(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1' || value === 1) return true;
  return value === 'false' || value === '0' || value === 0 || value === '' ? false : undefined;
}
