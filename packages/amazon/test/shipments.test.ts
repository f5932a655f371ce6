import type { Shipment } from '@crossdock/core';
import { expect, it } from 'vitest';
import { plannedPackages } from '../src/shipment-plan.ts';
import { shipmentRefusal } from '../src/shipment-refusals.ts';
import { orderSchema } from '../src/wire/order.ts';
import { refOf, shipmentOf, storeWithGoods } from './store.ts';
import { anItem, anOrder } from './wire-order.ts';

function confirming() {
  const parts = storeWithGoods({ carriers: { 'city riders': 'CITY' } });
  const { orderId, itemIds } = parts.place();
  const confirm = (shipment: Shipment, idempotencyKey = 'key-1', store = parts.store) =>
    store.shipments.confirm({ order: refOf(orderId), shipment }, { idempotencyKey });
  const order = () => parts.state.order(orderId);
  return { ...parts, orderId, itemIds, confirm, order };
}

const whole = [
  ['TEE', 3],
  ['MUG', 2],
] as const;

/** All of the order in one parcel. */
const by = (carrier: string) => shipmentOf('1', [{ lines: whole, tracking: 'T1', carrier }]);

type Contents = readonly (readonly [sku: string, quantity: number])[];

/** One shipment, a parcel for each of the contents. */
const packed = (...parcels: readonly Contents[]) =>
  shipmentOf(
    '1',
    parcels.map((lines, index) => ({ lines, tracking: `T${index}` })),
  );
const tees = (count: number): Contents => [['TEE', count]];

it('is a package for each parcel, with carrier, number and items', async () => {
  const { confirm, order, fake } = confirming();
  const ref = await confirm(
    shipmentOf('1', [
      { lines: [['TEE', 3]], tracking: '1Z1', carrier: 'UPS' },
      { lines: [['MUG', 1]], tracking: 'RM2', carrier: 'royal-mail' },
      { lines: [['MUG', 1]], tracking: 'X3', carrier: 'Two Brothers' },
    ]),
  );
  const { packages, status } = order();
  expect(status).toBe('SHIPPED');
  expect(packages.map(({ carrier, trackingNumber, items }) => [carrier, trackingNumber, items[0]?.quantity])).toEqual([
    ['UPS', '1Z1', 3],
    ['Royal Mail', 'RM2', 1],
    ['Other', 'X3', 1],
  ]);
  expect(fake.journal.of('confirmShipment')[2]?.requestBody).toContain('"carrierName":"Two Brothers"');
  expect(ref).toMatchObject({ system: 'amazon', kind: 'shipment' });
  for (const { reference } of packages) expect(reference).toMatch(/^[1-9]\d{0,9}$/);
});

it('sends nothing that Amazon shows already, whoever asks and under which key', async () => {
  const { confirm, connect, fake, order } = confirming();
  const shipment = shipmentOf('1', [{ lines: whole, tracking: '1Z1' }]);
  const first = await confirm(shipment);
  expect(await confirm(shipment, 'key-2', connect())).toEqual(first);
  expect(fake.journal.of('confirmShipment')).toHaveLength(1);
  expect(order().packages).toHaveLength(1);
});

it('changes its package where the number comes to be another one', async () => {
  const { confirm, order } = confirming();
  await confirm(shipmentOf('1', [{ lines: whole, tracking: 'OLD' }]));
  await confirm(shipmentOf('1', [{ lines: whole, tracking: 'NEW' }]), 'key-2');
  expect(order().packages).toMatchObject([{ trackingNumber: 'NEW' }]);
});

it('changes its package where the carrier comes to be another one', async () => {
  const { confirm, order, fake } = confirming();
  await confirm(by('ups'));
  await confirm(by('dhl'), 'key-2');
  expect(order().packages).toMatchObject([{ carrier: 'DHL', trackingNumber: 'T1' }]);
  await confirm(by('Two Brothers'), 'key-3');
  await confirm(by('Three Sisters'), 'key-4');
  expect(fake.journal.of('confirmShipment').at(-1)?.requestBody).toContain('"carrierName":"Three Sisters"');
  await confirm(by('three-sisters'), 'key-5');
  expect(fake.journal.of('confirmShipment')).toHaveLength(4);
  for (const carrier of ['顺丰', '京东']) await confirm(by(carrier), carrier);
  expect(fake.journal.of('confirmShipment').at(-1)?.requestBody).toContain('"carrierName":"京东"');
});

