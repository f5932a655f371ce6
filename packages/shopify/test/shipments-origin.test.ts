import type { Ref, Shipment } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between } from './calls.ts';
import { asked } from './scenery/admin.ts';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'confirm' };
const tees = (quantity: number) => shipmentOf('1', [{ lines: [['TEE', quantity]], tracking: '1Z1' }]);
const fulfillmentRef = (id: string): Ref<'fulfillment'> => ({ system: 'shopify', kind: 'fulfillment', id });

/** An order of which one TEE is to leave from York, and the rest from where the shop ships. */
async function atTwoPlaces() {
  const world = shopWithGoods();
  const { fake, state, connect, place } = world;
  const order = place();
  const york = state.addLocation({ name: 'York', countryCode: 'GB', city: 'York' });
  for (const sku of ['TEE', 'MUG']) state.setStock(sku, 10, york);
  const [all] = state.fulfillmentOrdersOf(order.id);
  await move(fake, all?.id ?? '', york, [{ id: all?.lines[0]?.id ?? '', quantity: 1 }]);
  const there = () => state.fulfillmentOrdersOf(order.id).find(({ locationId }) => locationId === york);
  const left = () =>
    state.fulfillmentOrdersOf(order.id).map(({ lines }) => lines.map(({ sku, remaining }) => `${sku} ${remaining}`));
  const confirm = (shipment: Shipment) => connect().shipments.confirm({ order: refOf(order.id), shipment }, key);
  return { ...world, order: refOf(order.id), york, all: all?.id ?? '', there: there()?.id ?? '', left, confirm };
}

async function move(
  fake: ReturnType<typeof shopWithGoods>['fake'],
  id: string,
  to: string,
  units: readonly { readonly id: string; readonly quantity: number }[],
): Promise<void> {
  const query = `mutation($id: ID!, $to: ID!, $units: [FulfillmentOrderLineItemInput!]) {
    fulfillmentOrderMove(id: $id, newLocationId: $to, fulfillmentOrderLineItems: $units) { userErrors { message } }
  }`;
  await asked(fake, query, { id, to, units });
}

describe('where a shipment left from', () => {
  it('is the location that it names', async () => {
    const { york, left, confirm } = await atTwoPlaces();
    await confirm({ ...tees(1), location: { system: 'shopify', kind: 'location', id: york } });
    expect(left()).toEqual([['TEE 2', 'MUG 2'], ['TEE 0']]);
  });

  it('is the fulfillment order that it names, also by its own lines', async () => {
    const { connect, there, left, confirm } = await atTwoPlaces();
    const pulled = await connect().fulfillments.get(fulfillmentRef(there));
    const lines = [{ sku: 'TEE', quantity: 1, orderLineId: pulled?.lines[0]?.id ?? '' }];
    const parcels = tees(1).parcels.map((parcel) => ({ ...parcel, lines }));
    const shipment = { ...tees(1), parcels, fulfillment: fulfillmentRef(there) };
    const ref = await confirm(shipment);
    expect(left()).toEqual([['TEE 2', 'MUG 2'], ['TEE 0']]);
    expect(await confirm(shipment)).toEqual(ref);
    expect(left()).toEqual([['TEE 2', 'MUG 2'], ['TEE 0']]);
  });

  it('is one of two lines of a SKU, where a fulfillment order’s line is named', async () => {
    const { state, connect, place, shop } = shopWithGoods();
    const order = place({
      lines: [
        { sku: 'TEE', quantity: 1 },
        { sku: 'TEE', quantity: 1 },
      ],
    });
    const [only] = state.fulfillmentOrdersOf(order.id);
    const named = (await shop.fulfillments.get(fulfillmentRef(only?.id ?? '')))?.lines[1]?.id ?? '';
    const lines = [{ sku: 'TEE', quantity: 1, orderLineId: named }];
    const shipment = { ...tees(1), parcels: tees(1).parcels.map((parcel) => ({ ...parcel, lines })) };
    await connect().shipments.confirm({ order: refOf(order.id), shipment }, key);
    expect(state.order(order.id).lines.map(({ fulfilled }) => fulfilled)).toEqual([0, 1]);
  });

  it.each([
    [
      'location',
      ({ york }: Awaited<ReturnType<typeof atTwoPlaces>>) => ({
        location: { system: 'shopify', kind: 'location', id: york } as const,
      }),
    ],
    [
      'fulfillment order',
      ({ there }: Awaited<ReturnType<typeof atTwoPlaces>>) => ({ fulfillment: fulfillmentRef(there) }),
    ],
  ])('binds: what the %s has not is not taken from elsewhere', async (_what, originOf) => {
    const world = await atTwoPlaces();
    await expect(world.confirm({ ...tees(2), ...originOf(world) })).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('elsewhere'),
    });
    await world.connect().fulfillments.hold(fulfillmentRef(world.there), { reason: 'fraud' }, key);
    await expect(world.confirm({ ...tees(1), ...originOf(world) })).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('on hold'),
    });
    expect(world.left()).toEqual([['TEE 2', 'MUG 2'], ['TEE 1']]);
  });

  it('is refused where the order has no such fulfillment order', async () => {
    const { confirm, left } = await atTwoPlaces();
    const gone = { ...tees(1), fulfillment: fulfillmentRef('gid://shopify/FulfillmentOrder/404') };
    await expect(confirm(gone)).rejects.toMatchObject({ code: 'record.rejected' });
    expect(left()).toEqual([['TEE 2', 'MUG 2'], ['TEE 1']]);
  });

  it('does not matter to the shop where another system’s location is named', async () => {
    const { confirm, left } = await atTwoPlaces();
    await confirm({ ...tees(1), location: { system: 'warehouse', kind: 'location', id: 'dock' } });
    expect(left()).toEqual([['TEE 1', 'MUG 2'], ['TEE 1']]);
  });
});

