import { isInterfaceType, isIntrospectionType, isObjectType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildShopSchema } from '../../src/platforms/shopify/schema/build-schema.ts';
import { stableVersions } from '../../src/platforms/shopify/versions.ts';
import { ask } from './ask.ts';
import { shopWithStock } from './shop.ts';
import { trueSchema } from './true-schema.ts';

// Types that no document names: they are reached by fields alone.
const unnamed = /(Payload|Connection|Edge|UserError|UserErrorCode)$/;

describe('the names that Shopify has and the fake shop lacks', () => {
  it('are those of the true schema: run this with -u when either schema changes', async () => {
    const fakes = stableVersions.map(buildShopSchema);
    const trues = stableVersions.map(trueSchema);
    const known = fieldsIn(fakes);
    const fields = [...fieldsIn(trues)].flatMap(([type, names]) => {
      const own = known.get(type);
      const lacking = [...names].filter((name) => own && !own.has(name)).toSorted();
      return lacking.length > 0 ? [`  ${type}:\n    '${lacking.join(' ')}',`] : [];
    });
    const served = new Set(fakes.flatMap((schema) => Object.keys(schema.getTypeMap())));
    const types = new Set(
      trues.flatMap((schema) => Object.values(schema.getTypeMap()).filter(isNamed)).map(({ name }) => name),
    );
    const lackingTypes = [...types].filter((name) => !served.has(name)).toSorted();
    const text = [
      '/** Made by test/shopify/true-names.test.ts from the schemas of the Admin API, 2026-01 to 2026-10: fields of types that the fake has. */',
      'export const lackingFields: Readonly<Record<string, string>> = {',
      ...fields.toSorted(),
      '};',
      '',
      '/** Types that a document can name. */',
      `export const lackingTypes =\n  '${lackingTypes.join(' ')}';`,
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot('../../src/platforms/shopify/schema/true-names.generated.ts');
    expect(text.length).toBeLessThan(150_000);
  });

  it.each([
    ['{ draftOrders(first: 1) { nodes { id } } }', 'QueryRoot.draftOrders'],
    ['{ products(first: 1) { nodes { sellingPlanGroupsCount { count } } } }', 'Product.sellingPlanGroupsCount'],
    ['mutation { inventoryMoveQuantities(input: {}) { userErrors { message } } }', 'Mutation.inventoryMoveQuantities'],
    [
      'query Q($i: DraftOrderInput) { shop { id } draft: orders(first: 1, query: $i) { nodes { id } } }',
      'DraftOrderInput',
    ],
  ])('are said to be unknown to the fake: %s', async (query, name) => {
    const { platform } = shopWithStock();
    const { errors } = await ask(platform, query);
    expect(errors[0]).toMatchObject({ extensions: { code: 'FAKE_UNSUPPORTED' } });
    expect(errors[0]?.message).toContain(`"${name}"`);
  });

  it('are not mixed up with what no version has, and what another version has', async () => {
    const { platform } = shopWithStock();
    for (const [query, version] of [
      ['{ shopp { id } }', '2026-10'],
      ['{ orders(first: 1) { nodes { colour } } }', '2026-10'],
      [
        'mutation { orderCancel(orderId: "gid://shopify/Order/1", reason: OTHER, restock: true) { jobResult { done } } }',
        '2026-07',
      ],
    ] as const) {
      const { errors } = await ask(platform, query, {}, { version });
      expect(errors).toMatchObject([{ extensions: { code: 'undefinedField' } }]);
    }
  });
});

function isNamed(type: GraphQLNamedType): boolean {
  return !isIntrospectionType(type) && !unnamed.test(type.name);
}

function fieldsIn(schemas: readonly GraphQLSchema[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const type of schemas.flatMap((schema) => Object.values(schema.getTypeMap()))) {
    if (isIntrospectionType(type) || !(isObjectType(type) || isInterfaceType(type))) continue;
    const names = found.get(type.name) ?? new Set<string>();
    found.set(type.name, names);
    for (const name of Object.keys(type.getFields())) names.add(name);
  }
  return found;
}
