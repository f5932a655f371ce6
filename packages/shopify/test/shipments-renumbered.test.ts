import type { Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { between, noted } from './calls.ts';
import { asked } from './scenery/admin.ts';
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

  it('ships once where the process died behind the change', async () => {
    const { fake, connect, order, shown } = ordered();
    const confirmation = { order, shipment: tee('1Z1') };
    const ref = await connect().shipments.confirm(confirmation, key);
    let isDead = false;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (isDead) throw new TypeError('fetch failed');
      isDead = (await request.clone().text()).includes('mutation ShipmentTrackingSet');
      return fake.fetch(request);
    };
    const dying = connect({ fetch }).shipments.update(ref, under('1Z9'), { idempotencyKey: 'update' });
    await expect(dying).rejects.toMatchObject({ system: 'shopify' });
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

describe('a confirmation', () => {
  it('that made everything asks little, and least when it is repeated', async () => {
    const { fake, connect, order } = ordered();
    const { calls, fetch } = noted(fake.fetch);
    await connect({ fetch }).shipments.confirm({ order, shipment: tee('1Z1') }, key);
    await connect({ fetch }).shipments.confirm({ order, shipment: tee('1Z1') }, key);
    expect(calls.map(({ operationName }) => operationName)).toEqual([
      'OrderToShip',
      'OrderWritesSet',
      'FulfillmentCreate',
      'OrderWritesSet',
      'OrderFulfillments',
      'OrderToShip',
    ]);
  });
});

/** A TEE with UPS and a MUG with DHL, each with a number or without. */
const two = (ups?: string, dhl?: string) =>
  shipmentOf('1', [
    { lines: [['TEE', 1]], ...(ups !== undefined && { tracking: ups }) },
    { lines: [['MUG', 1]], carrier: 'DHL', ...(dhl !== undefined && { tracking: dhl }) },
  ]);
const parcels = (ups: string, dhl: string) => ({
  parcels: [
    { carrier: 'ups', trackingNumber: ups },
    { carrier: 'DHL', trackingNumber: dhl },
  ],
});

describe('parcels of two carriers in one fulfillment', () => {
  it.each([
    ['a change drops the mark of the one without a number', two('1Z1'), parcels('1Z1', ''), ['1Z1']],
    ['a change drops one of two numbers', two('1Z1', 'D1'), parcels('1Z1', ''), ['1Z1']],
    ['a change gives a number before it is told', two('1Z1'), parcels('1Z1', 'D1'), ['1Z1', 'D1']],
    ['a change gives other numbers', two('1Z1', 'D1'), parcels('1Z8', 'D8'), ['1Z8', 'D8']],
  ])('ship once where %s', async (_what, shipment, change, numbers) => {
    const { connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: two() }, key);
    await connect().shipments.confirm({ order, shipment }, key);
    await connect().shipments.update(ref, change, { idempotencyKey: 'update' });
    for (const again of [shipment, two(), shipment]) {
      expect(await connect().shipments.confirm({ order, shipment: again }, key)).toEqual(ref);
    }
    expect(shown()).toEqual([numbers]);
  });
});

describe('a shipment that left in several fulfillments', () => {
  it('gets the numbers of a change on each of them, by carrier', async () => {
    const { connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: two('1Z1', 'D1') }, key);
    await connect().shipments.update(ref, parcels('1Z1', 'D2'), { idempotencyKey: 'update' });
    expect(shown()).toEqual([['1Z1'], ['D2']]);
    for (const shipment of [two('1Z1', 'D1'), two('1Z1', 'D2')])
      await connect().shipments.confirm({ order, shipment }, key);
    expect(shown()).toEqual([['1Z1'], ['D2']]);
  });

  it('gets one number on all of them, where they show the same', async () => {
    const { state, connect, place } = shopWithGoods();
    const york = state.addLocation({ name: 'York', countryCode: 'GB', city: 'York' });
    const order = place({
      lines: [
        { sku: 'TEE', quantity: 1 },
        { sku: 'MUG', quantity: 1, locationId: york },
      ],
    });
    const confirm = (number: string) =>
      connect().shipments.confirm({ order: refOf(order.id), shipment: inOne(number) }, key);
    const ref = await confirm('1Z1');
    await connect().shipments.update(ref, under('1Z9'), { idempotencyKey: 'update' });
    for (const number of ['1Z1', '1Z9']) expect(await confirm(number)).toEqual(ref);
    const shown = state.fulfillmentsOf(order.id).map(({ tracking }) => tracking.map(({ number }) => number));
    expect(shown).toEqual([['1Z9'], ['1Z9']]);
  });

  it.each([
    ['names one of its carriers', under('1Z9')],
    ['names another one', { parcels: [...parcels('1Z9', 'D9').parcels, { carrier: 'gls', trackingNumber: 'G1' }] }],
  ])('keeps its numbers where a change %s', async (_what, change) => {
    const { connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: two('1Z1', 'D1') }, key);
    const update = connect().shipments.update(ref, change, { idempotencyKey: 'update' });
    await expect(update).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('which of them gets which number'),
    });
    expect(shown()).toEqual([['1Z1'], ['D1']]);
  });

  it('is told where one of them refused what another one got', async () => {
    const { fake, connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: two('1Z1', 'D1') }, key);
    const fetch = between(fake.fetch, ({ operationName, variables }) =>
      operationName === 'ShipmentTrackingSet' && variables['id'] !== ref.id ? notNow : undefined,
    );
    const update = connect({ fetch }).shipments.update(ref, parcels('1Z9', 'D9'), { idempotencyKey: 'update' });
    await expect(update).rejects.toMatchObject({
      message: expect.stringContaining(`on fulfillment "${ref.id}" it was`),
    });
    expect(shown()).toEqual([['1Z9'], ['D1']]);
    await connect().shipments.update(ref, parcels('1Z9', 'D9'), { idempotencyKey: 'update' });
    expect(shown()).toEqual([['1Z9'], ['D9']]);
  });
});

