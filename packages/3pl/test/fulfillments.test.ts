import type { FulfillmentDraft, Ref } from '@crossdock/core';
import { shipbob } from '@crossdock/3pl/shipbob';
import { anAddress, aFulfillmentDraft, testClock } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { aDraft, anOrderOf, base, place, shipbobWorld, stepsInTheWarehouse } from './shipbob-world.ts';

const key = { idempotencyKey: 'release-1042' };

describe('a request', () => {
  it('asks for whole quantities of our SKUs, under our number', async () => {
    const { platform, connect } = shipbobWorld();

    const { ref, state, issues } = await connect().fulfillments.request(aDraft(platform, '1042-1'), key);

    const [order] = platform.state.orders;
    expect({ ref, state, issues }).toEqual({
      ref: { system: 'shipbob', kind: 'fulfillment', id: String(order?.id) },
      state: 'accepted',
      issues: [],
    });
    expect(order).toMatchObject({
      reference: '1042-1',
      channelId: 100_001,
      shippingMethod: 'Standard',
      lines: [{ sku: 'TEE-RED-M', quantity: 2 }],
      recipient: { name: 'Ada Byron', address: { address1: '12 Mill Lane', address2: 'Flat 3', country: 'GB' } },
    });
  });

  it('looks the order up after a lost answer, before it sends anything again', async () => {
    const { platform, connect } = shipbobWorld();
    platform.faults.next('POST /order', { kind: 'drop', when: 'after' });

    const { ref } = await connect().fulfillments.request(aDraft(platform, '1042-1'), key);

    expect(platform.journal.all.map(({ operation }) => operation)).toEqual(['POST /order', 'GET /order']);
    expect(platform.state.orders.map(({ id }) => String(id))).toEqual([ref.id]);
  });

  it('sends an order again that did not arrive', async () => {
    const { platform, connect } = shipbobWorld();
    platform.faults.next('POST /order', { kind: 'drop', when: 'before' });

    await connect().fulfillments.request(aDraft(platform, '1042-1'), key);

    expect(platform.journal.all.map(({ operation }) => operation)).toEqual([
      'POST /order',
      'GET /order',
      'POST /order',
    ]);
    expect(platform.state.orders).toHaveLength(1);
  });

  it('stays uncertain when ShipBob cannot be asked what became of it', async () => {
    const { platform, connect } = shipbobWorld();
    platform.faults.next('POST /order', { kind: 'drop', when: 'after' });
    platform.faults.always('GET /order', { kind: 'answer', status: 503 });

    await expect(connect().fulfillments.request(aDraft(platform, '1042-1'), key)).rejects.toMatchObject({
      code: 'write.uncertain',
      refs: [{ system: 'shop', kind: 'order', id: '1042' }],
      message: expect.stringContaining('"1042-1"') as string,
    });
  });

  it('finds its order in a list that shows it late', async () => {
    const { platform, connect } = shipbobWorld({ listLagMs: 3_000 });
    platform.faults.next('POST /order', { kind: 'drop', when: 'after' });

    const { ref } = await connect().fulfillments.request(aDraft(platform, '1042-1'), key);

    expect(platform.state.orders.map(({ id }) => String(id))).toEqual([ref.id]);
  });

  it('stays uncertain when an answer was lost and ShipBob then refuses an order that it does not list', async () => {
    const { platform, connect } = shipbobWorld({ listLagMs: 3_600_000 });
    platform.faults.next('POST /order', { kind: 'drop', when: 'after' });

    await expect(connect().fulfillments.request(aDraft(platform, '1042-1'), key)).rejects.toMatchObject({
      code: 'write.uncertain',
      refs: [{ system: 'shop', kind: 'order', id: '1042' }],
      message: expect.stringContaining('"1042-1"') as string,
    });
    expect(platform.state.orders).toHaveLength(1);
  });

  it('stays uncertain when ShipBob says that it has the order and does not list it, as after a restart', async () => {
    const { platform, connect } = shipbobWorld({ listLagMs: 3_600_000 });
    const draft = aDraft(platform, '1042-1');
    await connect().fulfillments.request(draft, key);

    await expect(connect().fulfillments.request(draft, key)).rejects.toMatchObject({
      code: 'write.uncertain',
      refs: [{ system: 'shop', kind: 'order', id: '1042' }],
    });
    await platform.clock.advance(3_600_000);
    expect(await connect().fulfillments.request(draft, key)).toMatchObject({ state: 'accepted' });
  });

  it.each([
    ['the token runs out', 401],
    ['nobody may do it any more', 403],
    ['the allowance is used up', 429],
  ])('stays uncertain when an answer was lost and then %s', async (_what, status) => {
    const { platform, connect } = shipbobWorld({ listLagMs: 3_600_000 });
    platform.faults.next('POST /order', { kind: 'drop', when: 'after' });
    platform.faults.next('POST /order', { kind: 'answer', status });

    await expect(connect().fulfillments.request(aDraft(platform, '1042-1'), key)).rejects.toMatchObject({
      code: 'write.uncertain',
    });
  });

  it('stays uncertain when its caller stops it while it waits for the list', async () => {
    const { platform, connect } = shipbobWorld({ listLagMs: 3_600_000 });
    platform.faults.next('POST /order', { kind: 'drop', when: 'after' });
    const caller = new AbortController();
    platform.clock.sleep(1).then(
      () => caller.abort(new Error('Stopped.')),
      () => {},
    );

    const { signal } = caller;
    await expect(connect().fulfillments.request(aDraft(platform, '1042-1'), { ...key, signal })).rejects.toMatchObject({
      code: 'write.uncertain',
    });
  });

  it.each<[string, object]>([
    ['in another form', { status: 5 }],
    ['that does not even say its number', { reference_id: null }],
  ])('stays uncertain when ShipBob lists an order %s', async (_what, change) => {
    const warehouse = shipbob({
      ...base,
      clock: testClock(),
      async fetch(input, init) {
        if (new Request(input, init).method === 'POST') return Response.json({ errors: ['No.'] }, { status: 422 });
        return Response.json([{ ...anOrderOf({ reference_id: '7' }), ...change }]);
      },
    });

    await expect(warehouse.fulfillments.request(aFulfillmentDraft({ number: '7' }), key)).rejects.toMatchObject({
      code: 'write.uncertain',
      refs: [{ kind: 'order', id: '1042' }],
      message: expect.stringMatching(/"7" .*cannot be read.*"(status|reference_id)"/) as string,
    });
  });

  it.each([
    ['another key', { idempotencyKey: 'release-of-somebody-else' }, 'record.duplicate'],
    ['the same key', key, 'key.reused'],
  ] as const)('refuses other goods under a number that is taken, with %s', async (_what, options, code) => {
    const { platform, connect } = shipbobWorld();
    await connect().fulfillments.request(aDraft(platform, '1042-1'), key);
    const other = { ...aDraft(platform, '1042-1'), lines: [{ id: '1', sku: 'TEE-RED-M', title: 'Tee', quantity: 1 }] };

    await expect(connect().fulfillments.request(other, options)).rejects.toMatchObject({ code });
    expect(platform.state.orders).toHaveLength(1);
  });

  it('does not take the order of another shop for its own, though number and goods are the same', async () => {
    const { platform, connect } = shipbobWorld();
    const { fulfillments } = connect();
    const draft = { ...aDraft(platform, '#1001'), order: { system: 'shopA', kind: 'order', id: 'a1' } } as const;
    const { ref } = await fulfillments.request(draft, { idempotencyKey: 'shopA-1' });
    const other: FulfillmentDraft = {
      ...draft,
      order: { system: 'shopB', kind: 'order', id: 'b1' },
      shipTo: anAddress({ name: 'Grace Marsh', lines: ['3 Quay Street'] }),
    };

    const swallowed = fulfillments.request(other, { idempotencyKey: 'shopB-1' });

    await expect(swallowed).rejects.toMatchObject({
      code: 'record.duplicate',
      refs: [{ system: 'shopB', kind: 'order', id: 'b1' }, ref],
      message: expect.stringContaining('it belongs to another order, goes to another recipient') as string,
    });
    await expect(swallowed).rejects.not.toThrow(/Grace|Quay|Ada|Mill Lane/);
    // Nor when the same person buys the same in both shops, whatever the key.
    for (const [idempotencyKey, code] of [
      ['shopB-1', 'record.duplicate'],
      ['shopA-1', 'key.reused'],
    ] as const) {
      const sent = fulfillments.request({ ...other, shipTo: draft.shipTo }, { idempotencyKey });
      await expect(sent).rejects.toMatchObject({ code });
    }
  });

  it.each<[string, Partial<FulfillmentDraft>, string]>([
    ['address', { shipTo: anAddress({ lines: ['3 Quay Street'] }) }, 'goes to another recipient'],
    ['recipient', { shipTo: anAddress({ name: 'Grace Marsh' }) }, 'goes to another recipient'],
    ['service', { service: 'Overnight' }, 'has another service'],
  ])('refuses another %s under a number that is taken', async (_what, change, words) => {
    const { platform, connect } = shipbobWorld();
    const { fulfillments } = connect();
    const draft = aDraft(platform, '1042-1');
    await fulfillments.request(draft, key);

    for (const [options, code] of [
      [key, 'key.reused'],
      [{ idempotencyKey: 'another key' }, 'record.duplicate'],
    ] as const) {
      await expect(fulfillments.request({ ...draft, ...change }, options)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(words) as string,
      });
    }
    expect(platform.state.orders).toHaveLength(1);
  });

  it('finds its own order under another key too, when it goes to the same recipient', async () => {
    const { platform, connect } = shipbobWorld();
    const { fulfillments } = connect();
    const draft = aDraft(platform, '1042-1');
    const { ref } = await fulfillments.request(draft, key);

    expect(await fulfillments.request(draft, { idempotencyKey: 'another key' })).toMatchObject({ ref });
  });

  it('does not take an order that somebody made by hand for its own', async () => {
    const { platform, connect } = shipbobWorld();
    const { reference } = await place(platform);

    await expect(connect().fulfillments.request(aDraft(platform, reference), key)).rejects.toMatchObject({
      code: 'record.duplicate',
      message: expect.stringContaining('it names no order of ours') as string,
    });
  });

  it('knows its own order again after somebody corrected the address there', async () => {
    const sent: unknown[] = [];
    const warehouse = shipbob({
      ...base,
      async fetch(input, init) {
        const request = new Request(input, init);
        if (request.method === 'POST') {
          sent.push(await request.json());
          return Response.json({ errors: ['No.'] }, { status: 422 });
        }
        const corrected = { recipient: { name: 'ADA BYRON', address: { address1: '12 MILL LN', country: 'GB' } } };
        return Response.json([{ ...anOrderOf(sent[0]), ...corrected }]);
      },
    });

    const { ref } = await warehouse.fulfillments.request(aFulfillmentDraft({ number: '7' }), key);
    expect(ref.id).toBe('12');
  });

  it('says that the order with its number was canceled and will not ship', async () => {
    const { platform, connect } = shipbobWorld();
    const warehouse = connect();
    const draft = aDraft(platform, '1042-1');
    const { ref } = await warehouse.fulfillments.request(draft, key);
    await warehouse.fulfillments.cancel(ref, { idempotencyKey: 'cancel' });

    expect(await warehouse.fulfillments.request(draft, key)).toMatchObject({
      ref,
      state: 'action-required',
      issues: [{ code: 'order.canceled' }],
    });
  });

  it('needs an answer when goods are missing', async () => {
    const { platform, connect } = shipbobWorld();
    platform.state.addInventory('TEE-RED-M', 1);

    const outcome = await connect().fulfillments.request(aFulfillmentDraft({ number: '1042-1' }), key);

    expect(outcome.state).toBe('action-required');
    expect(outcome.issues).toEqual([expect.objectContaining({ code: 'stock.out' })]);
  });

  it('needs an answer when no carrier knows the address', async () => {
    const { platform, connect } = shipbobWorld({ knowsAddress: () => false });

    const outcome = await connect().fulfillments.request(aDraft(platform, '1042-1'), key);

    expect(outcome.state).toBe('action-required');
    expect(outcome.issues.map(({ code }) => code)).toEqual(['address.invalid']);
    expect(JSON.stringify(outcome.issues)).not.toContain('Mill Lane');
  });

  it.each<[string, Partial<FulfillmentDraft>, string]>([
    ['half a piece', { lines: [{ id: '1', sku: 'TEE', title: 'Tee', quantity: 0.5 }] }, 'record.invalid'],
    ['nothing of a SKU', { lines: [{ id: '1', sku: 'TEE', title: 'Tee', quantity: 0 }] }, 'record.invalid'],
    ['a number that cannot be looked up', { number: '1,2' }, 'record.invalid'],
    ['a number that is too long', { number: '1'.repeat(301) }, 'record.invalid'],
    [
      'an address without a city',
      { shipTo: { lines: ['12 Mill Lane'], name: 'Ada', countryCode: 'GB' } },
      'address.invalid',
    ],
    ['an address without a line', { shipTo: anAddress({ lines: [] }) }, 'address.invalid'],
    [
      'nobody to receive it',
      { shipTo: { lines: ['12 Mill Lane'], city: 'York', countryCode: 'GB' } },
      'address.invalid',
    ],
    ['a location of another system', { location: { system: 'erp', kind: 'location', id: 'WH' } }, 'record.invalid'],
  ])('does not send %s', async (_what, change, code) => {
    const { platform, connect } = shipbobWorld();

    const sent = connect().fulfillments.request(aFulfillmentDraft(change), key);

    await expect(sent).rejects.toMatchObject({ code, refs: [{ kind: 'order', id: '1042' }] });
    await expect(sent).rejects.not.toThrow(/Mill Lane|Ada/);
    expect(platform.journal.all).toEqual([]);
  });
});

