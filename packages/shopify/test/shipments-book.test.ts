import type { Ref, Shipment } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { between } from './calls.ts';
import { asked } from './scenery/admin.ts';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'confirm' };
const untracked = (quantity: number) => shipmentOf('1', [{ lines: [['TEE', quantity]] }]);
const tracked = (number: string, tracking: string) => shipmentOf(number, [{ lines: [['TEE', 1]], tracking }]);
const under = (trackingNumber: string) => ({ parcels: [{ carrier: 'ups', trackingNumber }] });

function ordered() {
  const world = shopWithGoods();
  const { state, connect, place } = world;
  const order = place();
  const confirm = (shipment: Shipment) => connect().shipments.confirm({ order: refOf(order.id), shipment }, key);
  const made = () => state.fulfillmentsOf(order.id);
  const shown = () => made().map(({ tracking }) => tracking.map(({ number }) => number));
  const shipped = () => state.order(order.id).lines.map(({ fulfilled }) => fulfilled);
  return { ...world, order: refOf(order.id), confirm, made, shown, shipped };
}

describe('a shipment that is not what it was', () => {
  it('gets the difference where it grew, and loses nothing where its older version is replayed', async () => {
    const { confirm, made, shipped } = ordered();
    const first = await confirm(untracked(1));
    expect(await confirm(untracked(2))).toEqual(first);
    expect(shipped()).toEqual([2, 0]);
    expect(await confirm(untracked(1))).toEqual(first);
    expect(shipped()).toEqual([2, 0]);
    expect(made().map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS']);
  });

  it.each([
    ['shrank', untracked(1)],
    ['holds other goods', shipmentOf('1', [{ lines: [['MUG', 1]] }])],
  ])('is for a person where it %s, and nothing is canceled or made', async (_what, other) => {
    const { confirm, made, shipped } = ordered();
    await confirm(untracked(2));
    await expect(confirm(other)).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('Cancel in Shopify what did not leave'),
    });
    expect(shipped()).toEqual([2, 0]);
    expect(made()).toHaveLength(1);
  });

  it('is confirmed once a person has canceled what did not leave', async () => {
    const { state, confirm, shipped } = ordered();
    await confirm(untracked(2));
    const [only] = state.fulfillments;
    state.cancelFulfillment(only?.id ?? '');
    await confirm(untracked(1));
    expect(shipped()).toEqual([1, 0]);
  });

  it('does not come back in its older version where a person canceled some of the newer one', async () => {
    const { state, confirm, made, shipped } = ordered();
    await confirm(untracked(1));
    await confirm(untracked(2));
    for (const { id } of made()) state.cancelFulfillment(id);
    await expect(confirm(untracked(1))).rejects.toMatchObject({ code: 'record.rejected' });
    expect(shipped()).toEqual([0, 0]);
    await confirm(untracked(2));
    expect(shipped()).toEqual([2, 0]);
  });
});

describe('fulfillments that the book does not have', () => {
  it('are the shipment’s by their number, as far as it needs them', async () => {
    const { state, order, confirm, made } = ordered();
    const byHand = state.shipOrder(order.id, { tracking: { number: '1Z1' } });
    expect((await confirm(tracked('1', '1z-1'))).id).toBe(byHand.id);
    const mugs = shipmentOf('2', [{ lines: [['MUG', 2]], tracking: '1Z1' }]);
    expect((await confirm(mugs)).id).toBe(byHand.id);
    expect(made()).toHaveLength(1);
  });

  it('count for one shipment only', async () => {
    const { state, order, confirm, shipped } = ordered();
    const byHand = state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }], tracking: { number: '1Z1' } });
    expect((await confirm(tracked('1', '1Z1'))).id).toBe(byHand.id);
    expect((await confirm(tracked('2', '1Z1'))).id).not.toBe(byHand.id);
    expect(shipped()).toEqual([2, 0]);
  });

  it('are known by a number that a change took from them', async () => {
    const { state, order, connect, confirm, made } = ordered();
    const byHand = state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }], tracking: { number: '1Z1' } });
    const ref: Ref<'shipment'> = { system: 'shopify', kind: 'shipment', id: byHand.id };
    await connect().shipments.update(ref, under('1Z9'), { idempotencyKey: 'update' });
    for (const number of ['1Z1', '1Z9']) expect(await confirm(tracked('1', number))).toEqual(ref);
    expect(made()).toHaveLength(1);
  });

  it('are known also by a number of a change of which no answer came, and that a newer one overtook', async () => {
    const { fake, state, order, connect, confirm, made } = ordered();
    const byHand = state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }], tracking: { number: '1Z1' } });
    const ref: Ref<'shipment'> = { system: 'shopify', kind: 'shipment', id: byHand.id };
    const update = (number: string) => connect().shipments.update(ref, under(number), { idempotencyKey: number });
    const stop = fake.faults.always('fulfillmentTrackingInfoUpdate', { kind: 'drop', when: 'before' });
    await expect(update('1Z8')).rejects.toMatchObject({ code: 'write.uncertain' });
    stop();
    await update('1Z9');
    expect(await confirm(tracked('1', '1Z8'))).toEqual(ref);
    expect(made()).toHaveLength(1);
  });

  it('are for a person where two are the same and one is needed', async () => {
    const { state, order, confirm, made } = ordered();
    const byHand = { lines: [{ sku: 'TEE', quantity: 1 }], tracking: { number: '1Z1' } };
    for (let count = 0; count < 2; count += 1) state.shipOrder(order.id, byHand);
    await expect(confirm(tracked('1', '1Z1'))).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(made().map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS']);
  });

  it('are not taken from whoever is making them at this moment', async () => {
    const { fake, connect, order, confirm, shipped } = ordered();
    let isMet = false;
    const meeting = between(fake.fetch, async ({ operationName, variables }) => {
      // The first one’s fulfillment stands there, and its book does not say so yet.
      if (operationName !== 'OrderWritesSet' || isMet || !JSON.stringify(variables).includes('"versions\\":[\\"')) {
        return undefined;
      }
      isMet = true;
      await confirm(tracked('2', '1Z1'));
      return undefined;
    });
    const first = await connect({ fetch: meeting }).shipments.confirm({ order, shipment: tracked('1', '1Z1') }, key);
    expect(isMet).toBe(true);
    expect(shipped()).toEqual([2, 0]);
    expect(await confirm(tracked('1', '1Z1'))).toEqual(first);
    expect(shipped()).toEqual([2, 0]);
  });
});

