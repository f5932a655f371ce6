import { createHttpClient, defineConnector, type OrderDraft, type WriteOptions } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { testClock, type TestClock } from '../../../testing/src/index.ts';
import { draftOf, ownership, shop, webhook } from './shop.ts';

const minute = 60_000;

/** A back office behind HTTP, which may be down; it counts what reaches it. */
function office(system: string, clock: TestClock) {
  const state = { isDown: false };
  const seenAt: number[] = [];
  const orders = new Set<string>();
  const http = createHttpClient({
    system,
    baseUrl: 'https://office.invalid',
    explain: () => undefined,
    clock,
    random: () => 0.5,
    async fetch(input, init) {
      const request = new Request(input, init);
      seenAt.push(clock.now());
      if (state.isDown) return new Response('down', { status: 503 });
      const key = request.headers.get('idempotency-key') ?? '';
      orders.add(key);
      return Response.json({ id: key });
    },
  });
  const connector = defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system,
    ports: {
      orders: {
        async create({ number }: OrderDraft, { idempotencyKey, signal }: WriteOptions) {
          const { data } = await http.send({
            operation: 'orders.create',
            method: 'POST',
            path: 'orders',
            json: { number },
            headers: { 'idempotency-key': idempotencyKey },
            safety: 'repeatable',
            signal,
            answer: z.object({ id: z.string() }),
          });
          return { system, kind: 'order' as const, id: data.id };
        },
      },
    },
    traits: { 'orders.create': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY } },
    check: async () => {},
    usage: () => [],
  });
  return { connector, state, seenAt, orders };
}

it('keeps a storm of runs for a system that is down away from it, and from the work for others', async () => {
  const clock = testClock();
  const started = clock.now();
  const stores = memoryStores({ clock });
  const erp = office('erp', clock);
  const wms = office('wms', clock);
  const toErp = defineFlow({
    name: 'to-erp',
    version: 1,
    on: 'order.placed',
    needs: { erp: ['orders.create'] },
    key: ({ data }) => `erp/${data.number}`,
    async run({ event, systems, step }) {
      await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
    },
  });
  const toWms = defineFlow({
    ...toErp,
    name: 'to-wms',
    needs: { wms: ['orders.create'] },
    key: ({ data }) => `wms/${data.number}`,
    async run({ event, systems, step }) {
      await step('create', ({ key }) => systems.wms.orders.create(draftOf(event), { idempotencyKey: key }));
    },
  });
  const hub = compose({
    systems: { shop: shop(), erp: erp.connector, wms: wms.connector },
    flows: [toErp, toWms],
    ownership,
    stores,
    clock,
    random: () => 0.5,
  });
  const workUntil = async (moment: number) => {
    while (clock.now() < moment) {
      const { nextInMs = minute } = await hub.work();
      await clock.sleep(Math.min(Math.max(nextInMs, 1), Math.max(moment - clock.now(), 1)));
    }
  };

  erp.state.isDown = true;
  const orders = 40;
  for (let number = 0; number < orders; number++) await hub.receive('shop', webhook(`d${number}`, [`${number}`]));
  await workUntil(started + 10 * minute);
  // The other system has all of its orders, and had them at once.
  expect(wms.orders.size).toBe(orders);
  expect(Math.max(...wms.seenAt) - started).toBeLessThan(10_000);
  // The one that is down was asked until the circuit opened, and by a probe for each half minute since.
  const first = erp.seenAt.filter((at) => at - started < minute).length;
  expect(first).toBeLessThanOrEqual(22);
  expect(erp.seenAt.length - first).toBeLessThanOrEqual(2 * 9);
  expect(await hub.exceptions.counts()).toEqual({});

  erp.state.isDown = false;
  await workUntil(started + 30 * minute);
  expect(erp.orders.size).toBe(orders);
  expect(await hub.work()).toMatchObject({ nextInMs: undefined });
}, 60_000);
