import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, textAt, valueAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const document = `mutation Set($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { changes { name delta quantityAfterChange } }
    userErrors { field message code }
  }
}`;

async function place(platform: FakePlatform<ShopifyState>) {
  const { body } = await ask(
    platform,
    '{ inventoryItems(first: 1, query: "sku:TEE") { nodes { id } } locations(first: 1) { nodes { id } } }',
  );
  return {
    inventoryItemId: textAt(body, 'data', 'inventoryItems', 'nodes', 0, 'id'),
    locationId: textAt(body, 'data', 'locations', 'nodes', 0, 'id'),
  };
}

const input = (...quantities: readonly object[]) => ({ name: 'available', reason: 'correction', quantities });
const errorsOf = (body: unknown) => valueAt(body, ['data', 'inventorySetQuantities', 'userErrors']);

describe('an idempotency key', () => {
  it('lets a write happen once, and answers a replay', async () => {
    const { platform, state } = shopWithStock();
    const row = { ...(await place(platform)), quantity: 80, changeFromQuantity: 100 };
    const first = await ask(platform, document, { input: input(row), key: 'k1' });
    expect(first.at('inventorySetQuantities')).toEqual({
      inventoryAdjustmentGroup: {
        changes: [
          { name: 'available', delta: -20, quantityAfterChange: null },
          { name: 'on_hand', delta: -20, quantityAfterChange: null },
        ],
      },
      userErrors: [],
    });
    state.placeOrder(anOrder());
    const replay = await ask(platform, document, { input: input(row), key: 'k1' });
    expect(replay.at('inventorySetQuantities')).toEqual(first.at('inventorySetQuantities'));
    expect(state.stock('TEE')).toMatchObject({ available: 77, committed: 3, on_hand: 80 });
  });

  it('is not for another write, and the order of the fields counts', async () => {
    const { platform } = shopWithStock();
    const row = { ...(await place(platform)), quantity: 80, changeFromQuantity: 100 };
    await ask(platform, document, { input: input(row), key: 'k1' });
    const { quantity, ...rest } = row;
    for (const other of [
      { ...row, quantity: 70 },
      { quantity, ...rest },
    ]) {
      const answer = await ask(platform, document, { input: input(other), key: 'k1' });
      expect(errorsOf(answer.body)).toEqual([
        {
          field: null,
          message: 'The same idempotency key cannot be used with different operation parameters.',
          code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
        },
      ]);
    }
  });

  it('stays failed after a stale quantity: the next decision needs a new one', async () => {
    const { platform, state } = shopWithStock();
    const row = { ...(await place(platform)), quantity: 80, changeFromQuantity: 99 };
    const stale = await ask(platform, document, { input: input(row), key: 'k1' });
    expect(stale.at('inventorySetQuantities')).toMatchObject({
      inventoryAdjustmentGroup: null,
      userErrors: [{ code: 'CHANGE_FROM_QUANTITY_STALE' }],
    });
    const again = await ask(platform, document, { input: input(row), key: 'k1' });
    expect(errorsOf(again.body)).toMatchObject([{ code: 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED' }]);
    await ask(platform, document, { input: input({ ...row, changeFromQuantity: 100 }), key: 'k2' });
    expect(state.stock('TEE').available).toBe(80);
  });

  it('is in use while a request with it runs', async () => {
    const { platform, state } = shopWithStock();
    const row = { ...(await place(platform)), quantity: 80, changeFromQuantity: null };
    const free = state.occupyKey('k1');
    const busy = await ask(platform, document, { input: input(row), key: 'k1' });
    expect(errorsOf(busy.body)).toMatchObject([{ code: 'IDEMPOTENCY_CONCURRENT_REQUEST' }]);
    free();
    expect(errorsOf((await ask(platform, document, { input: input(row), key: 'k1' })).body)).toEqual([]);
  });

  it('is forgotten after 24 hours', async () => {
    const { platform, state } = shopWithStock();
    const row = { ...(await place(platform)), quantity: 80, changeFromQuantity: null };
    await ask(platform, document, { input: input(row), key: 'k1' });
    state.setStock('TEE', 50);
    await platform.clock.advance(24 * 60 * 60 * 1000 - 1);
    await ask(platform, document, { input: input(row), key: 'k1' });
    expect(state.stock('TEE').available).toBe(50);
    await platform.clock.advance(1);
    await ask(platform, document, { input: input(row), key: 'k1' });
    expect(state.stock('TEE').available).toBe(80);
  });

  it('must be there from 2026-04 on', async () => {
    const { platform } = shopWithStock();
    const row = { ...(await place(platform)), quantity: 80 };
    const bare =
      'mutation Set($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { userErrors { code } } }';
    const missing = await ask(platform, bare, { input: input({ ...row, changeFromQuantity: null }) });
    expect(missing.errors[0]).toMatchObject({
      message: 'The @idempotent directive is required for this mutation but was not provided.',
      path: ['inventorySetQuantities'],
      extensions: { code: 'BAD_REQUEST' },
    });
    expect(missing.at('inventorySetQuantities')).toBeNull();
    expect(missing.cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 10 });
    const old = await ask(
      platform,
      bare,
      { input: { ...input({ ...row, compareQuantity: 100 }) } },
      { version: '2026-01' },
    );
    expect(errorsOf(old.body)).toEqual([]);
  });

  it('gives a refund once, and a misused one is told by words alone', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const suggested = await ask(
      platform,
      `{ order(id: "${order.id}") { suggestedRefund(refundLineItems: [{ lineItemId: "${order.lines[0]?.id}", quantity: 1 }]) { amountSet { shopMoney { amount } } suggestedTransactions { gateway kind parentTransaction { id } } } } }`,
    );
    expect(suggested.at('order', 'suggestedRefund')).toMatchObject({
      amountSet: { shopMoney: { amount: '10.0' } },
      suggestedTransactions: [{ kind: 'SUGGESTED_REFUND' }],
    });
    const refund =
      'mutation R($i: RefundInput!) { refundCreate(input: $i) @idempotent(key: "r1") { refund { totalRefundedSet { shopMoney { amount } } } userErrors { field message } } }';
    const i = {
      orderId: order.id,
      refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 1, restockType: 'NO_RESTOCK' }],
      transactions: [{ orderId: order.id, gateway: 'shopify_payments', kind: 'REFUND', amount: '10.00' }],
    };
    const first = await ask(platform, refund, { i });
    const replay = await ask(platform, refund, { i });
    expect([first, replay].map(({ at }) => at('refundCreate'))).toEqual([
      { refund: { totalRefundedSet: { shopMoney: { amount: '10.0' } } }, userErrors: [] },
      { refund: { totalRefundedSet: { shopMoney: { amount: '10.0' } } }, userErrors: [] },
    ]);
    expect(state.order(order.id).lines[0]?.currentQuantity).toBe(2);
    const other = await ask(platform, refund, { i: { ...i, note: 'x' } });
    expect(other.at('refundCreate', 'userErrors')).toEqual([
      { field: null, message: 'The same idempotency key cannot be used with different operation parameters.' },
    ]);
  });
});

