import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { countedShop } from './counted-shop.ts';

describe('inventorySetQuantities', () => {
  it('sets several items at several locations in one call of 10 points', async () => {
    const { state, east, west, row, set } = countedShop();
    const answer = await set([row('TEE', 8, 10), row('TEE', 0, 5, west), row('CAP', 4, 4)], {
      referenceDocumentUri: 'gid://erp/Count/1',
    });
    expect(answer.at('inventorySetQuantities')).toEqual({
      inventoryAdjustmentGroup: {
        reason: 'correction',
        referenceDocumentUri: 'gid://erp/Count/1',
        changes: [
          { name: 'available', delta: -2, item: { sku: 'TEE' }, location: { id: east } },
          { name: 'available', delta: -5, item: { sku: 'TEE' }, location: { id: west } },
          { name: 'on_hand', delta: -2, item: { sku: 'TEE' }, location: { id: east } },
          { name: 'on_hand', delta: -5, item: { sku: 'TEE' }, location: { id: west } },
        ],
      },
      userErrors: [],
    });
    expect([state.available('TEE', east), state.available('TEE', west), state.available('CAP')]).toEqual([8, 0, 4]);
  });

  it('shows of its changes those that are asked for', async () => {
    const { platform, east, row } = countedShop();
    const answer = await ask(
      platform,
      `mutation S($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) @idempotent(key: "a") {
        inventoryAdjustmentGroup {
          there: changes(locationIds: ["${east}"], quantityNames: ["on_hand"]) { name delta }
          caps: changes(inventoryItemIds: ["${row('CAP', 0).inventoryItemId}"]) { name delta }
        } } }`,
      { input: { name: 'available', reason: 'correction', quantities: [row('TEE', 8), row('CAP', 9)] } },
    );
    expect(answer.at('inventorySetQuantities', 'inventoryAdjustmentGroup')).toEqual({
      there: [
        { name: 'on_hand', delta: -2 },
        { name: 'on_hand', delta: 5 },
      ],
      caps: [
        { name: 'available', delta: 5 },
        { name: 'on_hand', delta: 5 },
      ],
    });
  });

  it.each(['2026-04', '2026-07', '2026-10'])(
    'writes nothing at %s when a buyer was faster at one of the rows',
    async (version) => {
      const { state, row, set } = countedShop();
      state.placeOrder({ lines: [{ sku: 'CAP', quantity: 1 }] });
      const { problems } = await set([row('TEE', 8, 10), row('CAP', 9, 4)], {}, version);
      expect(problems).toEqual([
        {
          field: ['input', 'quantities', '1', 'changeFromQuantity'],
          message: 'The changeFromQuantity value does not match persisted value.',
          code: 'CHANGE_FROM_QUANTITY_STALE',
        },
      ]);
      expect([state.available('TEE'), state.available('CAP')]).toEqual([15, 3]);
    },
  );

  it('compares what is on hand where that is set', async () => {
    const { state, row, set } = countedShop();
    state.placeOrder({ lines: [{ sku: 'CAP', quantity: 1 }] });
    const { problems } = await set([row('CAP', 6, 4)], { name: 'on_hand' });
    expect(problems).toEqual([]);
    expect(state.stock('CAP')).toMatchObject({ available: 5, committed: 1, on_hand: 6 });
  });

  it('takes fewer than none available, and never fewer than none on hand', async () => {
    const { state, row, set } = countedShop();
    expect((await set([row('CAP', -3)])).problems).toEqual([]);
    expect(state.available('CAP')).toBe(-3);
    expect((await set([row('CAP', -1)], { name: 'on_hand' })).problems).toMatchObject([
      { field: ['input', 'quantities', '0', 'quantity'], code: 'INVALID_QUANTITY_NEGATIVE' },
    ]);
  });

  it.each([
    [1_000_000_001, "The quantity can't be higher than 1,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH'],
    [-1_000_000_001, "The quantity can't be lower than -1,000,000,000.", 'INVALID_QUANTITY_TOO_LOW'],
  ])('does not count to %i', async (quantity, message, code) => {
    const { row, set } = countedShop();
    const { problems } = await set([row('TEE', quantity)]);
    expect(problems).toEqual([{ field: ['input', 'quantities', '0', 'quantity'], message, code }]);
  });

  it.each([
    [{ name: 'committed' }, ['input', 'name'], 'INVALID_NAME'],
    [{ reason: 'because' }, ['input', 'reason'], 'INVALID_REASON'],
    [{ referenceDocumentUri: 'count 1' }, ['input', 'referenceDocumentUri'], 'INVALID_REFERENCE_DOCUMENT'],
    [{ referenceDocumentUri: 'gid://erp/Count' }, ['input', 'referenceDocumentUri'], 'INVALID_REFERENCE_DOCUMENT'],
  ])('refuses %j', async (more, field, code) => {
    const { state, row, set } = countedShop();
    expect((await set([row('TEE', 1)], more)).problems).toMatchObject([{ field, code }]);
    expect(state.available('TEE')).toBe(15);
  });

  it('names a location that there is not', async () => {
    const { row, set } = countedShop();
    const { problems } = await set([row('TEE', 1, null, 'gid://shopify/Location/5')]);
    expect(problems).toEqual([
      {
        field: ['input', 'quantities', '0', 'locationId'],
        message: 'The specified location could not be found.',
        code: 'INVALID_LOCATION',
      },
    ]);
  });

  it('answers an id of another kind above the payload', async () => {
    const { state, row, set } = countedShop();
    const { errors } = await set([{ ...row('TEE', 1), inventoryItemId: state.variant('TEE').id }]);
    expect(errors).toMatchObject([{ extensions: { code: 'RESOURCE_NOT_FOUND' } }]);
  });

  it.each(['2026-04', '2026-07'])('does not stock an item at a location at %s', async (version) => {
    const { state, west, row, set } = countedShop();
    const { problems } = await set([row('TEE', 1), row('CAP', 2, null, west)], {}, version);
    expect(problems).toMatchObject([
      { field: ['input', 'quantities', '1', 'locationId'], code: 'ITEM_NOT_STOCKED_AT_LOCATION' },
    ]);
    expect(state.available('TEE')).toBe(15);
  });

  it('stocks an item at a location from 2026-10 on, but not when another row is wrong', async () => {
    const { platform, state, west, row, set } = countedShop();
    const level = `{ location(id: "${west}") { inventoryLevel(inventoryItemId: "${state.variant('CAP').inventoryItemId}") { isActive } } }`;
    await set([row('CAP', 2, 0, west), row('TEE', 1, 99)]);
    expect((await ask(platform, level)).at('location', 'inventoryLevel')).toBeNull();
    expect((await set([row('CAP', 2, 1, west)])).problems).toMatchObject([{ code: 'CHANGE_FROM_QUANTITY_STALE' }]);
    expect((await set([row('CAP', 2, 0, west)])).problems).toEqual([]);
    expect((await ask(platform, level)).at('location', 'inventoryLevel')).toEqual({ isActive: true });
    expect(state.available('CAP', west)).toBe(2);
  });

  it('takes 250 rows for 10 points and no more', async () => {
    const { state, east, set } = countedShop();
    const items = Array.from({ length: 251 }, (_, index) =>
      state.addProduct({ title: `P${index}`, variants: [{ sku: `P-${index}`, price: '1.00' }] }),
    );
    const rows = items.map(({ variants }, index) => ({
      inventoryItemId: variants[0]?.inventoryItemId,
      locationId: east,
      quantity: index,
      changeFromQuantity: 0,
    }));
    const bare = await set(rows.slice(0, 250));
    expect(bare.problems).toEqual([]);
    expect(state.available('P-249')).toBe(249);
    const long = await set(rows);
    expect(long.errors).toMatchObject([
      {
        message: 'The input array size of 251 is greater than the maximum allowed of 250.',
        extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
      },
    ]);
  });

  it('costs 10 points whatever the rows, when only errors are asked for', async () => {
    const { platform, row } = countedShop();
    const answer = await ask(
      platform,
      'mutation S($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) @idempotent(key: "a") { inventoryAdjustmentGroup { id } userErrors { code } } }',
      { input: { name: 'available', reason: 'correction', quantities: [row('TEE', 1), row('CAP', 1)] } },
    );
    expect(answer.cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 10 });
  });

  it('does not strip a null: what is left out is no null', async () => {
    const { row, set } = countedShop();
    const { changeFromQuantity: _gone, ...without } = row('TEE', 1);
    const { errors } = await set([row('CAP', 1), without]);
    expect(errors).toMatchObject([
      {
        message: 'InventoryQuantityInput must include the following argument: changeFromQuantity.',
        extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
      },
    ]);
  });

  it('tells the levels and products that changed, as one action, with what is available and no more', async () => {
    const { platform, state, row, set, listen } = countedShop();
    const told = listen('inventory_levels/update', 'products/update');
    await set([row('TEE', 8), row('CAP', 4)]);
    await platform.clock.advance(0);
    expect(told.map(({ topic }) => topic)).toEqual(['inventory_levels/update', 'products/update']);
    expect(new Set(told.map(({ event }) => event)).size).toBe(1);
    expect(Object.keys(told[0]?.body ?? {}).toSorted()).toEqual([
      'admin_graphql_api_id',
      'available',
      'inventory_item_id',
      'location_id',
      'updated_at',
    ]);
    expect(told[0]?.body).toMatchObject({ available: 8, updated_at: '2026-11-01T00:00:00+00:00' });
    expect(told[1]?.body).toMatchObject({ variants: [{ sku: 'TEE', inventory_quantity: 13 }] });
    told.splice(0);
    state.placeOrder({ lines: [{ sku: 'TEE', quantity: 1 }] });
    await platform.clock.advance(0);
    expect(told).toMatchObject([{ body: { available: 7 } }, { topic: 'products/update' }]);
  });

  it('says nothing when a parcel leaves: what is available stays', async () => {
    const { platform, state, listen } = countedShop();
    const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 1 }] });
    const told = listen('inventory_levels/update');
    state.shipOrder(id);
    await platform.clock.advance(0);
    expect(told).toEqual([]);
  });
});