describe('what somebody else wrote into the book', () => {
  const book = z.object({
    data: z.object({ order: z.object({ metafield: z.object({ value: z.string() }).nullable() }) }),
  });

  async function read({ fake, order }: ReturnType<typeof ordered>): Promise<string> {
    const query =
      'query($id: ID!) { order(id: $id) { metafield(namespace: "$app", key: "crossdock_shipments") { value } } }';
    return book.parse(await asked(fake, query, { id: order.id })).data.order.metafield?.value ?? '';
  }

  it('of one shipment stops this one in words, and no other', async () => {
    const world = ordered();
    const ref = await world.confirm(tracked('1', '1Z1'));
    await writeBook(world, JSON.stringify({ shipments: [{ of: 'warehouse/wh-1', parts: 'gone' }], tracking: [] }));
    const other = await world.confirm(shipmentOf('2', [{ lines: [['MUG', 1]], tracking: '2Z' }]));
    await world.connect().shipments.update(other, under('2Z9'), { idempotencyKey: 'other' });
    const update = world.connect().shipments.update(ref, under('1Z9'), { idempotencyKey: 'update' });
    await expect(update).rejects.toMatchObject({ code: 'record.invalid' });
    expect(world.shown()).toEqual([['1Z1'], ['2Z9']]);
    await expect(world.confirm(tracked('1', '1Z1'))).rejects.toMatchObject({
      code: 'record.invalid',
      message: expect.stringMatching(/crossdock_shipments.*put back what stood there/),
    });
    expect(world.shipped()).toEqual([1, 1]);
    expect(await read(world)).toContain('"parts":"gone"');
  });

  it.each(['{}', '{"shipments":[{}],"tracking":[]}', '{"shipments":[],"tracking":[7]}'])(
    'stops all where it may be of any: %s',
    async (value) => {
      const world = ordered();
      const ref = await world.confirm(tracked('1', '1Z1'));
      await writeBook(world, value);
      await expect(world.confirm(tracked('1', '1Z1'))).rejects.toMatchObject({ code: 'record.invalid' });
      const update = world.connect().shipments.update(ref, under('1Z9'), { idempotencyKey: 'update' });
      await expect(update).rejects.toMatchObject({ code: 'record.invalid' });
      expect(world.shown()).toEqual([['1Z1']]);
    },
  );
});

