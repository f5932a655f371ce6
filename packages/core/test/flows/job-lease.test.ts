import type { Ref, Stores } from '@crossdock/core';
import { compose } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { fencedLinks } from '../../src/flows/fenced-links.ts';
import { keepLease } from '../../src/flows/job-lease.ts';
import { isGone } from '../../src/policies/signal-fence.ts';
import { stopwatch } from '../../src/policies/stopwatch.ts';
import { placeOrder } from './set-up.ts';
import { erp, ownership, shop, webhook } from './shop.ts';

const leaseMs = 60_000;
const order: Ref = { system: 'shop', kind: 'order', id: '1' };
const sale: Ref = { system: 'erp', kind: 'order', id: 'S1' };

/** A job that is held for half of its lease by a worker whose timers stand still. */
async function halfWay() {
  const clock = testClock({ auto: false });
  const stores = memoryStores({ clock });
  const dueAt = new Date(clock.now()).toISOString();
  await stores.jobs.add({ id: 'j', queue: 'q', key: 'k', lane: 'normal', dueAt, payload: null });
  const asked = stopwatch(clock);
  const [job] = await stores.jobs.claim('q', { leaseMs, limit: 1 });
  if (job === undefined) throw new Error('The job was not handed out.');
  const frozen = { ...clock, deadline: () => ({ signal: new AbortController().signal, clear: () => {} }) };
  const lease = keepLease(job, { jobs: stores.jobs, clock: frozen, leaseMs, asked });
  await clock.advance(leaseMs / 2);
  return { clock, stores, lease, landed: async () => {} };
}

describe('a link that is written under a lease', () => {
  it('prolongs it, when it has landed', async () => {
    const { clock, stores, lease, landed } = await halfWay();
    await fencedLinks(stores, lease, { landed }).link(order, sale);
    await clock.advance(leaseMs - 1);
    expect(isGone(lease.writeSignal)).toBe(false);
    await clock.advance(1);
    expect(isGone(lease.writeSignal)).toBe(true);
  });

  it('prolongs nothing when it was taken back', async () => {
    const { clock, stores, lease, landed } = await halfWay();
    const failing: typeof stores = {
      ...stores,
      atomically: (work) =>
        stores.atomically(async (inside) => {
          await work(inside);
          throw new Error('The disk is full.');
        }),
    };
    await expect(fencedLinks(failing, lease, { landed }).link(order, sale)).rejects.toThrow('The disk is full.');
    await clock.advance(leaseMs / 2);
    expect(isGone(lease.writeSignal)).toBe(true);
  });

  it('prolongs it from when it was asked, and not from a late answer', async () => {
    const { clock, stores, lease, landed } = await halfWay();
    const slow: typeof stores = {
      ...stores,
      async atomically(work) {
        const answer = await stores.atomically(work);
        await clock.advance(leaseMs);
        return answer;
      },
    };
    await fencedLinks(slow, lease, { landed }).link(order, sale);
    expect(isGone(lease.writeSignal)).toBe(true);
  });
});

/** A worker that stands still for three leases, its timers too, while a store begins the key of its write. */
function paused(meanwhile: (work: () => Promise<unknown>) => Promise<unknown>) {
  const clock = testClock({ auto: false });
  const stores = memoryStores({ clock });
  const frozen = { ...clock, deadline: () => ({ signal: new AbortController().signal, clear: () => {} }) };
  const sent: string[] = [];
  const keys: string[] = [];
  const worker = (name: string, own: Stores, time: typeof clock) =>
    compose({
      // It sends by no client of core, and looks at no signal.
      systems: { shop: shop(), erp: erp(() => void sent.push(name)).connector },
      flows: [placeOrder],
      ownership,
      stores: own,
      clock: time,
      leaseMs,
      random: () => 0,
    });
  const other = worker('the other', stores, clock);
  const idempotency: Stores['idempotency'] = {
    ...stores.idempotency,
    async begin(...given) {
      const begun = await stores.idempotency.begin(...given);
      if (keys.push(given[0]) > 1) return begun;
      await clock.advance(3 * leaseMs);
      await meanwhile(() => other.work());
      return begun;
    },
  };
  const hub = worker('the paused', { ...stores, idempotency }, frozen);
  return { stores, hub, sent, keys };
}

describe('a worker that stands still while the key of its write is begun', () => {
  it('does not send when another has its job, and says that it lost it', async () => {
    const { hub, sent } = paused((work) => work());
    const lost: unknown[] = [];
    hub.signals.on('run.lost', ({ error }) => lost.push(error.code));
    await hub.receive('shop', webhook('d', ['1']));
    expect(await hub.work()).toMatchObject({ retried: 0, parked: 0 });
    expect(sent).toEqual(['the other']);
    expect(lost).toEqual(['lease.lost']);
  });

  it('sends when nobody has its job, after it asked for more time', async () => {
    const { hub, sent } = paused(async () => {});
    const lost: unknown[] = [];
    hub.signals.on('run.lost', ({ run }) => lost.push(run));
    await hub.receive('shop', webhook('d', ['1']));
    expect(await hub.work()).toMatchObject({ done: 2 });
    expect(sent).toEqual(['the paused']);
    expect(lost).toEqual([]);
  });

  it('leaves no doubt about a key under which nothing was sent', async () => {
    // Another has the job, and has not come to its write.
    const { stores, hub, sent, keys } = paused(() => stores.jobs.claim('integration', { leaseMs, limit: 1 }));
    await hub.receive('shop', webhook('d', ['1']));
    await hub.work();
    expect(sent).toEqual([]);
    expect(keys).toHaveLength(1);
    expect(await stores.idempotency.peek(keys[0] ?? '')).toEqual({ state: 'free' });
  });
});
