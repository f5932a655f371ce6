import type { Field, FieldType } from './anatomy.ts';

export type { Field, FieldType } from './anatomy.ts';

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
