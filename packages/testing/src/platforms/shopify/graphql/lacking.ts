import { lackingFields, lackingTypes } from '../schema/true-names.generated.ts';

const types: ReadonlySet<string> = new Set(lackingTypes.split(' '));

/** Whether the platform has a field, in some version, that the fake does not know. */
export function isLackingField(type: string, field: string): boolean {
  return lackingNames(type).includes(field);
}

/** The fields of a type that the platform has, in some version, and the fake does not know. */
export function lackingNames(type: string): readonly string[] {
  return Object.hasOwn(lackingFields, type) ? (lackingFields[type] ?? '').split(' ') : [];
}

/** Whether the platform has a type, in some version, that the fake does not know. */
export function isLackingType(name: string): boolean {
  return types.has(name);
}

/** What is said of it: never in the platform's words, which would be untrue. */
export function lackingWords(what: string): string {
  return `The fake shop does not know "${what}". Leave it out, or teach it to the fake.`;
}
