import { CommerceError, defineConnector, eventsOfOrder, type Order, type Ref } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { erp, order, ownership } from './shop.ts';

/** A shop whose webhooks carry states of orders, and which says what it has when it is asked. */
function stateShop(system: string, present: (id: string) => Order | undefined) {
  return defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system,
    ports: {
      orders: { get: async ({ id }: Ref<'order'>) => present(id) },
      webhooks: {
        async verify(request: Request) {
          const deliveryId = request.headers.get('delivery') ?? '';
          return { ok: true, delivery: { deliveryId, topic: 'orders', body: await request.text() } } as const;
        },
        decode: async ({ body }) => eventsOfOrder(JSON.parse(body) as Order),
      },
    },
    traits: { 'webhooks.verify': { scheme: 'shared-secret', signsTime: false } },
    check: async () => {},
    usage: () => [],
  });
}

type Copy = { readonly goods: string; readonly number: string };

/** A flow that takes every state of an order over in two writes, and is refused between them as often as `refusals` says. */
function hubWith({ holds }: { readonly holds?: 'key' | 'run' | undefined } = { holds: 'key' }) {
  const clock = testClock({ auto: false });
  const stores = memoryStores({ clock });
  const copies = new Map<string, Copy>();
  const written: string[] = [];
  const refusals = new Map<string, number>();
  const present = new Map<string, Order>();
  const takeOver = defineFlow({
    name: 'take-over',
    version: 1,
    on: 'order.updated',
    holds,
    stale: 'drop',
    needs: {},
    key: ({ data }) => `${data.ref.system}/${data.ref.id}`,
    async run({ event: { data }, step, raise }) {
      const id = `${data.ref.system}/${data.ref.id}`;
      const change = (part: Partial<Copy>) => {
        copies.set(id, { ...(copies.get(id) ?? { goods: '', number: '' }), ...part });
      };
      await step('goods', async () => change({ goods: data.number }));
      const left = refusals.get(data.number) ?? 0;
      refusals.set(data.number, left - 1);
      if (left > 0) raise(new CommerceError({ code: 'record.rejected', message: `"${data.number}" was refused.` }));
      await step('number', async () => change({ number: data.number }));
      written.push(data.number);
    },
  });
  const ask = (system: string) => (id: string) => present.get(`${system}/${id}`);
  const systems = {
    shop: stateShop('shop', ask('shop')),
    other: stateShop('other', ask('other')),
    erp: erp().connector,
  };
  const hub = compose({ systems, flows: [takeOver], ownership, stores, clock });
  let deliveries = 0;
  const deliver = async (told: Order) => {
    const headers = { delivery: `d${deliveries++}` };
    const system = told.ref.system === 'other' ? 'other' : 'shop';
    await hub.receive(
      system,
      new Request('https://hub.example', { method: 'POST', headers, body: JSON.stringify(told) }),
    );
  };
  const open = () => hub.exceptions.list({ state: 'open', limit: 100 });
  const replay = async (which: number) => {
    const waiting = await open();
    const one = waiting[which % Math.max(1, waiting.length)];
    if (one) await hub.exceptions.replay(one.id, { by: 'Ann' });
  };
  return { hub, clock, stores, copies, written, refusals, present, deliver, open, replay };
}

/** State number `version` of an order, as it was changed `second` seconds after it was placed. */
function state(version: string, second: number, ref: Partial<Ref<'order'>> = {}): Order {
  const updatedAt = new Date(Date.parse('2026-11-01T00:00:00Z') + second * 1000).toISOString();
  return order('1', { number: version, updatedAt, ref: { system: 'shop', kind: 'order', id: '1', ...ref } });
}

