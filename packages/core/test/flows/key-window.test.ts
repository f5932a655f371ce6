import { CommerceError, defineConnector, type StockUpdate, type WriteOptions } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';
import { describe, expect, it } from 'vitest';
import { aStockUpdate, type TestClock } from '../../../testing/src/index.ts';
import { failWith, setUp } from './set-up.ts';
import { webhook } from './shop.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A channel that honours a key for a day, and whose answers are lost while `isDown`. */
function channel(keyValidMs: number | undefined) {
  const sent: { readonly skus: readonly string[]; readonly key: string }[] = [];
  const state = { isDown: true, uncertain: new Set<string>(), unknown: new Set<string>() };
  const connector = defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system: 'channel',
    ports: {
      inventory: {
        async push(updates: readonly StockUpdate[], { idempotencyKey }: WriteOptions) {
          sent.push({ skus: updates.map(({ sku }) => sku), key: idempotencyKey });
          if (state.isDown) failWith('write.uncertain');
          return updates.map((item) => {
            const { sku } = item;
            const code = state.uncertain.has(sku)
              ? 'write.uncertain'
              : state.unknown.has(sku)
                ? 'sku.unknown'
                : undefined;
            if (code === undefined) return { ok: true as const, item };
            const error = new CommerceError({ code, message: `"${sku}" was not set.` });
            return { ok: false as const, item, error };
          });
        },
      },
    },
    traits: { 'inventory.push': { compareAndSet: true, maxBatch: 100, keyValidMs } },
    check: async () => {},
    usage: () => [],
  });
  return { connector, sent, state };
}

const publish = defineFlow({
  name: 'publish',
  version: 1,
  on: 'order.placed',
  needs: { channel: ['inventory.push'] },
  key: ({ data }) => data.number,
  async run({ systems, step }) {
    await step('push', async ({ key }) => {
      const updates = ['A', 'B', 'C'].map((sku) => aStockUpdate({ sku }));
      const answers = await systems.channel.inventory.push(updates, { idempotencyKey: key });
      const failed = answers.find(({ ok }) => !ok);
      if (failed?.ok === false) throw failed.error;
      return answers.length;
    });
  },
});

async function replayed(hub: ReturnType<ReturnType<typeof setUp>['composed']>, clock: TestClock): Promise<void> {
  await hub.exceptions.replay(id, { by: 'Ann' });
  for (let time = 0; time < 4; time++) {
    await hub.work();
    await clock.advance(60_000);
  }
}

const id = 'publish/shop/order/1/order.placed';

async function inDoubt(keyValidMs: number | undefined) {
  const { connector, sent, state } = channel(keyValidMs);
  const machine = { apartMs: 0 };
  const apartMs = () => machine.apartMs;

  const { composed, clock } = setUp(undefined, { systems: { channel: connector }, leaseMs: 10 * hour, apartMs });
  const hub = composed(publish);
  await hub.receive('shop', webhook('d', ['1']));
  for (let time = 0; time < 4; time++) {
    await hub.work();
    await clock.advance(60_000);
  }
  expect(await hub.exceptions.get(id)).toMatchObject({ state: 'open', code: 'write.uncertain' });
  expect(sent).toHaveLength(4);
  return { hub, clock, sent, state, machine, replay: () => replayed(hub, clock) };
}