describe('a fulfillment order', () => {
  it('has our numbers for order and lines, whatever our lines are called', async () => {
    const { platform, connect } = shipbobWorld();
    platform.state.addInventory('TEE', 9);
    platform.state.addInventory('CAP', 9);
    const warehouse = connect();
    const draft = aFulfillmentDraft({
      number: '1042-1',
      note: 'Fold it twice.',
      lines: [
        { id: 'gid://shopify/LineItem/9007199254740993', sku: 'TEE', title: 'Tee', quantity: 2 },
        { id: 'gid://shopify/LineItem/9007199254740994', sku: 'CAP', title: 'Cap', quantity: 1 },
      ],
    });
    const { ref } = await warehouse.fulfillments.request(draft, key);

    expect(await warehouse.fulfillments.get(ref)).toMatchObject({
      ref,
      number: '1042-1',
      order: { system: 'shop', kind: 'order', id: '1042' },
      status: 'acknowledged',
      wireStatus: 'Processing',
      service: 'Standard',
      lines: [
        { id: 'gid://shopify/LineItem/9007199254740993', sku: 'TEE', quantity: 2 },
        { id: 'gid://shopify/LineItem/9007199254740994', sku: 'CAP', quantity: 1 },
      ],
      issues: [],
    });
    expect(platform.state.order('1042-1')?.tags).toContainEqual({ name: 'crossdock-note', value: 'Fold it twice.' });
  });

  it('goes through the warehouse in our words', async () => {
    const { platform, connect } = shipbobWorld();
    const warehouse = connect();
    const { ref } = await warehouse.fulfillments.request(aDraft(platform, '1042-1'), key);
    const { state } = platform;
    const statuses: unknown[] = [];
    for (const step of stepsInTheWarehouse) {
      state[step]('1042-1');
      statuses.push((await warehouse.fulfillments.get(ref))?.status);
    }

    expect(statuses).toEqual(['on-hold', 'acknowledged', 'picking', 'packed', 'shipped', 'delivered']);
  });

  it('of another system or in another form is none of ours', async () => {
    const { platform, connect } = shipbobWorld();
    const { id } = await place(platform);
    const before = platform.journal.all.length;
    const { fulfillments } = connect();

    for (const ref of [
      { system: 'erp', kind: 'fulfillment', id: String(id) },
      { system: 'shipbob', kind: 'fulfillment', id: '1:cancel?x=' },
      { system: 'shipbob', kind: 'fulfillment', id: `0${id}` },
      { system: 'shipbob', kind: 'fulfillment', id: '0' },
      { system: 'shipbob', kind: 'fulfillment', id: '' },
    ] as const) {
      expect(await fulfillments.get(ref)).toBeUndefined();
    }
    // What was stored with another kind says so only when it runs: shipments are numbered like orders.
    const stored: Ref = { system: 'shipbob', kind: 'shipment', id: String(id) };
    expect(await fulfillments.get(stored as Ref<'fulfillment'>)).toBeUndefined();
    expect(platform.journal.all).toHaveLength(before);
  });
});