const notNow = { fulfillmentTrackingInfoUpdate: { userErrors: [{ field: null, message: 'Not now' }] } };

describe('a number that another shipment has', () => {
  it('stands in the way of none where Shopify refused it', async () => {
    const { fake, connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: tee('1Z1') }, key);
    const fetch = between(fake.fetch, ({ operationName }) =>
      operationName === 'ShipmentTrackingSet' ? notNow : undefined,
    );
    const update = connect({ fetch }).shipments.update(ref, under('1Z2'), { idempotencyKey: 'update' });
    await expect(update).rejects.toMatchObject({ code: 'record.rejected' });
    const other = shipmentOf('2', [{ lines: [['TEE', 1]], tracking: '1Z2' }]);
    expect(await connect().shipments.confirm({ order, shipment: other }, key)).not.toEqual(ref);
    expect(shown()).toEqual([['1Z1'], ['1Z2']]);
  });

  it('stands in the way of none where Shopify refused it for what was shipped by hand', async () => {
    const { fake, state, connect, ref, order } = onItsWay();
    const fetch = between(fake.fetch, ({ operationName }) =>
      operationName === 'ShipmentTrackingSet' ? notNow : undefined,
    );
    const update = connect({ fetch }).shipments.update(ref, under('1Z2'), { idempotencyKey: 'update' });
    await expect(update).rejects.toMatchObject({ code: 'record.rejected' });
    const other = shipmentOf('2', [{ lines: [['TEE', 1]], tracking: '1Z2' }]);
    // All of it left by hand: it is refused in words, and not taken for done.
    await expect(connect().shipments.confirm({ order, shipment: other }, key)).rejects.toMatchObject({
      code: 'record.rejected',
    });
    expect(state.fulfillmentsOf(order.id)).toHaveLength(1);
  });

  it('and that was taken from it is free for the next one', async () => {
    const { connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: tee('1Z1') }, key);
    await connect().shipments.update(ref, under('1Z2'), { idempotencyKey: 'update' });
    const other = shipmentOf('2', [{ lines: [['TEE', 1]], tracking: '1Z1' }]);
    expect(await connect().shipments.confirm({ order, shipment: other }, key)).not.toEqual(ref);
    expect(shown()).toEqual([['1Z2'], ['1Z1']]);
  });

  it('is exchanged by two, and both are confirmed again in peace', async () => {
    const { connect, order, shown } = ordered();
    const other = shipmentOf('2', [{ lines: [['TEE', 1]], tracking: '1Z2' }]);
    const first = await connect().shipments.confirm({ order, shipment: tee('1Z1') }, key);
    const second = await connect().shipments.confirm({ order, shipment: other }, key);
    await connect().shipments.update(first, under('1Z2'), { idempotencyKey: '1' });
    await connect().shipments.update(second, under('1Z1'), { idempotencyKey: '2' });
    expect(await connect().shipments.confirm({ order, shipment: tee('1Z1') }, key)).toEqual(first);
    expect(await connect().shipments.confirm({ order, shipment: other }, key)).toEqual(second);
    expect(shown()).toEqual([['1Z2'], ['1Z1']]);
  });
});

