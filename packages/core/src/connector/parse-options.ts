import * as z from 'zod';
import { CommerceError } from '../errors/commerce-error.ts';

/** What `parseOptions` may say of the options beyond what their schema knows. */
export interface OptionWords {
  /** What each option wants, in words that follow "wants". A second sentence says what to pass: "a year. Pass "2026"". */
  readonly wants?: Readonly<Record<string, string>> | undefined;
  /** Texts that may be quoted, by option: those that match. A secret that stands in the wrong place must not match. */
  readonly shown?: Readonly<Record<string, RegExp>> | undefined;
}

/**
 * The options of a connector's factory, parsed, or `options.invalid` that says in words what is wrong with each: what it
 * wants, what came and what to pass. A message of the schema that begins with "wants" goes before `wants`; an option
 * that a strict schema does not know is named together with the known ones. Texts are quoted only where `shown` allows.
 *
 * @example
 * parseOptions(z.strictObject({ shop: z.string() }), options, 'shopify', { wants: { shop: 'a name. Pass "acme"' } });
 */
export function parseOptions<T>(schema: z.ZodType<T>, value: unknown, factoryName: string, words: OptionWords = {}): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? unknownOptions(issue, schema, factoryName)
      : wrongOption(issue, value, factoryName, words),
  );
  throw new CommerceError({ code: 'options.invalid', message: `No connector was made: ${sentences.join(' ')}` });
}

function wrongOption(issue: z.core.$ZodIssue, options: unknown, factoryName: string, words: OptionWords): string {
  const name = issue.path.map(String).join('.');
  const where = name === '' ? `${factoryName}(options)` : `${factoryName}({ ${name} })`;
  const option = String(issue.path[0] ?? 'options');
  const own = words.wants?.[option];
  const message = (issue.message.startsWith('wants ') || own === undefined ? issue.message : `wants ${own}`).replace(
    /\.$/,
    '',
  );
  const [wanted = '', ...next] = message.split('. ');
  const what = wanted.startsWith('wants ') ? wanted : `is not as wanted: ${wanted}`;
  const step = next.length > 0 ? next.join('. ') : 'Correct it where the connector is made';
  return `${where} ${what}, got ${seen(valueAt(options, issue.path), words.shown?.[name])}. ${step}.`;
}

function unknownOptions(issue: z.core.$ZodIssueUnrecognizedKeys, schema: z.ZodType, factoryName: string): string {
  const path = issue.path.map((key) => `${String(key)}.`).join('');
  // A longer name may be a secret in the wrong place.
  const names = issue.keys.map((key) => (/^[A-Za-z]\w{0,23}$/.test(key) ? `"${path}${key}"` : 'another name'));
  const known = namesIn(schemaAt(schema, issue.path));
  const list = known.length > 0 ? `one of ${known.map((name) => `"${name}"`).join(', ')}` : 'a known one';
  return `${factoryName}(options) has no option ${names.join(' and ')}. Leave it out or pass ${list}.`;
}

/** The schema of a nested option, as far as objects, lists and defaults go. */
function schemaAt(schema: unknown, path: readonly PropertyKey[]): unknown {
  let found = unwrapped(schema);
  for (const key of path) {
    if (found instanceof z.ZodObject) found = unwrapped(Reflect.get(found.shape, key));
    else if (found instanceof z.ZodArray) found = unwrapped(found.element);
    else return undefined;
  }
  return found;
}

function unwrapped(schema: unknown): unknown {
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly;
  return isWrapper ? unwrapped(schema.unwrap()) : schema;
}

function namesIn(schema: unknown): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function seen(value: unknown, shown: RegExp | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value === '') return 'an empty text';
  if (typeof value === 'string') return shown?.test(value) ? `"${value}"` : 'another text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
