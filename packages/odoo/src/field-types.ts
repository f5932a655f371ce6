import * as z from 'zod';
import { idList, many2one, optionalDate, optionalDatetime, optionalText, orNull } from './wire/value.ts';

/** What values of a field look like inside: as a schema, and as a type that is written down. */
export interface FieldType {
  readonly schema: z.ZodType;
  readonly written: string;
}

const text: FieldType = { schema: optionalText, written: 'string | null' };
const number: FieldType = { schema: z.number(), written: 'number' };
const ids: FieldType = { schema: idList, written: 'readonly number[]' };
/** Where it depends on the record or on a module: whatever comes, unread. */
const anything: FieldType = { schema: z.unknown(), written: 'unknown' };

/** Numbers and lists are never empty, booleans are what they say, and everything else may be. Recorded on 17.0 to 19.0, 2026-11-23. */
const byType: Readonly<Record<string, FieldType>> = {
  char: text,
  text,
  html: text,
  binary: text,
  reference: text,
  selection: { schema: orNull(z.union([z.string(), z.number()])), written: 'string | null' },
  integer: number,
  float: number,
  monetary: number,
  boolean: { schema: z.boolean(), written: 'boolean' },
  date: { schema: optionalDate, written: 'string | null' },
  datetime: { schema: optionalDatetime, written: 'string | null' },
  many2one: { schema: orNull(many2one), written: 'Many2one | null' },
  many2one_reference: { schema: orNull(z.number()), written: 'number | null' },
  one2many: ids,
  many2many: ids,
};

/** How values of a field's type are read. Types of modules that we do not know are left as they come. */
export function fieldType(type: string): FieldType {
  return Object.hasOwn(byType, type) ? (byType[type] ?? anything) : anything;
}
