import { CommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';

/**
 * A SHA-256 of the value, in hex. Two values with the same content have the same fingerprint, whatever the order of
 * their keys and whether an absent key is left out or `undefined`.
 */
export async function fingerprint(value: Json): Promise<string> {
  return hexOf(await sha256(canonicalJson(value)));
}

/**
 * The one JSON text of a value: keys sorted by UTF-16 code units, no white space, `undefined` left out (and `null` in a
 * list). Throws `record.invalid` for numbers that JSON does not have.
 */
export function canonicalJson(value: Json): string {
  // Numbers and strings are written as ECMAScript writes them, which is what RFC 8785 asks for.
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return canonicalNumber(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const parts: string[] = [];
  for (const key of Object.keys(value).toSorted()) {
    const item = value[key];
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(item)}`);
  }
  return `{${parts.join(',')}}`;
}

/** The SHA-256 of a text's UTF-8 bytes. */
export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

/** Bytes as lower-case hex. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

function canonicalNumber(value: number): string {
  if (Number.isFinite(value)) return JSON.stringify(value);
  throw new CommerceError({
    code: 'record.invalid',
    message: `The value was not written as JSON: "${value}" is no number that JSON has. Leave it out or find where it was reckoned.`,
  });
}

/** `Array.isArray` does not narrow read-only lists. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
