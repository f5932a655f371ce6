import type { Json } from '@crossdock/core';
import type { Env } from './env.ts';

export type FieldType =
  | 'char'
  | 'text'
  | 'html'
  | 'integer'
  | 'float'
  | 'monetary'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'selection'
  | 'many2one'
  | 'one2many'
  | 'many2many'
  | 'json'
  | 'binary';

/** One field of a model, as far as a client can tell. */
export interface Field {
  readonly type: FieldType;
  readonly label: string;
  readonly required?: boolean;
  /** Kept by value for fast `=` and `in`. Every many2one that is the other side of a one2many is kept anyway. */
  readonly index?: boolean;
  readonly relation?: string;
  /** The many2one on the other model that a one2many mirrors. */
  readonly inverse?: string;
  readonly selection?: readonly (readonly [string, string])[];
  /** What becomes of this record when the one it points at is deleted. Default restrict when required, else empty. */
  readonly onDelete?: 'restrict' | 'cascade' | 'set null';
  readonly defaultsTo?: (env: Env) => Json;
  /** Worked out when read, never stored. */
  readonly compute?: (env: Env, id: number) => Json;
  /** Takes what is written to a computed field. */
  readonly assign?: (env: Env, id: number, value: Json) => void;
  /** Lives on the record that a many2one points at, and is read and written there. */
  readonly related?: readonly [link: string, field: string];
  readonly readonly?: boolean;
}

type Rest = Omit<Field, 'type' | 'label' | 'relation' | 'inverse' | 'selection'>;
const simple =
  (type: FieldType) =>
  (label: string, rest: Rest = {}): Field => ({ type, label, ...rest });

export const char = simple('char');
export const text = simple('text');
export const html = simple('html');
export const integer = simple('integer');
export const float = simple('float');
export const monetary = simple('monetary');
export const boolean = simple('boolean');
export const date = simple('date');
export const datetime = simple('datetime');
export const json = simple('json');
export const binary = simple('binary');

export function selection(label: string, choices: Readonly<Record<string, string>>, rest: Rest = {}): Field {
  return { type: 'selection', label, selection: Object.entries(choices), ...rest };
}

export function many2one(label: string, relation: string, rest: Rest = {}): Field {
  return { type: 'many2one', label, relation, ...rest };
}

export function one2many(label: string, relation: string, inverse: string, rest: Rest = {}): Field {
  return { type: 'one2many', label, relation, inverse, ...rest };
}

export function many2many(label: string, relation: string, rest: Rest = {}): Field {
  return { type: 'many2many', label, relation, ...rest };
}

/** Whether the table has a column (or a link table) for it. */
export function isStored(field: Field): boolean {
  return field.compute === undefined && field.related === undefined && field.type !== 'one2many';
}

export function isNumeric(field: Field): boolean {
  return field.type === 'integer' || field.type === 'float' || field.type === 'monetary';
}
