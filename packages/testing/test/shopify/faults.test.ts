import { isCommerceError } from '@crossdock/core';
import { listen } from '@crossdock/testing/listen';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stableVersions } from '../../src/platforms/shopify/versions.ts';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';
import { trueSchema } from './true-schema.ts';

const document =
  'mutation M($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { fulfillment { id } userErrors { message } } }';

function readyToShip(seed?: number) {
  const { platform, state } = shopWithStock(seed === undefined ? {} : { seed });
  const order = state.placeOrder(anOrder());
  const f = { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: state.fulfillmentOrdersOf(order.id)[0]?.id }] };
  return { platform, state, order, ship: () => ask(platform, document, { f }) };
}

describe('a fault', () => {
  it('drops the answer after the parcel is made', async () => {
    const { platform, state, ship } = readyToShip();
    platform.faults.next('fulfillmentCreate', { kind: 'drop', when: 'after' });
    await expect(ship()).rejects.toThrow('fetch failed');
    expect(state.fulfillments).toHaveLength(1);
    expect(platform.journal.of('fulfillmentCreate')[0]).toMatchObject({ status: 0, method: 'POST' });
  });

  it('drops the connection before anything is done', async () => {
    const { platform, state, ship } = readyToShip();
    platform.faults.next('fulfillmentCreate', { kind: 'drop', when: 'before' });
    await expect(ship()).rejects.toThrow('fetch failed');
    expect(state.fulfillments).toEqual([]);
  });

  it('makes the parcel and answers 502, or an internal error at 200', async () => {
    const { platform, state, ship } = readyToShip();
    const body = JSON.stringify({
      errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      data: { fulfillmentCreate: null },
    });
    platform.faults.next('fulfillmentCreate', { kind: 'fail-after', status: 200, body });
    const answer = await ship();
    expect(answer.errors[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(state.fulfillments).toHaveLength(1);
  });

  it('answers 429 with the seconds to wait instead', async () => {
    const { platform, state, ship } = readyToShip();
    platform.faults.next('fulfillmentCreate', {
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '2.0' },
      body: '{"errors":"Too many requests"}',
    });
    const { status, headers } = await ship();
    expect([status, headers.get('retry-after')]).toEqual([429, '2.0']);
    expect(state.fulfillments).toEqual([]);
  });

  it('resets the socket of a listening shop after the parcel is made', async () => {
    const { platform, state, ship } = readyToShip();
    const door = await listen(platform);
    onTestFinished(() => door.close());
    const overSocket = { ...platform, origin: door.url, fetch: globalThis.fetch };
    platform.faults.next('orders', { kind: 'drop', when: 'after' });
    await expect(ask(overSocket, '{ orders(first: 1) { nodes { id } } }')).rejects.toThrow('fetch failed');
    expect((await ask(overSocket, '{ orders(first: 1) { nodes { name } } }')).at('orders', 'nodes')).toEqual([
      { name: '#1001' },
    ]);
    await ship();
    expect(state.fulfillments).toHaveLength(1);
  });
});

describe('the name of a fault', () => {
  it('is one that a call can have: a root field of any version that is served, or a door', () => {
    const { platform } = shopWithStock();
    const roots = stableVersions.map(trueSchema).flatMap((schema) => [schema.getQueryType(), schema.getMutationType()]);
    const names = new Set(roots.flatMap((type) => Object.keys(type?.getFields() ?? {})));
    expect(names.size).toBeGreaterThan(500);
    for (const name of [...names, 'oauth.token', 'bulk.download', 'bulk.upload', 'unknown', '*'])
      expect(() => platform.faults.next(name, { kind: 'drop', when: 'before' })).not.toThrow();
  });

  it.each(['OrderCapture', 'M', 'fulfillment_create', 'oauth/access_token', 'toString', ''])(
    'is refused when none has it: "%s"',
    (name) => {
      const { platform } = shopWithStock();
      const set = () => platform.faults.next(name, { kind: 'drop', when: 'before' });
      expect(set).toThrow(`"${name}"`);
    },
  );
});

async function world(seed: number) {
  const { platform, state, ship } = readyToShip(seed);
  const bodies: string[] = [];
  platform.webhooks.deliver = async (request) => {
    bodies.push(`${request.headers.get('x-shopify-webhook-id')} ${await request.text()}`);
    return new Response('', { status: bodies.length % 3 === 0 ? 500 : 200 });
  };
  platform.webhooks.weather = { lost: 0.2, repeated: 0.3, shuffled: 0.5, delayMs: 30_000 };
  for (const topic of ['orders/create', 'orders/updated', 'fulfillments/create'])
    state.subscribe(topic, 'https://receiver.example/hook');
  await ship();
  for (let placed = 0; placed < 5; placed++) state.touchOrder(state.placeOrder(anOrder()).id);
  await platform.clock.advance(5 * 60 * 60 * 1000);
  const answer = await ask(platform, '{ orders(first: 10) { edges { cursor node { id updatedAt } } } }');
  return JSON.stringify([answer.body, bodies, answer.headers.get('x-request-id')]);
}

describe('the same seed', () => {
  it('makes the same shop, to the last id and byte', async () => {
    expect(await world(7)).toBe(await world(7));
    expect(await world(7)).not.toBe(await world(8));
  });
});

describe('stock', () => {
  it('is on hand what is available and committed, whatever happens to orders', () => {
    const step = fc.record({
      act: fc.constantFrom('place', 'ship', 'cancel', 'refund', 'edit', 'take-back'),
      units: fc.integer({ min: 1, max: 5 }),
      which: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { state } = shopWithStock();
        for (const { act, units, which } of steps) {
          const order = state.orders[which];
          try {
            if (act === 'place' || !order) state.placeOrder(anOrder({ lines: [{ sku: 'TEE', quantity: units }] }));
            else if (act === 'ship') state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: units }] });
            else if (act === 'cancel') state.cancelOrder(order.id, 'OTHER');
            else if (act === 'edit') state.editOrder(order.id, { quantities: { [order.lines[0]?.id ?? '']: units } });
            else state.refundOrder(order.id, { lines: [{ sku: 'TEE', quantity: units }], restock: act === 'refund' });
          } catch (error) {
            // What the shop's rules refuse leaves everything as it was; nothing else may go wrong.
            if (!isCommerceError(error, 'record.rejected')) throw error;
          }
          const { available, committed, on_hand: onHand } = state.stock('TEE');
          expect(onHand).toBe(available + committed);
          const waiting = state.orders
            .flatMap(({ id }) => state.fulfillmentOrdersOf(id))
            .filter(({ status }) => status !== 'CANCELLED')
            .flatMap(({ lines }) => lines)
            .reduce((total, { remaining }) => total + remaining, 0);
          expect(committed).toBe(waiting);
        }
      }),
      { numRuns: 60 },
    );
  });
});
