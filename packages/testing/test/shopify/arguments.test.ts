import { getNamedType, isObjectType, isRequiredArgument, type GraphQLField } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildShopSchema } from '../../src/platforms/shopify/schema/build-schema.ts';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

type Field = GraphQLField<unknown, unknown>;

const schema = buildShopSchema('2026-10');
const fieldsOf = (name: string): readonly Field[] => {
  const type = schema.getType(name);
  return isObjectType(type) ? Object.values(type.getFields()) : [];
};
const isPage = ({ type }: Field) => getNamedType(type).name.endsWith('Connection');
const hasQuery = ({ args }: Field) => args.some(({ name }) => name === 'query');
const isFree = ({ args }: Field) => !args.some(isRequiredArgument);

/** Lists and counts at the root that take a filter. */
const lists = fieldsOf('QueryRoot').filter((field) => hasQuery(field) && isFree(field));

describe('a filter', () => {
  it.each(lists.map((field) => [field.name, field] as const))(
    'of %s is read: what is not known is warned of',
    async (name, field) => {
      const { platform, state } = shopWithStock();
      state.placeOrder(anOrder());
      const query = isPage(field)
        ? `{ ${name}(first: 1, query: "no_such_filter:1") { nodes { __typename } } }`
        : `{ ${name}(query: "no_such_filter:1") { count } }`;
      const answer = await ask(platform, query);
      expect(answer.errors).toEqual([]);
      expect(answer.search).toMatchObject([{ path: [name], warnings: [{ field: 'no_such_filter' }] }]);
    },
  );
});

describe('a sort key', () => {
  const sorted = fieldsOf('QueryRoot').filter(
    (field) => isPage(field) && isFree(field) && field.args.some(({ name }) => name === 'sortKey'),
  );

  it.each(sorted.map(({ name }) => name))('of %s is taken by its word', async (name) => {
    const { platform } = shopWithStock();
    const field = sorted.find((each) => each.name === name);
    const argument = field?.args.find((each) => each.name === 'sortKey');
    const type = argument && getNamedType(argument.type);
    const words = type && 'getValues' in type ? type.getValues().map((value) => value.name) : [];
    expect(words.length).toBeGreaterThan(0);
    for (const word of words) {
      const answer = await ask(platform, `{ ${name}(first: 1, sortKey: ${word}) { nodes { __typename } } }`);
      expect([word, answer.errors]).toEqual([word, []]);
    }
  });
});

describe('a mutation', () => {
  it.each(fieldsOf('Mutation').map(({ name }) => name))('%s is carried out by something', async (name) => {
    const { mutationRoot } = await import('../../src/platforms/shopify/mutations/mutations.ts');
    expect(Object.keys(mutationRoot)).toContain(name);
  });

  it('or query at the root is served, each one in the schema', async () => {
    const { queryRoot } = await import('../../src/platforms/shopify/queries/queries.ts');
    expect(
      fieldsOf('QueryRoot')
        .map(({ name }) => name)
        .filter((name) => !Object.hasOwn(queryRoot, name)),
    ).toEqual([]);
  });
});
