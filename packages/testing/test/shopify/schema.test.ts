import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isObjectType,
  isRequiredArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildShopSchema } from '../../src/platforms/shopify/schema/build-schema.ts';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const versions = ['2026-01', '2026-04', '2026-07', '2026-10'];

/** Every field of a type that needs no argument, down to a depth. */
function everything(schema: GraphQLSchema, type: GraphQLCompositeType, depth: number, alias = ''): string {
  if (isAbstractType(type)) {
    return `__typename ${schema
      .getPossibleTypes(type)
      .map((possible) => `... on ${possible.name} { ${everything(schema, possible, depth, `${possible.name}_`)} }`)
      .join(' ')}`;
  }
  if (!isObjectType(type)) return '__typename';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const name = alias ? `${alias}${field.name}: ${field.name}` : field.name;
    const isPage = named.name.endsWith('Connection');
    const required = field.args.filter(isRequiredArgument);
    const args = isPage
      ? '(first: 1)'
      : required.length === 0
        ? ''
        : field.name === 'quantities'
          ? '(names: ["available", "on_hand"])'
          : undefined;
    if (args === undefined) return [];
    if (!isCompositeType(named)) return [`${name}${args}`];
    if (depth === 0) return [];
    if (!isPage) return [`${name}${args} { ${everything(schema, named, depth - 1)} }`];
    const node = isObjectType(named) ? getNamedType(named.getFields()['nodes']?.type) : undefined;
    return node && isCompositeType(node)
      ? [`${name}${args} { nodes { ${everything(schema, node, depth - 1)} } pageInfo { hasNextPage } }`]
      : [];
  });
  return ['__typename', ...fields].join(' ');
}

const fieldsOf = (version: string, name: string) => {
  const type = buildShopSchema(version).getType(name);
  return type && 'getFields' in type ? Object.keys(type.getFields()) : [];
};

const wordsOf = (version: string, name: string) => {
  const type = buildShopSchema(version).getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
};

describe('every field of the schema', () => {
  it.each(versions)('has a value where %s says that it has one', async (version) => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(
      anOrder({
        discounts: [{ code: 'TEN', amount: '3.00' }],
        lines: [{ sku: 'TEE', quantity: 3, discount: '1.00' }],
        taxLines: [{ title: 'VAT', rate: '0.19' }],
        presentment: { currency: 'EUR', rate: '0.9' },
      }),
    );
    state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }], tracking: { company: 'DHL', number: '1' } });
    state.refundOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }], shipping: '1.00' });
    state.placeOrder(anOrder());
    state.holdOrder(state.orders[1]?.id ?? '', 'OTHER');
    state.subscribe('orders/create', 'https://receiver.example/hook');
    const schema = buildShopSchema(version);
    const type = (name: string) => {
      const found = schema.getType(name);
      if (!isCompositeType(found)) throw new Error(name);
      return found;
    };
    const roots: readonly (readonly [string, string])[] = [
      ['orders(first: 1) { nodes', 'Order'],
      ['fulfillmentOrders(first: 1) { nodes', 'FulfillmentOrder'],
      ['locations(first: 1) { nodes', 'Location'],
      ['products(first: 1) { nodes', 'Product'],
      ['productVariants(first: 1) { nodes', 'ProductVariant'],
      ['inventoryItems(first: 1) { nodes', 'InventoryItem'],
      ['shop', 'Shop'],
      ['currentAppInstallation', 'AppInstallation'],
    ];
    for (const [root, name] of roots) {
      const query = `{ ${root} { ${everything(schema, type(name), 2)} } ${root.includes('{') ? '}' : ''} }`;
      const answer = await ask(platform, query, {}, { version });
      expect(answer.errors, `${root} at ${version}`).toEqual([]);
      expect(answer.hasData).toBe(true);
      platform.state.drainBucket(2000);
    }
  });

  it('differs by version as the platform does', () => {
    expect(fieldsOf('2026-01', 'InventoryQuantityInput')).toContain('compareQuantity');
    expect(fieldsOf('2026-04', 'InventoryQuantityInput')).not.toContain('compareQuantity');
    for (const name of ['InventorySetQuantitiesUserErrorCode', 'InventoryAdjustQuantitiesUserErrorCode']) {
      expect(wordsOf('2026-07', name)).toContain('ITEM_NOT_STOCKED_AT_LOCATION');
      expect(wordsOf('2026-10', name)).not.toContain('ITEM_NOT_STOCKED_AT_LOCATION');
    }
    expect(fieldsOf('2026-07', 'OrderCancelPayload')).not.toContain('jobResult');
    expect(fieldsOf('2026-10', 'OrderCancelPayload')).toContain('jobResult');
    expect(buildShopSchema('2025-10').getDirective('idempotent')).toBeUndefined();
    expect(buildShopSchema('2026-01').getDirective('idempotent')).toBeDefined();
  });
});
