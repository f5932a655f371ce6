import { isCommerceError, type FulfillmentOrder, type Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between, noted } from './calls.ts';
import { asked } from './scenery/admin.ts';
import { fulfillmentOrderOf } from './scenery/fulfillments.ts';
import { shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'key' };

/** An order that is to leave, and a connector whose calls are noted. */
function somethingToShip() {
  const world = shopWithGoods();
  const { fake, connect, state, place } = world;
  const { calls, fetch } = noted(fake.fetch);
  const order = place();
  const [only] = state.fulfillmentOrdersOf(order.id);
  const ref = fulfillmentRef(only?.id ?? '');
  const holds = () => fulfillmentOrderOf(state, ref.id).holds;
  return { ...world, shop: connect({ fetch }), calls, order, ref, holds };
}

function fulfillmentRef(id: string): Ref<'fulfillment'> {
  return { system: 'shopify', kind: 'fulfillment', id };
}

async function pulled(shop: ReturnType<typeof shopWithGoods>['shop']): Promise<readonly FulfillmentOrder[]> {
  const all: FulfillmentOrder[] = [];
  for await (const page of shop.fulfillments.pull({})) all.push(...page.items);
  return all;
}

describe('what is to leave', () => {
  it('is read with its place, its destination, its order and its lines', async () => {
    const { shop, state, order, ref } = somethingToShip();
    const [location] = state.locations;
    expect(await shop.fulfillments.get(ref)).toMatchObject({
      ref,
      number: `#1001/${ref.id.split('/').at(-1)}`,
      order: { system: 'shopify', kind: 'order', id: order.id },
      status: 'queued',
      wireStatus: 'OPEN/UNSUBMITTED',
      location: { id: location?.id },
      shipTo: {
        name: 'Jane Roe',
        company: 'Roe Ltd',
        lines: ['12 Elm Street'],
        countryCode: 'US',
        postalCode: '45402',
      },
      lines: [
        { sku: 'TEE', quantity: 3, shipped: 0 },
        { sku: 'MUG', quantity: 2, shipped: 0 },
      ],
      issues: [],
    });
  });

  it('counts what left, and comes once more when it is closed', async () => {
    const { shop, state, order, ref } = somethingToShip();
    state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    expect(await shop.fulfillments.get(ref)).toMatchObject({
      status: 'partially-shipped',
      lines: [
        { sku: 'TEE', quantity: 3, shipped: 1 },
        { sku: 'MUG', shipped: 0 },
      ],
    });
    state.shipOrder(order.id);
    expect(await pulled(shop)).toMatchObject([{ ref, status: 'shipped', wireStatus: 'CLOSED/UNSUBMITTED' }]);
  });

  it('is canceled with its order, and nothing of it has left', async () => {
    const { shop, state, order, ref } = somethingToShip();
    state.cancelOrder(order.id, 'CUSTOMER');
    for (const each of await pulled(shop)) expect(each).toMatchObject({ ref, status: 'canceled' });
  });

  it('says why it is held, by whoever holds it, and until when it is put off', async () => {
    const { shop, state, order, ref } = somethingToShip();
    state.holdFulfillmentOrder(ref.id, { reason: 'INCORRECT_ADDRESS', notes: 'No such street', app: 'Checker' });
    expect(await shop.fulfillments.get(ref)).toMatchObject({
      status: 'on-hold',
      issues: [{ code: 'INCORRECT_ADDRESS', message: expect.stringContaining('No such street') }],
    });
    state.releaseFulfillmentOrder(ref.id);
    state.scheduleOrder(order.id, '2026-12-24T08:00:00Z');
    expect(await shop.fulfillments.get(ref)).toMatchObject({
      status: 'on-hold',
      issues: [{ code: 'SCHEDULED', message: '2026-12-24T08:00:00Z' }],
    });
  });

  it('reaches the fulfillment service that is asked for it, with what it is asked', async () => {
    const { shop, state, place } = somethingToShip();
    const { locationId } = state.addFulfillmentService({ name: 'Ours' });
    const { id } = place();
    state.moveOrder(id, locationId);
    const moved = state.fulfillmentOrdersOf(id).find((each) => each.locationId === locationId);
    const ref = fulfillmentRef(moved?.id ?? '');
    state.requestFulfillment(ref.id, { message: 'Gift wrap, please' });
    const found = (await pulled(shop)).find((each) => each.ref.id === ref.id);
    expect(found).toMatchObject({
      status: 'submitted',
      issues: [{ code: 'FULFILLMENT_REQUEST', message: 'Gift wrap, please' }],
    });
    await shop.fulfillments.answer(ref, { to: 'request', accept: true }, key);
    expect(await shop.fulfillments.get(ref)).toMatchObject({ status: 'acknowledged', issues: [] });
    state.requestCancellation(ref.id, 'The buyer changed her mind');
    expect(await shop.fulfillments.get(ref)).toMatchObject({
      status: 'cancel-requested',
      issues: [{ code: 'CANCELLATION_REQUEST', message: 'The buyer changed her mind' }],
    });
    await shop.fulfillments.answer(ref, { to: 'cancellation', accept: false }, { idempotencyKey: 'no' });
    expect(await shop.fulfillments.get(ref)).toMatchObject({ status: 'cancel-refused' });
  });

  it('is read to its last line, and so is what left of it', async () => {
    const { shop, state } = shopWithGoods();
    const lines = Array.from({ length: 130 }, () => ({ sku: 'TEE', quantity: 1 }));
    const order = state.placeOrder({ lines });
    const [only] = state.fulfillmentOrdersOf(order.id);
    expect((await shop.fulfillments.get(fulfillmentRef(only?.id ?? '')))?.lines).toHaveLength(130);
    state.shipOrder(order.id);
    for await (const { items } of shop.shipments.pull({})) expect(items[0]?.parcels[0]?.lines).toHaveLength(130);
  });

  it('is a problem for a person where goods have no SKU, and leaves the others in peace', async () => {
    const { shop, state, ref } = somethingToShip();
    const bare = state.placeOrder({ lines: [{ title: 'Handmade', unitPrice: '5.00', quantity: 1 }] });
    const [without] = state.fulfillmentOrdersOf(bare.id);
    for await (const { items, problems } of shop.fulfillments.pull({})) {
      expect(items.map((each) => each.ref.id)).toEqual([ref.id]);
      expect(problems).toMatchObject([{ ref: { id: without?.id }, error: { code: 'sku.missing' } }]);
      expect(problems?.[0]?.version).toBeDefined();
    }
  });

  it.each([
    ['an id of another system', { system: 'other', kind: 'fulfillment', id: 'gid://shopify/FulfillmentOrder/1' }],
    ['the id of an order', { system: 'shopify', kind: 'fulfillment', id: 'gid://shopify/Order/1' }],
  ] as const)('is not there under %s, and Shopify is not asked', async (_what, ref) => {
    const { shop, calls } = somethingToShip();
    expect(await shop.fulfillments.get(ref)).toBeUndefined();
    expect(calls).toEqual([]);
  });
});

