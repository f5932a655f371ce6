import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between, noted } from './calls.ts';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'run-1/confirm' };
const tracked = shipmentOf('1', [{ lines: [['TEE', 1]], tracking: '1Z1' }]);
const untracked = shipmentOf('1', [{ lines: [['TEE', 1]] }]);

describe('several that confirm the same shipment at one moment', () => {
  it.each([
    ['a part', tracked],
    ['a part without a number', untracked],
    [
      'the whole order',
      shipmentOf('1', [
        {
          lines: [
            ['TEE', 3],
            ['MUG', 2],
          ],
          tracking: '1Z1',
        },
      ]),
    ],
    [
      'two carriers’ parcels',
      shipmentOf('1', [
        { lines: [['TEE', 1]], tracking: '1Z1' },
        { lines: [['MUG', 1]], tracking: 'D1', carrier: 'DHL' },
      ]),
    ],
  ])('ship %s once', async (_what, shipment) => {
    const { fake, connect, state, place } = shopWithGoods();
    const order = place();
    const gate = meetingPoint(3);
    const { calls, fetch: counting } = noted(fake.fetch);
    // All of them have read the order, and none has noted anything.
    const fetch = between(counting, async ({ operationName }) => {
      if (operationName === 'OrderWritesSet') await gate();
      return undefined;
    });
    const confirmation = { order: refOf(order.id), shipment };
    const refs = await Promise.all([1, 2, 3].map(() => connect({ fetch }).shipments.confirm(confirmation, key)));
    const wanted = Map.groupBy(
      shipment.parcels.flatMap(({ lines }) => lines),
      ({ sku }) => sku,
    );
    for (const { sku, fulfilled } of state.order(order.id).lines) {
      expect(fulfilled).toBe(wanted.get(sku ?? '')?.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0);
    }
    const live = state.fulfillmentsOf(order.id).filter(({ status }) => status === 'SUCCESS');
    expect(live).toHaveLength(new Set(shipment.parcels.map(({ carrier }) => carrier)).size);
    for (const { id } of refs) expect(live.map((fulfillment) => fulfillment.id)).toContain(id);
    const made = state.fulfillmentsOf(order.id).length;
    expect(calls.filter(({ operationName }) => operationName === 'FulfillmentCreate')).toHaveLength(made);
  });
});

describe('two versions of a shipment that are confirmed at one moment', () => {
  it.each([
    ['the smaller one first', [1, 2], undefined, ['ok', 'ok']],
    ['the smaller one first, with a number', [1, 2], '1Z1', ['ok', 'ok']],
    ['the larger one first', [2, 1], undefined, ['ok', 'record.rejected']],
    ['the larger one first, with a number', [2, 1], '1Z1', ['ok', 'record.rejected']],
  ] as const)('never ship their sum: %s', async (_what, quantities, tracking, outcomes) => {
    const { fake, connect, state, place } = shopWithGoods();
    const order = place();
    const confirm = (quantity: number, fetch = fake.fetch) =>
      outcomeOf(
        connect({ fetch }).shipments.confirm({ order: refOf(order.id), shipment: version(quantity, tracking) }, key),
      );
    let second: Promise<string> | undefined;
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName === 'FulfillmentCreate') second ??= confirm(quantities[1]);
      return undefined;
    });
    expect([await confirm(quantities[0], fetch), await second]).toEqual(outcomes);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(2);
  });
});

