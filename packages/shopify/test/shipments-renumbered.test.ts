import type { Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between, noted } from './calls.ts';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'confirm' };
const tee = (tracking?: string) =>
  shipmentOf('1', [{ lines: [['TEE', 1]], ...(tracking !== undefined && { tracking }) }]);
const under = (...numbers: readonly string[]) => ({
  parcels: numbers.map((trackingNumber) => ({ carrier: 'ups', trackingNumber })),
});

/** An order of which something can leave. */
function ordered() {
  const world = shopWithGoods();
  const { state, place } = world;
  const order = place();
  const shown = () => state.fulfillmentsOf(order.id).map(({ tracking }) => tracking.map(({ number }) => number));
  return { ...world, order: refOf(order.id), shown };
}

/** Something that left under 1Z0. */
function onItsWay() {
  const world = ordered();
  const { id } = world.state.shipOrder(world.order.id, { tracking: { company: 'UPS', number: '1Z0' } });
  const ref: Ref<'shipment'> = { system: 'shopify', kind: 'shipment', id };
  return { ...world, ref };
}

describe('a shipment whose number was changed after it was confirmed', () => {
  it.each([['1Z1'], [undefined]])('from %s ships once, whoever confirms it again', async (number) => {
    const { shop, connect, order, shown } = ordered();
    const confirmation = { order, shipment: tee(number) };
    const ref = await shop.shipments.confirm(confirmation, key);
    await shop.shipments.update(ref, under('1Z9'), { idempotencyKey: 'update' });
    expect(await connect().shipments.confirm(confirmation, key)).toEqual(ref);
    expect(await connect().shipments.confirm(confirmation, { idempotencyKey: 'other' })).toEqual(ref);
    expect(shown()).toEqual([['1Z9']]);
  });

  it('several times, also back and forth, ships once', async () => {
    const { shop, connect, order, shown } = ordered();
    const confirmation = { order, shipment: tee('1Z1') };
    const ref = await shop.shipments.confirm(confirmation, key);
    for (const number of ['1Z2', '1Z3', '1Z2', '1Z4']) {
      await connect().shipments.update(ref, under(number), { idempotencyKey: `${number}-${shown().length}` });
    }
    await connect().shipments.update(ref, under('1Z5'), { idempotencyKey: 'last' });
    await connect().shipments.confirm(confirmation, key);
    expect(shown()).toEqual([['1Z5']]);
  });

  it('ships once where the answer to the change was lost, and the process with it', async () => {
    const { fake, connect, order, shown } = ordered();
    const confirmation = { order, shipment: tee('1Z1') };
    const ref = await connect().shipments.confirm(confirmation, key);
    const stop = fake.faults.always('fulfillmentTrackingInfoUpdate', { kind: 'drop', when: 'after' });
    await expect(connect().shipments.update(ref, under('1Z9'), { idempotencyKey: 'update' })).rejects.toMatchObject({
      system: 'shopify',
    });
    stop();
    await connect().shipments.confirm(confirmation, key);
    expect(shown()).toEqual([['1Z9']]);
  });

  it('does not get back a number that a change took from it', async () => {
    const { shop, connect, order, shown } = ordered();
    const shipment = shipmentOf('1', [
      { lines: [['TEE', 1]], tracking: '1Z1' },
      { lines: [['MUG', 1]], tracking: '1Z2' },
    ]);
    const ref = await shop.shipments.confirm({ order, shipment }, key);
    await shop.shipments.update(ref, under('1Z1'), { idempotencyKey: 'update' });
    await connect().shipments.confirm({ order, shipment }, key);
    expect(shown()).toEqual([['1Z1']]);
  });

  it('leaves room for another shipment of the same order', async () => {
    const { shop, connect, order, shown } = ordered();
    const ref = await shop.shipments.confirm({ order, shipment: tee('1Z1') }, key);
    await shop.shipments.update(ref, under('1Z9'), { idempotencyKey: 'update' });
    const other = shipmentOf('2', [{ lines: [['TEE', 1]], tracking: '2Z' }]);
    await connect().shipments.confirm({ order, shipment: other }, { idempotencyKey: 'other' });
    expect(shown()).toEqual([['1Z9'], ['2Z']]);
  });
});

