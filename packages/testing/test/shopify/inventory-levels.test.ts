import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const levels = `query L($id: ID!, $q: String, $all: Boolean) { location(id: $id) { inventoryLevels(first: 50, query: $q, includeInactive: $all) {
  nodes { id isActive updatedAt item { sku } quantities(names: ["available", "on_hand", "committed", "incoming", "reserved", "damaged", "safety_stock", "quality_control"]) { name quantity } } } } }`;

describe('the levels of a location', () => {
  it('are found by the moment of their last change, whatever moved', async () => {
    const { platform, state, warehouse } = shopWithStock();
    await platform.clock.advance(60_000);
    state.placeOrder(anOrder({ lines: [{ sku: 'TEE', quantity: 3 }] }));
    state.setQuantity('TEE', 'damaged', 2);
    const answer = await ask(platform, levels, { id: warehouse, q: "updated_at:>='2026-11-01T00:01:00Z'" });
    expect(answer.at('location', 'inventoryLevels', 'nodes')).toEqual([
      {
        id: state.levelId('TEE'),
        isActive: true,
        updatedAt: '2026-11-01T00:01:00Z',
        item: { sku: 'TEE' },
        quantities: [
          { name: 'available', quantity: 97 },
          { name: 'on_hand', quantity: 102 },
          { name: 'committed', quantity: 3 },
          { name: 'incoming', quantity: 0 },
          { name: 'reserved', quantity: 0 },
          { name: 'damaged', quantity: 2 },
          { name: 'safety_stock', quantity: 0 },
          { name: 'quality_control', quantity: 0 },
        ],
      },
    ]);
  });

  it('hide what is no longer stocked there, unless that is asked for', async () => {
    const { platform, state, warehouse } = shopWithStock();
    state.setStocked('CAP', warehouse, false);
    const seen = async (all: boolean) => {
      const answer = await ask(platform, levels, { id: warehouse, all });
      const nodes = answer.at('location', 'inventoryLevels', 'nodes');
      return Array.isArray(nodes) ? nodes.length : 0;
    };
    expect([await seen(false), await seen(true)]).toEqual([1, 2]);
    const { inventoryItemId } = state.variant('CAP');
    const one = await ask(
      platform,
      `{ inventoryItem(id: "${inventoryItemId}") { shown: inventoryLevel(locationId: "${warehouse}") { id }
        all: inventoryLevel(locationId: "${warehouse}", includeInactive: true) { isActive } } }`,
    );
    expect(one.at('inventoryItem')).toEqual({ shown: null, all: { isActive: false } });
  });

  it('lag behind in the search where a test says so', async () => {
    const { platform, state, warehouse } = shopWithStock();
    const id = state.levelId('TEE');
    state.unlist(id);
    const answer = await ask(platform, levels, { id: warehouse });
    expect(answer.at('location', 'inventoryLevels', 'nodes')).toMatchObject([{ item: { sku: 'CAP' } }]);
    expect(
      (await ask(platform, `{ node(id: "${id}") { ... on InventoryLevel { item { sku } } } }`)).at('node'),
    ).toEqual({
      item: { sku: 'TEE' },
    });
  });
});
