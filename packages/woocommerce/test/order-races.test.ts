import { isCommerceError } from '@crossdock/core';
import type { Fault } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { refOf, shippedOf } from './shop.ts';
import { shipmentOf, shopWithGoods } from './world.ts';

const whole = shipmentOf('s1', [{ lines: { TEE: 3, MUG: 2 }, tracking: '1Z-1' }]);
const tees = (units: number) => shipmentOf('s1', [{ lines: { TEE: units }, tracking: '1Z-1' }]);

type World = ReturnType<typeof shopWithGoods>;

/** A connector between whose calls something happens: just before the first one that `when` means. */
function shopBeside(world: World, when: (request: Request, body: string) => boolean, what: () => unknown) {
  let isDone = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!isDone && when(request, await request.clone().text())) {
      isDone = true;
      await what();
    }
    return world.fake.fetch(request);
  };
  return world.connect({ fetch });
}

const confirm = (shop: World['shop'], id: number, shipment = whole) =>
  shop.shipments.confirm({ order: refOf(id), shipment }, { idempotencyKey: 'k' });
const cancel = (shop: World['shop'], id: number) => shop.orders.cancel(refOf(id), 'customer', { idempotencyKey: 'c' });
const rejected = (error: unknown) => isCommerceError(error, 'record.rejected');
const setsStatus = (request: Request, body: string) => request.method === 'PUT' && body.includes('"status"');
const stockOf = ({ state }: World) => [state.stockOf('TEE'), state.stockOf('MUG')];

describe('a status of which nobody knows whether it was set', () => {
  const silences: readonly Fault[] = [
    { kind: 'drop', when: 'after' },
    { kind: 'fail-after', status: 502 },
    { kind: 'malformed' },
  ];

  it.each(silences)('is looked up, and not set again: $kind', async (fault) => {
    const world = shopWithGoods();
    const id = world.place();
    world.fake.faults.next('PUT /orders/{id}', fault);
    expect(await cancel(world.shop, id)).toEqual({ outcome: 'canceled' });
    const other = world.place();
    const puts = world.asked().length;
    const shop = shopBeside(world, setsStatus, () => world.fake.faults.next('PUT /orders/{id}', fault));
    await confirm(shop, other);
    expect(world.statusOf(other)).toBe('completed');
    expect(world.asked().filter((one) => one === 'PUT /orders/{id}')).toHaveLength(3);
    expect(world.asked(puts).filter((one) => one === 'PUT /orders/{id}')).toHaveLength(2);
    expect(stockOf(world)).toEqual([997, 998]);
  });

  it('stays in doubt while the shop may still be setting it, and is settled when it is asked for again', async () => {
    const world = shopWithGoods();
    const id = world.place();
    world.fake.faults.next('PUT /orders/{id}', { kind: 'late', ms: 2000 });
    await expect(cancel(world.shop, id)).rejects.toMatchObject({ code: 'write.uncertain' });
    await world.clock.advance(3000);
    expect(await cancel(world.shop, id)).toEqual({ outcome: 'canceled' });
    expect(world.asked().filter((one) => one.startsWith('PUT'))).toHaveLength(1);
  });

  it('never undoes what the shop set after it', async () => {
    const world = shopWithGoods();
    const id = world.place();
    let puts = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method !== 'PUT' || (puts += 1) > 1) return world.fake.fetch(request);
      await world.fake.fetch(request);
      world.state.setStatus(id, 'completed');
      throw new TypeError('fetch failed');
    };
    await expect(cancel(world.connect({ fetch }), id)).rejects.toMatchObject({ code: 'write.uncertain' });
    expect([world.statusOf(id), puts]).toEqual(['completed', 1]);
    expect(await cancel(world.shop, id)).toMatchObject({ outcome: 'refused' });
  });

  it('takes the goods off the stock once though the shop works on it after the line broke', async () => {
    const world = shopWithGoods({ timeoutMs: 5000 }, { statusWorkMs: 3000 });
    const id = world.place({ status: 'pending', datePaid: '2026-11-01T00:00:00Z' });
    let puts = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const body = await request.clone().text();
      if (!setsStatus(request, body)) return world.fake.fetch(request);
      puts += 1;
      void world.fake.fetch(request);
      await Promise.resolve();
      throw new TypeError('fetch failed');
    };
    await expect(confirm(world.connect({ fetch }), id)).rejects.toMatchObject({ code: 'write.uncertain' });
    await world.clock.advance(10_000);
    await confirm(world.shop, id);
    expect([world.statusOf(id), puts, ...stockOf(world)]).toEqual(['completed', 1, 997, 998]);
  });

  it('says so when the caller stops while it is on its way', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const controller = new AbortController();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const answer = await world.fake.fetch(new Request(request, { signal: null }));
      if (request.method !== 'PUT') return answer;
      controller.abort();
      throw new DOMException('aborted', 'AbortError');
    };
    const ended = world
      .connect({ fetch })
      .orders.cancel(refOf(id), 'customer', { idempotencyKey: 'c', signal: controller.signal });
    await expect(ended).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(world.statusOf(id)).toBe('cancelled');
  });
});

