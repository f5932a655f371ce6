import { CommerceError, type PageProblem } from '@crossdock/core';
import type * as z from 'zod';
import { inexactPlace } from './inexact-number.ts';
import { jsonOf } from './json-text.ts';

/** One object of a file. A child names the object above it. */
export interface BulkRow {
  readonly id: string | undefined;
  readonly parentId: string | undefined;
  /** All of it, as it stands in the file. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Reads one line of a file. */
export function toBulkRow(
  text: string,
  { system, operation }: { readonly system: string; readonly operation: string },
): BulkRow {
  const fields = jsonOf(text);
  const inexact = inexactPlace(fields, text, 'line');
  if (inexact !== undefined) {
    throw new CommerceError({
      code: 'response.unexpected',
      system,
      operation,
      message: `A line of a bulk operation's file of "${system}" was not read: its number at "${inexact}" is above 2^53, and not exact here. Ask for it as text, such as a metafield's value in place of its jsonValue.`,
    });
  }
  if (isObject(fields)) return { id: textIn(fields['id']), parentId: textIn(fields['__parentId']), fields };
  throw new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    message: `A line of a bulk operation's file of "${system}" was not read: it is no JSON object, in ${text.length} letters. Begin anew; if it happens again, report it.`,
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What a line says, or the problem of one that does not fit: one line must not hold up the others. */
export function fittingRow<T extends z.ZodType>(
  line: BulkRow,
  schema: T,
  about: RowReading,
): { readonly row: z.infer<T> } | { readonly problem: PageProblem } {
  const fits = schema.safeParse(line.fields);
  return fits.success ? { row: fits.data } : { problem: misfit(line, fits.error, about) };
}
interface RowReading {
  readonly system: string;
  readonly operation: string;
  readonly kind: 'price' | 'location';
}

function misfit(line: BulkRow, { issues }: z.ZodError, { system, operation, kind }: RowReading): PageProblem {
  const { id } = line;
  const ref = id === undefined || kind !== 'price' ? undefined : { system, kind, id };
  const places = issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
  const error = new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    refs: ref ? [ref] : [],
    message: `"${id ?? 'A record without an id'}" of "${system}" was not read: it does not fit at ${places.join(', ')}. Compare it with the API version this connector is written for.`,
  });
  return { ref, error };
}