describe('a write in doubt', () => {
  it('is sent again with the same key after 23 hours', async () => {
    const { hub, clock, sent, state, replay } = await inDoubt(day);
    state.isDown = false;
    await clock.advance(23 * hour - 5 * 60_000);
    await replay();
    expect(await hub.exceptions.get(id)).toMatchObject({ state: 'resolved' });
    expect(sent).toHaveLength(5);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  });

  it('is not sent after 25 hours, and waits for a person with words that say since when', async () => {
    const { hub, clock, sent, state, replay } = await inDoubt(day);
    state.isDown = false;
    await clock.advance(25 * hour);
    await replay();
    expect(sent).toHaveLength(4);
    const record = await hub.exceptions.get(id);
    expect(record).toMatchObject({
      state: 'open',
      code: 'write.uncertain',
      category: 'uncertain',
      details: { since: '2026-11-01T00:00:00.000Z', validForMs: day },
    });
    expect(record?.message).toContain('an attempt of "2026-11-01T00:00:00.000Z" may have been carried out');
    expect(record?.message).toContain('Look the record up there and do by hand what is missing, then resolve');
    await hub.exceptions.resolve(id, { by: 'Ann', note: 'The shop has the new figures.' });
    expect(await hub.work()).toMatchObject({ done: 0, retried: 0, parked: 0 });
    expect(sent).toHaveLength(4);
  });

  it('is not sent after 25 hours by a machine whose clock is two hours behind, and its plan says so', async () => {
    const { hub, clock, sent, state, machine, replay } = await inDoubt(day);
    state.isDown = false;
    machine.apartMs = -2 * hour;
    await clock.advance(25 * hour);
    expect(await hub.exceptions.plan(id)).toMatchObject({
      effects: [{ known: { state: 'expired', since: '2026-11-01T00:00:00.000Z' } }],
    });
    await replay();
    expect(sent).toHaveLength(4);
  });

  it('is sent again at any time where the connector sees to it that a repeat is harmless', async () => {
    const { clock, sent, state, replay } = await inDoubt(undefined);
    state.isDown = false;
    await clock.advance(100 * hour);
    await replay();
    expect(sent).toHaveLength(5);
  });
});

async function answeredInPart() {
  const { connector, sent, state } = channel(day);
  state.isDown = false;
  state.uncertain = new Set(['B', 'C']);
  const machine = { apartMs: 0 };
  const apartMs = () => machine.apartMs;
  const { composed, clock } = setUp(undefined, { systems: { channel: connector }, leaseMs: 10 * hour, apartMs });
  const hub = composed(publish);
  await hub.receive('shop', webhook('d', ['1']));
  await hub.work();
  expect(sent).toHaveLength(1);
  return { sent, state, machine, clock, hub, replay: () => replayed(hub, clock) };
}

describe('an item in doubt of a batch that was answered', () => {
  it('is sent under a key of the rest after 23 hours', async () => {
    const { sent, state, clock, hub } = await answeredInPart();
    state.uncertain = new Set();
    await clock.advance(23 * hour);
    expect(await hub.work()).toMatchObject({ done: 1 });
    expect(sent.map(({ skus }) => skus.join(''))).toEqual(['ABC', 'BC']);
  });

  it.each([
    ['', 0],
    [' by a machine whose clock is two hours behind either', -2 * hour],
  ])('is sent under no key after 25 hours%s', async (_, apartMs) => {
    const { sent, state, machine, clock, hub } = await answeredInPart();
    machine.apartMs = apartMs;
    state.uncertain = new Set();
    await clock.advance(25 * hour);
    for (let time = 0; time < 4; time++) {
      await hub.work();
      await clock.advance(60_000);
    }
    expect(sent).toHaveLength(1);
    const record = await hub.exceptions.get(id);
    expect(record).toMatchObject({ code: 'write.uncertain', details: { since: '2026-11-01T00:00:00.000Z' } });
    expect(record?.message).toContain('was not sent again');
  });

  it('keeps nothing back that clearly failed', async () => {
    const { sent, state, clock, hub, replay } = await answeredInPart();
    state.uncertain = new Set(['B']);
    state.unknown = new Set(['C']);
    await clock.advance(60_000);
    for (let time = 0; time < 4; time++) {
      await hub.work();
      await clock.advance(60_000);
    }
    const before = sent.length;
    state.uncertain = new Set();
    state.unknown = new Set();
    await clock.advance(25 * hour);
    await replay();
    expect(sent.slice(before).map(({ skus }) => skus.join(''))).toEqual(['C']);
    expect(await hub.exceptions.get(id)).toMatchObject({ state: 'open', code: 'write.uncertain' });
  });

  it('is as old as the first attempt of which nobody knows, through every rest', async () => {
    const { sent, state, clock, hub } = await answeredInPart();
    await clock.advance(20 * hour);
    await hub.work();
    expect(sent.at(-1)?.skus.join('')).toBe('BC');
    state.uncertain = new Set();
    await clock.advance(5 * hour);
    await hub.work();
    expect(sent).toHaveLength(2);
  });
});