describe('a key of inventorySetQuantities', () => {
  it('does not undo what a buyer did since, and shows what was done', async () => {
    const { state, row, set } = countedShop();
    await set([row('CAP', 3, 4)], {}, '2026-10', 'k');
    state.placeOrder({ lines: [{ sku: 'CAP', quantity: 2 }] });
    const replay = await set([row('CAP', 3, 4)], {}, '2026-10', 'k');
    expect(replay.problems).toEqual([]);
    expect(replay.at('inventorySetQuantities', 'inventoryAdjustmentGroup', 'changes', 0)).toMatchObject({ delta: -1 });
    expect(state.available('CAP')).toBe(1);
  });

  it('is new again when 24 hours are over, and then compares', async () => {
    const { platform, row, set } = countedShop();
    await set([row('CAP', 3, 4)], {}, '2026-10', 'k');
    await platform.clock.advance(24 * 60 * 60 * 1000);
    expect((await set([row('CAP', 3, 4)], {}, '2026-10', 'k')).problems).toMatchObject([
      { code: 'CHANGE_FROM_QUANTITY_STALE' },
    ]);
  });

  it('is told to be used up after a failure, in the words of the schema', async () => {
    const { row, set } = countedShop();
    await set([row('CAP', 3, 9)], {}, '2026-10', 'k');
    expect((await set([row('CAP', 3, 9)], {}, '2026-10', 'k')).problems).toEqual([
      {
        field: null,
        message: 'A previous request with this idempotency key failed. Retry with a new idempotency key.',
        code: 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
      },
    ]);
  });

  it('must not be blank', async () => {
    const { row, set } = countedShop();
    expect((await set([row('CAP', 3)], {}, '2026-10', ' ')).errors).toMatchObject([
      { extensions: { code: 'BAD_REQUEST' } },
    ]);
  });

  it('makes a write whose answer was lost once', async () => {
    const { platform, state, row, set } = countedShop();
    platform.faults.next('inventorySetQuantities', { kind: 'drop', when: 'after' });
    await expect(set([row('CAP', 3, 4)], {}, '2026-10', 'k')).rejects.toThrow('fetch failed');
    expect(state.available('CAP')).toBe(3);
    expect((await set([row('CAP', 3, 4)], {}, '2026-10', 'k')).problems).toEqual([]);
    expect(state.available('CAP')).toBe(3);
  });
});