describe('a flow that takes the state of a record over', () => {
  it('ends with the newest, in whatever order and how often the states come, and whatever waits meanwhile', async () => {
    const scene = fc.record({
      holds: fc.constantFrom('key' as const, 'run' as const, undefined),
      refusals: fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }),
      // Each entry brings a state, works, or replays what waits.
      acts: fc.array(
        fc.oneof(
          { weight: 3, arbitrary: fc.record({ bring: fc.nat(4) }) },
          fc.record({ work: fc.integer({ min: 1, max: 3 }) }),
          fc.record({ replay: fc.nat(4) }),
        ),
        { maxLength: 24 },
      ),
      rest: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ holds, refusals, acts, rest }) => {
        const { hub, copies, deliver, replay, open, ...shop } = hubWith({ holds });
        for (const [version, times] of refusals.entries()) shop.refusals.set(`v${version}`, times);
        for (const act of acts) {
          if ('bring' in act) await deliver(state(`v${act.bring}`, act.bring));
          else if ('work' in act) await hub.work({ limit: act.work });
          else await replay(act.replay);
        }
        for (const version of rest) await deliver(state(`v${version}`, version));
        for (let time = 0; time < 20; time++) {
          await hub.work();
          await replay(time);
        }
        expect(await open()).toEqual([]);
        expect(copies.get('shop/1')).toEqual({ goods: 'v4', number: 'v4' });
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it('says what it dropped, and keeps who asks later informed', async () => {
    const { hub, stores, written, deliver } = hubWith();
    const told: unknown[] = [];
    hub.signals.on('event.stale', (what) => told.push(what));
    await deliver(state('v2', 2));
    await hub.work();
    await deliver(state('v1', 1));
    expect(await hub.work()).toMatchObject({ done: 2 });
    expect(written).toEqual(['v2']);
    expect(told).toMatchObject([{ flow: 'take-over', system: 'shop' }]);
    const history = await stores.audit.list({ system: 'shop', kind: 'order', id: '1' }, 10);
    expect(history.map(({ action }) => action)).toEqual(['run.stale', 'run.finished']);
  });

  it('drops the older one that waited aside for a person when the newer came, and closes it', async () => {
    const { hub, copies, written, refusals, deliver, replay, open } = hubWith({});
    refusals.set('v1', 1);
    await deliver(state('v1', 1));
    await hub.work();
    expect(await open()).toHaveLength(1);
    await deliver(state('v2', 2));
    await hub.work();
    await replay(0);
    await hub.work();
    expect(written).toEqual(['v2']);
    expect(copies.get('shop/1')).toEqual({ goods: 'v2', number: 'v2' });
    expect(await hub.exceptions.list({ state: 'resolved', limit: 10 })).toHaveLength(1);
  });

  it('writes nothing of an older one that is replayed when the newer has gone through, nor of one that is due later', async () => {
    const { hub, clock, written, refusals, deliver } = hubWith({});
    for (const id of ['1', '2']) {
      refusals.set(`v1/${id}`, 1);
      await deliver(state(`v1/${id}`, 1, { id }));
    }
    await hub.work();
    // The second is due a minute later.
    await hub.exceptions.replayAll({}, { by: 'Ann' }, { perMinute: 1 });
    for (const id of ['1', '2']) await deliver(state(`v2/${id}`, 2, { id }));
    await hub.work();
    await clock.advance(60_000);
    await hub.work();
    expect(written.filter((number) => number.endsWith('2'))).toEqual(['v2/2']);
    expect(written.at(-1)).toMatch(/^v2/);
    expect(await hub.exceptions.list({ state: 'resolved', limit: 10 })).toHaveLength(2);
  });

  it('goes on with an older one in the middle of its writes, before the newer', async () => {
    const { hub, written, refusals, deliver, replay } = hubWith();
    refusals.set('v1', 1);
    await deliver(state('v1', 1));
    await hub.work();
    await deliver(state('v2', 2));
    await hub.work();
    await replay(0);
    await hub.work();
    expect(written).toEqual(['v1', 'v2']);
  });

  it('drops none in the middle of its writes, whatever the system has by then', async () => {
    const { hub, written, refusals, present, deliver, replay } = hubWith();
    refusals.set('v1', 1);
    await deliver(state('v1', 1));
    await hub.work();
    present.set('shop/1', state('other', 1));
    await replay(0);
    await hub.work();
    expect(written).toEqual(['v1']);
  });

  it.each([
    ['a', 'b'],
    ['b', 'a'],
  ])(
    'of two states of one second ends with the one that the system has, when "%s" comes before "%s"',
    async (one, two) => {
      for (const last of ['a', 'b']) {
        const { hub, copies, present, deliver } = hubWith();
        await deliver(state(one, 1));
        if (last === one) present.set('shop/1', state(one, 1));
        await hub.work();
        present.set('shop/1', state(last, 1));
        await deliver(state(two, 1));
        await hub.work();
        expect(copies.get('shop/1')).toEqual({ goods: last, number: last });
      }
    },
  );

  it('begins on what the system has when neither of two states of one second is it any more', async () => {
    const { hub, written, present, deliver } = hubWith();
    await deliver(state('a', 1));
    await hub.work();
    present.set('shop/1', state('c', 2));
    await deliver(state('b', 1));
    await hub.work();
    expect(written).toEqual(['a', 'c']);
  });

  it('runs both of one second as they came where the record is gone, or an older copy of the system answers', async () => {
    const { hub, written, present, deliver } = hubWith();
    await deliver(state('a', 1));
    await hub.work();
    await deliver(state('b', 1));
    await hub.work();
    present.set('shop/1', state('old', 0));
    await deliver(state('c', 1));
    await hub.work();
    expect(written).toEqual(['a', 'b', 'c']);
  });

  it('compares no two systems, whose clocks are their own', async () => {
    const { hub, written, deliver } = hubWith();
    await deliver(state('fast', 3600));
    await hub.work();
    await deliver(state('slow', 0, { system: 'other' }));
    await hub.work();
    expect(written).toEqual(['fast', 'slow']);
  });

  it('takes two records whose ids differ behind an "@" for two', async () => {
    const { hub, copies, deliver } = hubWith();
    await deliver(state('newer', 2, { id: 'ann@one.example' }));
    await hub.work();
    await deliver(state('older', 1, { id: 'ann@two.example' }));
    await hub.work();
    expect([...copies.keys()]).toEqual(['shop/ann@one.example', 'shop/ann@two.example']);
  });
});
