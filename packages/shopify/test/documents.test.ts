import { readdirSync, readFileSync } from 'node:fs';
import { Kind, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import { requestedCost } from '../src/costs.ts';
import { settingsOf } from '../src/options.ts';
import { allDocuments, type KnownDocument } from './schema/all-documents.ts';
import { trueCost } from './schema/true-cost.ts';
import { trueSchema, versions, type TrueSchema } from './schema/true-schema.ts';

// Of one call. shopify.dev, Admin API rate limits, read 2026-11-23.
const mostPoints = 1000;
const documents = await allDocuments();
const sources = readdirSync(new URL('../src', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8') }));

describe('the documents of the connector', () => {
  it('are all in one folder, and nothing else is ever sent to GraphQL', () => {
    const made = sources.filter(({ text }) => /\bdefineDocument\b/.test(text)).map(({ file }) => file);
    expect(made.filter((file) => !file.startsWith('documents/'))).toEqual([]);
    const sent = sources.filter(({ text }) => text.includes('graphql.json')).map(({ file }) => file);
    expect(sent).toEqual(['transport.ts']);
    const calls = sources.flatMap(
      ({ text }) => text.match(/\bdefineDocument\(\s/g) ?? text.match(/= defineDocument\(/g) ?? [],
    );
    expect(calls.length).toBeGreaterThan(15);
  });

  it('have names of their own, that are the names in their texts', () => {
    expect(new Set(documents.map(({ name }) => name)).size).toBe(documents.length);
    for (const { name, operation } of documents) expect(operation.name?.value).toBe(name);
  });

  it('are for a version that is tested, unless a shop asks for another', () => {
    const { apiVersion } = settingsOf({ shop: 'acme', accessToken: 'token' });
    expect(versions).toContain(apiVersion);
  });
});

describe.each(versions)('Admin API %s', (version) => {
  const known = trueSchema(version);

  it.each(documents)('knows everything that $name asks for', ({ tree }) => {
    expect(validate(known.schema, tree).map(({ message }) => message)).toEqual([]);
  });

  it.each(documents)('will not take away what $name uses', (document) => {
    expect(deprecatedIn(known, document)).toEqual([]);
  });

  it.each(documents)('asks for $name what is set aside for it, and no more than it lets through', (document) => {
    const cost = trueCost(known.schema, document.operation);
    expect(requestedCost(document.text)).toBe(cost);
    expect(cost).toBeLessThanOrEqual(mostPoints);
  });

  it.each(documents)('has a key from $name where it wants one, and nowhere else', ({ operation }) => {
    for (const field of operation.selectionSet.selections) {
      if (field.kind !== Kind.FIELD) continue;
      const keyed = field.directives?.some(({ name }) => name.value === 'idempotent') ?? false;
      expect([field.name.value, keyed]).toEqual([field.name.value, known.idempotent.has(field.name.value)]);
    }
  });
});

/** Fields, arguments, input fields and words that are marked as going away. */
function deprecatedIn({ schema }: TrueSchema, { tree }: KnownDocument): readonly string[] {
  const found: string[] = [];
  const info = new TypeInfo(schema);
  visit(
    tree,
    visitWithTypeInfo(info, {
      Field() {
        const field = info.getFieldDef();
        if (field?.deprecationReason != null) found.push(`${info.getParentType()?.name}.${field.name}`);
      },
      Argument() {
        const argument = info.getArgument();
        if (argument?.deprecationReason != null) found.push(`${info.getFieldDef()?.name}(${argument.name}:)`);
      },
      EnumValue() {
        const word = info.getEnumValue();
        if (word?.deprecationReason != null) found.push(word.name);
      },
    }),
  );
  return found;
}