const paid = { reason: 'payment' } as const;

describe('a hold', () => {
  it('tells people why, under a handle that follows from its key', async () => {
    const { shop, ref, holds } = somethingToShip();
    await shop.fulfillments.hold(ref, { reason: 'fraud', note: ' Ask the bank ' }, key);
    expect(holds()).toMatchObject([{ reason: 'HIGH_RISK_OF_FRAUD', notes: 'Ask the bank', app: 'own' }]);
    expect(holds()[0]?.handle).toMatch(/^crossdock-[0-9a-f]{24}$/);
  });

  it('is found and not put on again, where its key comes with the same reason and note', async () => {
    const { shop, connect, ref, holds, calls } = somethingToShip();
    await shop.fulfillments.hold(ref, { reason: 'stock', note: 'n' }, key);
    await shop.fulfillments.hold(ref, { reason: 'stock', note: 'n' }, key);
    await connect().fulfillments.hold(ref, { reason: 'stock', note: 'n' }, key);
    expect(holds()).toHaveLength(1);
    expect(calls.filter(({ operationName }) => operationName === 'FulfillmentOrderHold')).toHaveLength(1);
    await expect(shop.fulfillments.hold(ref, { reason: 'stock', note: 'other' }, key)).rejects.toMatchObject({
      code: 'key.reused',
      message: expect.stringContaining('another note'),
    });
  });

  it('is put on, lifted and found so by all who come at one moment', async () => {
    const { connect, ref, holds } = somethingToShip();
    const all = [1, 2, 3, 4, 5, 6].map(() => connect());
    await Promise.all(all.map((shop) => shop.fulfillments.hold(ref, { reason: 'payment' }, key)));
    expect(holds()).toHaveLength(1);
    await Promise.all(all.map((shop) => shop.fulfillments.release(ref, paid, { idempotencyKey: 'release' })));
    expect(holds()).toEqual([]);
  });

  it.each([
    ['is right where another process put the same on in between', 'payment', undefined],
    ['is refused where another process used its key otherwise in between', 'address', 'key.reused'],
  ] as const)('%s', async (_what, reason, code) => {
    const { fake, connect, ref, holds } = somethingToShip();
    let refused: unknown;
    const shop = connect({
      fetch: between(fake.fetch, async ({ operationName }) => {
        if (operationName === 'FulfillmentOrderHold') await connect().fulfillments.hold(ref, { reason }, key);
        return undefined;
      }),
    });
    await shop.fulfillments.hold(ref, { reason: 'payment' }, key).catch((error: unknown) => (refused = error));
    expect(isCommerceError(refused) ? refused.code : refused).toBe(code);
    expect(holds()).toHaveLength(1);
  });

  it('is one of ten at the most of one app, and the eleventh is refused in words', async () => {
    const { shop, ref, holds } = somethingToShip();
    for (let number = 1; number <= 10; number += 1) {
      await shop.fulfillments.hold(ref, { reason: 'other' }, { idempotencyKey: `key-${number}` });
    }
    const eleventh = shop.fulfillments.hold(ref, { reason: 'other' }, { idempotencyKey: 'key-11' });
    await expect(eleventh).rejects.toMatchObject({
      code: 'record.rejected',
      details: { codes: ['FULFILLMENT_ORDER_HOLD_LIMIT_REACHED'] },
    });
    expect(holds()).toHaveLength(10);
    await shop.fulfillments.release(ref, { reason: 'other' }, key);
    expect(holds()).toEqual([]);
  });

  it('of another part of the same app stays when ours is lifted', async () => {
    const { shop, state, ref, holds } = somethingToShip();
    state.holdFulfillmentOrder(ref.id, { reason: 'OTHER', handle: 'preorder', app: 'own' });
    state.holdFulfillmentOrder(ref.id, { reason: 'OTHER' });
    await shop.fulfillments.hold(ref, { reason: 'payment' }, key);
    await shop.fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    expect(holds().map(({ handle, app }) => [handle, app])).toEqual([
      ['preorder', 'own'],
      [expect.any(String), undefined],
    ]);
  });

  it('is lifted without a write where there is none of ours', async () => {
    const { shop, ref, calls } = somethingToShip();
    await shop.fulfillments.release(ref, paid, key);
    expect(calls.map(({ operationName }) => operationName)).toEqual([
      'FulfillmentOrderHolds',
      'OrderWrites',
      'OrderWritesSet',
    ]);
  });

  it('for fraud stays where the order is paid, whoever says so', async () => {
    const { shop, connect, ref, holds } = somethingToShip();
    await shop.fulfillments.hold(ref, { reason: 'payment' }, key);
    await shop.fulfillments.hold(ref, { reason: 'fraud' }, { idempotencyKey: 'fraud' });
    await shop.fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    await connect().fulfillments.release(ref, paid, { idempotencyKey: 'other' });
    expect(holds().map(({ reason }) => reason)).toEqual(['HIGH_RISK_OF_FRAUD']);
  });

  it('stays where it was put on behind a release that is repeated, also behind one that found nothing', async () => {
    const { shop, connect, ref, holds } = somethingToShip();
    await shop.fulfillments.release(ref, paid, { idempotencyKey: 'nothing' });
    await shop.fulfillments.hold(ref, { reason: 'payment' }, key);
    await connect().fulfillments.release(ref, paid, { idempotencyKey: 'nothing' });
    expect(holds()).toHaveLength(1);
    await shop.fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    expect(holds()).toEqual([]);
    await shop.fulfillments.hold(ref, { reason: 'payment' }, { idempotencyKey: 'later' });
    await connect().fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    expect(holds()).toHaveLength(1);
  });

  it('is lifted by a repeat where the answer to the release was lost on its way there', async () => {
    const { fake, connect, ref, holds } = somethingToShip();
    await connect().fulfillments.hold(ref, { reason: 'payment' }, key);
    const stop = fake.faults.always('fulfillmentOrderReleaseHold', { kind: 'drop', when: 'before' });
    const lost = connect().fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    await expect(lost).rejects.toMatchObject({ system: 'shopify' });
    stop();
    expect(holds()).toHaveLength(1);
    await connect().fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    expect(holds()).toEqual([]);
  });

  it('is not lifted where the key of its release has no room among what is noted', async () => {
    const { state, connect, ref, order, holds } = somethingToShip();
    await connect().fulfillments.hold(ref, { reason: 'payment' }, key);
    const some = Array.from({ length: 900 }, (_, index) => entry(`key-${index}`, 'doubtful'));
    // Full but for some bytes: another key would fit only in place of one that nobody can tell anything of.
    const rest = 99_900 - JSON.stringify({ writes: [...some, entry('last', '')] }).length;
    const doubtful = [...some, entry('last', 'x'.repeat(rest))];
    const [metafield] = state.metafields(order.id);
    if (!metafield) throw new Error('Nothing is noted.');
    state.setMetafield(order.id, { ...metafield, value: JSON.stringify({ writes: doubtful }) });
    const release = connect().fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    await expect(release).rejects.toMatchObject({ code: 'record.rejected' });
    expect(holds()).toHaveLength(1);
  });

  it('is not put on again by its key once it was lifted, by us or by a person', async () => {
    const { state, connect, ref, holds } = somethingToShip();
    const hold = () => connect().fulfillments.hold(ref, { reason: 'payment' }, key);
    await hold();
    await connect().fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    await hold();
    expect(holds()).toEqual([]);
    await connect().fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    await connect().fulfillments.hold(ref, { reason: 'payment' }, { idempotencyKey: 'later' });
    expect(holds()).toHaveLength(1);
    for (const { id } of holds()) state.releaseFulfillmentOrder(ref.id, id);
    await connect().fulfillments.hold(ref, { reason: 'payment' }, { idempotencyKey: 'later' });
    expect(holds()).toEqual([]);
  });

  it('stays lifted where its answer was lost and a release came before its repeat', async () => {
    const { fake, connect, ref, holds } = somethingToShip();
    let isMet = false;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const asking = new Request(input, init);
      const isHold = !isMet && (await asking.clone().text()).includes('mutation FulfillmentOrderHold');
      const answer = await fake.fetch(asking);
      if (!isHold) return answer;
      isMet = true;
      await connect().fulfillments.release(ref, paid, { idempotencyKey: 'release' });
      throw new TypeError('fetch failed');
    };
    await connect({ fetch }).fulfillments.hold(ref, { reason: 'payment' }, key);
    expect(isMet).toBe(true);
    expect(holds()).toEqual([]);
  });

  it('is put on by a repeat within the call where its answer was lost on its way there', async () => {
    const { fake, connect, ref, holds } = somethingToShip();
    fake.faults.next('fulfillmentOrderHold', { kind: 'drop', when: 'before' });
    await connect().fulfillments.hold(ref, { reason: 'payment' }, key);
    expect(holds()).toHaveLength(1);
  });

  it('is said to be in doubt where its release was not refused and it still stands there', async () => {
    const { fake, connect, ref, holds } = somethingToShip();
    await connect().fulfillments.hold(ref, { reason: 'payment' }, key);
    const fetch = between(fake.fetch, ({ operationName }) =>
      operationName === 'FulfillmentOrderReleaseHold' ? { fulfillmentOrderReleaseHold: { userErrors: [] } } : undefined,
    );
    const release = connect({ fetch }).fulfillments.release(ref, paid, { idempotencyKey: 'release' });
    await expect(release).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(holds()).toHaveLength(1);
  });

  it('and its release may have one key for several fulfillment orders of an order', async () => {
    const { state, shop, place } = somethingToShip();
    const york = state.addLocation({ name: 'York', countryCode: 'GB', city: 'York' });
    const { id } = place({
      lines: [
        { sku: 'TEE', quantity: 1 },
        { sku: 'MUG', quantity: 1, locationId: york },
      ],
    });
    const refs = state.fulfillmentOrdersOf(id).map((each) => fulfillmentRef(each.id));
    expect(refs).toHaveLength(2);
    for (const each of refs) await shop.fulfillments.hold(each, { reason: 'payment' }, key);
    for (const each of refs) expect(await shop.fulfillments.get(each)).toMatchObject({ status: 'on-hold' });
    for (const each of refs) await shop.fulfillments.release(each, paid, key);
    for (const each of refs) expect(await shop.fulfillments.get(each)).toMatchObject({ status: 'queued' });
  });

  it('for another reason is not lifted under the same key', async () => {
    const { shop, connect, ref } = somethingToShip();
    await shop.fulfillments.release(ref, paid, key);
    await expect(connect().fulfillments.release(ref, { reason: 'fraud' }, key)).rejects.toMatchObject({
      code: 'key.reused',
    });
  });
});

