import { readFileSync } from 'node:fs';
import { Kind, OperationTypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { keyedMutations } from '../src/keyed-mutations.ts';
import { allDocuments } from './schema/all-documents.ts';
import { trueSchema, versions } from './schema/true-schema.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, section = ''] = /## What a repeat changes\n([\s\S]*?)\n## /.exec(readme) ?? [];
/** The guard of each mutation, as the README names it. */
const guards = new Map(
  [...section.matchAll(/^\| (`.*?) \| (.*?) \|$/gm)].flatMap(([, names = '', guard = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [name, guard.trim()] as const),
  ),
);

const sent = (await allDocuments()).flatMap(({ name, text, operation }) =>
  operation.operation === OperationTypeNode.MUTATION
    ? operation.selectionSet.selections.flatMap((field) =>
        field.kind === Kind.FIELD
          ? [{ document: name, text, mutation: field.name.value, directives: field.directives ?? [] }]
          : [],
      )
    : [],
);

describe('what a repeat changes', () => {
  it.each(sent)('is said of $mutation, which $document sends', ({ mutation, directives }) => {
    const guard = guards.get(mutation) ?? '';
    expect(guard.length).toBeGreaterThan(10);
    const isKeyed = directives.some(({ name }) => name.value === 'idempotent');
    expect(guard.startsWith('`@idempotent`')).toBe(isKeyed);
    expect(keyedMutations.has(mutation)).toBe(isKeyed);
  });

  it('is said of nothing else', () => {
    const names = new Set(sent.map(({ mutation }) => mutation));
    expect([...guards.keys()].filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(versions)('knows the mutations that %s wants a key for', (version) => {
    const { idempotent, schema } = trueSchema(version);
    const there = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect([...keyedMutations].filter((name) => there.includes(name)).toSorted()).toEqual([...idempotent].toSorted());
  });
});
