import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommerceError, eventsOfOrder, type CommerceEvent, type Order, type Page, type Ref } from '@crossdock/core';
import { compose, defineFlow, type AnyFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { aStockLevel, testClock, type TestClock } from '../../../testing/src/index.ts';
import { closeSuperseded } from '../../src/exceptions/superseded.ts';
import { covers } from '../../src/flows/event-cover.ts';
import { closeReadable } from '../../src/flows/readable-again.ts';
import { erp, order, ownership, shop } from '../flows/shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossdock-superseded-'));
let fileNumber = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An order as it was some minutes after midnight. */
const state = (id: string, minute: number, tag = '') =>
  order(id, { updatedAt: `2026-11-01T00:${String(minute).padStart(2, '0')}:00Z`, tags: [tag] });

const ref: Ref<'order'> = { system: 'shop', kind: 'order', id: '1' };
const problem = (id: string, version: string | undefined) => {
  const about: Ref<'order'> = { ...ref, id };
  const error = new CommerceError({ code: 'status.unmapped', message: `Order "${id}" is odd.`, refs: [about] });
  return { ref: about, error, version };
};

const updating = (change: Partial<AnyFlow>, refused: ReadonlySet<string>): AnyFlow => ({
  ...defineFlow({
    name: 'copy',
    version: 1,
    on: 'order.updated',
    needs: {},
    key: ({ data }) => data.ref.id,
    async run({ event: { data }, step, raise }) {
      await step('look', async () => data.ref);
      const name = `${data.ref.id}@${data.updatedAt.slice(14, 16)}${data.tags.join()}`;
      if (refused.has(name))
        raise(new CommerceError({ code: 'record.rejected', message: `State ${name} was refused.` }));
    },
  }),
  ...change,
});

