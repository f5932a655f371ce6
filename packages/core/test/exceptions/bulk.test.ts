import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stores } from '@crossdock/core';
import { compose, exceptionDesk } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { testClock, type TestClock } from '../../../testing/src/index.ts';
import { failWith, placeOrder } from '../flows/set-up.ts';
import { erp, ownership, shop, webhook } from '../flows/shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossdock-bulk-'));
let fileNumber = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);
const idOf = (number: string) => `place-order/shop/order/${number}/order.placed`;
const ann = { by: 'Ann' };
const isOdd = (number: string) => Number(number) % 2 === 1;

/** The exception of the second order. */
const here = async (stores: Stores) => {
  const record = await stores.exceptions.get(idOf('2'));
  if (record === undefined) throw new Error('It is there.');
  return record;
};

describe.each([
  ['memory', (clock: TestClock) => memoryStores({ clock })],
  ['SQLite', (clock: TestClock) => sqliteStores({ file: join(folder, `${fileNumber++}.sqlite`), clock })],
])('many exceptions at once, in %s', (_name, make) => {
  /** So many orders are before a person: the odd ones for their SKU, the even ones for their address. */
  async function held(count: number) {
    let isBroken = true;
    const clock = testClock({ auto: false });
    const stores = make(clock);
    const ledger = erp(({ number }) => {
      if (isBroken) failWith(isOdd(number) ? 'sku.unknown' : 'address.invalid');
    });
    const systems = { shop: shop(), erp: ledger.connector };
    const hub = compose({ systems, flows: [placeOrder], ownership, stores, clock, random: () => 0 });
    for (const number of numbers(count)) {
      await hub.receive('shop', webhook(number, [number]));
      await hub.work();
      await clock.advance(1_000);
    }
    const mend = () => {
      isBroken = false;
    };
    const states = async () => (await hub.exceptions.list({ limit: 1_000 })).map(({ state }) => state);
    return { hub, stores, clock, ledger, mend, states };
  }

  it('replays what the filter names, oldest first and no more than the limit, each with its audit entry', async () => {
    const { hub, stores, ledger, mend } = await held(6);
    mend();
    expect(await hub.exceptions.replayAll({ code: 'sku.unknown', limit: 2 }, ann)).toEqual({
      replayed: 2,
      skipped: [],
    });
    await hub.work();
    expect(ledger.made.map(({ number }) => number)).toEqual(['1', '3']);
    const entries = await stores.audit.list({ system: 'shop', kind: 'order', id: '3' }, 10);
    expect(entries.map(({ action, actor }) => `${action} by ${actor}`)).toContain('exception.replayed by Ann');

    expect(await hub.exceptions.replayAll({ code: 'sku.unknown' }, ann)).toEqual({ replayed: 1, skipped: [] });
    expect(await hub.exceptions.replayAll({ code: 'sku.unknown' }, ann)).toEqual({ replayed: 0, skipped: [] });
    await hub.work();
    expect(ledger.made.map(({ number }) => number)).toEqual(['1', '3', '5']);
    expect(await hub.exceptions.counts()).toEqual({ address: 3 });
  });

  it('comes to its end although what is replayed fails again', async () => {
    const { hub, states } = await held(3);
    expect(await hub.exceptions.replayAll({}, ann)).toEqual({ replayed: 3, skipped: [] });
    await hub.work();
    expect(await states()).toEqual(['open', 'open', 'open']);
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject(
      Array.from({ length: 3 }, () => ({ occurrences: 2 })),
    );
  });

  it('goes through more than a page of them', async () => {
    const { hub, stores, clock } = await held(1);
    const [first] = await hub.exceptions.list({ limit: 1 });
    if (first === undefined) throw new Error('One is open.');
    for (const number of numbers(230)) {
      const id = `more/${number.padStart(3, '0')}`;
      await stores.jobs.add({
        id,
        queue: 'integration',
        key: id,
        lane: 'normal',
        dueAt: new Date(clock.now()).toISOString(),
        payload: { kind: 'run', run: id },
        parked: true,
      });
      await stores.exceptions.open({ ...first, id, run: id, job: id });
    }
    expect(await hub.exceptions.dismissAll({}, { ...ann, note: 'A drill.' })).toEqual({ dismissed: 231, skipped: [] });
    expect(await hub.exceptions.counts()).toEqual({});
    expect(await hub.exceptions.check()).toEqual({ exceptions: [], jobs: [] });
  });

  it('is done once when two desks do it at once', async () => {
    const { hub, stores, clock, ledger, mend } = await held(8);
    mend();
    const other = exceptionDesk({ stores, clock });
    const [one, two] = await Promise.all([hub.exceptions.replayAll({}, ann), other.replayAll({}, { by: 'Bob' })]);
    expect(one.replayed + two.replayed).toBe(8);
    for (const { reason } of [...one.skipped, ...two.skipped]) expect(reason).toContain('it is "replaying"');
    await hub.work();
    expect(ledger.made).toHaveLength(8);
    const replays = await Promise.all(
      numbers(8).map(async (id) =>
        (await stores.audit.list({ system: 'shop', kind: 'order', id }, 50)).filter(
          ({ action }) => action === 'exception.replayed',
        ),
      ),
    );
    expect(replays.map(({ length }) => length)).toEqual(numbers(8).map(() => 1));
  });

  it('goes on where it broke off', async () => {
    const { hub, stores, clock, states } = await held(5);
    let left = 2;
    const failing: Stores = {
      ...stores,
      atomically: (work) => (left-- > 0 ? stores.atomically(work) : Promise.reject(new Error('The store is gone.'))),
    };
    await expect(exceptionDesk({ stores: failing, clock }).replayAll({}, ann)).rejects.toThrow('The store is gone.');
    expect(await states()).toEqual(['replaying', 'replaying', 'open', 'open', 'open']);
    expect(await hub.exceptions.replayAll({}, ann)).toEqual({ replayed: 3, skipped: [] });
  });

  it('lets so many replays a minute become due, over all calls and desks', async () => {
    const { hub, stores, clock, ledger, mend } = await held(6);
    mend();
    await hub.exceptions.replayAll({ code: 'sku.unknown' }, ann, { perMinute: 2 });
    await exceptionDesk({ stores, clock }).replayAll({}, { by: 'Bob' }, { perMinute: 2 });
    const made: number[] = [];
    for (let time = 0; time < 6; time++) {
      await hub.work();
      made.push(ledger.made.length);
      await clock.advance(30_000);
    }
    expect(made).toEqual([1, 2, 3, 4, 5, 6]);
    // A budget that nobody used up is not saved up.
    await clock.advance(3_600_000);
    expect(await hub.work()).toMatchObject({ done: 0, nextInMs: undefined });
  });

  describe('of which some are due later', () => {
    const note = { ...ann, note: 'Booked by hand.' };
    /** Three orders are replayed, of which two are due a minute and two minutes later. */
    async function planned() {
      const all = await held(3);
      all.mend();
      await all.hub.exceptions.replayAll({}, ann, { perMinute: 1 });
      await all.hub.work();
      const later = async () => {
        for (let minute = 0; minute < 3; minute++) {
          await all.clock.advance(60_000);
          await all.hub.work();
        }
      };
      const made = () => all.ledger.made.map(({ number }) => number);
      return { ...all, later, made };
    }

    it('says how many wait, and until when', async () => {
      const { hub, clock, later } = await planned();
      const moment = (ms: number) => new Date(clock.now() + ms).toISOString();
      expect(await hub.exceptions.counts()).toEqual({});
      expect(await hub.exceptions.waiting()).toEqual({ count: 2, nextAt: moment(60_000), lastAt: moment(120_000) });
      expect(await hub.exceptions.check()).toEqual({ exceptions: [], jobs: [] });
      await later();
      expect(await hub.exceptions.waiting()).toEqual({ count: 0, nextAt: undefined, lastAt: undefined });
    });

    it('takes those back that a person resolves or dismisses, and lets their keys go on', async () => {
      const { hub, stores, states, later, made } = await planned();
      await hub.exceptions.resolve(idOf('2'), note);
      expect(await hub.exceptions.dismissAll({ state: 'replaying' }, note)).toEqual({ dismissed: 1, skipped: [] });
      expect(await states()).toEqual(['resolved', 'resolved', 'dismissed']);
      expect(await stores.runs.unfinished('place-order', { limit: 5 })).toEqual([]);
      await later();
      expect(made()).toEqual(['1']);
      expect(await states()).toEqual(['resolved', 'resolved', 'dismissed']);
      expect(await stores.jobs.counts('integration')).toEqual({ ready: 0, waiting: 0, running: 0, parked: 0 });
    });

    it('begins one at once that a person does not want to wait for, and no second time at its moment', async () => {
      const { hub, ledger, states, later, made } = await planned();
      await hub.exceptions.replay(idOf('3'), { by: 'Bob' });
      await hub.work();
      expect(made()).toEqual(['1', '3']);
      await later();
      expect(made()).toEqual(['1', '3', '2']);
      expect(ledger.made).toHaveLength(3);
      expect(await states()).toEqual(['resolved', 'resolved', 'resolved']);
    });

    it('does not begin one again that was hastened and came before a person once more', async () => {
      const { hub, stores, clock } = await held(2);
      await hub.exceptions.replayAll({}, ann, { perMinute: 1 });
      await hub.exceptions.replay(idOf('2'), ann);
      await hub.work();
      expect(await hub.exceptions.get(idOf('2'))).toMatchObject({ state: 'open', occurrences: 2 });
      // Its moment comes while the next replay of it waits, which is another decision.
      const nextMs = clock.now() + 600_000;
      await stores.shared.update('replays', () => ({ next: { nextMs, askedMs: clock.now() }, result: undefined }));
      await hub.exceptions.replayAll({ code: 'address.invalid' }, ann, { perMinute: 1 });
      await clock.advance(120_000);
      await hub.work();
      expect(await hub.exceptions.get(idOf('2'))).toMatchObject({ state: 'replaying', occurrences: 2 });
      expect(await hub.exceptions.waiting()).toMatchObject({ count: 1 });
      await clock.advance(600_000);
      await hub.work();
      expect(await hub.exceptions.get(idOf('2'))).toMatchObject({ state: 'open', occurrences: 3 });
    });

    it('plans those too, and no other one that is replayed', async () => {
      const { hub } = await planned();
      expect(await hub.exceptions.plan(idOf('2'))).toMatchObject({ effects: [{ operation: 'orders.create' }] });
      await hub.exceptions.replay(idOf('2'), ann);
      await expect(hub.exceptions.plan(idOf('2'))).rejects.toMatchObject({ code: 'record.rejected' });
      await expect(hub.exceptions.dismiss(idOf('2'), note)).rejects.toMatchObject({ code: 'record.rejected' });
      await expect(hub.exceptions.replay(idOf('2'), ann)).rejects.toMatchObject({ code: 'record.rejected' });
    });

    it('names a job whose replay nothing will begin', async () => {
      const { hub, stores } = await planned();
      await stores.exceptions.open({ ...(await here(stores)), openedAt: '2026-11-01T00:00:00Z' });
      await stores.exceptions.move(idOf('2'), 'open', 'replaying');
      expect(await hub.exceptions.check()).toEqual({ exceptions: [], jobs: [(await here(stores)).job] });
    });
    it.each([240_000, -240_000, 86_400_000])(
      "paces them by the store's clock where a desk's is %i ms ahead",
      async (ms) => {
        const { hub, stores, clock } = await held(4);
        const wrong = exceptionDesk({ stores, clock: { now: () => clock.now() + ms } });
        await wrong.replayAll({ limit: 2 }, ann, { perMinute: 1 });
        await hub.exceptions.replayAll({}, ann, { perMinute: 1 });
        await hub.work();
        const { lastAt } = await hub.exceptions.waiting();
        const due = await Promise.all(
          ['2', '3', '4'].map(async (id) => (await stores.jobs.peek(`release/1/${idOf(id)}`))?.dueAt),
        );
        expect(due.map((at) => Date.parse(at ?? '') - clock.now())).toEqual([60_000, 120_000, 180_000]);
        expect(Date.parse(lastAt ?? '') - clock.now()).toBe(180_000);
      },
    );

    it("waits for no hour because the store's clock was set back by one", async () => {
      const { hub, stores, clock } = await held(4);
      await hub.exceptions.replayAll({ limit: 2 }, ann, { perMinute: 1 });
      const after = clock.now() + 120_000;
      await stores.shared.update('replays', () => ({
        next: { nextMs: after + 3_600_000, askedMs: clock.now() + 3_600_000 },
        result: undefined,
      }));
      await hub.exceptions.replayAll({}, ann, { perMinute: 1 });
      const { lastAt } = await hub.exceptions.waiting();
      expect(lastAt).toBe(new Date(after + 60_000).toISOString());
    });
  });

  it('resolves and dismisses what a person did by hand, and lets the keys go on', async () => {
    const { hub, stores, states } = await held(4);
    const done = { ...ann, note: 'Booked by hand.' };
    expect(await hub.exceptions.resolveAll({ category: 'sku' }, done)).toEqual({ resolved: 2, skipped: [] });
    expect(await hub.exceptions.dismissAll({ openedBefore: '2030-01-01T00:00:00Z' }, done)).toEqual({
      dismissed: 2,
      skipped: [],
    });
    expect(await states()).toEqual(['resolved', 'dismissed', 'resolved', 'dismissed']);
    expect(await stores.runs.unfinished('place-order', { limit: 5 })).toEqual([]);
    expect(await stores.jobs.counts('integration')).toMatchObject({ parked: 0 });
  });

  it('plans what it would replay', async () => {
    const { hub, ledger } = await held(3);
    const { plans, skipped } = await hub.exceptions.planAll({ code: 'sku.unknown' });
    expect(skipped).toEqual([]);
    expect(plans.map(({ exception }) => exception)).toEqual(['1', '3'].map(idOf));
    expect(ledger.made).toEqual([]);
  });

  it('says why it skipped what is not open', async () => {
    const { hub } = await held(1);
    await hub.exceptions.dismiss(idOf('1'), { ...ann, note: 'No.' });
    expect(await hub.exceptions.replayAll({ state: 'dismissed' }, ann)).toEqual({
      replayed: 0,
      skipped: [{ id: idOf('1'), reason: expect.stringContaining('it is "dismissed"') }],
    });
  });

  it('does nothing for nobody, with a limit that is none, or with a budget that is none', async () => {
    const { hub, states } = await held(1);
    const refused = { code: 'options.invalid' };
    await expect(hub.exceptions.replayAll({}, { by: ' ' })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('No exception was replayed: it came from nobody'),
    });
    await expect(hub.exceptions.replayAll({ limit: 0 }, ann)).rejects.toMatchObject(refused);
    await expect(hub.exceptions.replayAll({}, ann, { perMinute: 0 })).rejects.toMatchObject(refused);
    await expect(hub.exceptions.resolveAll({}, { ...ann, note: '' })).rejects.toMatchObject(refused);
    expect(await states()).toEqual(['open']);
  });
});
