import { getNamedType, Kind, TypeInfo, visit, visitWithTypeInfo, type DocumentNode } from 'graphql';
import type { TrueSchema } from './true-schema.ts';

/** A list of scopes of which one is enough. */
export type OneOf = readonly string[];

/** What the token has to be allowed for a document: one scope of each list. */
export function accessFor({ schema, access }: TrueSchema, tree: DocumentNode): readonly OneOf[] {
  const found = new Map<string, OneOf>();
  const info = new TypeInfo(schema);
  const need = (name: string | undefined) => {
    const words = name === undefined ? undefined : access.get(name);
    const scopes = words?.match(/(?<=`)[a-z_]+(?=` access scope)/g);
    if (!scopes) return;
    // Of some mutations it says "`orders` access scope": that is the one to write.
    const full = scopes.map((scope) => (/^(read|write)_/.test(scope) ? scope : `write_${scope}`));
    found.set([...full].toSorted().join(), full);
  };
  visit(
    tree,
    visitWithTypeInfo(info, {
      [Kind.FIELD]() {
        const parent = info.getParentType()?.name;
        need(`${parent}.${info.getFieldDef()?.name}`);
        need(getNamedType(info.getType())?.name.replace(/Connection$/, ''));
      },
      [Kind.INLINE_FRAGMENT]() {
        need(getNamedType(info.getType())?.name);
      },
    }),
  );
  return [...found.values()];
}