describe('goods that a fulfillment service is asked to ship', () => {
  it('are not confirmed before it answers, and nothing half', async () => {
    const { fake, state, connect, place } = shopWithGoods();
    const order = place();
    const { locationId } = state.addFulfillmentService({ name: 'Theirs', own: false });
    for (const sku of ['TEE', 'MUG']) state.setStock(sku, 10, locationId);
    const [all] = state.fulfillmentOrdersOf(order.id);
    await move(fake, all?.id ?? '', locationId, [{ id: all?.lines[1]?.id ?? '', quantity: 2 }]);
    const moved = state.fulfillmentOrdersOf(order.id).find((each) => each.locationId === locationId);
    state.requestFulfillment(moved?.id ?? '');
    const both = [
      ['TEE', 1],
      ['MUG', 1],
    ] as const;
    const shipment = shipmentOf('1', [{ lines: both, tracking: '1Z1' }]);
    await expect(connect().shipments.confirm({ order: refOf(order.id), shipment }, key)).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('has not answered'),
    });
    expect(state.fulfillmentsOf(order.id)).toEqual([]);
  });

  it('say what was made where Shopify refuses a part in between', async () => {
    const { fake, state, connect, place } = shopWithGoods();
    const order = place();
    const shipment = shipmentOf('1', [
      { lines: [['TEE', 1]], tracking: '1Z1' },
      { lines: [['MUG', 1]], tracking: 'D1', carrier: 'DHL' },
    ]);
    const fetch = between(fake.fetch, ({ operationName, variables }) => {
      if (operationName !== 'FulfillmentCreate' || !JSON.stringify(variables).includes('D1')) return undefined;
      return { fulfillmentCreate: { fulfillment: null, userErrors: [{ field: null, message: 'Not now' }] } };
    });
    const confirmation = { order: refOf(order.id), shipment };
    const refused: unknown = await connect({ fetch })
      .shipments.confirm(confirmation, key)
      .catch((error: unknown) => error);
    const [made] = state.fulfillmentsOf(order.id);
    expect(refused).toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining(`was confirmed in part, as "${made?.id}", and the rest was not`),
    });
    // Nothing is in doubt: the rest follows at once.
    await connect().shipments.confirm(confirmation, key);
    expect(state.order(order.id).lines.map(({ fulfilled }) => fulfilled)).toEqual([1, 1]);
  });
});

describe('goods that a fulfillment service gave back', () => {
  it.each([
    ['let go', 'CANCELLED/CANCELLATION_ACCEPTED'],
    ['unfinished', 'INCOMPLETE/CLOSED'],
  ] as const)('%s are not canceled, can be held, and are confirmed when they leave', async (how, wireStatus) => {
    const { connect, state, order, ref } = await givenBack(how);
    const read = await connect().fulfillments.get(ref);
    expect(read).toMatchObject({ status: 'action-required', wireStatus });
    expect(read?.lines.map(({ shipped, canceled }) => [shipped, canceled])).toEqual([
      [0, undefined],
      [0, undefined],
    ]);
    await connect().fulfillments.hold(ref, { reason: 'fraud' }, key);
    const confirm = () => connect().shipments.confirm({ order, shipment: tees(1) }, key);
    await expect(confirm()).rejects.toMatchObject({ code: 'record.rejected' });
    await connect().fulfillments.release(ref, { reason: 'fraud' }, { idempotencyKey: 'release' });
    await confirm();
    expect(state.order(order.id).lines.map(({ fulfilled }) => fulfilled)).toEqual([1, 0]);
  });
});

async function givenBack(how: 'let go' | 'unfinished') {
  const world = shopWithGoods();
  const { fake, state, connect, place } = world;
  const order = place();
  const { locationId } = state.addFulfillmentService({ name: 'Ours' });
  state.moveOrder(order.id, locationId);
  const moved = state.fulfillmentOrdersOf(order.id).find((each) => each.locationId === locationId);
  const ref = fulfillmentRef(moved?.id ?? '');
  state.requestFulfillment(ref.id);
  await connect().fulfillments.answer(ref, { to: 'request', accept: true }, key);
  if (how === 'let go') {
    state.requestCancellation(ref.id);
    await connect().fulfillments.answer(ref, { to: 'cancellation', accept: true }, key);
  } else {
    await asked(fake, 'mutation($id: ID!) { fulfillmentOrderClose(id: $id) { userErrors { message } } }', {
      id: ref.id,
    });
  }
  return { ...world, order: refOf(order.id), ref };
}
