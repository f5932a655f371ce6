import { isCommerceError, type ItemOutcome, type StockUpdate } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between, noted, type Asked } from './calls.ts';
import { shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'push-1' };

/** A shop with `count` SKUs, a hundred of each. */
function stockroom(count = 3, versions = '2026-07') {
  const world = shopWithGoods({ apiVersion: versions });
  const skus = Array.from({ length: count }, (_, index) => `SKU-${index}`);
  world.state.addProduct({ title: 'Many', variants: skus.map((sku) => ({ sku, price: '1.00', stock: 100 })) });
  const shown = () => skus.map((sku) => world.state.available(sku));
  return { ...world, skus, shown };
}

function answers(outcomes: readonly ItemOutcome<StockUpdate>[]): readonly string[] {
  return outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code));
}

function isSet({ operationName }: Asked): boolean {
  return operationName === 'InventorySetQuantities';
}

const at = (id: string) => ({ system: 'shopify', kind: 'location', id }) as const;

describe('stock that is set', () => {
  it.each(['2026-04', '2026-07', '2026-10'])('is what the shop shows, on %s', async (apiVersion) => {
    const { shop, shown, skus } = stockroom(3, apiVersion);

    const outcomes = await shop.inventory.push(
      [
        { sku: 'SKU-0', available: 7 },
        { sku: 'SKU-1', available: 0, expected: 100 },
        { sku: 'SKU-2', available: 100 },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(skus.map(() => 'ok'));
    expect(shown()).toEqual([7, 0, 100]);
  });

  it('costs ten points for 250, and nothing where the shop shows it already', async () => {
    const { fake, connect, skus } = stockroom(250);
    const { calls, fetch } = noted(fake.fetch);
    const shop = connect({ fetch });
    const updates = skus.map((sku) => ({ sku, available: 5 }));
    await shop.inventory.push(updates, key);
    expect(calls.filter(isSet)).toHaveLength(1);

    await shop.inventory.push(updates, { idempotencyKey: 'push-2' });

    expect(calls.filter(isSet)).toHaveLength(1);
  });

  it('is written although a buyer was faster, because nothing was expected', async () => {
    const { fake, connect, place, state } = stockroom();
    const fetch = between(fake.fetch, (call) => {
      if (isSet(call) && state.available('SKU-0') === 100) place({ lines: [{ sku: 'SKU-0', quantity: 1 }] });
      return undefined;
    });

    const outcomes = await connect({ fetch }).inventory.push([{ sku: 'SKU-0', available: 7 }], key);

    expect(answers(outcomes)).toEqual(['ok']);
    expect(state.available('SKU-0')).toBe(7);
  });

  it('is given up when it changes under every attempt', async () => {
    const { fake, connect, place, state } = stockroom();
    const fetch = between(fake.fetch, (call) => {
      if (isSet(call)) place({ lines: [{ sku: 'SKU-0', quantity: 1 }] });
      return undefined;
    });

    const [outcome, other] = await connect({ fetch }).inventory.push(
      [
        { sku: 'SKU-0', available: 7 },
        { sku: 'SKU-1', available: 8 },
      ],
      key,
    );

    expect(outcome).toMatchObject({ ok: false, error: { code: 'stock.stale' } });
    expect(other).toMatchObject({ ok: true });
    expect(state.available('SKU-1')).toBe(8);
    expect(state.available('SKU-0')).toBeGreaterThan(90);
  });

  it('is not put over a newer number by a call that arrives late', async () => {
    const { fake, connect, shop, state, clock } = stockroom();
    const slow = connect({ timeoutMs: 1000 });
    await slow.inventory.get(['SKU-0']);
    // The first call is carried out in an hour, and the client gives up long before; so are its repeats.
    const stop = fake.faults.always('inventorySetQuantities', { kind: 'late', ms: 3_600_000 });
    const [late] = await slow.inventory.push([{ sku: 'SKU-0', available: 50 }], key);
    stop();
    expect(late).toMatchObject({ ok: false, error: { code: 'write.uncertain' } });

    await shop.inventory.push([{ sku: 'SKU-0', available: 3 }], { idempotencyKey: 'push-2' });
    await clock.advance(2 * 3_600_000);

    expect(state.available('SKU-0')).toBe(3);
  });

  it.each(['before', 'after'] as const)(
    'is not put over a newer number by the repeat of a call that was dropped %s it was carried out',
    async (when) => {
      const { fake, connect, shop, state } = stockroom();
      let newer: Promise<unknown> | undefined;
      const fetch = between(fake.fetch, async ({ operationName }) => {
        if (operationName !== 'InventorySetQuantities' || newer) return undefined;
        if (when === 'after') await connect().inventory.push([{ sku: 'SKU-0', available: 40 }], key);
        newer = shop.inventory.push([{ sku: 'SKU-0', available: 3 }], { idempotencyKey: 'push-2' });
        await newer;
        throw new TypeError('fetch failed');
      });

      const [older] = await connect({ fetch }).inventory.push([{ sku: 'SKU-0', available: 40 }], key);

      // What was carried out came before the newer number.
      expect(older).toMatchObject(when === 'after' ? { ok: true } : { ok: false, error: { code: 'stock.stale' } });
      expect(state.available('SKU-0')).toBe(3);
    },
  );

  it.each([-1, 1.5, Number.NaN, 1e9 + 1])('is not %d', async (available) => {
    const { fake, connect, shown } = stockroom();
    const { calls, fetch } = noted(fake.fetch);
    const [outcome] = await connect({ fetch }).inventory.push([{ sku: 'SKU-0', available }], key);

    expect(outcome).toMatchObject({ ok: false, error: { code: 'record.invalid' } });
    expect(calls.filter(isSet)).toEqual([]);
    expect(shown()).toEqual([100, 100, 100]);
  });

  it('is refused where the shop does not count it', async () => {
    const { shop, state } = stockroom();
    state.addProduct({ title: 'Gift', variants: [{ sku: 'GIFT', price: '1.00', tracked: false }] });

    const [outcome] = await shop.inventory.push([{ sku: 'GIFT', available: 5 }], key);

    expect(outcome).toMatchObject({ ok: false, error: { code: 'record.rejected' } });
    expect(outcome?.ok === false && outcome.error.message).toBe(
      'SKU "GIFT" was not set in "shopify": the shop does not count it and sells any number. Switch on inventory tracking for it in Shopify, then replay.',
    );
  });

  it('is refused where two share the SKU, also when the search knows one of them only, and afterwards', async () => {
    const { state, clock, connect } = shopWithGoods();
    const twin = state.addProduct({ title: 'Twin', variants: [{ sku: 'TEE', price: '99.00', stock: 3 }] });
    const show = [twin.id, ...twin.variants.map((variant) => variant.id)].map((id) => state.unlist(id));
    const shop = connect();
    const push = async (idempotencyKey: string) =>
      shop.inventory.push([{ sku: 'TEE', available: 4 }], { idempotencyKey });
    const shared = [{ ok: false, error: { code: 'record.duplicate' } }];
    expect(await push('a')).toMatchObject(shared);
    for (const seen of show) seen();
    await clock.advance(3_600_000);
    expect(await push('b')).toMatchObject(shared);
  });
});

describe('an expectation', () => {
  it('that does not hold refuses its item alone, and nothing of it is written', async () => {
    const { shop, place, shown } = stockroom();
    place({ lines: [{ sku: 'SKU-1', quantity: 1 }] });

    const outcomes = await shop.inventory.push(
      [
        { sku: 'SKU-0', available: 7, expected: 100 },
        { sku: 'SKU-1', available: 8, expected: 100 },
        { sku: 'SKU-2', available: 9, expected: 100 },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['ok', 'stock.stale', 'ok']);
    expect(shown()).toEqual([7, 99, 9]);
    const [, stale] = outcomes;
    expect(stale?.ok === false && stale.error.message).toBe(
      'SKU "SKU-1" was not set in "shopify": it shows "99" and "100" was expected. Reckon again what it may offer instead of "8".',
    );
  });

  it('is met by the wanted number too, also beside others', async () => {
    const { shop, state, shown } = stockroom();
    state.setStock('SKU-1', 8);

    const outcomes = await shop.inventory.push(
      [
        { sku: 'SKU-0', available: 7, expected: 100 },
        { sku: 'SKU-1', available: 8, expected: 100 },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['ok', 'ok']);
    expect(shown()).toEqual([7, 8, 100]);
  });

  it('is asked again under the same key with the same bytes, so that a sale in between is not undone', async () => {
    const { fake, connect, place, shown } = stockroom();
    const updates = [
      { sku: 'SKU-0', available: 7, expected: 100 },
      { sku: 'SKU-1', available: 8, expected: 100 },
    ];
    const { calls, fetch } = noted(fake.fetch);
    await connect({ fetch }).inventory.push(updates, key);
    place({ lines: [{ sku: 'SKU-0', quantity: 1 }] });

    const outcomes = await connect({ fetch }).inventory.push(updates, key);

    expect(answers(outcomes)).toEqual(['ok', 'ok']);
    expect(shown()).toEqual([6, 8, 100]);
    const [first, second] = fake.journal.of('inventorySetQuantities').map(({ requestBody }) => requestBody);
    expect(second).toBe(first);
    const [call] = calls.filter(isSet);
    expect(call?.variables['key']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('is the same call although the list has numbers without one, which the shop shows by now', async () => {
    const { connect, place, shown } = stockroom();
    const updates = [
      { sku: 'SKU-0', available: 7, expected: 100 },
      { sku: 'SKU-1', available: 8 },
      { sku: 'SKU-2', available: 9 },
    ];
    await connect().inventory.push(updates, key);
    for (const sku of ['SKU-0', 'SKU-1']) place({ lines: [{ sku, quantity: 1 }] });

    const outcomes = await connect().inventory.push(updates, key);

    expect(answers(outcomes)).toEqual(['ok', 'ok', 'ok']);
    // Without an expectation the number is written whatever is there.
    expect(shown()).toEqual([6, 8, 9]);
  });

  it('survives a lost answer, in this process and in the next', async () => {
    const { fake, shop, connect, place, shown } = stockroom();
    const update = { sku: 'SKU-0', available: 7, expected: 100 };
    fake.faults.next('inventorySetQuantities', { kind: 'drop', when: 'after' });

    expect(answers(await shop.inventory.push([update], key))).toEqual(['ok']);
    place({ lines: [{ sku: 'SKU-0', quantity: 2 }] });
    expect(answers(await connect().inventory.push([update], key))).toEqual(['ok']);

    expect(shown()).toEqual([5, 100, 100]);
  });

  it('is found stale after the day for which the shop keeps the key', async () => {
    const { shop, connect, place, clock, shown } = stockroom();
    const update = { sku: 'SKU-0', available: 7, expected: 100 };
    await shop.inventory.push([update], key);
    place({ lines: [{ sku: 'SKU-0', quantity: 2 }] });
    await clock.advance(25 * 3_600_000);

    expect(answers(await connect().inventory.push([update], key))).toEqual(['stock.stale']);
    expect(shown()).toEqual([5, 100, 100]);
  });
});

describe('a list in which some cannot be set', () => {
  it('writes all the others, 251 of them and more, and answers in the order given', async () => {
    const { shop, state, skus, place } = stockroom(260);
    state.addProduct({ title: 'Twin', variants: [{ sku: 'SKU-5', price: '1.00' }] });
    state.addProduct({ title: 'Gift', variants: [{ sku: 'GIFT', price: '1.00', tracked: false }] });
    place({ lines: [{ sku: 'SKU-9', quantity: 1 }] });
    const bad = new Map([
      ['SKU-5', 'record.duplicate'],
      ['SKU-7', 'record.invalid'],
      ['SKU-9', 'stock.stale'],
      ['SKU-255', 'stock.stale'],
      ['NEVER-SOLD', 'sku.unknown'],
      ['GIFT', 'record.rejected'],
    ]);
    const updates: StockUpdate[] = skus.map((sku, index) => ({ sku, available: index, expected: 100 }));
    updates[7] = { sku: 'SKU-7', available: -7, expected: 100 };
    updates[255] = { sku: 'SKU-255', available: 3, expected: 99 };
    updates.splice(40, 0, { sku: 'NEVER-SOLD', available: 1, expected: 0 });
    updates.splice(200, 0, { sku: 'GIFT', available: 1 });

    const outcomes = await shop.inventory.push(updates, key);

    expect(outcomes.map(({ item }) => item)).toEqual(updates);
    expect(answers(outcomes)).toEqual(updates.map(({ sku }) => bad.get(sku) ?? 'ok'));
    const written = outcomes.filter(({ ok }) => ok).map(({ item }) => item);
    expect(written).toHaveLength(256);
    expect(written.map(({ sku }) => state.available(sku))).toEqual(written.map(({ available }) => available));
    expect(['SKU-7', 'SKU-9', 'SKU-255'].map((sku) => state.available(sku))).toEqual([100, 99, 100]);
  });

  it('comes to the same answers when it is repeated', async () => {
    const { shop, connect, shown } = stockroom();
    const updates = [
      { sku: 'SKU-0', available: 7, expected: 100 },
      { sku: 'SKU-1', available: 8, expected: 99 },
    ];
    const first = answers(await shop.inventory.push(updates, key));

    expect(first).toEqual(['ok', 'stock.stale']);
    expect(answers(await connect().inventory.push(updates, key))).toEqual(first);
    expect(shown()).toEqual([7, 100, 100]);
  });

  it('refuses two of one SKU and place, also where only one names the place', async () => {
    const { shop, state, shown } = stockroom();
    const [location] = state.locations;
    if (!location) throw new Error('The shop has no location.');

    const outcomes = await shop.inventory.push(
      [
        { sku: 'SKU-0', available: 1 },
        { sku: 'SKU-1', available: 2 },
        { sku: 'SKU-0', available: 3, location: { system: 'shopify', kind: 'location', id: location.id } },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['record.duplicate', 'ok', 'record.duplicate']);
    expect(shown()).toEqual([100, 2, 100]);
  });

  it('has the failure of their call for each, when the shop is down', async () => {
    const { fake, shop } = stockroom();
    const stop = fake.faults.always('*', { kind: 'answer', status: 503 });

    const outcomes = await shop.inventory.push([{ sku: 'SKU-0', available: 1 }], key);
    stop();

    expect(answers(outcomes)).toEqual(['platform.unavailable']);
  });

  it('has what was said of the call for each, when no item is named', async () => {
    const { fake, connect } = stockroom();
    const userErrors = [
      { field: ['input', 'reason'], message: 'The specified reason is invalid.', code: 'INVALID_REASON' },
    ];
    const fetch = between(fake.fetch, (call) => (isSet(call) ? { inventorySetQuantities: { userErrors } } : undefined));

    const outcomes = await connect({ fetch }).inventory.push(
      [
        { sku: 'SKU-0', available: 1 },
        { sku: 'SKU-1', available: 1 },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['record.rejected', 'record.rejected']);
  });

  it('tells what the shop said of a number or an item', async () => {
    const { fake, connect } = stockroom();
    const userErrors = [
      { field: ['input', 'quantities', '0', 'quantity'], message: 'Too high.', code: 'INVALID_QUANTITY_TOO_HIGH' },
      { field: ['input', 'quantities', '1', 'inventoryItemId'], message: 'Not found.', code: 'INVALID_INVENTORY_ITEM' },
      { field: ['input', 'quantities', '2'], message: 'A bundle.', code: 'NON_MUTABLE_INVENTORY_ITEM' },
      {
        field: ['input', 'quantities', '0', 'changeFromQuantity'],
        message: 'Stale.',
        code: 'CHANGE_FROM_QUANTITY_STALE',
      },
    ];
    const fetch = between(fake.fetch, (call) => (isSet(call) ? { inventorySetQuantities: { userErrors } } : undefined));

    const outcomes = await connect({ fetch }).inventory.push(
      [0, 1, 2].map((index) => ({ sku: `SKU-${index}`, available: 1 })),
      key,
    );

    expect(answers(outcomes)).toEqual(['record.invalid', 'sku.unknown', 'record.rejected']);
  });
});

describe('an idempotency key', () => {
  it('that the shop still works on is waited for', async () => {
    const { fake, connect, state, clock } = stockroom();
    let release: (() => void) | undefined;
    const keys: unknown[] = [];
    const fetch = between(fake.fetch, (call) => {
      if (!isSet(call)) return undefined;
      keys.push(call.variables['key']);
      release ??= state.occupyKey(String(call.variables['key']));
      if (keys.length === 3) release();
      return undefined;
    });
    const before = clock.now();

    const outcomes = await connect({ fetch }).inventory.push([{ sku: 'SKU-0', available: 7 }], key);

    expect(answers(outcomes)).toEqual(['ok']);
    expect(state.available('SKU-0')).toBe(7);
    expect(new Set(keys).size).toBe(1);
    expect(clock.now() - before).toBeGreaterThanOrEqual(3000);
  });

  it('that stays at work leaves its items open', async () => {
    const { fake, connect, state } = stockroom();
    let isOccupied = false;
    const fetch = between(fake.fetch, (call) => {
      if (isSet(call) && !isOccupied) state.occupyKey(String(call.variables['key']));
      isOccupied ||= isSet(call);
      return undefined;
    });

    const outcomes = await connect({ fetch }).inventory.push([{ sku: 'SKU-0', available: 7 }], key);

    expect(answers(outcomes)).toEqual(['write.in-flight']);
  });

  it('that was used for something else is said to be a mistake of ours', async () => {
    const { fake, connect } = stockroom();
    const userErrors = [{ field: null, message: 'Other parameters.', code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' }];
    const fetch = between(fake.fetch, (call) => (isSet(call) ? { inventorySetQuantities: { userErrors } } : undefined));

    const [outcome] = await connect({ fetch }).inventory.push([{ sku: 'SKU-0', available: 7 }], key);

    expect(outcome).toMatchObject({ ok: false, error: { code: 'request.rejected' } });
  });

  it('is another one for another number, another expectation and another key of ours', async () => {
    const keys = [];
    for (const [available, expected, idempotencyKey] of [
      [7, 100, 'a'],
      [8, 100, 'a'],
      [7, 99, 'a'],
      [7, 100, 'b'],
    ] as const) {
      const { fake, connect } = stockroom();
      const { calls, fetch } = noted(fake.fetch);
      await connect({ fetch }).inventory.push([{ sku: 'SKU-0', available, expected }], { idempotencyKey });
      keys.push(calls.find(isSet)?.variables['key']);
    }
    expect(new Set(keys).size).toBe(4);
  });
});

describe('an item that is not stocked at the location', () => {
  it.each(['2026-04', '2026-07', '2026-10'])('is put there first, on %s', async (apiVersion) => {
    const { shop, state } = stockroom(1, apiVersion);
    state.addProduct({ title: 'New', variants: [{ sku: 'NEW', price: '1.00', stock: {} }] });

    const outcomes = await shop.inventory.push([{ sku: 'NEW', available: 5 }], key);

    expect(answers(outcomes)).toEqual(['ok']);
    expect(state.available('NEW')).toBe(5);
  });

  it('stays away where nothing of it is wanted, and has nothing where something was expected', async () => {
    const { fake, shop, state } = stockroom();
    state.addProduct({
      title: 'New',
      variants: ['NEW', 'NEWER'].map((sku) => ({ sku, price: '1.00', stock: {} })),
    });

    const outcomes = await shop.inventory.push(
      [
        { sku: 'NEW', available: 0 },
        { sku: 'NEWER', available: 5, expected: 3 },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['ok', 'stock.stale']);
    expect(fake.journal.of('inventoryActivate')).toEqual([]);
  });

  it('is refused in Shopify’s words where it may not be put there', async () => {
    const { fake, connect, state } = stockroom();
    state.addProduct({ title: 'New', variants: [{ sku: 'NEW', price: '1.00', stock: {} }] });
    const inventoryActivate = { inventoryLevel: null, userErrors: [{ field: null, message: 'Not at this location.' }] };
    const fetch = between(fake.fetch, ({ operationName }) =>
      operationName === 'InventoryActivate' ? { inventoryActivate } : undefined,
    );

    const [outcome, other] = await connect({ fetch }).inventory.push(
      [
        { sku: 'NEW', available: 5 },
        { sku: 'SKU-0', available: 5 },
      ],
      key,
    );

    expect(outcome?.ok === false && outcome.error.message).toContain('Shopify said "Not at this location."');
    expect(other).toMatchObject({ ok: true });
  });
});

describe('a place that an update names', () => {
  it('is where it is written, also when the connector has none', async () => {
    const { shop, state } = stockroom();
    const berlin = state.addLocation({ name: 'Berlin', countryCode: 'DE' });
    const paris = state.addLocation({ name: 'Paris', countryCode: 'FR' });
    state.setStock('SKU-0', 1, berlin);
    state.setStock('SKU-0', 2, paris);

    const outcomes = await shop.inventory.push(
      [
        { sku: 'SKU-0', available: 7, location: at(berlin) },
        { sku: 'SKU-0', available: 8, location: at(paris) },
        { sku: 'SKU-0', available: 9 },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['ok', 'ok', 'options.invalid']);
    expect([berlin, paris].map((place) => state.available('SKU-0', place))).toEqual([7, 8]);
  });

  it('is refused where it is another system’s, or none of the shop’s', async () => {
    const { shop, shown } = stockroom();
    const places = [
      { system: 'erp', kind: 'location', id: '1' },
      { system: 'shopify', kind: 'location', id: 'gid://shopify/Location/404' },
      { system: 'shopify', kind: 'location', id: 'Berlin' },
    ] as const;

    const outcomes = await shop.inventory.push(
      [
        ...places.map((location, index) => ({ sku: `SKU-${index}`, available: 7, location })),
        { sku: 'MUG', available: 7 },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['record.invalid', 'record.invalid', 'record.invalid', 'ok']);
    expect(shown()).toEqual([100, 100, 100]);
    const [elsewhere] = outcomes;
    expect(elsewhere?.ok === false && isCommerceError(elsewhere.error) && elsewhere.error.message).toBe(
      'SKU "SKU-0" was not set in "shopify": its location is one of "erp". Name a location of "shopify" or leave it out.',
    );
  });
});