/** What the merchant asks the app's own fulfillment service to ship. */
function request() {
  const world = somethingToShip();
  const { state, place } = world;
  const { locationId } = state.addFulfillmentService({ name: 'Ours' });
  const { id } = place();
  state.moveOrder(id, locationId);
  const moved = state.fulfillmentOrdersOf(id).find((each) => each.locationId === locationId);
  const ref = fulfillmentRef(moved?.id ?? '');
  state.requestFulfillment(ref.id);
  return { ...world, ref };
}

describe('an answer of the fulfillment service', () => {
  it('says why not, in Shopify’s words and in our own', async () => {
    const { shop, ref, calls } = request();
    await shop.fulfillments.answer(ref, { to: 'request', accept: false, message: 'Sold out', reason: 'stock' }, key);
    expect(calls.find(({ operationName }) => operationName === 'RejectFulfillmentRequest')?.variables).toEqual({
      id: ref.id,
      message: 'Sold out',
      reason: 'INVENTORY_OUT_OF_STOCK',
    });
  });

  it('says when the goods leave', async () => {
    const { shop, ref, calls } = request();
    const shipsAt = '2026-12-01T08:00:00Z';
    await shop.fulfillments.answer(ref, { to: 'request', accept: true, shipsAt }, key);
    expect(calls.find(({ operationName }) => operationName === 'AcceptFulfillmentRequest')?.variables).toEqual({
      id: ref.id,
      message: null,
      shipsAt,
    });
  });

  it('is good for all who give the same one at one moment', async () => {
    const { connect, state, ref } = request();
    const all = [1, 2, 3, 4, 5, 6].map(() => connect());
    await Promise.all(all.map((shop) => shop.fulfillments.answer(ref, { to: 'request', accept: true }, key)));
    state.requestCancellation(ref.id);
    await Promise.all(all.map((shop) => shop.fulfillments.answer(ref, { to: 'cancellation', accept: true }, key)));
    expect(fulfillmentOrderOf(state, ref.id).requestStatus).toBe('CANCELLATION_ACCEPTED');
  });

  it('to ship is refused once it was agreed not to', async () => {
    const { shop, state, ref } = request();
    await shop.fulfillments.answer(ref, { to: 'request', accept: true }, key);
    state.requestCancellation(ref.id);
    await shop.fulfillments.answer(ref, { to: 'cancellation', accept: true }, { idempotencyKey: 'cancel' });
    const late = shop.fulfillments.answer(ref, { to: 'request', accept: true }, { idempotencyKey: 'late' });
    await expect(late).rejects.toMatchObject({ code: 'record.rejected' });
  });

  it.each([
    ['to ship', 'request', true],
    ['not to ship', 'request', false],
  ] as const)('%s is refused once the merchant has canceled what he asked', async (_what, to, accept) => {
    const { fake, shop, state, ref, calls } = request();
    await cancel(fake, ref);
    const late = shop.fulfillments.answer(ref, { to, accept }, key);
    await expect(late).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"CANCELLED/SUBMITTED"'),
    });
    expect(fulfillmentOrderOf(state, ref.id)).toMatchObject({ status: 'CANCELLED', requestStatus: 'SUBMITTED' });
    expect(calls.some(({ query }) => /mutation (Accept|Reject)/.test(query))).toBe(false);
  });

  it('that stands is ok when it is repeated, also where the merchant has canceled since', async () => {
    const { fake, connect, state, ref } = request();
    const answer = (to: 'request' | 'cancellation', accept: boolean) =>
      connect().fulfillments.answer(ref, { to, accept }, key);
    await answer('request', true);
    state.requestCancellation(ref.id);
    await cancel(fake, ref);
    expect(await answer('request', true)).toEqual(ref);
    await expect(answer('cancellation', false)).rejects.toMatchObject({ code: 'record.rejected' });
    expect(fulfillmentOrderOf(state, ref.id).status).toBe('CANCELLED');
  });

  it('is not sent where somebody answered so before, and refused where otherwise', async () => {
    const { shop, state, ref, calls } = request();
    state.answerFulfillmentRequest(ref.id, true);
    await shop.fulfillments.answer(ref, { to: 'request', accept: true }, key);
    await expect(shop.fulfillments.answer(ref, { to: 'request', accept: false }, key)).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"ACCEPTED"'),
    });
    expect(new Set(calls.map(({ operationName }) => operationName))).toEqual(new Set(['FulfillmentOrderRequest']));
  });
});

/** A capture of which nobody can tell. */
function entry(name: string, content: string) {
  return { operation: 'payments.capture', subject: 'one', key: name, content };
}

/** The merchant, who ships it another way. */
async function cancel(fake: ReturnType<typeof request>['fake'], { id }: Ref<'fulfillment'>): Promise<void> {
  const query = 'mutation($id: ID!) { fulfillmentOrderCancel(id: $id) { userErrors { message } } }';
  await asked(fake, query, { id });
}
