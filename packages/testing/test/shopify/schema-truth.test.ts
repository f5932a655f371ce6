import { buildSchema, isEnumType, isScalarType, parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildShopSchema } from '../../src/platforms/shopify/schema/build-schema.ts';
import { stableVersions } from '../../src/platforms/shopify/versions.ts';
import { schemaDifferences } from './schema-differences.ts';
import { trueSchema } from './true-schema.ts';

// Enums of a standard's hundreds of words, which the fake takes by their form.
const standards = ['CountryCode', 'CurrencyCode'];

describe('the schema of the fake shop', () => {
  it.each(stableVersions)('says nothing in %s that Shopify does not say', (version) => {
    const fake = buildShopSchema(version);
    const shopify = trueSchema(version);

    const explained = standards.map((name) => `${name} is of another kind`);
    expect(schemaDifferences(fake, shopify).toSorted()).toEqual(explained);
    for (const name of standards) {
      const [type, other] = [fake.getType(name), shopify.getType(name)];
      if (!isScalarType(type) || !isEnumType(other)) throw new Error(`${name} is not what it was.`);
      for (const { name: word } of other.getValues()) expect(type.parseValue(word)).toBe(word);
      const [{ name: word } = { name: '' }] = other.getValues();
      expect(type.parseLiteral(parseValue(word))).toBe(word);
      expect(() => type.parseLiteral(parseValue(`"${word}"`))).toThrow('Could not coerce');
    }
  });
});

describe('the comparison of schemas', () => {
  const whole = buildSchema(`
    directive @key(of: String!) on FIELD
    interface Node { id: ID! }
    enum Word { GOOD BAD @deprecated }
    input Wish { id: ID! many: Int = 1 note: String @deprecated }
    type Thing implements Node { id: ID! name: String old: Int @deprecated sized(big: Boolean! small: Int): Int }
    type Other { id: ID! }
    union Any = Thing | Other
    type Query { thing(wish: Wish): Thing any: Any word: Word node: Node }
  `);
  const query = 'type Query { thing: Int }';

  it.each([
    ['nothing where it is a part', 'type Thing { name: String } type Query { thing: Thing }', []],
    ['a type', `type Unknown { id: ID } ${query}`, ['Unknown is not there']],
    ['a kind', `input Thing { id: ID } ${query}`, ['Thing is of another kind']],
    ['a field', `type Thing { colour: Int } ${query}`, ['Thing.colour is not there']],
    ['what may be null', `type Thing { name: String! } ${query}`, ['Thing.name is String, not String!']],
    ['an interface', `interface Any2 { id: ID } ${query}`, ['Any2 is not there']],
    ['what is one', `interface Node { id: ID! } type Other implements Node { id: ID! } ${query}`, ['Other is no Node']],
    ['what goes away', `type Thing { old: Int } ${query}`, ['Thing.old goes away']],
    ['what stays', `type Thing { name: String @deprecated } ${query}`, ['Thing.name does not go away']],
    [
      'a required argument',
      `type Thing { sized(small: Int): Int } ${query}`,
      ['Thing.sized(big:) is required and not asked for'],
    ],
    [
      'an argument',
      `type Thing { sized(big: Boolean!, loud: Int): Int } ${query}`,
      ['Thing.sized(loud:) is not there'],
    ],
    ['a required input', `input Wish { many: Int = 1 } ${query}`, ['Wish(id:) is required and not asked for']],
    ['a default', `input Wish { id: ID! many: Int = 2 } ${query}`, ['Wish(many:) is 1 by default, not 2']],
    ['an input that goes away', `input Wish { id: ID! note: String } ${query}`, ['Wish(note:) goes away']],
    ['a word', `enum Word { GOOD UGLY } ${query}`, ['Word has no UGLY']],
    ['a word that goes away', `enum Word { BAD } ${query}`, ['Word.BAD goes away']],
    ['a member', `type Query2 { id: ID } union Any = Query2 ${query}`, ['Query2 is not there', 'Query2 is no Any']],
    ['a directive', `directive @lock on FIELD ${query}`, ['@lock is not there']],
    ['where a directive stands', `directive @key(of: String!) on QUERY ${query}`, ['@key stands on no QUERY']],
    ['what a directive takes', `directive @key on FIELD ${query}`, ['@key(of:) is required and not asked for']],
  ])('tells %s', (_what, text, differences) => {
    const found = schemaDifferences(buildSchema(text), whole);
    expect(found.filter((line) => !line.startsWith('Query.thing'))).toEqual(differences);
  });
});