it.each([
  ['to a later parcel', [1, 2], [2, 1]],
  ['to an earlier one', [2, 1], [1, 2]],
])('moves a unit from one parcel of a shipment %s', async (_where, before, after) => {
  const { confirm, order } = confirming();
  await confirm(packed(...before.map(tees)));
  await confirm(packed(...after.map(tees)), 'key-2');
  expect(order().packages.map(({ items }) => items[0]?.quantity)).toEqual(after);
});

it('passes units on along parcels, each once there is room for it', async () => {
  const { confirm, order } = confirming();
  await confirm(
    packed(
      [['MUG', 1]],
      [
        ['TEE', 1],
        ['MUG', 1],
      ],
      [['TEE', 2]],
    ),
  );
  await confirm(
    packed(
      [
        ['MUG', 1],
        ['TEE', 1],
      ],
      [['TEE', 1]],
      [
        ['TEE', 1],
        ['MUG', 1],
      ],
    ),
    'key-2',
  );
  expect(order().packages.map(({ items }) => items.map(({ sku, quantity }) => [sku, quantity]))).toEqual([
    [
      ['MUG', 1],
      ['TEE', 1],
    ],
    [['TEE', 1]],
    [
      ['TEE', 1],
      ['MUG', 1],
    ],
  ]);
});

it('confirms none of two parcels that have one id, because Amazon would keep only the second', async () => {
  const { confirm, fake } = confirming();
  const shipment = shipmentOf('1', [
    { lines: [['TEE', 3]], tracking: 'A' },
    { lines: [['MUG', 2]], tracking: 'B' },
  ]);
  const twins = { ...shipment, parcels: shipment.parcels.map((parcel) => ({ ...parcel, id: '1' })) };
  await expect(confirm(twins)).rejects.toMatchObject({
    code: 'record.invalid',
    message: expect.stringContaining('parcels "1" and "1"'),
  });
  expect(fake.journal.of('confirmShipment')).toEqual([]);
});

it('confirms nothing on an order of another store', async () => {
  const { connect, orderId, confirm, fake } = confirming();
  const german = connect({ marketplaceId: 'A1PA6795UKMFR9' });
  const confirmed = confirm(shipmentOf('1', [{ lines: whole, tracking: 'A' }]), 'key-1', german);
  await expect(confirmed).rejects.toMatchObject({
    code: 'record.rejected',
    message: expect.stringContaining('placed in another store'),
    refs: expect.arrayContaining([refOf(orderId)]),
  });
  expect(fake.journal.of('confirmShipment')).toEqual([]);
});

it('sends a package again that Amazon shows as canceled', async () => {
  const shipment = shipmentOf('1', [{ lines: [['TEE', 2]], tracking: 'T1' }]);
  const refuse = shipmentRefusal('amazon', { order: refOf('202-1234567-1234567'), shipment });
  const planned = (changes: Readonly<Record<string, unknown>>) =>
    plannedPackages(orderSchema.parse(anOrder(changes)), shipment, {}, refuse);
  const { firstReference } = await planned({});
  const shown = (status: string) => ({
    packages: [
      {
        packageReferenceId: firstReference,
        packageStatus: { status },
        carrier: 'UPS',
        trackingNumber: 'T1',
        packageItems: [{ orderItemId: '1', quantity: 2 }],
      },
    ],
  });
  const shipped = { orderItems: [anItem({ fulfillment: { quantityFulfilled: 2, quantityUnfulfilled: 0 } })] };
  expect((await planned({ ...shown('SHIPPED'), ...shipped })).missing).toEqual([]);
  expect((await planned(shown('CANCELLED'))).missing).toMatchObject([{ trackingNumber: 'T1' }]);
});

it('ships a second shipment as a package of its own', async () => {
  const { confirm, order } = confirming();
  await confirm(shipmentOf('1', [{ lines: [['TEE', 1]], tracking: 'A' }]));
  await confirm(
    shipmentOf('2', [
      {
        lines: [
          ['TEE', 2],
          ['MUG', 2],
        ],
        tracking: 'B',
      },
    ]),
    'key-2',
  );
  expect(order()).toMatchObject({ status: 'SHIPPED', packages: [{ trackingNumber: 'A' }, { trackingNumber: 'B' }] });
});

