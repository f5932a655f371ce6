import type { Json } from '@crossdock/core';

/**
 * Where in a draft a text stands that PostgreSQL cannot hold, as `lines.0.title`: one with a NUL, of which Odoo makes an
 * error of its own, or with half of a pair of surrogates, of which it makes a page without words. Recorded on Odoo 19.0,
 * 2026-11-26.
 */
export function unsendable(value: Json, at: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || /\p{Surrogate}/u.test(value) ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    const found = unsendable(part, at === '' ? name : `${at}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
