import * as z from 'zod';
import type { Field, Selections } from './selections.ts';

/** A refusal in a payload, as far as the document asks for it. */
export interface FieldRefusal {
  /** The mutation, or its alias. */
  readonly mutation: string;
  readonly field: string[] | null;
  readonly message: string;
  readonly code: string | null;
}

/** The changes that a mutation makes. Queries make none. */
export function changesOf({ kind, fields }: Selections): readonly Field[] {
  return kind === 'mutation' ? fields.filter(({ name }) => name !== '__typename') : [];
}

/** Whether a change says in any case what of it was refused. */
export function asksForErrors(change: Field): boolean {
  return errorFieldsOf(change).some(({ isOptional }) => !isOptional);
}

/**
 * Where the answer to a change lacks what says that it was made: its payload, which Shopify always gives, or the user
 * errors that were asked for. `undefined`: nothing is lacking.
 */
export function lackingIn(change: Field, data: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const { key, isOptional } = change;
  // Left out by `@skip` or `@include`, it was not carried out.
  if (isOptional && !Object.hasOwn(data, key)) return undefined;
  const payload = objectSchema.safeParse(data[key]).data;
  if (!payload) return [key];
  const missing = errorFieldsOf(change).find((field) => !field.isOptional && !Array.isArray(payload[field.key]));
  return missing && [key, missing.key];
}

/** The user errors of all payloads, under whatever names the document gives them. */
export function refusedFields(changes: readonly Field[], data: unknown): readonly FieldRefusal[] {
  const answers = objectSchema.safeParse(data).data ?? {};
  return changes.flatMap((change) => {
    const payload = objectSchema.safeParse(answers[change.key]).data ?? {};
    return errorFieldsOf(change).flatMap((errors) =>
      listSchema.parse(payload[errors.key]).map((error) => refusalOf(change.key, errors, error)),
    );
  });
}

const objectSchema = z.record(z.string(), z.unknown());
const listSchema = z.array(z.unknown()).catch([]);
/** `userErrors`, and such as `orderCancelUserErrors`. All payloads of Admin API 2026-04 to 2026-10 have one of these. */
const nameOfErrors = /^(?:userErrors|\w+UserErrors)$/;

/** One for each name in the answer: where a document selects one twice, Shopify answers it once. */
function errorFieldsOf(change: Field): readonly Field[] {
  const found = new Map<string, Field>();
  for (const field of selectedIn(change)) {
    if (nameOfErrors.test(field.name) && found.get(field.key)?.isOptional !== false) found.set(field.key, field);
  }
  return [...found.values()];
}

function selectedIn({ fields, fragments }: Field): readonly Field[] {
  return [...fields, ...fragments.flat()];
}

/** Any entry is a refusal, also where a document asks for little of it. */
function refusalOf(mutation: string, errors: Field, error: unknown): FieldRefusal {
  const given = objectSchema.safeParse(error).data;
  if (!given) return { mutation, field: null, message: 'a refusal that is no object', code: null };
  const keyOf = (name: string) => selectedIn(errors).find((field) => field.name === name)?.key ?? name;
  const { data: field = null } = z.array(z.string()).safeParse(given[keyOf('field')]);
  const { data: message = 'a refusal whose message was not asked for' } = z.string().safeParse(given[keyOf('message')]);
  const { data: code = null } = z.string().safeParse(given[keyOf('code')]);
  return { mutation, field, message, code };
}
