import { defaultFieldResolver, execute, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { guardedBy } from '../../src/platforms/shopify/graphql/answer.ts';
import { privacyWatch } from '../../src/platforms/shopify/privacy.ts';
import { buildShopSchema } from '../../src/platforms/shopify/schema/build-schema.ts';

describe('a field that nothing stands behind', () => {
  it('is said to be one, where null would be taken for an answer', async () => {
    const result = await execute({
      schema: buildShopSchema('2026-10'),
      document: parse('{ productByIdentifier(identifier: { handle: "shirt" }) { templateSuffix category { name } } }'),
      rootValue: { productByIdentifier: () => ({ templateSuffix: null }) },
      contextValue: { scopes: undefined, refusedFields: new Map(), privacy: privacyWatch() },
      // The guard looks at no more of the context than that.
      fieldResolver: guardedBy(defaultFieldResolver) as typeof defaultFieldResolver,
    });
    expect(result.data).toEqual({ productByIdentifier: { templateSuffix: null, category: null } });
    expect(result.errors).toMatchObject([
      { message: expect.stringContaining('Product.category'), extensions: { code: 'FAKE_UNSUPPORTED' } },
    ]);
  });
});