describe.each([
  ['memory', (clock: TestClock) => memoryStores({ clock })],
  ['SQLite', (clock: TestClock) => sqliteStores({ file: join(folder, `${fileNumber++}.sqlite`), clock })],
])('an open exception, in %s', (_name, make) => {
  function hubWith(flow: Partial<AnyFlow>, ...refuse: readonly string[]) {
    return hubOf(flow, { refuse });
  }
  function hubOf(
    flow: Partial<AnyFlow>,
    { refuse = [], maxAttempts = 1 }: { readonly refuse?: readonly string[]; readonly maxAttempts?: number },
  ) {
    const refused = new Set(refuse);
    const clock = testClock({ auto: false });
    const stores = make(clock);
    const pages: Page<Order>[] = [];
    const systems = { shop: shop(() => pages), erp: erp().connector };
    // The flow needs nothing.
    const flows = [updating(flow, refused)] as never;
    const hub = compose({ systems, flows, ownership, stores, clock, maxAttempts });
    const page = async (items: readonly Order[], problems: Page<Order>['problems'] = []) => {
      pages.push({ items, problems, cursor: `c${pages.length}` });
      await clock.advance(1_000);
      await hub.poll('shop', 'orders.pull');
      await hub.work();
    };
    const all = async () =>
      (await hub.exceptions.list({ limit: 20 })).map(({ run, state: is, note }) => ({
        run: run.replace(/~.*/, ''),
        is,
        note,
      }));
    const states = async () => (await all()).map(({ is }) => is);
    return { hub, stores, clock, pages, page, all, states };
  }
  it.each([
    ['holds up nothing else', { holds: 'run' }],
    ['takes whole records over', { stale: 'drop' }],
  ] as const)('closes when a later state of its record went through, in a flow that %s', async (_what, flow) => {
    const { hub, stores, page, all } = hubWith(flow, '1@01');
    await page([state('1', 1)]);
    expect(await all()).toMatchObject([{ is: 'open' }]);
    await page([state('1', 2)]);
    const [closed] = await hub.exceptions.list({ limit: 5 });
    expect(closed?.state).toBe('resolved');
    expect(closed?.note).toMatch(
      /^Run "copy\/shop\/order\/1\/order.updated@2026-11-01T00:02:00Z.*" came to its end with/,
    );
    expect(await stores.runs.get(closed?.run ?? '')).toMatchObject({ state: 'dropped' });
    expect(await stores.jobs.counts('integration')).toEqual({ ready: 0, waiting: 0, running: 0, parked: 0 });
    const audit = await stores.audit.list(ref, 10);
    expect(audit.map(({ action, actor }) => `${action} by ${actor}`)).toContain('exception.superseded by copy');
    expect(await hub.exceptions.check()).toEqual({ exceptions: [], jobs: [] });
  });

  it.each([
    ['any other flow', {}],
    ['one that takes whole records over and says so', { stale: 'drop', holds: 'key' }],
  ] as const)('stays while it holds up the later states of its key, in %s', async (_what, flow) => {
    const { page, all, stores } = hubWith(flow, '1@01');
    await page([state('1', 1)]);
    await page([state('1', 2)]);
    expect(await all()).toMatchObject([{ is: 'open' }]);
    expect(await stores.jobs.counts('integration')).toMatchObject({ parked: 1, waiting: 1 });
  });

  it('stays in any other flow, though a later state of its record went through under another key', async () => {
    const { page, states } = hubWith({ key: () => crypto.randomUUID() }, '1@01');
    await page([state('1', 1)]);
    await page([state('1', 2)]);
    expect(await states()).toEqual(['open']);
  });

  it('stays when another record went through, also under the same key', async () => {
    const { page, states } = hubWith({ holds: 'run', key: () => 'one' }, '1@01');
    await page([state('1', 1)]);
    await page([state('2', 2)]);
    expect(await states()).toEqual(['open']);
  });

  it('stays when what went through is older', async () => {
    const { page, states } = hubWith({ holds: 'run' }, '1@05');
    await page([state('1', 5)]);
    await page([state('1', 4)]);
    expect(await states()).toEqual(['open']);
  });

  it('stays when what went through is of the same moment: nobody knows which came last', async () => {
    const { page, states } = hubWith({ holds: 'run' }, '1@05');
    await page([state('1', 5)]);
    await page([state('1', 5, 'other')]);
    expect(await states()).toEqual(['open']);
  });

  it('is planned to end without doing anything, once a newer state was begun on', async () => {
    const { hub, stores, page, states } = hubWith({ stale: 'drop', holds: 'run' }, '1@01', '1@02');
    await page([state('1', 1)]);
    await page([state('1', 2)]);
    expect(await states()).toEqual(['open', 'open']);
    const [older, newer] = await hub.exceptions.list({ limit: 5 });
    expect((await hub.exceptions.plan(older?.id ?? '')).end).toEqual({ how: 'stale' });
    expect((await hub.exceptions.plan(newer?.id ?? '')).end).toMatchObject({ how: 'stops', code: 'record.rejected' });
    const last = { at: '2026-11-01T00:02:00Z', mark: '' };
    expect(await stores.sequences.advance('flow/copy/shop/order/1', last)).toBe('same');
    await hub.exceptions.replay(older?.id ?? '', { by: 'Ann' });
    await hub.work();
    expect(await states()).toEqual(['resolved', 'open']);
  });

  it('stays while it is replayed, and closes with the next one when the replay failed', async () => {
    const { hub, stores, clock, page, states } = hubWith({ holds: 'run' }, '1@01');
    await page([state('1', 1)]);
    const nextMs = clock.now() + 60_000;
    await stores.shared.update('replays', (_state, askedMs) => ({ next: { nextMs, askedMs }, result: undefined }));
    await hub.exceptions.replayAll({}, { by: 'Ann' }, { perMinute: 1 });
    await page([state('1', 2)]);
    expect(await states()).toEqual(['replaying']);
    await clock.advance(60_000);
    await hub.work();
    expect(await states()).toEqual(['open']);
    await page([state('1', 3)]);
    expect(await states()).toEqual(['resolved']);
  });

  it('stays when nobody knows what became of a write', async () => {
    const { hub, stores, page } = hubWith({ holds: 'run' }, '1@01');
    await page([state('1', 1)]);
    const [exception] = await hub.exceptions.list({ limit: 1 });
    if (exception === undefined) throw new Error('One is open.');
    const superseding = { by: 'copy', note: 'Newer.', at: '2026-11-01T00:00:00Z', details: {} };
    const close = (category: typeof exception.category) =>
      stores.atomically((inside) => closeSuperseded(inside, { ...exception, category }, superseding));
    expect(await close('uncertain')).toBe(false);
    expect(await hub.exceptions.get(exception.id)).toMatchObject({ state: 'open' });
    expect(await close('data')).toBe(true);
  });

  it('stays when something else has its job', async () => {
    const { hub, stores, page } = hubWith({ holds: 'run' }, '1@01');
    await page([state('1', 1)]);
    const [exception] = await hub.exceptions.list({ limit: 1 });
    if (exception === undefined) throw new Error('One is open.');
    await stores.jobs.release(exception.job);
    const superseding = { by: 'copy', note: 'Newer.', at: '2026-11-01T00:00:00Z', details: {} };
    expect(await stores.atomically((inside) => closeSuperseded(inside, exception, superseding))).toBe(false);
    expect(await hub.exceptions.get(exception.id)).toMatchObject({ state: 'open' });
    expect(await hub.exceptions.check()).toEqual({ exceptions: [exception.id], jobs: [] });
  });

  describe('about a record of a page', () => {
    it('closes when a later page has it readable, and no other one does', async () => {
      const { hub, stores, page, states } = hubWith({});
      await page([], [problem('1', 'v1'), problem('1', 'v2'), problem('2', 'v1')]);
      expect(await states()).toEqual(['open', 'open', 'open']);
      await page([state('1', 3)]);
      const all = await hub.exceptions.list({ limit: 5 });
      expect(all.map(({ refs: [about], state: is }) => `${about?.id} ${is}`)).toEqual([
        '1 resolved',
        '1 resolved',
        '2 open',
      ]);
      expect(all[0]?.note).toBe('The record can be read again, as "orders.pull" of "shop" saw.');
      expect(await stores.jobs.counts('integration')).toMatchObject({ parked: 1 });
      expect(await hub.exceptions.check()).toEqual({ exceptions: [], jobs: [] });
    });

    it('closes with the others about it when it is read again', async () => {
      const { hub, page, pages, states } = hubWith({});
      await page([], [problem('1', 'v1'), problem('1', 'v2'), problem('2', 'v1')]);
      const [first] = await hub.exceptions.list({ limit: 1 });
      pages.push({ items: [state('1', 3)], cursor: 'z' });
      await hub.exceptions.replay(first?.id ?? '', { by: 'Ann' });
      await hub.work();
      expect(await states()).toEqual(['resolved', 'resolved', 'open']);
    });

    it.each(['2026-11-01T00:10:00Z', '2026-11-01 00:10:00', '2026-11-01T01:10:00.000+01:00'])(
      'stays when a page shows it as it was before, and closes with the state of %s',
      async (version) => {
        const { page, states } = hubWith({});
        await page([], [problem('1', version)]);
        await page([state('1', 9)]);
        expect(await states()).toEqual(['open']);
        await page([state('1', 10)]);
        expect(await states()).toEqual(['resolved']);
      },
    );

    it('closes with any readable state where the version is no moment', async () => {
      const { page, states } = hubWith({});
      await page([], [problem('1', '2027')]);
      await page([state('1', 9)]);
      expect(await states()).toEqual(['resolved']);
    });

    it('is asked for again when a replay reads it as it was before', async () => {
      const { hub, page, pages, clock, states } = hubOf({}, { maxAttempts: 2 });
      await page([], [problem('1', '2026-11-01T00:10:00Z')]);
      const [first] = await hub.exceptions.list({ limit: 1 });
      pages.push({ items: [state('1', 9)], cursor: 'z' });
      expect((await hub.exceptions.plan(first?.id ?? '')).end).toMatchObject({
        how: 'stops',
        code: 'platform.conflict',
      });
      await hub.exceptions.replay(first?.id ?? '', { by: 'Ann' });
      expect(await hub.work()).toMatchObject({ retried: 1 });
      expect(await states()).toEqual(['replaying']);
      pages.splice(-1, 1, { items: [state('1', 10)], cursor: 'z' });
      await clock.advance(60_000);
      await hub.work();
      expect(await states()).toEqual(['resolved']);
    });

    describe('and still there after it had closed', () => {
      it.each([
        ['by itself', 'v1'],
        ['by itself, with the moment of a later change', '2026-11-01T00:03:00Z'],
        ['by itself, without a version', undefined],
      ])('opens again when it closed %s, in a poll and in a sweep', async (_how, version) => {
        const { hub, page, pages, clock, states } = hubWith({});
        await page([], [problem('1', version)]);
        await page([state('1', 3)]);
        expect(await states()).toEqual(['resolved']);
        await page([], [problem('1', version)]);
        await page([], [problem('1', version)]);
        expect(await states()).toEqual(['resolved', 'open']);
        await page([state('1', 3)]);
        pages.splice(0, pages.length, { items: [], problems: [problem('1', version)], cursor: 'y' });
        await clock.advance(1_000);
        await hub.sweep('shop', 'orders.pull');
        await clock.advance(1_000);
        await hub.sweep('shop', 'orders.pull');
        expect(await states()).toEqual(['resolved', 'resolved', 'open']);
      });

      it('opens again when a replay had found it readable', async () => {
        const { hub, page, pages, states } = hubWith({});
        await page([], [problem('1', 'v1')]);
        const [first] = await hub.exceptions.list({ limit: 1 });
        pages.push({ items: [state('1', 3)], cursor: 'a' });
        await hub.exceptions.replay(first?.id ?? '', { by: 'Ann' });
        await hub.work();
        expect(await states()).toEqual(['resolved']);
        pages.pop();
        await page([], [problem('1', 'v1')]);
        expect(await states()).toEqual(['resolved', 'open']);
      });

      it.each(['resolve', 'dismiss'] as const)(
        'stays closed for this version after a person chose to %s it',
        async (decide) => {
          const { hub, page, states } = hubWith({});
          await page([], [problem('1', 'v1')]);
          await page([state('1', 3)]);
          await page([], [problem('1', 'v1')]);
          const [open] = await hub.exceptions.list({ state: 'open', limit: 1 });
          await hub.exceptions[decide](open?.id ?? '', { by: 'Ann', note: 'A test order.' });
          const closed = await states();
          await page([], [problem('1', 'v1')]);
          expect(await states()).toEqual(closed);
          await page([], [problem('1', 'v2')]);
          expect(await states()).toEqual([...closed, 'open']);
        },
      );
    });

    it('stays when the page was asked for before it was opened', async () => {
      const { stores, clock, page, states } = hubWith({});
      const before = new Date(clock.now()).toISOString();
      await page([], [problem('1', 'v1')]);
      const close = (askedAt: string) =>
        stores.atomically((inside) =>
          closeReadable(inside, {
            system: 'shop',
            operation: 'orders.pull',
            states: [{ ref, updatedAt: undefined }],
            askedAt,
            at: askedAt,
          }),
        );
      await close(before);
      expect(await states()).toEqual(['open']);
      await close(new Date(clock.now()).toISOString());
      expect(await states()).toEqual(['resolved']);
    });
  });
});

