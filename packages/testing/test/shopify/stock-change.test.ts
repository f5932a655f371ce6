import { describe, expect, it } from 'vitest';
import { countedShop } from './counted-shop.ts';

describe('inventoryAdjustQuantities', () => {
  it('moves by a number, twice at one place when it is told twice', async () => {
    const { state, change, adjust } = countedShop();
    expect((await adjust([change('CAP', -1), change('CAP', -2), change('TEE', 5)])).problems).toEqual([]);
    expect([state.available('CAP'), state.available('TEE')]).toEqual([1, 20]);
  });

  it('compares, and moves nothing when one is stale', async () => {
    const { state, change, adjust } = countedShop();
    const { problems } = await adjust([
      change('TEE', 1, { changeFromQuantity: 10 }),
      change('CAP', 1, { changeFromQuantity: 5 }),
    ]);
    expect(problems).toEqual([
      {
        field: ['input', 'changes', '1', 'changeFromQuantity'],
        message: 'The changeFromQuantity argument no longer matches the persisted quantity.',
        code: 'CHANGE_FROM_QUANTITY_STALE',
      },
    ]);
    expect([state.available('TEE'), state.available('CAP')]).toEqual([15, 4]);
  });

  it('wants changeFromQuantity to be there', async () => {
    const { change, adjust } = countedShop();
    const { changeFromQuantity: _gone, ...without } = change('TEE', 1);
    expect((await adjust([without])).errors).toMatchObject([
      { message: 'InventoryChangeInput must include the following argument: changeFromQuantity.' },
    ]);
  });

  it('moves other quantities with one ledger document', async () => {
    const { state, change, adjust } = countedShop();
    const ledger = { ledgerDocumentUri: 'gid://erp/Move/1' };
    const answer = await adjust([change('CAP', 2, ledger)], { name: 'damaged' });
    expect(answer.at('inventoryAdjustQuantities', 'inventoryAdjustmentGroup', 'changes')).toEqual([
      { name: 'damaged', delta: 2, ledgerDocumentUri: 'gid://erp/Move/1' },
      { name: 'on_hand', delta: 2, ledgerDocumentUri: null },
    ]);
    expect(state.stock('CAP')).toMatchObject({ available: 4, damaged: 2, on_hand: 6 });
    const incoming = await adjust([change('CAP', 7, ledger)], { name: 'incoming' });
    expect(incoming.at('inventoryAdjustQuantities', 'inventoryAdjustmentGroup', 'changes')).toEqual([
      { name: 'incoming', delta: 7, ledgerDocumentUri: 'gid://erp/Move/1' },
    ]);
    expect(state.stock('CAP')).toMatchObject({ incoming: 7, on_hand: 6 });
  });

  it.each([
    ['committed', [{}], 'INVALID_QUANTITY_NAME'],
    ['damaged', [{}], 'INVALID_QUANTITY_DOCUMENT'],
    ['damaged', [{ ledgerDocumentUri: 'gid://shopify/Order/1' }], 'INTERNAL_LEDGER_DOCUMENT'],
    ['damaged', [{ ledgerDocumentUri: 'move' }], 'INVALID_LEDGER_DOCUMENT'],
    ['damaged', [{ ledgerDocumentUri: 'erp:1' }, { ledgerDocumentUri: 'erp:2' }], 'MAX_ONE_LEDGER_DOCUMENT'],
    ['available', [{ ledgerDocumentUri: 'erp:1' }], 'INVALID_AVAILABLE_DOCUMENT'],
  ])('refuses to move %s with %j', async (name, rows, code) => {
    const { state, change, adjust } = countedShop();
    const { problems } = await adjust(
      rows.map((more) => change('CAP', 1, more)),
      { name },
    );
    expect(JSON.stringify(problems)).toContain(code);
    expect(state.stock('CAP')).toMatchObject({ available: 4, damaged: 0 });
  });

  it('counts no further than two thousand millions', async () => {
    const { change, adjust } = countedShop();
    expect((await adjust([change('TEE', 2_000_000_001)])).problems).toMatchObject([
      { field: ['input', 'changes', '0', 'delta'], code: 'INVALID_QUANTITY_TOO_HIGH' },
    ]);
    expect((await adjust([change('TEE', 1_999_999_991)])).problems).toMatchObject([
      { message: "The quantity can't be higher than 2,000,000,000." },
    ]);
    expect((await adjust([change('TEE', -2_000_000_001)])).problems).toMatchObject([
      { code: 'INVALID_QUANTITY_TOO_LOW' },
    ]);
  });
});

describe('inventoryActivate', () => {
  it('stocks an item at a location, once, and tells it', async () => {
    const { platform, state, west, activate, listen } = countedShop();
    const told = listen('inventory_levels/connect', 'inventory_levels/update');
    const answer = await activate('CAP', west, { available: 6 }, 'k');
    expect(answer.at('inventoryActivate')).toEqual({
      inventoryLevel: {
        quantities: [
          { name: 'available', quantity: 6 },
          { name: 'on_hand', quantity: 6 },
        ],
      },
      userErrors: [],
    });
    state.setAvailable('CAP', 2, west);
    const replay = await activate('CAP', west, { available: 6 }, 'k');
    expect(replay.at('inventoryActivate')).toMatchObject({
      inventoryLevel: { quantities: [{ quantity: 2 }, { quantity: 2 }] },
      userErrors: [],
    });
    await platform.clock.advance(0);
    expect(told.map(({ topic }) => topic)).toEqual([
      'inventory_levels/connect',
      'inventory_levels/update',
      'inventory_levels/update',
    ]);
  });

  it.each([
    ['available', 'available'],
    ['onHand', 'on_hand'],
  ])('does not set %s where the item is stocked already, and is no error without', async (argument, name) => {
    const { state, east, activate } = countedShop();
    expect((await activate('CAP', east)).at('inventoryActivate', 'userErrors')).toEqual([]);
    const answer = await activate('CAP', east, { [argument]: 9 });
    expect(answer.at('inventoryActivate')).toEqual({
      inventoryLevel: null,
      userErrors: [
        {
          field: [argument],
          message: `Not allowed to set ${name} quantity when the item is already active at the location.`,
        },
      ],
    });
    expect(state.available('CAP')).toBe(4);
  });

  it('tells a misused key by words alone, for it has no codes', async () => {
    const { platform, west, activate } = countedShop();
    await activate('CAP', west, {}, 'k');
    expect((await activate('CAP', west, { available: 1 }, 'k')).at('inventoryActivate', 'userErrors')).toEqual([
      { field: null, message: 'The same idempotency key cannot be used with different operation parameters.' },
    ]);
    const free = platform.state.occupyKey('busy');
    expect((await activate('CAP', west, {}, 'busy')).at('inventoryActivate', 'userErrors')).toEqual([
      { field: null, message: 'This request is currently in progress, please try again.' },
    ]);
    free();
    await activate('CAP', 'gid://shopify/Location/5', {}, 'failed');
    const failed = await activate('CAP', 'gid://shopify/Location/5', {}, 'failed');
    expect(failed.at('inventoryActivate', 'userErrors')).toEqual([
      {
        field: null,
        message: 'A previous request with this idempotency key failed. Retry with a new idempotency key.',
      },
    ]);
  });
});
