import type * as z from 'zod';
import { CommerceError } from '../errors/commerce-error.ts';

/**
 * The options of a factory, parsed, or `options.invalid` that says in words which one is wrong. A message of the schema
 * that begins with "wants" continues the sentence: `z.string().regex(…, 'wants the name before ".myshopify.com"')`.
 * No value is quoted, because any could be a secret, except of the options named in `shown`.
 *
 * @example
 * parseOptions(schema, options, 'shopify', ['shop']);
 */
export function parseOptions<T>(
  schema: z.ZodType<T>,
  value: unknown,
  factoryName: string,
  shown: readonly string[] = [],
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => sentenceOf(issue, value, factoryName, shown));
  throw new CommerceError({ code: 'options.invalid', message: sentences.join(' ') });
}

function sentenceOf(issue: z.core.$ZodIssue, options: unknown, factoryName: string, shown: readonly string[]): string {
  const name = issue.path.map(String).join('.');
  const where = name === '' ? `${factoryName}(options)` : `${factoryName}({ ${name} })`;
  const message = issue.message.replace(/\.$/, '');
  const what = message.startsWith('wants ') ? message : `is not as wanted: ${message}`;
  return `${where} ${what}, got ${seen(valueAt(options, issue.path), shown.includes(name))}.`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function seen(value: unknown, isShown: boolean): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (isShown && typeof value !== 'object') return JSON.stringify(value);
  if (value === '') return 'an empty text';
  if (typeof value === 'string') return 'another text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