describe('a cancellation and a confirmation of two processes', () => {
  it('do not both succeed when the goods leave just before the order is canceled', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const shop = shopBeside(world, setsStatus, () => confirm(world.connect(), id));
    await expect(cancel(shop, id)).rejects.toSatisfy(rejected);
    // Nor does it become a success by being asked for again.
    await expect(cancel(world.shop, id)).rejects.toSatisfy(rejected);
    expect(shippedOf(world.state, id)).toBe(5);
  });

  it('do not both succeed when the order is canceled just before the goods are noted', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const shop = shopBeside(
      world,
      ({ method }) => method === 'PUT',
      async () => expect(await cancel(world.connect(), id)).toEqual({ outcome: 'canceled' }),
    );
    await expect(confirm(shop, id)).rejects.toSatisfy(rejected);
    await expect(confirm(world.shop, id)).rejects.toSatisfy(rejected);
    expect(world.statusOf(id)).toBe('cancelled');
    expect(stockOf(world)).toEqual([1000, 1000]);
  });

  it.each(['cancelled', 'refunded'])('leave an order alone that was %s while it was told', async (status) => {
    const world = shopWithGoods();
    const id = world.place();
    const shop = shopBeside(
      world,
      ({ method, url }) => method === 'GET' && url.includes('/notes'),
      () => world.state.setStatus(id, status),
    );
    await expect(confirm(shop, id)).rejects.toSatisfy(rejected);
    expect(world.statusOf(id)).toBe(status);
  });

  it('complete nothing that somebody canceled at the same moment', async () => {
    const world = shopWithGoods();
    const id = world.place();
    // The shop answers with what the other one set. recorded on WooCommerce 10.0.2, 2026-11-23
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const isLast = setsStatus(request, await request.clone().text());
      if (!isLast) return world.fake.fetch(request);
      await world.fake.fetch(request.clone());
      world.state.setStatus(id, 'cancelled');
      const { url, headers } = request;
      return world.fake.fetch(new Request(url, { headers }));
    };
    await expect(confirm(world.connect({ fetch }), id)).rejects.toSatisfy(rejected);
  });

  it('let a shipment grow only while the order is open', async () => {
    for (const status of ['cancelled', 'refunded']) {
      const world = shopWithGoods();
      const id = world.place();
      await confirm(world.shop, id, tees(1));
      world.state.setStatus(id, status);
      await expect(confirm(world.shop, id)).rejects.toSatisfy(rejected);
      expect(shippedOf(world.state, id)).toBe(1);
    }
  });

  it('let a shipment be confirmed again of an order that was completed, and refunded later', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const first = await confirm(world.shop, id);
    world.state.setStatus(id, 'refunded');
    expect(await confirm(world.shop, id)).toEqual(first);
    await expect(confirm(world.shop, id, shipmentOf('s2', [{ lines: { TEE: 1 } }]))).rejects.toSatisfy(rejected);
  });
});

describe('two halves of an order', () => {
  it('complete it though the first was confirmed while the second was', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const mugs = shipmentOf('s2', [{ lines: { MUG: 2 } }]);
    const shop = shopBeside(
      world,
      ({ method }) => method === 'PUT',
      () => confirm(world.connect(), id, tees(3)),
    );
    await confirm(shop, id, mugs);
    expect([world.statusOf(id), ...stockOf(world)]).toEqual(['completed', 997, 998]);
  });
});
