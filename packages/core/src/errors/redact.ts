import type { Json } from '../model/json.ts';
import { fieldKind, isIdField, isSafeField, namesAThing, type FieldKind } from './private-fields.ts';
import { redacted, redactText } from './redact-text.ts';

/**
 * The value without secrets and personal data, to be stored or shown: known `secrets`, tokens, passwords, signatures,
 * e-mail addresses, telephone numbers, and what stands under keys that hold a person's data. SKUs, numbers, order
 * numbers and ids stay, because a person has to find the record. It takes out rather too much than too little: `name`
 * goes unless it is plainly a thing's. A name in running text cannot be recognised; do not write one into a message.
 */
export function redact(value: string, secrets?: readonly string[]): string;
export function redact(value: Json, secrets?: readonly string[]): Json;
export function redact(value: Json, secrets: readonly string[] = []): Json {
  return redactIn(value, { secrets, kind: 'open', depth: 0 });
}

/** Deeper than any record; a bound on what a stranger's JSON can make us do. */
const deepest = 40;

type Place = { readonly secrets: readonly string[]; readonly kind: FieldKind; readonly depth: number };

function redactIn(value: Json, place: Place): Json {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (place.kind === 'secret' || place.kind === 'personal') return value === '' ? value : redacted;
  if (typeof value === 'number') return place.secrets.includes(String(value)) ? redacted : value;
  if (typeof value === 'string') return redactString(value, place);
  if (place.depth >= deepest) return redacted;
  return isList(value) ? value.map((item) => redactIn(item, deeper(place))) : redactFields(value, deeper(place));
}

function redactString(text: string, place: Place): string {
  const clean = redactText(text, place.secrets, (json) => redactIn(json, deeper(place)));
  return place.kind === 'person' && clean !== '' ? redacted : clean;
}

function redactFields(fields: { readonly [key: string]: Json }, place: Place): Json {
  const keys = Object.keys(fields);
  const thing = namesAThing(keys);
  const clean: Record<string, Json> = {};
  for (const key of keys) {
    const kind = fieldKind(key, fields[key], { insidePerson: place.kind === 'person', thing });
    const secret = redactText(key, place.secrets);
    define(clean, secret, redactField(fields[key], key, { ...place, kind }));
  }
  return clean;
}

function redactField(value: Json, key: string, place: Place): Json {
  const kept =
    place.kind === 'person' && typeof value === 'string' && (isSafeField(key) || (isIdField(key) && isId(value)));
  return redactIn(value, kept ? { ...place, kind: 'open' } : place);
}

/** "7" or "gid://shopify/Customer/7"; what has no digit, or has a blank, may be a name. */
function isId(text: string): boolean {
  return /^[^\s@]*\d[^\s@]*$/.test(text);
}

/** A key such as `__proto__` is a key like any other. */
function define(target: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
