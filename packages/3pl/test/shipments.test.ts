import { mergeParcels } from '@crossdock/core';
import { aFulfillmentDraft, type ShipBobOptions } from '@crossdock/testing';
import { expect, it } from 'vitest';
import { shipbob } from '@crossdock/3pl/shipbob';
import { aDraft, allOf, place, secrets, shipbobWorld, stepsInTheWarehouse, token } from './shipbob-world.ts';

/** A warehouse that has one order of ours. */
async function withOrder(options: ShipBobOptions = {}) {
  const { platform, connect } = shipbobWorld(options);
  const warehouse = connect();
  platform.state.addInventory('TEE-RED-M', 2, { lot: 'LOT-7', expiresOn: '2027-05-01' });
  const draft = aFulfillmentDraft({ number: '1042-1' });
  const { ref } = await warehouse.fulfillments.request(draft, { idempotencyKey: 'release-1' });
  return { platform, warehouse, ref };
}

it('tells what left, in which parcel, from which lot and for which line of the order', async () => {
  const { platform, warehouse, ref } = await withOrder();
  platform.state.ship('1042-1');

  const [page] = await allOf(warehouse.shipments.pull({}));

  const [shipment] = page?.items ?? [];
  expect(shipment).toMatchObject({
    number: '1042-1',
    fulfillment: ref,
    order: { system: 'shop', kind: 'order', id: '1042' },
    status: 'handed-over',
    shippedAt: expect.stringMatching(/Z$/) as string,
    parcels: [
      {
        lines: [
          {
            sku: 'TEE-RED-M',
            quantity: 2,
            orderLineId: 'line-1',
            lots: [{ lot: 'LOT-7', quantity: 2, expiresOn: '2027-05-01' }],
          },
        ],
      },
    ],
  });
  expect(shipment?.parcels[0]?.carrier).not.toBe('');
  expect(shipment?.parcels[0]?.trackingNumber).toMatch(/\S/);
  expect(shipment?.parcels[0]?.weightGrams).toBeGreaterThan(0);
  expect(shipment).not.toHaveProperty('deliveredAt');
});

it('says what left also when no carrier and no number is named', async () => {
  const { platform, warehouse } = await withOrder({ shipsUntracked: true });
  platform.state.label('1042-1');
  const [labelled] = await allOf(warehouse.shipments.pull({}));
  platform.state.ship('1042-1');
  const [shipped] = await allOf(warehouse.shipments.pull({}));

  expect(labelled?.items[0]?.parcels).toEqual([]);
  const [parcel, ...others] = shipped?.items[0]?.parcels ?? [];
  expect(others).toEqual([]);
  expect(parcel).toMatchObject({
    id: shipped?.items[0]?.ref.id,
    carrier: 'unknown',
    lines: [{ sku: 'TEE-RED-M', quantity: 2, orderLineId: 'line-1', lots: [{ lot: 'LOT-7', quantity: 2 }] }],
  });
  expect(parcel).not.toHaveProperty('trackingNumber');
});

it('counts in each shipment what is in it, when a line goes out in two', async () => {
  const { platform, warehouse } = await withOrder({ piecesPerShipment: 1 });
  platform.state.ship('1042-1');

  const [page] = await allOf(warehouse.shipments.pull({}));

  const lines = page?.items.map(({ parcels }) => parcels.flatMap((parcel) => parcel.lines));
  const half = [expect.objectContaining({ sku: 'TEE-RED-M', quantity: 1, orderLineId: 'line-1' }) as unknown];
  expect(lines).toEqual([half, half]);
});

it('is delivered when the carrier says so, and not when the warehouse is done', async () => {
  const { platform, warehouse } = await withOrder();
  const seen: unknown[] = [];
  const { state } = platform;
  for (const step of stepsInTheWarehouse) {
    state[step]('1042-1');
    const [page] = await allOf(warehouse.shipments.pull({}));
    seen.push(page?.items[0]?.status);
  }

  expect(seen).toEqual(['created', 'created', 'created', 'label-created', 'handed-over', 'delivered']);
});

