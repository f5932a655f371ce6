import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommerceError, type Order, type Page } from '@crossdock/core';
import { compose, defineFlow, type AnyFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { testClock, type TestClock } from '../../../testing/src/index.ts';
import { isInDoubt, noteDoubts } from '../../src/flows/doubts.ts';
import { failWith } from '../flows/set-up.ts';
import { erp, order, ownership, shop } from '../flows/shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossdock-doubted-'));
let fileNumber = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ann = { by: 'Ann' };
const at = (minute: number) => `2026-11-01T00:${String(minute).padStart(2, '0')}:00Z`;
/** The order as it was some minutes after midnight; the number says which state it is. */
const state = (minute: number) => order('1', { number: `v${minute}`, updatedAt: at(minute) });

/** How the back office answers to a state, and what the flow does besides. By the number of the state. */
type Plan = {
  /** What becomes of each time that it is sent; after the last it is made. */
  readonly sends?: Readonly<Record<string, ('lost' | 'stuck' | 'refused' | 'made')[]>>;
  /** What becomes of each attempt before it sends anything. */
  readonly before?: Readonly<Record<string, ('goes on' | 'refused')[]>>;
  /** What becomes of each attempt behind it. */
  readonly after?: Readonly<Record<string, ('goes on' | 'refused')[]>>;
};
const refusal = () => new CommerceError({ code: 'record.rejected', message: 'It was refused.' });

describe.each([
  ['memory', (clock: TestClock) => memoryStores({ clock })],
  ['SQLite', (clock: TestClock) => sqliteStores({ file: join(folder, `${fileNumber++}.sqlite`), clock })],
])('a run with a write in doubt, in %s', (_name, make) => {
  function hubWith(change: Partial<AnyFlow>, { sends = {}, before = {}, after = {} }: Plan) {
    const clock = testClock({ auto: false });
    const stores = make(clock);
    const pages: Page<Order>[] = [];
    const reached = Promise.withResolvers<void>();
    const ledger = erp(async ({ number }) => {
      const next = sends[number]?.shift();
      if (next === 'lost') failWith('write.uncertain');
      if (next === 'refused') failWith('record.rejected');
      if (next !== 'stuck') return;
      reached.resolve();
      await new Promise<never>(() => {});
    });
    const copy = defineFlow({
      name: 'copy',
      version: 1,
      on: 'order.updated',
      needs: { erp: ['orders.create'] },
      key: ({ data }) => data.ref.id,
      async run({ event: { data }, systems, step }) {
        if (before[data.number]?.shift() === 'refused') throw refusal();
        const { ref, wireStatus: _wire, updatedAt: _updated, status: _status, ...rest } = data;
        const draft = { ...rest, source: ref, customer: { system: 'erp', kind: 'customer', id: 'C1' } as const };
        const send = step('create', ({ key }) => systems.erp.orders.create(draft, { idempotencyKey: key }));
        // A failure beside what is under way.
        if (sends[data.number]?.[0] === 'stuck')
          await Promise.race([send, reached.promise.then(() => Promise.reject(refusal()))]);
        await send;
        if (after[data.number]?.shift() === 'refused') throw refusal();
      },
    });
    const flows = [{ ...copy, ...change }] as never;
    const systems = { shop: shop(() => pages), erp: ledger.connector };
    const hub = compose({ systems, flows, ownership, stores, clock, maxAttempts: 1, random: () => 0 });
    const settle = async () => {
      for (let time = 0; time < 6; time++) {
        await hub.work();
        await clock.advance(120_000);
      }
    };
    const bring = async (minute: number) => {
      pages.push({ items: [state(minute)], cursor: `c${pages.length}` });
      await clock.advance(1_000);
      await hub.poll('shop', 'orders.pull');
    };
    const states = async () => (await hub.exceptions.list({ limit: 20 })).map(({ state: is }) => is);
    const idOf = async (place: number) => (await hub.exceptions.list({ limit: 20 }))[place]?.id ?? '';
    const made = () => ledger.made.map(({ number }) => number);
    return { hub, stores, clock, settle, bring, states, idOf, made };
  }
  const lost = ['lost', 'lost', 'lost', 'lost'] as const;

  it('waits for a person though a newer state went through', async () => {
    const { settle, bring, states, made } = hubWith({ holds: 'run' }, { sends: { v1: [...lost] } });
    await bring(1);
    await settle();
    await bring(2);
    await settle();
    expect(made()).toEqual(['v2']);
    expect(await states()).toEqual(['open']);
  });

  it('waits for one also when it ended with another failure', async () => {
    const plan: Plan = { sends: { v1: ['lost'] }, before: { v1: ['goes on', 'refused'] } };
    const { hub, settle, bring, states } = hubWith({ holds: 'run' }, plan);
    await bring(1);
    await settle();
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject([{ code: 'record.rejected', state: 'open' }]);
    await bring(2);
    await settle();
    expect(await states()).toEqual(['open']);
  });

  it('waits for one while something of it is still being sent', async () => {
    const { hub, clock, settle, bring, states } = hubWith({ holds: 'run' }, { sends: { v1: ['stuck'] } });
    await bring(1);
    const working = hub.work();
    for (let time = 0; time < 4; time++) await clock.advance(5_000);
    await working;
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject([{ code: 'record.rejected', state: 'open' }]);
    await bring(2);
    await settle();
    expect(await states()).toEqual(['open']);
  });

  it('can be replayed in the same process while a send of it takes no notice of its end', async () => {
    const { hub, clock, settle, bring, states, idOf, made } = hubWith({ holds: 'run' }, { sends: { v1: ['stuck'] } });
    await bring(1);
    const working = hub.work();
    for (let time = 0; time < 4; time++) await clock.advance(5_000);
    await working;
    for (let time = 0; time < 10; time++) await clock.advance(15_000);
    await hub.exceptions.replay(await idOf(0), ann);
    await settle();
    expect(made()).toEqual(['v1']);
    expect(await states()).toEqual(['resolved']);
  });

  it('waits for none any more once a replay has found it', async () => {
    const plan: Plan = { sends: { v1: [...lost] }, after: { v1: ['refused'] } };
    const { hub, settle, bring, states, idOf, made } = hubWith({ holds: 'run' }, plan);
    await bring(1);
    await settle();
    await hub.exceptions.replay(await idOf(0), ann);
    await settle();
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject([{ code: 'record.rejected', state: 'open' }]);
    await bring(2);
    await settle();
    expect(made()).toEqual(['v1', 'v2']);
    expect(await states()).toEqual(['resolved']);
  });

  it('closes with a newer state when its write was clearly refused', async () => {
    const { settle, bring, states } = hubWith({ holds: 'run' }, { sends: { v1: ['refused'] } });
    await bring(1);
    await settle();
    await bring(2);
    await settle();
    expect(await states()).toEqual(['resolved']);
  });

  it('is taken for one when an attempt of it ended without a word, as when its process died', async () => {
    const { hub, stores, clock, settle, bring, states } = hubWith({ holds: 'run' }, { before: { v1: ['refused'] } });
    await bring(1);
    await stores.jobs.claim('integration', { leaseMs: 1_000, limit: 1 });
    await clock.advance(2_000);
    await settle();
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject([{ code: 'record.rejected', state: 'open' }]);
    await bring(2);
    await settle();
    expect(await states()).toEqual(['open']);
  });

  describe('of a flow that takes whole records over', () => {
    it('keeps its key, so that what may still arrive arrives before the newer state', async () => {
      const { hub, settle, bring, states, idOf, made } = hubWith({ stale: 'drop' }, { sends: { v1: [...lost] } });
      await bring(1);
      await settle();
      await bring(2);
      await settle();
      expect(made()).toEqual([]);
      expect(await states()).toEqual(['open']);
      await hub.exceptions.replay(await idOf(0), ann);
      await settle();
      expect(made()).toEqual(['v1', 'v2']);
      expect(await states()).toEqual(['resolved']);
    });

    it('lets its key go on when a person decided', async () => {
      const { hub, settle, bring, idOf, made } = hubWith({ stale: 'drop', holds: 'run' }, { sends: { v1: [...lost] } });
      await bring(1);
      await settle();
      await bring(2);
      await settle();
      expect(made()).toEqual([]);
      await hub.exceptions.dismiss(await idOf(0), { ...ann, note: 'It is not there.' });
      await settle();
      expect(made()).toEqual(['v2']);
    });

    it('holds up only itself once a replay has found it, and ends without doing anything behind a newer state', async () => {
      const plan: Plan = { sends: { v1: [...lost] }, after: { v1: ['refused'], v2: ['refused'] } };
      const { hub, settle, bring, states, idOf, made } = hubWith({ stale: 'drop' }, plan);
      await bring(1);
      await settle();
      await hub.exceptions.replay(await idOf(0), ann);
      await settle();
      await bring(2);
      await settle();
      expect(await states()).toEqual(['open', 'open']);
      await hub.exceptions.replay(await idOf(0), ann);
      await settle();
      expect(made()).toEqual(['v1', 'v2']);
      expect(await states()).toEqual(['resolved', 'open']);
    });
  });
});