describe('a first confirmation', () => {
  it('does not ask what is noted', async () => {
    const { fake, connect, order } = ordered();
    const { calls, fetch } = noted(fake.fetch);
    await connect({ fetch }).shipments.confirm({ order, shipment: tee('1Z1') }, key);
    expect(calls.filter(({ operationName }) => operationName === 'OrderWrites')).toEqual([]);
  });
});

describe('a change of numbers that is repeated', () => {
  it('behind a newer one is not written over it', async () => {
    const { shop, connect, ref, shown } = onItsWay();
    await shop.shipments.update(ref, under('OLD'), { idempotencyKey: '1' });
    await shop.shipments.update(ref, under('NEW'), { idempotencyKey: '2' });
    expect(await connect().shipments.update(ref, under('OLD'), { idempotencyKey: '1' })).toEqual(ref);
    expect(shown()).toEqual([['NEW']]);
    await shop.shipments.update(ref, under('OLD'), { idempotencyKey: '3' });
    expect(shown()).toEqual([['OLD']]);
  });

  it('behind what a person wrote by hand is not written over it', async () => {
    const { fake, shop, connect, ref, shown } = onItsWay();
    await shop.shipments.update(ref, under('NEW'), { idempotencyKey: '1' });
    await shopWithOwnHands(fake.fetch, connect).shipments.update(ref, under('HAND'), { idempotencyKey: 'hand' });
    await connect().shipments.update(ref, under('NEW'), { idempotencyKey: '1' });
    expect(shown()).toEqual([['HAND']]);
  });

  it('that was there before it was asked for counts as one too', async () => {
    const { shop, connect, ref, shown } = onItsWay();
    await shop.shipments.update(ref, under('1Z0'), { idempotencyKey: '1' });
    await shop.shipments.update(ref, under('NEW'), { idempotencyKey: '2' });
    await connect().shipments.update(ref, under('1Z0'), { idempotencyKey: '1' });
    expect(shown()).toEqual([['NEW']]);
  });

  it('with other numbers is refused', async () => {
    const { shop, connect, ref, shown } = onItsWay();
    await shop.shipments.update(ref, under('NEW'), { idempotencyKey: '1' });
    const other = connect().shipments.update(ref, under('OTHER'), { idempotencyKey: '1' });
    await expect(other).rejects.toMatchObject({ code: 'key.reused' });
    expect(shown()).toEqual([['NEW']]);
  });

  it('was not done where Shopify refused it, and is done by a repeat', async () => {
    const { fake, connect, ref, shown } = onItsWay();
    const refusing = connect({
      fetch: between(fake.fetch, ({ operationName }) =>
        operationName === 'ShipmentTrackingSet'
          ? { fulfillmentTrackingInfoUpdate: { userErrors: [{ field: null, message: 'Not now' }] } }
          : undefined,
      ),
    });
    const refused = refusing.shipments.update(ref, under('NEW'), { idempotencyKey: '1' });
    await expect(refused).rejects.toMatchObject({ code: 'record.rejected' });
    await connect().shipments.update(ref, under('NEW'), { idempotencyKey: '1' });
    expect(shown()).toEqual([['NEW']]);
  });

  it('is in doubt where Shopify answered without a word, and is done by a repeat', async () => {
    const { fake, connect, ref, shown } = onItsWay();
    const silent = connect({
      fetch: between(fake.fetch, ({ operationName }) =>
        operationName === 'ShipmentTrackingSet' ? { fulfillmentTrackingInfoUpdate: null } : undefined,
      ),
    });
    const doubted = silent.shipments.update(ref, under('NEW'), { idempotencyKey: '1' });
    await expect(doubted).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(shown()).toEqual([['1Z0']]);
    await connect().shipments.update(ref, under('NEW'), { idempotencyKey: '1' });
    expect(shown()).toEqual([['NEW']]);
  });
});

/** Changes numbers, and notes nothing of it. */
function shopWithOwnHands(fetch: typeof globalThis.fetch, connect: ReturnType<typeof shopWithGoods>['connect']) {
  return connect({
    fetch: between(fetch, ({ operationName }) => {
      if (operationName === 'OrderWrites') return { order: { metafield: null } };
      if (operationName !== 'OrderWritesSet') return undefined;
      const metafields = [{ compareDigest: '1', updatedAt: '2026-11-01T00:00:00Z' }];
      return { metafieldsSet: { metafields, userErrors: [] } };
    }),
  });
}