describe('a cancellation', () => {
  it('names the shipments that go on', async () => {
    const { platform, connect } = shipbobWorld({ linesPerShipment: 1 });
    platform.state.addInventory('TEE', 9);
    platform.state.addInventory('CAP', 9);
    const warehouse = connect();
    const lines = ['TEE', 'CAP'].map((sku, index) => ({ id: String(index + 1), sku, title: sku, quantity: 1 }));
    const { ref } = await warehouse.fulfillments.request(aFulfillmentDraft({ number: '1042-1', lines }), key);
    const [first] = platform.state.order('1042-1')?.shipments ?? [];
    if (first) first.stage = 'picked';

    const cancel = () => warehouse.fulfillments.cancel(ref, { idempotencyKey: 'cancel' });
    const goesOn = { outcome: 'partial', remaining: [String(first?.id)] };
    expect(await cancel()).toMatchObject(goesOn);
    expect(await cancel()).toMatchObject(goesOn);
  });

  it('of an order that is not there is refused as missing', async () => {
    const { connect } = shipbobWorld();

    const cancel = (id: string) =>
      connect().fulfillments.cancel({ system: 'shipbob', kind: 'fulfillment', id }, { idempotencyKey: 'cancel' });
    await expect(cancel('987654321')).rejects.toMatchObject({ code: 'record.missing' });
    await expect(cancel('../webhook/1')).rejects.toMatchObject({ code: 'record.missing' });
  });

  it('is uncertain as long as nobody knows, and is not called refused', async () => {
    const { platform, connect } = shipbobWorld();
    const { id } = await place(platform);
    platform.faults.always('POST /order/{id}:cancel', { kind: 'drop', when: 'before' });

    const cancel = connect().fulfillments.cancel(
      { system: 'shipbob', kind: 'fulfillment', id: String(id) },
      { idempotencyKey: 'cancel' },
    );
    await expect(cancel).rejects.toMatchObject({ code: 'write.uncertain' });
  });
});
