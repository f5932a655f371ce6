import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommerceError, type Stores } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { testClock, type TestClock } from '../../../testing/src/index.ts';
import { erp, ownership, shop, webhook } from './shop.ts';

/** Publishes by order number, one after the other; the numbers in `refused` are refused. */
function hubWith(holds: 'key' | 'run' | undefined, stores: Stores = memoryStores(), clock = testClock()) {
  const published: string[] = [];
  let active = 0;
  /** The most runs that were at work at the same time. */
  let most = 0;
  const refused = new Set(['1']);
  const publish = defineFlow({
    name: 'publish',
    version: 1,
    on: 'order.placed',
    holds,
    needs: {},
    key: () => 'stock',
    async run({ event: { data }, step, raise }) {
      await step('read', async () => undefined);
      if (refused.has(data.number)) {
        raise(new CommerceError({ code: 'record.rejected', message: `Order "${data.number}" was refused.` }));
      }
      most = Math.max(most, ++active);
      // Room for another run to begin beside this one.
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      active--;
      published.push(data.number);
    },
  });
  const hub = compose({ systems: { shop: shop(), erp: erp().connector }, flows: [publish], ownership, stores, clock });
  const orders = async (...numbers: readonly string[]) => {
    await hub.receive('shop', webhook(`of-${numbers.join('-')}`, [...numbers]));
    for (let time = 0; time < 3; time++) await hub.work();
  };
  const open = async () => (await hub.exceptions.list({ state: 'open', limit: 10 })).map(({ run }) => run);
  return { hub, stores, published, refused, orders, open, most: () => most };
}

/** Workers that die: each is handed what is due, and nobody hears of it again. */
async function dieWith(stores: Stores, clock: TestClock, times = 40) {
  for (let worker = 0; worker < times; worker++) {
    await stores.jobs.claim('integration', { leaseMs: 1000, limit: 1 });
    await clock.advance(1000);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'crossdock-holds-'));
let fileNumber = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = 'publish/shop/order/1/order.placed';

describe('a run that is before a person', () => {
  it.each([undefined, 'key'] as const)('holds up later runs of its key (holds: %s)', async (holds) => {
    const { orders, published, open } = hubWith(holds);
    await orders('1', '2');
    await orders('3');
    expect(published).toEqual([]);
    expect(await open()).toEqual([run]);
  });

  describe.each([
    ['memory', (clock?: TestClock) => memoryStores({ clock })],
    ['SQLite', (clock?: TestClock) => sqliteStores({ file: join(folder, `${fileNumber++}.sqlite`), clock })],
  ])('and holds up nothing else, in %s', (_name, make) => {
    it('lets the later ones of its key go on, in their order', async () => {
      const { orders, published, open } = hubWith('run', make());
      await orders('1', '2');
      await orders('3');
      expect(published).toEqual(['2', '3']);
      expect(await open()).toEqual([run]);
    });

    it('goes on where it stopped when it is replayed, and closes', async () => {
      const { hub, orders, published, refused, open, stores } = hubWith('run', make());
      await orders('1', '2');
      refused.clear();
      await hub.exceptions.replay(run, { by: 'Ann' });
      await hub.work();
      expect(published).toEqual(['2', '1']);
      expect(await open()).toEqual([]);
      expect(await hub.exceptions.get(run)).toMatchObject({ state: 'resolved', occurrences: 1 });
      expect(await stores.runs.get(run)).toMatchObject({ state: 'done' });
      expect(await stores.jobs.counts('integration')).toEqual({ ready: 0, waiting: 0, running: 0, parked: 0 });
    });

    it('goes on behind the others of its key when it is replayed, and beside none of them', async () => {
      const { hub, orders, published, refused, most } = hubWith('run', make());
      await orders('1');
      refused.clear();
      await hub.receive('shop', webhook('later', ['2', '3']));
      await hub.work({ limit: 1 });
      await hub.exceptions.replay(run, { by: 'Ann' });
      await hub.work({ concurrency: 4 });
      expect(published).toEqual(['2', '3', '1']);
      expect(most()).toBe(1);
    });

    it('goes on with another worker when the one that had its replay died', async () => {
      const clock = testClock({ auto: false });
      const stores = make(clock);
      const { hub, orders, published, refused } = hubWith('run', stores, clock);
      await orders('1');
      refused.clear();
      await hub.exceptions.replay(run, { by: 'Ann' });
      await dieWith(stores, clock, 1);
      await hub.work();
      expect(published).toEqual(['1']);
      expect(await stores.jobs.counts('integration')).toEqual({ ready: 0, waiting: 0, running: 0, parked: 0 });
    });

    it('comes back as often as it is refused', async () => {
      const { hub, orders, published, refused, open } = hubWith('run', make());
      await orders('1');
      for (let time = 0; time < 3; time++) {
        await hub.exceptions.replay(run, { by: 'Ann' });
        await hub.work();
        expect(await open()).toEqual([run]);
      }
      expect(await hub.exceptions.get(run)).toMatchObject({ occurrences: 4 });
      refused.clear();
      await hub.exceptions.replay(run, { by: 'Ann' });
      await hub.work();
      expect(published).toEqual(['1']);
    });

    it('lets the others go on also when it takes its workers down', async () => {
      const clock = testClock({ auto: false });
      const stores = make(clock);
      const { hub, published, open } = hubWith('run', stores, clock);
      await hub.receive('shop', webhook('both', ['1', '2']));
      await hub.work({ limit: 1 });
      await dieWith(stores, clock);
      await hub.work();
      expect(published).toEqual(['2']);
      expect(await open()).toEqual([run]);
      expect(await hub.exceptions.get(run)).toMatchObject({ flow: 'publish', code: 'flow.defect' });
    });

    it('has one exception when it takes its workers down after a replay, which ends with it', async () => {
      const clock = testClock({ auto: false });
      const stores = make(clock);
      const { hub, orders, published } = hubWith('run', stores, clock);
      await orders('1');
      await hub.exceptions.replay(run, { by: 'Ann' });
      await hub.work({ limit: 1 });
      await dieWith(stores, clock);
      await orders('2');
      expect(published).toEqual(['2']);
      expect(await hub.exceptions.list({ limit: 10 })).toMatchObject([{ id: run, state: 'open', occurrences: 2 }]);
      await hub.exceptions.dismiss(run, { by: 'Ann', note: 'The listing is gone.' });
      expect(await stores.runs.unfinished('publish', { limit: 5 })).toEqual([]);
      expect(await stores.jobs.counts('integration')).toEqual({ ready: 0, waiting: 0, running: 0, parked: 0 });
    });

    it('can be dismissed', async () => {
      const { hub, orders, stores } = hubWith('run', make());
      await orders('1', '2');
      await hub.exceptions.dismiss(run, { by: 'Ann', note: 'The listing is gone.' });
      expect(await stores.runs.get(run)).toMatchObject({ state: 'dropped' });
      expect(await stores.jobs.counts('integration')).toMatchObject({ parked: 0 });
    });
  });
});
