import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
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
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if ((await request.clone().text()).includes('mutation FulfillmentCreate')) await gate();
      return fake.fetch(request);
    };
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
  });
});

describe('somebody who comes while a fulfillment stands there twice', () => {
  it('waits until whoever made the second one has canceled it', async () => {
    const { fake, connect, state, clock, place } = shopWithGoods();
    const order = place();
    const byHand = { lines: [{ sku: 'TEE', quantity: 1 }], tracking: { number: '1Z1' } };
    const [first, second] = [state.shipOrder(order.id, byHand), state.shipOrder(order.id, byHand)];
    const began = clock.now();
    let looks = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if ((await request.clone().text()).includes('query OrderToShip')) looks += 1;
      if (looks === 2) await cancelThere(fake, second.id);
      return fake.fetch(request);
    };
    const ref = await connect({ fetch }).shipments.confirm({ order: refOf(order.id), shipment: tracked }, key);
    expect(ref.id).toBe(first.id);
    expect(clock.now() - began).toBeGreaterThanOrEqual(5000);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });

  it('waits anew behind each fulfillment, when the other process is a little behind with each', async () => {
    const { fake, connect, state, clock, place } = shopWithGoods();
    const order = place();
    const theirs: { readonly id: string; readonly at: number }[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const body = await request.clone().text();
      const late = theirs.filter(({ at }) => clock.now() - at >= 5000);
      for (const { id } of late) await cancelThere(fake, id);
      const answer = await fake.fetch(request);
      if (body.includes('mutation FulfillmentCreate')) {
        const [sku, number] = body.includes('1Z1') ? ['TEE', '1Z1'] : ['MUG', 'D1'];
        const { id } = state.shipOrder(order.id, { lines: [{ sku, quantity: 1 }], tracking: { number } });
        theirs.push({ id, at: clock.now() });
      }
      return answer;
    };
    const shipment = shipmentOf('1', [
      { lines: [['TEE', 1]], tracking: '1Z1' },
      { lines: [['MUG', 1]], tracking: 'D1', carrier: 'DHL' },
    ]);
    await connect({ fetch }).shipments.confirm({ order: refOf(order.id), shipment }, key);
    expect(theirs).toHaveLength(2);
    expect(state.order(order.id).lines.map(({ fulfilled }) => fulfilled)).toEqual([1, 1]);
  });
});

describe('a change that the shop makes after we gave it up', () => {
  it('between the look and the send of the next attempt ships once', async () => {
    const { held, connect, state, place } = shopThatHolds();
    const order = place();
    const confirmation = { order: refOf(order.id), shipment: tracked };
    const shop = connect();
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(state.fulfillmentsOf(order.id)).toHaveLength(0);
    held.landBefore = 'mutation FulfillmentCreate';
    const ref = await shop.shipments.confirm(confirmation, key);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
    const live = state.fulfillmentsOf(order.id).filter(({ status }) => status === 'SUCCESS');
    expect(live.map(({ id }) => id)).toEqual([ref.id]);
  });

  it('between the send and the look behind it ships once where the mark is ours alone', async () => {
    const { held, connect, state, place } = shopThatHolds();
    const order = place();
    const confirmation = { order: refOf(order.id), shipment: untracked };
    const shop = connect();
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'write.uncertain' });
    held.landBefore = 'query OrderFulfillments';
    const ref = await shop.shipments.confirm(confirmation, key);
    expect(held.hasLanded).toBe(true);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
    expect(state.fulfillmentsOf(order.id).find(({ id }) => id === ref.id)?.status).toBe('SUCCESS');
  });

  it('between the send and the look behind it is told to a person where somebody else may have used the number', async () => {
    const { held, connect, state, place } = shopThatHolds();
    const order = place();
    const confirmation = { order: refOf(order.id), shipment: tracked };
    const shop = connect();
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'write.uncertain' });
    held.landBefore = 'query OrderFulfillments';
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(held.hasLanded).toBe(true);
    expect(state.fulfillmentsOf(order.id).map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS']);
  });

  it('when everything was over is undone by the next attempt where the mark is ours alone', async () => {
    const { held, connect, state, place } = shopThatHolds();
    const order = place();
    const confirmation = { order: refOf(order.id), shipment: untracked };
    const shop = connect();
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'write.uncertain' });
    const first = await shop.shipments.confirm(confirmation, key);
    await held.land();
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(2);
    expect(await shop.shipments.confirm(confirmation, key)).toEqual(first);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });

  it('when everything was over is told to a person where somebody else may have used the number', async () => {
    const { held, connect, state, place } = shopThatHolds();
    const order = place();
    const confirmation = { order: refOf(order.id), shipment: tracked };
    const shop = connect();
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'write.uncertain' });
    await shop.shipments.confirm(confirmation, key);
    await held.land();
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(state.fulfillmentsOf(order.id).filter(({ status }) => status === 'SUCCESS')).toHaveLength(2);
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
    ['before ours stays, and ours is taken back', 'before', ['SUCCESS', 'CANCELLED']],
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
    const outcome = await confirming.then(
      ({ id }) => id,
      (error: unknown) => (isCommerceError(error) ? error.code : error),
    );
    const made = state.fulfillmentsOf(order.id);
    expect(outcome).toBe(when === 'behind' ? 'record.duplicate' : made[0]?.id);
    expect(made.map(({ status }) => status)).toEqual(statuses);
  });
});

describe('two shipments that share a number', () => {
  it('each ship their own at one moment, and each get their own fulfillment’s id', async () => {
    const { fake, connect, state, place } = shopWithGoods();
    const order = place();
    const gate = meetingPoint(2);
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if ((await request.clone().text()).includes('mutation FulfillmentCreate')) await gate();
      return fake.fetch(request);
    };
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

/** What another process does. */
async function cancelThere(fake: ReturnType<typeof shopWithGoods>['fake'], id: string): Promise<void> {
  await fake.fetch(`${fake.origin}/admin/api/2026-07/graphql.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': fake.state.accessToken },
    body: JSON.stringify({ query: `mutation { fulfillmentCancel(id: "${id}") { userErrors { message } } }` }),
  });
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
      held.hasLanded = true;
    },
    hasLanded: false,
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
