import type { Ref } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { fencedLinks } from '../../src/flows/fenced-links.ts';
import { keepLease } from '../../src/flows/job-lease.ts';
import { isGone } from '../../src/policies/signal-fence.ts';
import { stopwatch } from '../../src/policies/stopwatch.ts';

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