describe('an order of hundreds of shipments', () => {
  it(
    'fills its book, says so before anything is done, and leaves the keys of other writes alone',
    { timeout: 60_000 },
    async () => {
      const { state, fake, connect } = shopWithGoods();
      const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 3 }] });
      const order = refOf(id);
      const left = state.shipOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }], tracking: { number: '1Z0' } });
      const ref: Ref<'shipment'> = { system: 'shopify', kind: 'shipment', id: left.id };
      const tracking = Array.from({ length: 1000 }, (_, index) => ({
        id: `gid://shopify/Fulfillment/${1000 + index}`,
        numbers: [`1Z999AA101234${10_000 + index}`, `1Z999AA109876${10_000 + index}`],
        changes: [],
      }));
      await writeBook({ fake, order }, JSON.stringify({ shipments: [], tracking }));
      const full = { code: 'record.rejected', message: expect.stringContaining('by hand') };
      const shop = connect();
      await expect(shop.shipments.update(ref, under('1Z9'), { idempotencyKey: 'u' })).rejects.toMatchObject(full);
      await expect(shop.shipments.confirm({ order, shipment: tracked('1', '1Z1') }, key)).rejects.toMatchObject(full);
      expect(state.fulfillmentsOf(id).map((each) => each.tracking[0]?.number)).toEqual(['1Z0']);
      await shop.shipments.report(ref, { status: 'delivered', at: '2026-10-31T08:00:00Z' }, { idempotencyKey: 'r' });
      expect(state.fulfillmentsOf(id)[0]?.events).toHaveLength(1);
    },
  );
});

describe('a book that is nearly full', () => {
  it('keeps room for what is made, so that nothing is made that it cannot hold', async () => {
    const { fake, state, connect, place } = shopWithGoods();
    const york = state.addLocation({ name: 'York', countryCode: 'GB', city: 'York' });
    const { id } = place({
      lines: [
        { sku: 'TEE', quantity: 1 },
        { sku: 'MUG', quantity: 1, locationId: york },
      ],
    });
    const world = { fake, order: refOf(id) };
    const lines = [
      ['TEE', 1],
      ['MUG', 1],
    ] as const;
    // Noted once, and held by each of two fulfillments.
    const shipment = shipmentOf('1', [{ lines, tracking: 'Z'.repeat(400) }]);
    const confirm = () => connect().shipments.confirm({ order: refOf(id), shipment }, key);
    const fill = (bytes: number) => writeBook(world, filler(['x'.repeat(bytes - filler(['']).length)]));
    await fill(99_200);
    await expect(confirm()).rejects.toMatchObject({ code: 'record.rejected' });
    expect(state.fulfillmentsOf(id)).toEqual([]);
    await fill(98_000);
    await confirm();
    expect(state.fulfillmentsOf(id)).toHaveLength(2);
  });
});

describe('what was voided', () => {
  it('is not confirmed', async () => {
    const { confirm, made } = ordered();
    const voided = { ...tracked('1', '1Z1'), status: 'voided' } as const;
    await expect(confirm(voided)).rejects.toMatchObject({ code: 'record.rejected' });
    expect(made()).toEqual([]);
  });

  it.each(['LABEL_VOIDED', 'CANCELED'])(
    'travels under no other number, is not reported of, and counts as no shipment: %s',
    async (word) => {
      const { state, connect, confirm, made, shown } = ordered();
      const ref = await confirm(tracked('1', '1Z1'));
      state.useShipmentWord(ref.id, word);
      const rejected = { code: 'record.rejected', message: expect.stringContaining(word) };
      const shop = connect();
      await expect(shop.shipments.update(ref, under('1Z9'), { idempotencyKey: 'u' })).rejects.toMatchObject(rejected);
      const report = { status: 'delivered', at: '2026-10-31T08:00:00Z' } as const;
      await expect(shop.shipments.report(ref, report, { idempotencyKey: 'r' })).rejects.toMatchObject(rejected);
      await expect(confirm(tracked('1', '1Z1'))).rejects.toMatchObject(rejected);
      expect(shown()).toEqual([['1Z1']]);
      expect(made()[0]?.events).toEqual([]);
    },
  );

  it('and canceled is reported of no more, and confirmed anew', async () => {
    const { state, connect, confirm, shipped } = ordered();
    const ref = await confirm(tracked('1', '1Z1'));
    state.cancelFulfillment(ref.id);
    const report = { status: 'delivered', at: '2026-10-31T08:00:00Z' } as const;
    const reported = connect().shipments.report(ref, report, { idempotencyKey: 'r' });
    await expect(reported).rejects.toMatchObject({ code: 'record.rejected' });
    expect((await confirm(tracked('1', '1Z1'))).id).not.toBe(ref.id);
    expect(shipped()).toEqual([1, 0]);
  });
});

async function writeBook(
  { fake, order }: Pick<ReturnType<typeof ordered>, 'fake' | 'order'>,
  value: string,
): Promise<void> {
  const query = `mutation($id: ID!, $value: String!) {
    metafieldsSet(metafields: [{ ownerId: $id, namespace: "$app", key: "crossdock_shipments", type: "json", value: $value }]) {
      userErrors { message }
    }
  }`;
  await asked(fake, query, { id: order.id, value });
}

function filler(numbers: readonly string[]): string {
  return JSON.stringify({ shipments: [], tracking: [{ id: 'gid://shopify/Fulfillment/1', numbers, changes: [] }] });
}
