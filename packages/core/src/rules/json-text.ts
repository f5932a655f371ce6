import { CommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';

/** The text under which a store keeps a value. `undefined` has none, and is kept as nothing. */
export function toJsonText(value: Json): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/** What `toJsonText` wrote. A store that kept nothing gives `undefined`. */
export function fromJsonText(text: string | null | undefined): Json {
  // The text was written by `toJsonText`, so it holds JSON and nothing else.
  return text === null || text === undefined ? undefined : (JSON.parse(text) as Json);
}

/**
 * A value as it will come back from a store: without keys that are `undefined`, and nobody else's to change. Throws
 * `flow.defect` for what a store cannot keep, such as a date, a function or an error; `what` names the value.
 */
export function storedForm(value: unknown, what: string): Json {
  const problem = problemIn(value, '');
  if (problem !== undefined) {
    throw new CommerceError({
      code: 'flow.defect',
      message: `${what} was not stored: ${problem}. Give back text, numbers, booleans, null, lists and plain objects only.`,
    });
  }
  // Everything in it was just found to be JSON.
  return fromJsonText(toJsonText(value as Json));
}

function problemIn(value: unknown, path: string): string | undefined {
  const at = path === '' ? 'it' : `"${path}"`;
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean')
    return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${at} is the number "${value}"`;
  if (typeof value !== 'object') return `${at} is a ${typeof value}`;
  if (!Array.isArray(value) && !isPlain(value)) return `${at} is a ${value.constructor?.name ?? 'foreign object'}`;
  for (const [key, item] of Object.entries(value)) {
    const problem = problemIn(item, path === '' ? key : `${path}.${key}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
