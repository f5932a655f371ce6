import { isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { scopesOfFields, scopesOfTypes } from '../../src/platforms/shopify/scope-table.ts';
import { buildShopSchema } from '../../src/platforms/shopify/schema/build-schema.ts';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';
import { trueAccess } from './true-schema.ts';

/** Scopes as the table writes them, read out of Shopify's sentence; undefined where it names none. */
function scopesIn(sentence: string, isWrite: boolean): string | undefined {
  const [main = '', also = ''] = sentence.split(' Also: ');
  const named = (text: string) =>
    [...text.matchAll(/`(\w+)` access scope/g)].map(([, scope = '']) =>
      isWrite && !/^(read|write)_/.test(scope) ? `write_${scope}` : scope,
    );
  const groups = [...main.split(' and (').map(named), also.startsWith('Requires the') ? named(also) : []];
  const full = groups.filter((group) => group.length > 0);
  return full.length === 0 ? undefined : full.map((group) => group.join(' ')).join(' & ');
}

describe('the scopes of the fake shop', () => {
  it('are those of the schema, for every type and field that it serves', () => {
    const schema = buildShopSchema('2026-10');
    const access = trueAccess('2026-10');
    const wrong: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      const wanted = scopesIn(access.get(type.name) ?? '', false);
      if (scopesOfTypes[type.name] !== wanted) wrong.push(`${type.name}: ${wanted}`);
      for (const field of Object.keys(type.getFields())) {
        const key = `${type.name}.${field}`;
        const needed = scopesIn(access.get(key) ?? '', type.name === 'Mutation');
        if (scopesOfFields[key] !== needed) wrong.push(`${key}: ${needed}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('are asked for by field, in the words of the platform, beside the rest of the data', async () => {
    const { platform } = shopWithStock({ scopes: ['read_products'] });
    const answer = await ask(
      platform,
      '{ productVariants(first: 1) { nodes { sku inventoryItem { sku inventoryLevels(first: 1) { nodes { id } } } } } }',
    );
    expect(answer.errors[0]).toMatchObject({
      message: 'Access denied for inventoryLevels field. Required access: `read_inventory` access scope.',
      extensions: { code: 'ACCESS_DENIED' },
    });
  });

  it('are those of the record, for what is written on one', async () => {
    const { platform, state } = shopWithStock({ scopes: ['write_products', 'read_orders'] });
    const order = state.placeOrder(anOrder());
    const write = (ownerId: string) =>
      ask(
        platform,
        'mutation M($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { code } } }',
        {
          m: [{ ownerId, namespace: 'erp', key: 'number', type: 'number_integer', value: '1' }],
        },
      );
    expect((await write(state.variant('TEE').productId)).at('metafieldsSet', 'userErrors')).toEqual([]);
    expect((await write(order.id)).errors).toMatchObject([{ extensions: { code: 'ACCESS_DENIED' } }]);
    expect(state.metafields(order.id)).toEqual([]);
  });
});