describe('a number that comes with a later confirmation', () => {
  it.each([
    ['the same numbers', '1Z1', ['1Z1', '1Z2']],
    ['another number', '1Z9', ['1Z2', '1Z9']],
  ])('is shown also behind a change to %s', async (_what, number, numbers) => {
    const { connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: parts() }, key);
    await connect().shipments.update(ref, under(number), { idempotencyKey: 'update' });
    await connect().shipments.confirm({ order, shipment: parts('1Z2') }, key);
    expect(shown()).toEqual([numbers]);
  });

  it('is shown where a change to it was refused', async () => {
    const { fake, connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: tee() }, key);
    const fetch = between(fake.fetch, ({ operationName }) =>
      operationName === 'ShipmentTrackingSet' ? notNow : undefined,
    );
    const update = connect({ fetch }).shipments.update(ref, under('1Z1'), { idempotencyKey: 'update' });
    await expect(update).rejects.toMatchObject({ code: 'record.rejected' });
    await connect().shipments.confirm({ order, shipment: tee('1Z1') }, key);
    expect(shown()).toEqual([['1Z1']]);
  });

  it('is not brought back where a person took it away', async () => {
    const { fake, connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: parts('1Z2') }, key);
    await byHand({ fake, ref }, 'HAND');
    await connect().shipments.confirm({ order, shipment: parts('1Z3') }, key);
    expect(shown()).toEqual([['1Z3', 'HAND']]);
  });

  it('does not win over a change that was begun behind it', async () => {
    const { fake, connect, order, shown } = ordered();
    const ref = await connect().shipments.confirm({ order, shipment: tee() }, key);
    let isMet = false;
    const fetch = between(fake.fetch, async ({ operationName }) => {
      if (operationName !== 'ShipmentTrackingSet' || isMet) return undefined;
      isMet = true;
      await connect().shipments.update(ref, under('NEW'), { idempotencyKey: 'update' });
      return undefined;
    });
    await connect({ fetch }).shipments.confirm({ order, shipment: tee('OLD') }, key);
    expect(isMet).toBe(true);
    expect(shown()).toEqual([['NEW']]);
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
    await byHand({ fake, ref }, 'HAND');
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

describe('two changes at one moment', () => {
  it.each([
    ['is written late', 'NEW', false],
    ['is lost and sent again', 'NEW', true],
    ['is written over what was there before, which was wanted again', '1Z0', false],
  ])('end with the one that was begun last, where the older one %s', async (_what, newer, fails) => {
    const world = onItsWay();
    const { connect, ref, shown } = world;
    const { shop, sent } = meeting(
      world,
      () => connect().shipments.update(ref, under(newer), { idempotencyKey: '2' }),
      fails,
    );
    await shop.shipments.update(ref, under('OLD'), { idempotencyKey: '1' });
    expect(shown()).toEqual([[newer]]);
    expect(sent.filter((number) => number === 'OLD')).toHaveLength(1);
    for (const [number, idempotencyKey] of [
      ['OLD', '1'],
      [newer, '2'],
    ] as const) {
      await connect().shipments.update(ref, under(number), { idempotencyKey });
      expect(shown()).toEqual([[newer]]);
    }
  });

  it('end with the newer one also where only the older one is repeated', async () => {
    const { fake, connect, ref, shown } = onItsWay();
    const stop = fake.faults.always('fulfillmentTrackingInfoUpdate', { kind: 'drop', when: 'before' });
    for (const number of ['1', '2']) {
      const lost = connect().shipments.update(ref, under(`1Z${number}`), { idempotencyKey: number });
      await expect(lost).rejects.toMatchObject({ code: 'write.uncertain' });
    }
    stop();
    await connect().shipments.update(ref, under('1Z1'), { idempotencyKey: '1' });
    expect(shown()).toEqual([['1Z2']]);
  });

  it('leave the older one to be done where the newer one is refused', async () => {
    const { fake, connect, ref, shown } = onItsWay();
    const stop = fake.faults.always('fulfillmentTrackingInfoUpdate', { kind: 'drop', when: 'before' });
    for (const number of ['1', '2']) {
      const lost = connect().shipments.update(ref, under(`1Z${number}`), { idempotencyKey: number });
      await expect(lost).rejects.toMatchObject({ code: 'write.uncertain' });
    }
    stop();
    const fetch = between(fake.fetch, ({ operationName, variables }) =>
      operationName === 'ShipmentTrackingSet' && JSON.stringify(variables).includes('1Z2') ? notNow : undefined,
    );
    await connect({ fetch }).shipments.update(ref, under('1Z1'), { idempotencyKey: '1' });
    expect(shown()).toEqual([['1Z1']]);
  });

  it('lose no note where both are noted at one moment', async () => {
    const world = onItsWay();
    const { fake, connect, ref, shown } = world;
    const other = world.state.shipOrder(world.place().id, { tracking: { number: 'X' } });
    let isMet = false;
    const fetch = between(fake.fetch, async ({ operationName }) => {
      if (operationName !== 'OrderWritesSet' || isMet) return undefined;
      isMet = true;
      await connect().shipments.update(ref, under('FIRST'), { idempotencyKey: '1' });
      return undefined;
    });
    await connect({ fetch }).shipments.update(ref, under('SECOND'), { idempotencyKey: '2' });
    await connect().shipments.update(ref, under('FIRST'), { idempotencyKey: '1' });
    expect(shown()).toEqual([['SECOND']]);
    expect(other.id).not.toBe(ref.id);
  });
});

describe('a change that was lost and found done by its repeat', () => {
  it('is not written over what a person writes afterwards', async () => {
    const { fake, connect, ref, shown } = onItsWay();
    let isDead = false;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (isDead) throw new TypeError('fetch failed');
      isDead = (await request.clone().text()).includes('mutation ShipmentTrackingSet');
      const answer = await fake.fetch(request);
      if (isDead) throw new TypeError('fetch failed');
      return answer;
    };
    const update = (more = {}) => connect(more).shipments.update(ref, under('1Z2'), { idempotencyKey: '1' });
    await expect(update({ fetch })).rejects.toMatchObject({ system: 'shopify' });
    await update();
    await byHand({ fake, ref }, 'HAND');
    await update();
    expect(shown()).toEqual([['HAND']]);
  });
});

describe('a long history of changes', () => {
  it('knows the last twenty', async () => {
    const { shop, connect, ref, shown } = onItsWay();
    const change = (number: number, by = shop) =>
      by.shipments.update(ref, under(`N${number}`), { idempotencyKey: String(number) });
    for (let number = 1; number <= 21; number += 1) await change(number);
    await change(2, connect());
    expect(shown()).toEqual([['N21']]);
    // Nobody knows of the first one any more: it is a change as any other.
    await change(1, connect());
    expect(shown()).toEqual([['N1']]);
  });
});

/** A person in the admin. */
async function byHand({ fake, ref }: Pick<ReturnType<typeof onItsWay>, 'fake' | 'ref'>, number: string): Promise<void> {
  const query = `mutation { fulfillmentTrackingInfoUpdate(fulfillmentId: "${ref.id}", trackingInfoInput: { company: "UPS", number: "${number}" }) { userErrors { message } } }`;
  await asked(fake, query, {});
}

/** Lets the first change meet another one just before it is written. */
function meeting(world: ReturnType<typeof onItsWay>, meet: () => Promise<unknown>, fails = false) {
  const sent: string[] = [];
  const fetch = between(world.fake.fetch, async ({ operationName, variables }) => {
    if (operationName !== 'ShipmentTrackingSet') return undefined;
    sent.push(z.object({ number: z.string() }).parse(variables['tracking']).number);
    if (sent.length > 1) return undefined;
    await meet();
    if (fails) throw new TypeError('fetch failed');
    return undefined;
  });
  return { shop: world.connect({ fetch }), sent };
}

/** A TEE and a MUG in one parcel. */
function inOne(tracking: string) {
  const lines = [
    ['TEE', 1],
    ['MUG', 1],
  ] as const;
  return shipmentOf('1', [{ lines, tracking }]);
}

/** Two parcels of one carrier, the second with a number or without. */
function parts(second?: string) {
  return shipmentOf('1', [
    { lines: [['TEE', 1]], tracking: '1Z1' },
    { lines: [['TEE', 1]], ...(second !== undefined && { tracking: second }) },
  ]);
}
