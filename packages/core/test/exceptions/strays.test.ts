import type { Stores } from '@crossdock/core';
import { expect, it } from 'vitest';
import { failWith, placeOrder, setUp } from '../flows/set-up.ts';
import { webhook } from '../flows/shop.ts';

const id = 'place-order/shop/order/1/order.placed';
const none = { exceptions: [], jobs: [] };

it('finds nothing astray, whichever unit of work a worker dies in', async () => {
  for (let dies = 0; dies < 12; dies++) {
    const { clock, stores } = setUp();
    let left = dies;
    const dying: Stores = {
      ...stores,
      atomically: (work) =>
        stores.atomically(async (inside) => {
          const result = await work(inside);
          if (left-- === 0) throw new Error('The process died.');
          return result;
        }),
    };
    const { composed } = setUp(() => failWith('sku.unknown'), {}, dying);
    const hub = composed({ ...placeOrder, holds: 'run' });
    const go = async () => {
      await hub.receive('shop', webhook('d', ['1']));
      await hub.work().catch(() => {});
      await hub.exceptions.replayAll({}, { by: 'Ann' }).catch(() => {});
      await hub.work().catch(() => {});
      await hub.exceptions.resolveAll({}, { by: 'Ann', note: 'By hand.' }).catch(() => {});
    };
    await go();
    expect(await hub.exceptions.check()).toEqual(none);
    await clock.advance(60_000);
    await go();
    await go();
    expect(await hub.exceptions.check()).toEqual(none);
    expect(await hub.exceptions.get(id)).toMatchObject({ state: 'resolved' });
  }
});

it('names what lost its other half', async () => {
  const { stores, composed, clock } = setUp(() => failWith('sku.unknown'));
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', ['1']));
  await hub.work();
  expect(await hub.exceptions.check()).toEqual(none);
  await stores.jobs.drop(id);
  const dueAt = new Date(clock.now()).toISOString();
  const job = { queue: 'integration', key: 'k', lane: 'normal', dueAt, payload: { kind: 'run', run: 'gone' } } as const;
  await stores.jobs.add({ ...job, id: 'alone', parked: true });
  expect(await hub.exceptions.check()).toEqual({ exceptions: [id], jobs: ['alone'] });
});