it('keeps what was known of a parcel when it is told again', async () => {
  const { platform, warehouse } = await withOrder();
  platform.state.ship('1042-1');
  const [first] = await allOf(warehouse.shipments.pull({}));
  platform.state.deliver('1042-1');
  const [second] = await allOf(warehouse.shipments.pull({}));

  const tellings = [first, second].map((page) => page?.items[0]?.parcels ?? []);
  expect(mergeParcels(tellings)).toEqual(tellings[1]);
});

it('reports moments without a zone, record by record, and guesses none', async () => {
  const { platform, warehouse } = await withOrder({ naiveTimes: true });
  platform.state.ship('1042-1');

  const [page] = await allOf(warehouse.shipments.pull({}));

  expect(page?.items).toEqual([]);
  expect(page?.problems).toEqual([
    expect.objectContaining({
      ref: expect.objectContaining({ kind: 'shipment' }) as unknown,
      error: expect.objectContaining({ code: 'record.invalid' }) as unknown,
    }),
  ]);
});

it('calls the lines of an order that somebody else made by no name of ours', async () => {
  const { platform, connect } = shipbobWorld();
  const { reference } = await place(platform);
  platform.state.ship(reference);

  const [page] = await allOf(connect().shipments.pull({}));

  expect(page?.items[0]).not.toHaveProperty('order');
  expect(page?.items[0]?.parcels[0]?.lines[0]).not.toHaveProperty('orderLineId');
});

it('goes on from a moment, for a first time', async () => {
  const { platform, connect } = shipbobWorld();
  const warehouse = connect();
  await warehouse.fulfillments.request(aDraft(platform, 'early'), { idempotencyKey: 'early' });
  await platform.clock.advance(24 * 60 * 60_000);
  const updatedAfter = new Date(platform.clock.now()).toISOString();
  await platform.clock.advance(60_000);
  await warehouse.fulfillments.request(aDraft(platform, 'late'), { idempotencyKey: 'late' });

  const pages = await allOf(warehouse.shipments.pull({ updatedAfter }));

  expect(pages.flatMap(({ items }) => items.map(({ number }) => number))).toEqual(['late']);
});

it('refuses a cursor that is none of its own', async () => {
  const { platform, connect } = shipbobWorld();

  const refused = { code: 'options.invalid' };
  await expect(allOf(connect().shipments.pull({ cursor: 'page-2' }))).rejects.toMatchObject(refused);
  for (const cursor of ['page-2', '@stranger.example/', '/../orders']) {
    await expect(allOf(connect().inventory.pull({ cursor }))).rejects.toMatchObject(refused);
  }
  expect(platform.journal.all).toEqual([]);
});

it('skips nothing where our clock runs an hour ahead of ShipBob', async () => {
  const { platform } = shipbobWorld();
  const { clock, fetch } = platform;
  const ahead = { ...clock, now: () => clock.now() + 3_600_000 };
  const warehouse = shipbob({ token, channelId: 100_001, webhookSecrets: secrets, fetch, clock: ahead });
  const order = await place(platform);
  const [first] = await allOf(warehouse.shipments.pull({}));
  const [idle] = await allOf(warehouse.shipments.pull({ cursor: first?.cursor ?? '' }));
  await clock.advance(600_000);
  platform.state.ship(order.reference);

  const [next] = await allOf(warehouse.shipments.pull({ cursor: idle?.cursor ?? '' }));

  expect(next?.items).toMatchObject([{ status: 'handed-over' }]);
});

it('looks back a little behind the latest change, and no further when nothing comes', async () => {
  const { platform, warehouse } = await withOrder();
  platform.state.ship('1042-1');
  const [first] = await allOf(warehouse.shipments.pull({}));
  await platform.clock.advance(3_600_000);
  const [idle] = await allOf(warehouse.shipments.pull({ cursor: first?.cursor ?? '' }));
  expect(idle?.cursor).toBe(first?.cursor);
  await platform.clock.advance(3_600_000);
  platform.state.deliver('1042-1');
  await platform.clock.advance(1000);
  const [moved] = await allOf(warehouse.shipments.pull({ cursor: first?.cursor ?? '' }));
  expect(JSON.parse(moved?.cursor ?? '')).toEqual({
    from: new Date(platform.clock.now() - 301_000).toISOString(),
    page: 1,
  });
});