describe('a change that the shop makes after we gave it up', () => {
  it.each([
    ['with a number', tracked],
    ['without one', untracked],
  ])('within two minutes is the only one: %s', async (_what, shipment) => {
    const { held, connect, state, place, clock } = shopThatHolds();
    const order = place();
    const confirm = () => connect().shipments.confirm({ order: refOf(order.id), shipment }, key);
    await expect(confirm()).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(confirm()).rejects.toMatchObject({ code: 'write.in-flight' });
    await clock.advance(60_000);
    await expect(confirm()).rejects.toMatchObject({ code: 'write.in-flight' });
    await held.land();
    const [made] = state.fulfillmentsOf(order.id);
    expect((await confirm()).id).toBe(made?.id);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });

  it.each([
    ['with a number', tracked],
    ['without one', untracked],
  ])('when everything was over is told to a person, and nothing is canceled: %s', async (_what, shipment) => {
    const { held, connect, state, place, clock } = shopThatHolds();
    const order = place();
    const confirm = () => connect().shipments.confirm({ order: refOf(order.id), shipment }, key);
    await expect(confirm()).rejects.toMatchObject({ code: 'write.uncertain' });
    await clock.advance(120_000);
    await confirm();
    await held.land();
    await expect(confirm()).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(state.fulfillmentsOf(order.id).map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS']);
  });

  it('leaves another shipment of the order alone', async () => {
    const { held, connect, state, place } = shopThatHolds();
    const order = place();
    const other = shipmentOf('2', [{ lines: [['TEE', 1]], tracking: '1Z2' }]);
    const shop = connect();
    const confirm = (shipment: typeof other) => shop.shipments.confirm({ order: refOf(order.id), shipment }, key);
    await expect(confirm(other)).rejects.toMatchObject({ code: 'write.uncertain' });
    held.landBefore = 'mutation FulfillmentCreate';
    await confirm(tracked);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(2);
  });
});

describe('a fulfillment that somebody makes by hand while we send', () => {
  it.each([
    ['behind ours stays, and a person is told', 'behind', ['SUCCESS', 'SUCCESS']],
    ['before ours stays, and a person is told', 'before', ['SUCCESS', 'SUCCESS']],
  ])('%s', async (_what, when, statuses) => {
    const { fake, connect, state, place } = shopWithGoods();
    const order = place();
    let isMade = false;
    const byHand = () => {
      isMade = true;
      state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }], tracking: { number: '1z-1' } });
    };
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const isSend = !isMade && (await request.clone().text()).includes('mutation FulfillmentCreate');
      if (isSend && when === 'before') byHand();
      const answer = await fake.fetch(request);
      if (isSend && when === 'behind') byHand();
      return answer;
    };
    const confirming = connect({ fetch }).shipments.confirm({ order: refOf(order.id), shipment: tracked }, key);
    expect(await outcomeOf(confirming)).toBe('record.duplicate');
    expect(state.fulfillmentsOf(order.id).map(({ status }) => status)).toEqual(statuses);
  });
});

describe('a caller who gives up', () => {
  it('leaves no shipment in doubt of which nothing was sent', async () => {
    const { fake, connect, state, place } = shopWithGoods();
    const order = place();
    const over = new AbortController();
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName === 'OrderWritesSet') over.abort();
      return undefined;
    });
    const confirmation = { order: refOf(order.id), shipment: tracked };
    const given = connect({ fetch }).shipments.confirm(confirmation, { ...key, signal: over.signal });
    await expect(given).rejects.toMatchObject({ system: 'shopify' });
    expect(state.fulfillmentsOf(order.id)).toEqual([]);
    expect(await outcomeOf(connect().shipments.confirm(confirmation, key))).toMatch(/ok|write.in-flight/);
  });
});