const at = (minute: number) => `2026-11-01T00:0${minute}:00Z`;
const counted = (minute: number, ...skus: readonly string[]): CommerceEvent => ({
  id: `count-${minute}`,
  type: 'stock.counted',
  system: 'erp',
  occurredAt: at(minute),
  data: skus.map((sku) => aStockLevel({ sku, asOf: at(minute) })),
});
const changed = (minute: number, sku: string): CommerceEvent => ({
  id: `change-${minute}`,
  type: 'stock.changed',
  system: 'erp',
  occurredAt: at(minute),
  data: aStockLevel({ sku, asOf: at(minute) }),
});
const updated = (minute: number, id: string) => {
  const event = eventsOfOrder(state(id, minute)).find(({ type }) => type === 'order.updated');
  if (event === undefined) throw new Error('Every order has a version.');
  return event;
};

describe('an event covers an older one', () => {
  it.each([
    ['of its record', updated(2, '1'), updated(1, '1'), true],
    ['of no other record', updated(2, '1'), updated(1, '2'), false],
    ['of no other kind', updated(2, '1'), { ...updated(1, '1'), type: 'order.canceled' } as CommerceEvent, false],
    ['of its SKU', changed(2, 'A'), changed(1, 'A'), true],
    ['of no other SKU of the place', changed(2, 'A'), changed(1, 'B'), false],
    ['of a count of the same SKUs and more', counted(2, 'A', 'B'), counted(1, 'A'), true],
    ['of no count of other SKUs', counted(2, 'A'), counted(1, 'A', 'B'), false],
    ['of no moment that is none', { ...updated(2, '1'), occurredAt: 'soon' }, updated(1, '1'), false],
  ] as const)('%s', (_what, newer, older, answer) => {
    expect(covers(newer, older)).toBe(answer);
    expect(covers(older, newer)).toBe(false);
  });
});