const item = (code?: string) =>
  code === undefined ? { ok: true, item: 'A' } : { ok: false, item: 'A', error: { code, message: 'No.', refs: [] } };

describe('a batch of which an item is in doubt', () => {
  const run = { id: 'r', flow: 'f', version: 1, key: 'k', event: null, state: 'open', startedAt: at(0) } as const;
  it.each([
    ['is in doubt', [[item(), item('write.uncertain')]], true],
    ['is in none when the item clearly failed', [[item(), item('record.rejected')]], false],
    ['is in none when it was written later', [[item(), item('write.uncertain')], [item()]], false],
    ['is in doubt when it is so again', [[item(), item('write.uncertain')], [item('write.uncertain')]], true],
    ['is in none when all was written', [[item(), item()]], false],
  ] as const)('%s', async (_what, rounds, expected) => {
    const stores = memoryStores({ clock: testClock({ auto: false }) });
    await stores.runs.start(run);
    const end = async (round: number) => {
      const key = round === 0 ? 'b' : `b/rest-${round + 1}`;
      const begun = await stores.idempotency.begin(key, 'f', 1_000);
      if (begun.state !== 'started') throw new Error('It is new.');
      await stores.idempotency.finish(key, begun.lease, [...(rounds[round] ?? [])]);
    };
    await end(0);
    // What is certain when an attempt ends is not noted; what was noted may become certain.
    await noteDoubts(stores, 'r', { writes: ['b'], unended: false });
    for (let round = 1; round < rounds.length; round++) await end(round);
    expect(await isInDoubt(stores, 'r')).toBe(expected);
  });
});