describe('a shipment that Shopify has no room for', () => {
  it.each([
    ['for a while is noted anew and made once', 2, 'ok'],
    ['for long is given up, and free at once', 12, 'platform.throttled'],
  ])('%s', async (_what, times, outcome) => {
    const { fake, connect, state, place } = shopWithGoods();
    const order = place();
    let left = times;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const isSend = left > 0 && (await request.clone().text()).includes('mutation FulfillmentCreate');
      if (!isSend) return fake.fetch(request);
      left -= 1;
      return new Response('{"errors":"Too many"}', { status: 429, headers: { 'retry-after': '40' } });
    };
    const confirmation = { order: refOf(order.id), shipment: tracked };
    expect(await outcomeOf(connect({ fetch }).shipments.confirm(confirmation, key))).toBe(outcome);
    expect(state.fulfillmentsOf(order.id)).toHaveLength(outcome === 'ok' ? 1 : 0);
    await connect().shipments.confirm(confirmation, key);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });

  it('when it is noted is noted anew and made once', async () => {
    const { fake, connect, state, place, clock } = shopWithGoods();
    const order = place();
    let isMet = false;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const isNote = !isMet && (await request.clone().text()).includes('mutation OrderWritesSet');
      if (!isNote) return fake.fetch(request);
      isMet = true;
      const answer = await fake.fetch(request);
      await clock.sleep(20_000);
      return answer;
    };
    await connect({ fetch }).shipments.confirm({ order: refOf(order.id), shipment: tracked }, key);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
    await expect(
      connect().shipments.confirm({ order: refOf(order.id), shipment: tracked }, key),
    ).resolves.toBeDefined();
  });
});

describe('many shipments of one order at one moment', () => {
  it('are all confirmed, each once', async () => {
    const { connect, state } = shopWithGoods();
    const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 12 }] });
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        const shipment = shipmentOf(String(index), [{ lines: [['TEE', 1]], tracking: `1Z${index}` }]);
        return outcomeOf(connect().shipments.confirm({ order: refOf(id), shipment }, key));
      }),
    );
    expect(new Set(outcomes)).toEqual(new Set(['ok']));
    expect(state.order(id).lines[0]?.fulfilled).toBe(12);
  });
});

describe('two shipments that share a number', () => {
  it('each ship their own at one moment, and each get their own fulfillment’s id', async () => {
    const { fake, connect, state, place } = shopWithGoods();
    const order = place();
    const gate = meetingPoint(2);
    const fetch = between(fake.fetch, async ({ operationName }) => {
      if (operationName === 'FulfillmentCreate') await gate();
      return undefined;
    });
    const confirm = (shipment: typeof tracked) =>
      connect({ fetch }).shipments.confirm({ order: refOf(order.id), shipment }, key);
    const refs = await Promise.all([
      confirm(tracked),
      confirm(shipmentOf('2', [{ lines: [['MUG', 1]], tracking: '1Z1' }])),
    ]);
    const skus = refs.map(({ id }) => state.fulfillmentsOf(order.id).find((each) => each.id === id)?.lines[0]?.sku);
    expect(skus).toEqual(['TEE', 'MUG']);
    expect(state.order(order.id).lines.map(({ fulfilled }) => fulfilled)).toEqual([1, 1]);
  });
});

async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'ok',
    (error: unknown) => (isCommerceError(error) ? error.code : String(error)),
  );
}

function version(quantity: number, tracking?: string) {
  return shipmentOf('1', [{ lines: [['TEE', quantity]], ...(tracking !== undefined && { tracking }) }]);
}

/** Lets nobody through before so many have come. */
function meetingPoint(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let there = 0;
  return () => {
    there += 1;
    if (there >= count) resolve();
    return promise;
  };
}

/** A shop whose first fulfillment is lost on the way to it and lands later. */
function shopThatHolds() {
  const world = shopWithGoods();
  let waiting: Request | undefined;
  let lost = 0;
  const held = {
    /** The document before whose next arrival it lands. */
    landBefore: undefined as string | undefined,
    async land() {
      if (waiting) await world.fake.fetch(waiting);
      waiting = undefined;
    },
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = await request.clone().text();
    if (lost === 0 && body.includes('mutation FulfillmentCreate')) {
      lost += 1;
      waiting = new Request(request, { signal: null });
      throw new TypeError('fetch failed');
    }
    if (held.landBefore !== undefined && body.includes(held.landBefore)) await held.land();
    return world.fake.fetch(request);
  };
  return { ...world, held, connect: () => world.connect({ fetch }) };
}
