import { CommerceError } from '@crossdock/core';
import * as z from 'zod';
import { fieldType } from './field-types.ts';
import { recordId, type Command, type Many2one, type Row } from './wire/value.ts';

/**
 * The models that a program declares, by name, with the types of their fields as they are read. Declare your own by module
 * augmentation of `@crossdock/odoo`; `npx @crossdock/odoo types` writes such a file from a server.
 */
// Empty here, because only the program knows its Odoo.
// oxlint-disable-next-line typescript/no-empty-object-type
export interface OdooModels {}

type Declared = Extract<keyof OdooModels, string>;

/** Values by field name, as Odoo takes them: relations as ids or commands, `null` or `false` for empty. */
export type Values = Readonly<Record<string, unknown>>;

/** The fields that may be asked of a model: the declared ones, or any where it was not declared. */
export type FieldOf<M extends string> = M extends Declared ? keyof OdooModels[M] & string : string;

/** A record that was read with these fields. Those of a model that was not declared are `unknown`. */
export type RecordOf<M extends string, F extends string> = { readonly id: number } & (M extends Declared
  ? { readonly [K in F & keyof OdooModels[M]]: OdooModels[M][K] }
  : { readonly [K in Exclude<F, 'id'>]: unknown });

/** What may be written of a model: the declared fields, or any where it was not declared. */
export type ValuesOf<M extends string> = M extends Declared
  ? { readonly [K in Exclude<keyof OdooModels[M], 'id'>]?: Written<OdooModels[M][K]> | undefined }
  : Values;

/** A relation is read as a name and written as an id; the other side of one is read as ids and written by commands. */
type Written<T> = T extends Many2one ? number : T extends readonly number[] ? readonly Command[] : T;

/**
 * Asks for fields by name. What Odoo writes in them is read by their types, so that `false` for empty is `null`. A field
 * that the model does not have, or that the key's user may not see, is `request.rejected`.
 */
export function rowOfFields(
  system: string,
  model: string,
  known: Readonly<Record<string, { readonly type: string }>>,
  fields: readonly string[],
): Row<Readonly<Record<string, unknown>>> {
  const wanted = fields.filter((name) => name !== 'id');
  const strange = wanted.filter((name) => !Object.hasOwn(known, name));
  if (strange.length > 0) {
    throw new CommerceError({
      code: 'request.rejected',
      message: `"${system}" was not asked: "${model}" has no field ${strange.map((name) => `"${name}"`).join(', ')} there, or the key's user may not see it. Compare the names with those that \`fieldsGet\` gives.`,
      system,
      operation: `${model}/fields_get`,
    });
  }
  const shape = wanted.map((name) => [name, fieldType(known[name]?.type ?? '').schema] as const);
  return { fields: wanted, schema: z.object({ id: recordId, ...Object.fromEntries(shape) }) };
}