describe('inventorySetQuantities', () => {
  it('wants changeFromQuantity to be there, null or not', async () => {
    const { platform } = shopWithStock();
    const answer = await ask(platform, document, {
      input: input({ ...(await place(platform)), quantity: 1 }),
      key: 'k',
    });
    expect(answer.errors[0]).toMatchObject({
      message: 'InventoryQuantityInput must include the following argument: changeFromQuantity.',
      extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
    });
  });

  it('sets all or nothing', async () => {
    const { platform, state } = shopWithStock();
    const row = { ...(await place(platform)), quantity: 80, changeFromQuantity: 100 };
    const answer = await ask(platform, document, {
      input: { ...input(row, { ...row, inventoryItemId: 'gid://shopify/InventoryItem/5' }), reason: 'because' },
      key: 'k',
    });
    expect(answer.at('inventorySetQuantities')).toMatchObject({
      inventoryAdjustmentGroup: null,
      userErrors: [
        { field: ['input', 'reason'], code: 'INVALID_REASON' },
        {
          field: ['input', 'quantities', '1', 'inventoryItemId'],
          code: 'INVALID_INVENTORY_ITEM',
          message: 'The specified inventory item could not be found.',
        },
      ],
    });
    expect(state.stock('TEE').available).toBe(100);
  });

  it('refuses both of two rows for one place', async () => {
    const { platform } = shopWithStock();
    const row = { ...(await place(platform)), quantity: 80, changeFromQuantity: null };
    const { body } = await ask(platform, document, { input: input(row, row), key: 'k' });
    expect(errorsOf(body)).toMatchObject([
      { field: ['input', 'quantities', '0', 'locationId'], code: 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR' },
      { field: ['input', 'quantities', '1', 'locationId'], code: 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR' },
    ]);
  });

  it('refuses what is not stocked there before 2026-10', async () => {
    const { platform, state } = shopWithStock();
    const second = state.addLocation({ name: 'Zurich' });
    const row = { ...(await place(platform)), locationId: second, quantity: 5, changeFromQuantity: null };
    const before = await ask(platform, document, { input: input(row), key: 'k1' }, { version: '2026-07' });
    expect(errorsOf(before.body)).toMatchObject([{ code: 'ITEM_NOT_STOCKED_AT_LOCATION' }]);
    const now = await ask(platform, document, { input: input(row), key: 'k2' });
    expect(errorsOf(now.body)).toEqual([]);
    expect(state.stock('TEE', second).available).toBe(5);
  });
});