it('names the item that the warehouse names, and else the first one with room', async () => {
  const { state, store, place } = storeWithGoods();
  const { orderId, itemIds } = place({
    lines: [
      { sku: 'TEE', title: 'Tee', quantity: 2, unitPrice: '10.00' },
      { sku: 'TEE', title: 'Tee, engraved', quantity: 2, unitPrice: '12.00' },
    ],
  });
  const named = shipmentOf('1', [{ lines: [['TEE', 1]], tracking: 'A' }]);
  const [parcel] = named.parcels;
  if (!parcel) throw new Error('The shipment has no parcel.');
  const lines = [{ sku: 'TEE', quantity: 1, orderLineId: itemIds[1] ?? '' }];
  await store.shipments.confirm(
    { order: refOf(orderId), shipment: { ...named, parcels: [{ ...parcel, lines }] } },
    { idempotencyKey: 'a' },
  );
  await store.shipments.confirm(
    { order: refOf(orderId), shipment: shipmentOf('2', [{ lines: [['TEE', 3]], tracking: 'B' }]) },
    { idempotencyKey: 'b' },
  );
  expect(
    state.order(orderId).packages.map(({ items }) => items.map(({ itemId, quantity }) => [itemId, quantity])),
  ).toEqual([
    [[itemIds[1], 1]],
    [
      [itemIds[0], 2],
      [itemIds[1], 1],
    ],
  ]);
});

it.each([
  ['more than is open', [['TEE', 4]], 'record.rejected', '3 left to ship'],
  ['what was not ordered', [['CAP', 1]], 'sku.unknown', 'no item with SKU "CAP"'],
  ['half a unit', [['TEE', 0.5]], 'record.invalid', 'whole units'],
  ['nothing', [], 'record.invalid', 'does not say what is in it'],
] as const)('ships no parcel with %s, and none of the others', async (_what, lines, code, words) => {
  const { confirm, order } = confirming();
  const shipment = shipmentOf('1', [
    { lines: [['MUG', 1]], tracking: 'A' },
    { lines, tracking: 'B' },
  ]);
  await expect(confirm(shipment)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  expect(order().packages).toEqual([]);
});

it('waits for the number that Amazon wants', async () => {
  const { confirm } = confirming();
  await expect(confirm(shipmentOf('1', [{ lines: whole }]))).rejects.toMatchObject({ code: 'record.invalid' });
  await expect(confirm(shipmentOf('1', []))).rejects.toMatchObject({ code: 'record.invalid' });
});

it.each([
  ['that Amazon ships', { fulfilledBy: 'AMAZON' }, 'Amazon ships this order itself'],
  ['of Ship+', { programs: ['FBM_SHIP_PLUS'] }, 'Ship+'],
  ['that is pending', { pendingMs: 3_600_000 }, 'pending'],
] as const)('confirms nothing on an order %s', async (_what, input, words) => {
  const { store, place, fake } = storeWithGoods();
  const { orderId } = place(input);
  const shipment = shipmentOf('1', [{ lines: [['TEE', 1]], tracking: 'A' }]);
  const confirmed = store.shipments.confirm({ order: refOf(orderId), shipment }, { idempotencyKey: 'a' });
  await expect(confirmed).rejects.toMatchObject({ code: 'record.rejected', message: expect.stringContaining(words) });
  expect(fake.journal.of('confirmShipment')).toEqual([]);
});

it('confirms nothing on an order that was canceled meanwhile, or is not there', async () => {
  const { confirm, state, orderId, store } = confirming();
  state.cancel(orderId);
  const shipment = shipmentOf('1', [{ lines: whole, tracking: 'A' }]);
  await expect(confirm(shipment)).rejects.toMatchObject({ code: 'record.rejected' });
  const nowhere = store.shipments.confirm({ order: refOf('404-0000000-0000404'), shipment }, { idempotencyKey: 'a' });
  await expect(nowhere).rejects.toMatchObject({ code: 'record.missing' });
});

it('says what Amazon had against it', async () => {
  const { confirm, fake } = confirming();
  const body = '{"errors":[{"code":"InvalidInput","message":"shipDate is in the future"}]}';
  fake.faults.next('confirmShipment', { kind: 'answer', status: 400, body });
  const confirmed = confirm(shipmentOf('1', [{ lines: whole, tracking: 'A' }]));
  await expect(confirmed).rejects.toMatchObject({
    code: 'record.rejected',
    message: expect.stringContaining('shipDate is in the future'),
  });
});
